"""Coverage of a framework: what is tied to it, what was decided, and what visits saw."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from sqlalchemy import Row, select

from models.base import db
from models.framework import Component, Framework
from models.look_for import LookFor, LookForSet
from models.person import Person
from models.stance import Stance
from models.trends.fact import Fact
from models.trends.marked import Marked
from rules.coverage import COUNTS_AS_ALIGNED, Coverage, Decision, Part, coverage

Seen = dict[str, tuple[frozenset[str], frozenset[str]]]


@dataclass(frozen=True)
class Map:
    """Coverage for one reader: from how many visits it was counted, or None where none are read."""

    coverage: Coverage
    visits: int | None
    look_fors: dict[str, LookFor]


def coverage_for(person: Person, framework: Framework, sets: Sequence[LookForSet]) -> Map:
    """Coverage of a framework by some published sets, with what this reader may see of visits."""
    look_fors = {_name(one, each): each for one in sets for each in one.look_fors}
    ids = {component.id for component in framework.components}
    ties = [
        (name, str(tie.component_id))
        for name, look_for in look_fors.items()
        for tie in look_for.alignments
        if tie.component_id in ids
    ]
    facts = _facts(person)
    return Map(
        coverage(
            _parts(framework), ties, look_fors, decisions(person, framework), _seen(facts or [])
        ),
        None if facts is None else len(facts),
        look_fors,
    )


def _name(look_for_set: LookForSet, look_for: LookFor) -> str:
    return f"{look_for_set.key} {look_for.key}"


def _parts(framework: Framework) -> Iterable[Part]:
    return [
        Part(
            str(component.id),
            str(component.parent_id) if component.parent_id else None,
            component.plate,
            component.name,
            component.discourse_linked,
        )
        for component in framework.components
    ]


def decisions(person: Person, framework: Framework) -> list[Decision]:
    """The stances on a framework, as the rules read them."""
    return [_decision(stance) for stance in db.session.scalars(Stance.on(framework, person))]


def _decision(stance: Stance) -> Decision:
    where = stance.school.name if stance.school else ""
    return Decision(str(stance.component_id), stance.stance, stance.unit, stance.reason, where)


def on_purpose(person: Person, framework_id: UUID | None) -> list[str]:
    """What is kept unblended on purpose in a framework, in a line each, for the discourse check."""
    rows = (
        Stance.visible_to(person)
        .join(Component, Component.id == Stance.component_id)
        .where(Component.framework_id == framework_id, Stance.stance.in_(COUNTS_AS_ALIGNED))
    )
    return [
        f"{stance.component.plate or stance.component.name}: {_plainly(_decision(stance))}. "
        f"{stance.reason}"
        for stance in db.session.scalars(rows)
    ]


def _plainly(decision: Decision) -> str:
    return decision.words[0].lower() + decision.words[1:]


def _facts(person: Person) -> Sequence[Row[Any]] | None:
    """The marks of walkthroughs whose rows this person may open anyway; None for everybody else.

    Coaching and evaluation leave no fact, and what others wrote about oneself is not counted.
    """
    if not person.may("capture"):
        return None
    rows = (
        select(Fact.walkthrough_id, Fact.teacher_id, Marked.marks)
        .join(Marked, Marked.walkthrough_id == Fact.walkthrough_id)
        .where(Fact.open_to(person), Fact.teacher_id != person.id)
    )
    return db.session.execute(rows).all()


def _seen(facts: Iterable[Row[Any]]) -> Seen:
    """For each look-for, by set and key, the visits and the rooms in which it was marked seen."""
    found: dict[str, tuple[set[str], set[str]]] = {}
    for fact in facts:
        for key, mark in fact.marks.items():
            if mark == "seen":
                visits, rooms = found.setdefault(key.replace("/", " ", 1), (set(), set()))
                visits.add(str(fact.walkthrough_id))
                rooms.add(str(fact.teacher_id))
    return {name: (frozenset(visits), frozenset(rooms)) for name, (visits, rooms) in found.items()}
