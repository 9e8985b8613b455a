"""Coverage of a framework: what is tied to it, what was decided, and what visits saw."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import selectinload

from models.base import db
from models.event import Event
from models.framework import Component, Framework
from models.look_for import LookFor, LookForSet
from models.person import Person
from models.stance import Stance
from models.walkthrough import Walkthrough
from rules import capture
from rules.coverage import COUNTS_AS_ALIGNED, Coverage, Decision, Part, coverage

MOST_VISITS = 300
KINDS = ("started", "look_for_marked", "look_for_counted", "undone")

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
    walks = _walks(person)
    return Map(
        coverage(
            _parts(framework), ties, look_fors, decisions(person, framework), _seen(walks or [])
        ),
        None if walks is None else len(walks),
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


def _walks(person: Person) -> Sequence[Walkthrough] | None:
    """The shared walkthroughs whose rows this person may open anyway; None for everybody else.

    Coaching and evaluation are never counted, nor is what others wrote about oneself.
    """
    if not person.may("capture"):
        return None
    rows = Walkthrough.visible_to(person).where(
        Walkthrough.purpose == "walkthrough",
        Walkthrough.shared_at.is_not(None),
        Walkthrough.teacher_id != person.id,
    )
    return db.session.scalars(rows.limit(MOST_VISITS)).unique().all()


def _seen(walks: Sequence[Walkthrough]) -> Seen:
    """For each look-for, by set and key, the visits and the rooms in which it was marked seen."""
    if not walks:
        return {}
    room = {walk.id: str(walk.teacher_id) for walk in walks}
    visits: dict[str, set[UUID]] = {}
    for walk_id, events in Event.of(room).items():
        # sweeps and notes have no part in marks, and folding them takes most of the time
        for mark in capture.fold([each for each in events if each.kind in KINDS]).marks:
            if mark.mark == "seen":
                visits.setdefault(mark.look_for, set()).add(walk_id)
    names = _names(UUID(look_for) for look_for in visits)
    by_name: dict[str, set[UUID]] = {}
    for look_for, where in visits.items():
        by_name.setdefault(names.get(look_for, ""), set()).update(where)
    return {
        name: (frozenset(map(str, where)), frozenset(room[walk] for walk in where))
        for name, where in by_name.items()
    }


def _names(look_for_ids: Iterable[UUID]) -> dict[str, str]:
    """Look-fors of any version by the name that all their versions share."""
    rows = (
        select(LookFor)
        .options(selectinload(LookFor.look_for_set))
        .where(LookFor.id.in_(list(look_for_ids)))
    )
    return {str(each.id): _name(each.look_for_set, each) for each in db.session.scalars(rows)}
