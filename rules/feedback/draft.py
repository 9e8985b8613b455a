"""The draft: at most two strengths, a note on talk, one next step and one question."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from rules.capture import Note, Observed
from rules.discourse import Check
from rules.feedback.evidence import Clock, Evidence, LookForView
from rules.feedback.note import discourse_note
from rules.feedback.scene import Scene, Sentence, Slot
from rules.feedback.step import Ground, ground, next_step, question
from rules.feedback.strengths import Candidate, candidates
from rules.feedback.wording import number

MOST_STRENGTHS = 2
YOUR_WORDS = "Your own words from the visit"
NO_STRENGTH = "No strength yet: nothing recorded shows one. Write it in your own words."
ONE_STRENGTH = "One strength: nothing else recorded shows another."
NO_STEP = "No next step: nothing recorded points to one. Write it in your own words."
SLOT_WORDS = {"strength": "strengths", "step": "next step", "question": "question"}


@dataclass(frozen=True)
class Plan:
    """A draft and what it leaves out, each with a sentence for the observer."""

    sentences: tuple[Sentence, ...]
    left_out: tuple[str, ...]


def draft(
    observed: Observed,
    check: Check,
    evidence: tuple[Evidence, ...],
    look_fors: Mapping[str, LookForView],
    *,
    clock: Clock,
) -> tuple[Sentence, ...]:
    """Return the sentences of a first draft, in the order they are read.

    `clock` writes an aware time as the district reads it ("10:06"). The same evidence always
    gives the same draft; without evidence there is no sentence by rule.
    """
    return plan(observed, check, evidence, look_fors, clock=clock).sentences


def plan(
    observed: Observed,
    check: Check,
    evidence: tuple[Evidence, ...],
    look_fors: Mapping[str, LookForView],
    *,
    clock: Clock,
) -> Plan:
    """Return the draft together with what was left out of it, and why."""
    scene = Scene(observed, check, evidence, look_fors, clock)
    base = ground(scene)
    strengths = _strengths(scene)
    note = discourse_note(scene)
    step = _own_last(scene, "step") or _only(next_step(scene, base) if base else None)
    asked = _own_last(scene, "question") or _only(question(scene, base))
    return Plan((*strengths, *note, *step, *asked), _left_out(scene, strengths, note, base))


def _only(sentence: Sentence | None) -> tuple[Sentence, ...]:
    return (sentence,) if sentence else ()


def _strengths(scene: Scene) -> tuple[Sentence, ...]:
    """Return the observer's own strengths first, then the best shown, none on the same thing."""
    notes = _notes(scene, "strength")[:MOST_STRENGTHS]
    own = tuple(_own(scene, note, "strength") for note in notes)
    told = {tag for note in notes for tag in note.look_fors}
    found = [c for c in candidates(scene) if c.subject not in told]
    best = _unlike(found, MOST_STRENGTHS - len(own))
    return own + tuple(c.sentence for c in sorted(best, key=lambda c: c.at))


def _unlike(found: list[Candidate], room: int) -> list[Candidate]:
    """Return the first candidates, so many, that do not tell the same thing twice."""
    chosen: list[Candidate] = []
    for candidate in found:
        if len(chosen) < room and not any(candidate.alike(other) for other in chosen):
            chosen.append(candidate)
    return chosen


def _notes(scene: Scene, slot: Slot) -> list[Note]:
    written = [n for n in scene.observed.notes if n.slot == slot and n.text.strip()]
    return sorted(written, key=lambda note: (note.at, note.event))


def _own_last(scene: Scene, slot: Slot) -> tuple[Sentence, ...]:
    notes = _notes(scene, slot)
    return (_own(scene, notes[-1], slot),) if notes else ()


def _own(scene: Scene, note: Note, slot: Slot) -> Sentence:
    """Return a person's note as a sentence, resting on the look-fors it is tagged with."""
    rows: Sequence[Evidence] = [
        r for tag in note.look_fors for r in scene.rows if r.look_for == tag
    ]
    events = tuple(dict.fromkeys(event for row in rows for event in row.events))
    return Sentence(slot, note.text.strip(), events, YOUR_WORDS, "person")


def _left_out(
    scene: Scene,
    strengths: tuple[Sentence, ...],
    note: tuple[Sentence, ...],
    base: Ground | None,
) -> tuple[str, ...]:
    said: list[str] = []
    if len(strengths) < MOST_STRENGTHS:
        said.append(ONE_STRENGTH if strengths else NO_STRENGTH)
    if not note:
        said.append(_no_note(scene))
    if base is None and not _notes(scene, "step"):
        said.append(NO_STEP)
    return (*said, *_spare_notes(scene))


def _no_note(scene: Scene) -> str:
    if "not_applicable" in (scene.check.verdict, scene.verdict):
        return "No note on talk: the discourse check does not apply to this visit."
    return "No note on talk: no sweep of the room counts in this visit."


def _spare_notes(scene: Scene) -> tuple[str, ...]:
    rooms: tuple[tuple[Slot, int], ...] = (
        ("strength", MOST_STRENGTHS), ("step", 1), ("question", 1)
    )  # fmt: skip
    spare = [(slot, len(_notes(scene, slot)) - room) for slot, room in rooms]
    return tuple(
        f"{number(count).capitalize()} of your notes for the {SLOT_WORDS[slot]} left out:"
        " there is no more room there."
        for slot, count in spare
        if count > 0
    )
