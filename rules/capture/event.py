"""One event of a walk: what the phone wrote at one tap, and the words for its codes."""

import json
import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta, timezone
from typing import Final

EVENT_KINDS: Final[Mapping[str, str]] = {
    "started": "Walk started",
    "context_set": "Lesson described",
    "look_for_marked": "Look-for marked",
    "look_for_counted": "Look-for seen again",
    "sweep_taken": "Sweep taken",
    "structure_seen": "Talk structure",
    "uptake_heard": "A student built on another’s idea",
    "topics_grouped": "Topics grouped",
    "student_asked": "Student asked",
    "note_written": "Note written",
    "level_given": "Level given",
    "verdict_overridden": "Another verdict given",
    "undone": "Undone",
    "finished": "Walk finished",
    "reopened": "Walk reopened",
}
MARKS: Final[Mapping[str, str]] = {
    "seen": "Seen",
    "not_seen": "Not seen",
    "no_chance": "No chance to see",
    "not_applicable": "Not applicable",
}
PURPOSES: Final[Mapping[str, str]] = {
    "walkthrough": "Walkthrough",
    "coaching": "Coaching",
    "evaluation": "Evaluation",
    "calibration": "Calibration",
    "self": "Self",
}
ASK_ANSWERS: Final[Mapping[str, str]] = {
    "clear": "Clear",
    "partly": "Partly",
    "not_yet": "Not yet",
}
SPEAKERS: Final[Mapping[str, str]] = {"teacher": "Teacher", "student": "Student"}
NOTE_SLOTS: Final[Mapping[str, str]] = {
    "strength": "What was strong",
    "step": "One next step",
    "question": "A question to think about",
}

_EPOCH: Final = datetime(1970, 1, 1, tzinfo=UTC)
_MILLISECOND: Final = timedelta(milliseconds=1)
_INSTANT: Final = re.compile(
    r"(19[7-9][0-9]|2[0-9]{3})-([0-9]{2})-([0-9]{2})T([0-9]{2}):([0-9]{2}):([0-9]{2})"
    r"(?:\.([0-9]{1,6}))?(?:Z|([+-])([0-9]{2}):([0-9]{2}))"
)


@dataclass(frozen=True)
class Event:
    """One tap: ids are strings, `at` is the phone's clock and aware, `seq` counts per device."""

    id: str
    walkthrough: str
    device: str
    seq: int
    at: datetime
    kind: str
    data: Mapping[str, object]
    elapsed_ms: int | None = None


def order(event: Event) -> tuple[int, str, int, str]:
    """The one order events are read in: (at to the millisecond, device, seq, id)."""
    return to_ms(event.at), event.device, event.seq, event.id


def readable(event: Event) -> Mapping[str, object]:
    """The event's data, empty where it is not an object: stored events outlive our types."""
    data: object = event.data
    return data if isinstance(data, Mapping) else {}


def body_text(event: Event) -> str:
    """Kind and data in one spelling: settles which of two bodies under one id is read."""
    try:
        body = json.dumps(event.data, sort_keys=True, separators=(",", ":"), default=str)
    except (RecursionError, TypeError, ValueError):
        return event.kind
    return event.kind + body


def to_ms(at: datetime) -> int:
    """Whole milliseconds since 1970: finer clocks do not change the order on another floor."""
    return (at - _EPOCH) // _MILLISECOND


def from_ms(ms: int) -> datetime:
    """The aware UTC instant of these milliseconds."""
    return _EPOCH + ms * _MILLISECOND


def instant_text(at: datetime) -> str:
    """An instant as the phone writes it: 2026-11-21T10:06:31.120Z."""
    return from_ms(to_ms(at)).isoformat(timespec="milliseconds").replace("+00:00", "Z")


def parse_instant(text: object) -> datetime | None:
    """An ISO instant with seconds and zone, years 1970 to 2999; None for anything else.

    Narrower than the standard readers so that Python and the phone accept exactly the same.
    """
    found = _INSTANT.fullmatch(text) if isinstance(text, str) else None
    if found is None:
        return None
    year, month, day, hour, minute, second = (int(part) for part in found.groups()[:6])
    fraction, sign, off_hours, off_minutes = found.groups()[6:]
    if sign and (int(off_hours) > 23 or int(off_minutes) > 59):
        return None
    offset = timedelta(hours=int(off_hours), minutes=int(off_minutes)) if sign else timedelta()
    ms = int((fraction or "0").ljust(3, "0")[:3])
    try:
        zone = timezone(-offset if sign == "-" else offset)
        at = datetime(year, month, day, hour, minute, second, ms * 1000, zone)
    except ValueError:
        return None
    return at.astimezone(UTC)
