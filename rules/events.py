"""What a captured event must look like, field by field, said in words for a person."""

from __future__ import annotations

import math
import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import lru_cache
from typing import Any
from uuid import UUID

from rules.capture import MARKS, PURPOSES, Event
from rules.discourse import CATEGORIES, MODELS, PHASES, TALK_STRUCTURES, VERDICT_WORDS

LONGEST_NOTE = 10_000
LONGEST_LINE = 300
MOST_COUNTED = 99
_UUID = re.compile(r"[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}")
_TIME_OF_DAY = re.compile(r"([01]?\d|2[0-3]):[0-5]\d")


class BadEvent(ValueError):
    """Why an event cannot be stored, in one sentence."""


@dataclass(frozen=True, slots=True)
class Captured:
    """An event that is well formed. `body` is what tells it from another with its id."""

    id: UUID
    walkthrough: UUID
    device: str
    seq: int
    at: datetime
    kind: str
    data: dict[str, Any]
    elapsed_ms: int | None

    @property
    def body(self) -> dict[str, Any]:
        """Everything the phone said, in one form."""
        return {
            "id": str(self.id),
            "walkthrough": str(self.walkthrough),
            "device": self.device,
            "seq": self.seq,
            "at": self.at.isoformat(),
            "kind": self.kind,
            "data": self.data,
            "elapsed_ms": self.elapsed_ms,
        }

    def as_read(self) -> Event:
        """The event as the rules read it."""
        said = (self.device, self.seq, self.at, self.kind, self.data, self.elapsed_ms)
        return Event(str(self.id), str(self.walkthrough), *said)

    @property
    def look_fors(self) -> list[str]:
        """The ids of the look-fors it names."""
        one = self.data.get("look_for")
        return [one] if one else self.data.get("look_fors", [])


def read_event(body: object) -> Captured:
    """Check one event of a batch (shape: contract “Events and sync”).

    Raises BadEvent with one sentence that names the field and the remedy.
    """
    if not isinstance(body, dict):
        raise BadEvent("An event must be a JSON object.")
    kind = body.get("kind")
    if kind not in _SHAPES:
        raise BadEvent(f"“{_short(kind)}” is not a kind of event this server knows.")
    data = body.get("data", {})
    if not isinstance(data, dict):
        raise BadEvent(f"The data of “{kind}” must be a JSON object.")
    shape = _SHAPES[kind]
    for key in data:
        if key not in shape:
            raise BadEvent(f"“{kind}” has no field “{_short(key)}”.")
    return Captured(
        id=UUID(_id(body.get("id"), "id")),
        walkthrough=_visit(_id(body.get("walkthrough"), "walkthrough")),
        device=_text(body.get("device"), "device", 80, least=1),
        seq=_whole(body.get("seq"), "seq", 10**9),
        at=_instant(body.get("at"), "at"),
        kind=kind,
        data={
            key: check(data.get(key), key)
            for key, check in shape.items()
            if key in data or check in _REQUIRED
        },
        elapsed_ms=_elapsed(body.get("elapsed_ms"), "elapsed_ms"),
    )


Check = Callable[[Any, str], Any]
_visit = lru_cache(maxsize=256)(UUID)
"""A batch names few visits, and each of them many times."""


def _short(value: object) -> str:
    return "".join(letter if letter.isprintable() else "�" for letter in str(value)[:40])


def _id(value: object, field: str) -> str:
    if not isinstance(value, str) or not _UUID.fullmatch(value):
        raise BadEvent(f"“{field}” must be a lower-case UUID with hyphens.")
    return value


def _text(value: object, field: str, longest: int, least: int = 0) -> str:
    if not isinstance(value, str) or len(value) < least:
        raise BadEvent(f"“{field}” must be words.")
    if len(value) > longest:
        raise BadEvent(
            f"“{field}” holds at most {longest:,} characters and this has {len(value):,}. "
            "Split it in two; the text is kept."
        )
    if "\x00" in value:
        raise BadEvent(f"“{field}” holds a character that cannot be stored. Type it again.")
    try:
        value.encode("utf-8")
    except UnicodeEncodeError:
        raise BadEvent(f"“{field}” holds half a character. Type it again.") from None
    return value


def _whole(value: object, field: str, most: int, least: int = 0) -> int:
    if isinstance(value, float) and math.isfinite(value) and value.is_integer():
        value = int(value)
    if isinstance(value, bool) or not isinstance(value, int) or not least <= value <= most:
        raise BadEvent(f"“{field}” must be a whole number from {least} to {most}.")
    return value


def _instant(value: object, field: str) -> datetime:
    try:
        at = datetime.fromisoformat(str(value).replace("Z", "+00:00"))
        offset = at.utcoffset()
    except ValueError:
        offset = None
    if offset is None or not 2000 <= at.year <= 2200 or abs(offset) > timedelta(hours=15):
        raise BadEvent(f"“{field}” must be a time like 2026-11-21T10:06:31.120Z.")
    return at


def _one_of(choices: Any) -> Check:
    def check(value: object, field: str) -> str:
        if not isinstance(value, str) or value not in choices:
            raise BadEvent(f"“{field}” must be one of {', '.join(choices)}.")
        return value

    return check


def _optional(check: Check) -> Check:
    return lambda value, field: None if value is None else check(value, field)


def _words(longest: int, least: int = 0) -> Check:
    return lambda value, field: _text(value, field, longest, least)


def _count(most: int = MOST_COUNTED, least: int = 0) -> Check:
    return lambda value, field: _whole(value, field, most, least)


def _list_of(check: Check, most: int) -> Check:
    def checked(value: object, field: str) -> list[Any]:
        if not isinstance(value, list) or len(value) > most:
            raise BadEvent(f"“{field}” must be a list of at most {most}.")
        return [check(item, field) for item in value]

    return checked


def _counts(value: object, field: str) -> dict[str, int]:
    if not isinstance(value, Mapping):
        raise BadEvent(f"“{field}” must hold a number for each category.")
    for key in value:
        if key not in CATEGORIES:
            raise BadEvent(f"“{_short(key)}” is not a category of a sweep.")
    return {key: _whole(value.get(key, 0), key, MOST_COUNTED) for key in CATEGORIES}


def _clock(value: object, field: str) -> str:
    if not isinstance(value, str) or not _TIME_OF_DAY.fullmatch(value):
        raise BadEvent(f"“{field}” must be a time of day like 10:40.")
    return value


def _flag(value: object, field: str) -> bool:
    if not isinstance(value, bool):
        raise BadEvent(f"“{field}” must be true or false.")
    return value


_elapsed = _optional(_count(10**12))
_key = _words(80, 1)
_as_id: Check = _id
_phrase = _words(LONGEST_LINE)
_answer = _optional(_one_of(("clear", "partly", "not_yet")))
_purpose = _one_of(PURPOSES)
_mark = _one_of(MARKS)
_present = _count(MOST_COUNTED)
_verdict = _one_of(VERDICT_WORDS)
_reason = _words(2000, 1)
_note_text = _words(LONGEST_NOTE)
_ids12 = _list_of(_as_id, 12)
_ids50 = _list_of(_as_id, 50)
_sets = _list_of(_as_id, 50)
_sizes = _list_of(_count(), 60)
_student = _one_of(tuple("ABCDEFGH"))

_SHAPES: dict[str, dict[str, Check]] = {
    "started": {
        "teacher": _as_id,
        "class": _optional(_as_id),
        "purpose": _purpose,
        "framework": _as_id,
        "sets": _sets,
        "focus": _ids12,
    },
    "context_set": {
        "present": _optional(_present),
        "model": _optional(_one_of(MODELS)),
        "phase": _optional(_one_of(PHASES)),
        "subject": _optional(_phrase),
        "grade": _optional(_phrase),
        "discourse_goal": _optional(_flag),
        "planned_talk_at": _optional(_clock),
        "minutes_in": _optional(_count(600)),
    },
    "look_for_marked": {"look_for": _as_id, "mark": _mark},
    "look_for_counted": {"look_for": _as_id},
    "sweep_taken": {
        "counts": _counts,
        "present": _optional(_present),
        "began_at": _optional(lambda value, field: _instant(value, field).isoformat()),
    },
    "structure_seen": {
        "structure": _optional(_one_of((*TALK_STRUCTURES, "none"))),
        "name": _optional(_phrase),
    },
    "uptake_heard": {"none": _optional(_flag)},
    "topics_grouped": {"sizes": _sizes},
    "student_asked": {
        "student": _student,
        "now": _answer,
        "going": _answer,
        "how": _answer,
        "classmate": _optional(_one_of(("yes", "no"))),
        "quote": _optional(_words(2000)),
    },
    "note_written": {
        "note": _key,
        "text": _note_text,
        "speaker": _optional(_one_of(("teacher", "student"))),
        "look_fors": _ids50,
        "components": _ids50,
        "slot": _optional(_one_of(("strength", "step", "question"))),
    },
    "level_given": {"component": _as_id, "level": _phrase},
    "verdict_overridden": {"verdict": _verdict, "reason": _reason},
    "undone": {"event": _as_id},
    "finished": {},
    "reopened": {},
}
_REQUIRED = frozenset(
    (_as_id, _purpose, _sets, _mark, _counts, _verdict, _reason, _note_text, _key, _student)
)
