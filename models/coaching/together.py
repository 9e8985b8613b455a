"""What a coach and a teacher have in front of them when they sit together."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from sqlalchemy import Select, and_, or_, select

from models.base import db
from models.coaching.caseload import Caseload
from models.coaching.goal import Goal
from models.coaching.mentoring import Mentoring
from models.coaching.note import CoachingNote
from models.coaching.phase import PhaseMove
from models.coaching.plan import PlanPart
from models.event import Event
from models.look_for import LookFor, LookForSet
from models.person import Person, RoleGrant
from models.step import Step
from models.walkthrough import Walkthrough
from rules.capture import Observed, fold
from rules.mastery import PHASES, VISITS, Mastery, Sighting, mastery
from rules.roles import Role

MOST_VISITS = 12
"""Visits read for the phases: enough for four after stepping over those without a chance."""


@dataclass(frozen=True, slots=True)
class Together:
    """The page of one coaching, as one of its two sides sees it."""

    goals: Sequence[Goal]
    steps: Sequence[Step]
    notes: Sequence[CoachingNote]
    plan: Sequence[PlanPart]
    log: Sequence[Mentoring]
    visits: Sequence[Walkthrough]

    @property
    def goal(self) -> Goal | None:
        """The present one."""
        return next((goal for goal in self.goals if goal.ended_at is None), None)

    @property
    def open_steps(self) -> list[Step]:
        """Those whose check-back is still to come."""
        return [step for step in self.steps if step.open]

    @property
    def past_steps(self) -> list[Step]:
        """Those that were met, adjusted or dropped."""
        return [step for step in self.steps if not step.open]

    def part_on(self, today: date) -> PlanPart | None:
        """The phase of the plan that a day falls into."""
        return next((part for part in self.plan if part.begins_on <= today <= part.ends_on), None)


def together(caseload: Caseload, person: Person) -> Together:
    """Everything of this coaching that this person may read."""
    notes = CoachingNote.visible_to(person).where(CoachingNote.caseload_id == caseload.id)
    return Together(
        goals=db.session.scalars(Goal.of(caseload)).all(),
        steps=db.session.scalars(Step.of(caseload)).all(),
        notes=db.session.scalars(notes).all(),
        plan=db.session.scalars(PlanPart.of(caseload)).all(),
        log=db.session.scalars(Mentoring.of(caseload)).all(),
        visits=db.session.scalars(_visits(caseload).limit(VISITS)).unique().all(),
    )


def _visits(caseload: Caseload) -> Select[tuple[Walkthrough]]:
    """The visits that both sides may read: what was shared, and never an evaluation."""
    coached = and_(
        Walkthrough.purpose == "coaching", Walkthrough.observer_id.in_(_coaches(caseload))
    )
    return Walkthrough.whole().where(
        Walkthrough.teacher_id == caseload.teacher_id,
        Walkthrough.shared_at.is_not(None),
        or_(Walkthrough.purpose == "walkthrough", coached),
    )


def _coaches(caseload: Caseload) -> list[UUID]:
    return [caseload.coach_id, *(one.coach_id for one in caseload.co_coaches if one.open)]


@dataclass(frozen=True, slots=True)
class Phase:
    """Where a look-for stands: by the evidence, and as it was moved by hand, if it was."""

    look_for: LookFor
    evidence: Mastery
    moved: PhaseMove | None

    @property
    def now(self) -> str:
        """The phase that stands."""
        return self.moved.phase if self.moved else self.evidence.phase


def phases(caseload: Caseload, person: Person) -> list[tuple[LookForSet, list[Phase]]]:
    """Every look-for with its phase, set by set; private to these two."""
    sets = db.session.scalars(LookForSet.visible_to(person)).all()
    every = {str(one.id): one.key for s in sets for one in s.look_fors}
    seen = list(_sightings(_visits(caseload), every))
    moves = {move.look_for_id: move for move in db.session.scalars(PhaseMove.of(caseload))}
    return [
        (
            s,
            [
                _phase(one, seen, moves.get(one.id))
                for one in s.look_fors
                if one.role != "watch_out"
            ],
        )
        for s in sets
    ]


def _phase(look_for: LookFor, visits: list[dict[str, Sighting]], moved: PhaseMove | None) -> Phase:
    nothing = Sighting(None)
    return Phase(look_for, mastery([visit.get(look_for.key, nothing) for visit in visits]), moved)


def _sightings(
    visits: Select[tuple[Walkthrough]], keys: dict[str, str]
) -> Iterable[dict[str, Sighting]]:
    """For each visit, newest first, what it holds on each look-for by key."""
    walks = db.session.scalars(visits.limit(MOST_VISITS)).unique().all()
    events = Event.of(walk.id for walk in walks)
    keys = keys | _older_keys(walks)
    for walk in walks:
        observed = fold(events[walk.id])
        answered = any(
            "clear" in (asked.now, asked.going, asked.how) for asked in observed.students
        )
        yield {
            keys.get(mark.look_for, mark.look_for): Sighting(
                mark.mark, answered or _said(observed, mark.look_for)
            )
            for mark in observed.marks
        }


def _said(observed: Observed, look_for: str) -> bool:
    """Whether a student’s own words were noted with this look-for."""
    return any(note.speaker == "student" and look_for in note.look_fors for note in observed.notes)


def _older_keys(walks: Iterable[Walkthrough]) -> dict[str, str]:
    """Look-fors keep their key from version to version, and with it what was seen before."""
    sets = {set_id for walk in walks for set_id in walk.set_ids}
    rows = db.session.execute(select(LookFor.id, LookFor.key).where(LookFor.set_id.in_(sets)))
    return {str(look_for_id): key for look_for_id, key in rows}


def find_coaches(caseload: Caseload) -> Sequence[Person]:
    """Who could stand beside: coaches of the teacher’s schools who do not do so yet."""
    taken = [caseload.coach_id, *(one.coach_id for one in caseload.co_coaches)]
    schools = caseload.teacher.school_ids(Role.TEACHER)
    coaching = select(RoleGrant.person_id).where(
        RoleGrant.school_id.in_(schools),
        RoleGrant.role == Role.COACH,
        RoleGrant.state == "active",
        RoleGrant.ended_at.is_(None),
    )
    rows = Person.whole().where(
        Person.id.in_(coaching), Person.id.not_in(taken), Person.ended_at.is_(None)
    )
    return db.session.scalars(rows.order_by(Person.family_name, Person.given_name)).all()


__all__ = ["PHASES", "Phase", "Together", "find_coaches", "phases", "together"]
