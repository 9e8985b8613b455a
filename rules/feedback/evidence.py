"""Evidence: what was observed, as numbered rows in order of time."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import Literal

from rules.capture import Mark, Note, Observed, Sweep
from rules.discourse import TALK_STRUCTURES

Kind = Literal["look_for", "sweep", "student", "structure", "uptake", "topics", "note"]
Clock = Callable[[datetime], str]

MARK_WORDS = {"not_seen": "Marked not seen", "no_chance": "No chance to see"}
SPEAKER_WORDS = {"student": "Heard from a student", "teacher": "Heard from the teacher"}
NO_WORDING = "A look-for whose wording is not at hand"
# A quote written this soon after a look-for was tapped stands in that look-for's row.
NEAR = timedelta(minutes=2)


@dataclass(frozen=True)
class LookForView:
    """One look-for as a walk needs it: its wording, its plate and its phrases for feedback."""

    id: str
    statement: str
    plate: str | None = None
    component_name: str | None = None
    core_four: str | None = None
    role: str | None = None
    strength_phrase: str | None = None
    step_phrase: str | None = None
    question_phrase: str | None = None


@dataclass(frozen=True)
class Evidence:
    """One numbered row: what was recorded, when, and under which component.

    `events` are the ids of every live event behind the row, oldest first; `last_at` is the
    time of the newest. `counts` and `present` are set for sweeps only, in students.
    """

    number: int
    events: tuple[str, ...]
    at: datetime
    kind: Kind
    text: str
    plate: str | None = None
    component_name: str | None = None
    said: str = ""
    counts: Mapping[str, int] | None = None
    present: int | None = None
    detail: str = ""
    last_at: datetime | None = None
    look_for: str | None = None
    mark: str | None = None
    counted: bool = False
    speaker: str | None = None
    tags: tuple[str, ...] = ()

    @property
    def until(self) -> datetime:
        """Return the time of the newest event in the row."""
        return self.last_at or self.at


def gather(observed: Observed, look_fors: Mapping[str, LookForView]) -> tuple[Evidence, ...]:
    """Return everything observed as rows in order of time, numbered from 1.

    Taps of the same kind with nothing between them share a row. Undone events never reach
    here: the fold has dropped them. Notes written for a place in the feedback (strength, step,
    question) become sentences there and are no rows; neither is "not applicable", which says
    nothing about the lesson.
    """
    pieces = sorted(_pieces(observed, look_fors), key=lambda e: (e.at, e.events))
    rows: list[Evidence] = []
    for piece in pieces:
        joined = _joined(rows[-1], piece) if rows else None
        if joined is None:
            rows.append(piece)
        else:
            rows[-1] = joined
    return tuple(replace(row, number=number) for number, row in enumerate(rows, start=1))


def _pieces(observed: Observed, look_fors: Mapping[str, LookForView]) -> Iterator[Evidence]:
    for mark in observed.marks:
        yield from _from_mark(mark, look_fors.get(mark.look_for))
    for sweep in observed.sweeps:
        yield _from_sweep(sweep)
    for asked in observed.students:
        yield Evidence(
            0,
            (asked.event,),
            asked.at,
            "student",
            f"Student {asked.student}",
            said=(asked.quote or "").strip(),
            speaker="student",
            detail="asked the three questions",
        )
    for seen in observed.structures:
        name = seen.name or TALK_STRUCTURES.get(seen.structure, seen.structure)
        text = f"Talk structure: {name}"
        yield Evidence(0, (seen.event,), seen.at, "structure", text, detail=name)
    for heard in observed.uptakes:
        yield Evidence(
            0, (heard.event,), heard.at, "uptake", "A student built on another student’s idea"
        )
    if observed.topics is not None:
        topics = observed.topics
        sizes = tuple(size for size in topics.sizes if size > 0)
        if sizes:
            yield Evidence(0, (topics.event,), topics.at, "topics", _topics_text(sizes))
    for note in observed.notes:
        if note.slot is None and note.text.strip():
            yield _from_note(note, look_fors)


def _from_mark(mark: Mark, view: LookForView | None) -> Iterator[Evidence]:
    statement = view.statement if view else NO_WORDING
    base = Evidence(
        0,
        (mark.event,),
        mark.at,
        "look_for",
        statement,
        plate=view.plate if view else None,
        component_name=view.component_name if view else None,
        look_for=mark.look_for,
        mark=mark.mark,
    )
    if mark.mark == "seen":
        for tap in mark.taps:
            yield replace(base, events=(tap.event,), at=tap.at)
    elif mark.mark in MARK_WORDS:
        yield replace(base, detail=MARK_WORDS[mark.mark])


def _from_sweep(sweep: Sweep) -> Evidence:
    return Evidence(
        0,
        (sweep.event,),
        sweep.began_at,
        "sweep",
        f"Sweep {sweep.number}",
        counts=dict(sweep.counts),
        present=sweep.present,
        detail=sweep.note,
        counted=sweep.counted,
    )


def _from_note(note: Note, look_fors: Mapping[str, LookForView]) -> Evidence:
    views = [look_fors[tag] for tag in note.look_fors if tag in look_fors]
    view = views[0] if views else None
    heard = SPEAKER_WORDS.get(note.speaker or "")
    return Evidence(
        0,
        (note.event,),
        note.at,
        "note",
        heard or note.text.strip(),
        plate=view.plate if view else None,
        component_name=view.component_name if view else None,
        said=note.text.strip() if heard else "",
        speaker=note.speaker if heard else None,
        tags=tuple(note.look_fors),
    )


def _topics_text(sizes: tuple[int, ...]) -> str:
    if len(sizes) == 1:
        return f"Everyone counted was on one topic: {sizes[0]} students"
    ordered = sorted(sizes, reverse=True)
    listed = ", ".join(str(size) for size in ordered[:-1]) + f" and {ordered[-1]}"
    return f"{len(sizes)} topics at once, with {listed} students"


def _joined(row: Evidence, piece: Evidence) -> Evidence | None:
    """Return the row with the piece taken in, or None where the piece stands alone."""
    if _repeats(row, piece):
        return replace(row, events=row.events + piece.events, last_at=piece.at)
    if _is_quote_for(row, piece):
        events = row.events + piece.events
        return replace(row, events=events, said=piece.said, speaker=piece.speaker)
    return None


def _repeats(row: Evidence, piece: Evidence) -> bool:
    if row.said or row.kind != piece.kind:
        return False
    if row.kind == "uptake":
        return True
    return row.kind == "look_for" and row.mark == "seen" and _same_mark(row, piece)


def _same_mark(row: Evidence, piece: Evidence) -> bool:
    return (row.look_for, row.mark) == (piece.look_for, piece.mark)


def _is_quote_for(row: Evidence, piece: Evidence) -> bool:
    return (
        row.kind == "look_for"
        and row.mark == "seen"
        and not row.said
        and bool(piece.said)
        and row.look_for in piece.tags
        and piece.at - row.until <= NEAR
    )
