"""The fold: any order, any repetition, any devices, one result."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from datetime import datetime
from typing import Any, TypeVar

from rules.capture.data import Answer, ContextChange, Counted, Given, Sizes, Taken, read
from rules.capture.event import Event, order, to_ms
from rules.capture.finish import finished_at
from rules.capture.observed import (
    Asked,
    Context,
    Heard,
    Level,
    Mark,
    Note,
    Observed,
    Override,
    Started,
    Structure,
    Sweep,
    Tap,
    Topics,
)
from rules.capture.steady import Steady, steady_clocks
from rules.capture.undo import each_once, standing
from rules.discourse import CheckInput, SweepInput, Thresholds, judge_sweeps, sweep_note
from rules.discourse.thresholds import DEFAULT

Read = Sequence[tuple[Event, object]]
Kind = TypeVar("Kind")


def fold(events: Iterable[Event], thresholds: Thresholds = DEFAULT) -> Observed:
    """What was observed on one walk; commutative and idempotent.

    All events must be of one walk. Unknown kinds and malformed data of known kinds are passed
    over and never raise: refusing them, with a reason, is the receiver's work. `thresholds`
    decide only which sweeps are shown as counting and whether topics cover enough students.
    """
    known = each_once(events)
    live = [(event, read(event)) for event in standing(known)]
    context, started = _context(live), _first(_of(live, Started))
    sweeps = _sweeps(live, steady_clocks(known), context.present, thresholds)
    return Observed(
        started=started,
        context=context,
        marks=_marks(live),
        sweeps=sweeps,
        structures=tuple(_of(live, Structure)),
        structure_answered=_answered(live, "structure_seen"),
        uptakes=_uptakes(live),
        uptake_answered=_answered(live, "uptake_heard"),
        topics=_topics(live, _present(context, sweeps), thresholds),
        students=_students(live),
        notes=_notes(live),
        levels=_levels(live) if started and started.purpose == "evaluation" else (),
        override=_last(_of(live, Override)),
        finished_at=finished_at(known, [event for event, said in live if said is not None]),
        first_at=min((event.at for event in known), default=None),
        last_at=max((event.at for event in known), default=None),
    )


def check_input(observed: Observed) -> CheckInput:
    """What the discourse check is given: seconds from the first sweep's `began_at`.

    n is the latest `context_set`, or the last sweep's own number where none was set; each
    sweep carries its own number present for its validity.
    """
    context = observed.context
    structure = observed.structures[-1].structure if observed.structures else None
    return CheckInput(
        n=_present(context, observed.sweeps),
        sweeps=_sweep_inputs(observed.sweeps),
        phase=context.phase or "work",
        goal=context.discourse_goal is not False,
        structure=structure,
        uptake=len(observed.uptakes),
        groups=observed.topics.sizes if observed.topics else (),
        planned=context.planned_talk_at,
        structure_answered=observed.structure_answered,
        uptake_answered=observed.uptake_answered,
    )


def _of(live: Read, kind: type[Kind]) -> list[Kind]:
    return [said for _, said in live if isinstance(said, kind)]


def _first(found: Sequence[Kind]) -> Kind | None:
    return found[0] if found else None


def _last(found: Sequence[Kind]) -> Kind | None:
    return found[-1] if found else None


def _context(live: Read) -> Context:
    merged: dict[str, Any] = {}
    for change in _of(live, ContextChange):
        merged |= change.values
    return Context(**merged)


def _marks(live: Read) -> tuple[Mark, ...]:
    """Per look-for the last mark; its taps are the first `seen` since another mark, and counts."""
    last: dict[str, Mark] = {}
    taps: dict[str, list[Tap]] = {}
    seen: set[str] = set()
    for event, said in live:
        if isinstance(said, Mark):
            if said.mark != "seen":
                taps[said.look_for] = []
                seen.discard(said.look_for)
            elif said.look_for not in seen:
                taps.setdefault(said.look_for, []).append(Tap(event.id, event.at))
                seen.add(said.look_for)
            last.pop(said.look_for, None)
            last[said.look_for] = said
        elif isinstance(said, Counted):
            taps.setdefault(said.look_for, []).append(Tap(event.id, event.at))
    return tuple(
        replace(mark, taps=tuple(taps[mark.look_for]) if mark.mark == "seen" else ())
        for mark in last.values()
    )


def _sweeps(
    live: Read, steady: Steady, present: int | None, thresholds: Thresholds
) -> tuple[Sweep, ...]:
    taken = [
        (event, replace(said, began_at=steady(event, said.began_at)))
        for event, said in live
        if isinstance(said, Taken)
    ]
    taken.sort(key=lambda each: (to_ms(each[1].began_at), order(each[0])))
    if present is None:
        present = _last([said.present for _, said in taken if said.present is not None])
    sweeps = tuple(_sweep(each, i, present) for i, each in enumerate(taken, start=1))
    outcomes = judge_sweeps(CheckInput(n=None, sweeps=_sweep_inputs(sweeps)), thresholds)
    return tuple(
        replace(
            sweep,
            counted=outcome == "valid",
            note=sweep_note(outcome, sweep.total, sweep.present, thresholds),
        )
        for sweep, outcome in zip(sweeps, outcomes, strict=True)
    )


def _sweep(taken: tuple[Event, Taken], number: int, present: int | None) -> Sweep:
    event, said = taken
    return Sweep(
        event=event.id,
        number=number,
        began_at=said.began_at,
        at=event.at,
        counts=said.counts,
        present=present if said.present is None else said.present,
        total=sum(said.counts.values()),
        counted=False,
        note="",
    )


def _sweep_inputs(sweeps: Sequence[Sweep]) -> tuple[SweepInput, ...]:
    return tuple(
        (
            (to_ms(sweep.began_at) - to_ms(sweeps[0].began_at)) / 1000,
            sweep.counts,
            sweep.present,
        )
        for sweep in sweeps
    )


def _present(context: Context, sweeps: Sequence[Sweep]) -> int | None:
    if context.present is not None:
        return context.present
    return _last([sweep.present for sweep in sweeps if sweep.present is not None])


def _answered(live: Read, kind: str) -> bool:
    return any(event.kind == kind and said is not None for event, said in live)


def _uptakes(live: Read) -> tuple[Heard, ...]:
    return tuple(
        Heard(event.id, event.at)
        for event, said in live
        if event.kind == "uptake_heard" and said == Answer(heard=True)
    )


def _topics(live: Read, present: int | None, thresholds: Thresholds) -> Topics | None:
    grouped = _last([(event, said) for event, said in live if isinstance(said, Sizes)])
    if grouped is None:
        return None
    event, said = grouped
    partly = bool(present) and sum(said.sizes) / (present or 1) < thresholds.min_coverage
    return Topics(event.id, event.at, said.sizes, partly)


def _students(live: Read) -> tuple[Asked, ...]:
    by_letter = {asked.student: asked for asked in _of(live, Asked)}
    return tuple(by_letter[letter] for letter in sorted(by_letter))


def _notes(live: Read) -> tuple[Note, ...]:
    """The latest words of each note at the time it was first written; emptied notes are gone."""
    first: dict[str, datetime] = {}
    latest: dict[str, Note] = {}
    for note in _of(live, Note):
        first.setdefault(note.note, note.at)
        latest[note.note] = note
    kept = (latest[name] for name in first)
    return tuple(replace(note, at=first[note.note]) for note in kept if note.text.strip(" \t\r\n"))


def _levels(live: Read) -> tuple[Level, ...]:
    latest: Mapping[str, tuple[Event, Given]] = {
        said.component: (event, said) for event, said in live if isinstance(said, Given)
    }
    return tuple(
        Level(event.id, event.at, name, said.level)
        for name, (event, said) in sorted(latest.items(), key=lambda each: each[0])
        if said.level is not None
    )
