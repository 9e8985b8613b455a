"""What one event's data says: a plain value per kind, or None where it cannot be read."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Final

from rules.capture.event import (
    ASK_ANSWERS,
    MARKS,
    NOTE_SLOTS,
    PURPOSES,
    SPEAKERS,
    Event,
    from_ms,
    parse_instant,
    readable,
    to_ms,
)
from rules.capture.observed import Asked, Mark, Note, Override, Started, Structure
from rules.discourse import (
    CATEGORIES,
    MODELS,
    PHASES,
    TALK_STRUCTURES,
    VERDICT_WORDS,
    is_time_of_day,
)

NONE: Final = "none"
_YES_NO: Final[Mapping[str, str]] = {"yes": "Yes", "no": "No"}


@dataclass(frozen=True)
class ContextChange:
    """The context keys one event sets; None clears."""

    values: Mapping[str, object]


@dataclass(frozen=True)
class Counted:
    """A further tap on a look-for."""

    look_for: str


@dataclass(frozen=True)
class Taken:
    """A sweep before it is judged."""

    began_at: datetime
    counts: Mapping[str, int]
    present: int | None


@dataclass(frozen=True)
class Answer:
    """Talk structure or uptake: heard, or asked and answered “none”."""

    heard: bool


@dataclass(frozen=True)
class Sizes:
    """Same-topic group sizes."""

    sizes: tuple[int, ...]


@dataclass(frozen=True)
class Given:
    """A level for a component; None takes it back."""

    component: str
    level: str | None


@dataclass(frozen=True)
class Turn:
    """Finished, reopened or undone: no content of its own."""

    kind: str


def read(event: Event) -> object | None:
    """The event's content as a value of this module or of `observed`; None if malformed."""
    return _READERS[event.kind](event, readable(event))


def _started(event: Event, data: Mapping[str, object]) -> Started | None:
    purpose = _code(data.get("purpose"), PURPOSES)
    if purpose is None:
        return None
    return Started(
        at=event.at,
        teacher=_text(data.get("teacher")),
        class_=_text(data.get("class")),
        purpose=purpose,
        framework=_text(data.get("framework")),
        sets=_texts(data.get("sets")),
        focus=_texts(data.get("focus")),
    )


def _context(_event: Event, data: Mapping[str, object]) -> ContextChange:
    said = {key: value for key, value in data.items() if key in _CONTEXT}
    read_values = {key: _CONTEXT[key](value) for key, value in said.items()}
    # What cannot be read changes nothing; only an explicit null clears.
    return ContextChange(
        {key: value for key, value in read_values.items() if value is not None or said[key] is None}
    )


def _mark(event: Event, data: Mapping[str, object]) -> Mark | None:
    look_for, mark = _text(data.get("look_for")), _code(data.get("mark"), MARKS)
    return Mark(look_for, mark, event.at, event.id, ()) if look_for and mark else None


def _counted(_event: Event, data: Mapping[str, object]) -> Counted | None:
    look_for = _text(data.get("look_for"))
    return Counted(look_for) if look_for else None


def _taken(event: Event, data: Mapping[str, object]) -> Taken | None:
    given = data.get("counts")
    if not isinstance(given, Mapping) or any(name not in CATEGORIES for name in given):
        return None
    counts = {name: _whole(given.get(name, 0), 99) for name in CATEGORIES}
    whole = {name: count for name, count in counts.items() if count is not None}
    if len(whole) < len(counts):
        return None
    # Instants are kept to the millisecond, as the phone keeps them.
    began_at = parse_instant(data.get("began_at")) or from_ms(to_ms(event.at))
    return Taken(began_at, whole, _whole(data.get("present"), 999))


def _structure(event: Event, data: Mapping[str, object]) -> Structure | Answer | None:
    given = data.get("structure", "")
    if given is None or given == NONE:
        return Answer(heard=False)
    code = _code(given, TALK_STRUCTURES)
    return Structure(event.id, event.at, code, _text(data.get("name"))) if code else None


def _uptake(_event: Event, data: Mapping[str, object]) -> Answer:
    return Answer(heard=data.get(NONE) is not True)


def _sizes(_event: Event, data: Mapping[str, object]) -> Sizes | None:
    given = data.get("sizes")
    if not isinstance(given, list | tuple):
        return None
    sizes = [_whole(size, 999) for size in given]
    return None if None in sizes else Sizes(tuple(size for size in sizes if size))


def _asked(event: Event, data: Mapping[str, object]) -> Asked | None:
    student = _text(data.get("student"))
    if student is None:
        return None
    return Asked(
        event=event.id,
        at=event.at,
        student=student,
        now=_code(data.get("now"), ASK_ANSWERS),
        going=_code(data.get("going"), ASK_ANSWERS),
        how=_code(data.get("how"), ASK_ANSWERS),
        classmate=_code(data.get("classmate"), _YES_NO),
        quote=_text(data.get("quote")),
    )


def _note(event: Event, data: Mapping[str, object]) -> Note | None:
    note, text = _text(data.get("note")), data.get("text")
    if note is None or not isinstance(text, str):
        return None
    return Note(
        note=note,
        event=event.id,
        at=event.at,
        text=text,
        speaker=_code(data.get("speaker"), SPEAKERS),
        look_fors=_texts(data.get("look_fors")),
        components=_texts(data.get("components")),
        slot=_code(data.get("slot"), NOTE_SLOTS),
    )


def _level(_event: Event, data: Mapping[str, object]) -> Given | None:
    component, level = _text(data.get("component")), data.get("level")
    if component is None or not (level is None or isinstance(level, str)):
        return None
    return Given(component, level or None)


def _override(event: Event, data: Mapping[str, object]) -> Override | None:
    verdict, reason = _code(data.get("verdict"), VERDICT_WORDS), _text(data.get("reason"))
    return Override(event.id, event.at, verdict, reason) if verdict and reason else None


def _undone(event: Event, data: Mapping[str, object]) -> Turn | None:
    return Turn(event.kind) if isinstance(data.get("event"), str) else None


def _turn(event: Event, _data: Mapping[str, object]) -> Turn:
    return Turn(event.kind)


def _text(value: object) -> str | None:
    """Text with something in it, as it was written."""
    return value if isinstance(value, str) and value.strip(" \t\r\n") else None


def _texts(value: object) -> tuple[str, ...]:
    listed = value if isinstance(value, list | tuple) else ()
    return tuple(each for each in map(_text, listed) if each is not None)


def _code(value: object, known: Mapping[str, str]) -> str | None:
    return value if isinstance(value, str) and value in known else None


def _whole(value: object, most: int) -> int | None:
    """A whole number from 0 to `most`; 24.0 is 24, as JSON means it."""
    if isinstance(value, bool) or not isinstance(value, int | float):
        return None
    return int(value) if 0 <= value <= most and value == int(value) else None


def _flag(value: object) -> bool | None:
    return value if isinstance(value, bool) else None


_CONTEXT: Final[Mapping[str, Callable[[object], object | None]]] = {
    "present": lambda value: _whole(value, 999),
    "model": lambda value: _code(value, MODELS),
    "phase": lambda value: _code(value, PHASES),
    "subject": _text,
    "grade": _text,
    "discourse_goal": _flag,
    "planned_talk_at": lambda value: value if is_time_of_day(value) else None,
    "minutes_in": lambda value: _whole(value, 999),
}

_READERS: Final[Mapping[str, Callable[[Event, Mapping[str, object]], object | None]]] = {
    "started": _started,
    "context_set": _context,
    "look_for_marked": _mark,
    "look_for_counted": _counted,
    "sweep_taken": _taken,
    "structure_seen": _structure,
    "uptake_heard": _uptake,
    "topics_grouped": _sizes,
    "student_asked": _asked,
    "note_written": _note,
    "level_given": _level,
    "verdict_overridden": _override,
    "undone": _undone,
    "finished": _turn,
    "reopened": _turn,
}
