"""Whom somebody may visit, and why not: used when a walk is started and for the field kit."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from typing import Any
from uuid import UUID

from sqlalchemy import CompoundSelect, Select, bindparam, select, union_all

from models.base import db, given
from models.coaching import Caseload
from models.district import School, SchoolClass
from models.framework import Framework
from models.look_for import LookForSet
from models.person import Person
from models.plan import Plan
from rules.loop import unannounced
from rules.roles import PURPOSES_OF, Role


@dataclass(frozen=True, slots=True)
class Reach:
    """The schools, teachers and classes in which one person may start a walk."""

    person: Person
    schools: list[School]
    teachers: list[Person]
    classes: list[SchoolClass]
    caseload: frozenset[UUID]
    plans: list[Plan]

    @classmethod
    def of(cls, person: Person) -> Reach:
        """Everything within reach of somebody's roles."""
        ids = person.school_ids(Role.OBSERVER, Role.COACH)
        schools = select(School).where(School.id.in_(ids)).order_by(School.name)
        return cls(
            person,
            list(db.session.scalars(schools)),
            [one for one in db.session.scalars(Person.teachers_at(ids)) if one.id != person.id],
            list(db.session.scalars(SchoolClass.at(ids))),
            _caseload(person),
            list(db.session.scalars(Plan.of_visitor(person))),
        )

    @property
    def announced(self) -> set[UUID]:
        """The teachers who were told of an evaluation visit early enough."""
        district = self.person.district
        return {
            plan.teacher_id
            for plan in self.plans
            if not unannounced(
                plan.purpose,
                district.evaluation_notice,
                [plan.made_at.astimezone(district.zone).date()],
                plan.day,
                district.holidays,
            )
            and plan.purpose == "evaluation"
        }

    def school_of(self, teacher: Person) -> UUID | None:
        """The school at which this teacher is visited by this person."""
        mine = set(self.person.school_ids(Role.OBSERVER, Role.COACH))
        return next((s for s in teacher.school_ids(Role.TEACHER) if s in mine), None)

    def line_of(self, teacher: Person) -> str:
        """Where this teacher is found: the first class of the day, with its room."""
        mine = (c for c in self.classes if any(t.teacher_id == teacher.id for t in c.teaching))
        first = next(mine, None)
        return first.line if first else ""

    def purposes(self, teacher: Person) -> list[str]:
        """Why this teacher may be visited, most usual first."""
        school = self.school_of(teacher)
        found: list[str] = []
        if school in self.person.school_ids(Role.OBSERVER):
            found += PURPOSES_OF[Role.OBSERVER]
        if school in self.person.school_ids(Role.COACH):
            found += PURPOSES_OF[Role.COACH]
        if teacher.id not in self.caseload:
            found = [purpose for purpose in found if purpose != "coaching"]
        else:
            # nobody is evaluator and coach of the same teacher
            found = [purpose for purpose in found if purpose != "evaluation"]
        return list(dict.fromkeys(found))

    def offered(self, teacher: Person) -> list[str]:
        """The purposes a phone offers: evaluation only with the notice the district asks for."""
        found = self.purposes(teacher)
        if self.person.district.evaluation_notice and teacher.id not in self.announced:
            found = [purpose for purpose in found if purpose != "evaluation"]
        return found


@dataclass(frozen=True, slots=True)
class Starts:
    """Whether visits may start: whatever they name, as far as their author may name it."""

    reach: Reach
    known: frozenset[UUID]
    """The classes, frameworks and look-for sets among it."""

    @classmethod
    def of(cls, person: Person, started: Collection[Mapping[str, Any]]) -> Starts:
        """Look up what the `started` data of a batch name, all of it at once."""
        teachers = [UUID(data["teacher"]) for data in started]
        if not teachers:
            return cls(Reach(person, [], [], [], frozenset(), []), frozenset())
        ids = person.school_ids(Role.OBSERVER, Role.COACH)
        there = db.session.scalars(_teachers(), {"schools": ids, "ids": teachers})
        reach = Reach(
            person,
            [],  # at which schools somebody may visit is in their roles
            [teacher for teacher in there if teacher.id != person.id],
            [],
            _caseload(person),
            [],  # what was planned is offered to phones, and binds nobody
        )
        named = {key for data in started for key in _named(data)}
        known = db.session.scalars(
            _known(), {"schools": ids, "ids": [*named], "district": person.district_id}
        )
        return cls(reach, frozenset(known))

    def school_of(self, teacher_id: UUID) -> UUID | None:
        """Where a teacher is visited: a school they share with the author."""
        teacher = next((t for t in self.reach.teachers if t.id == teacher_id), None)
        return self.reach.school_of(teacher) if teacher else None

    def why_not(self, data: Mapping[str, Any]) -> str | None:
        """One sentence if a walk with this `started` data may not begin, else None."""
        teacher = next((t for t in self.reach.teachers if str(t.id) == data["teacher"]), None)
        if teacher is None:
            return "That teacher is not at a school where you visit. The visit is kept."
        if data["purpose"] not in self.reach.purposes(teacher):
            return f"You cannot visit {teacher.name} for {data['purpose']}. The visit is kept."
        if data.get("class") and UUID(data["class"]) not in self.known:
            return "That class is not at a school where you visit. The visit is kept."
        if UUID(data["framework"]) not in self.known:
            return "That framework is not your district’s. The visit is kept."
        if not self.known.issuperset(UUID(key) for key in data["sets"]):
            return "That look-for set is not your district’s. The visit is kept."
        return None


def _named(data: Mapping[str, Any]) -> Iterator[UUID]:
    yield UUID(data["framework"])
    yield from map(UUID, data["sets"])
    if data.get("class"):
        yield UUID(data["class"])


# every batch asks these two: written down once, since that costs more than to answer them


def _caseload(person: Person) -> frozenset[UUID]:
    """Those whom somebody coaches now; who is nobody’s coach need not ask."""
    coaches = Role.COACH in person.roles
    return frozenset(db.session.scalars(Caseload.teacher_ids(person)) if coaches else ())


@cache
def _teachers() -> Select[tuple[Person]]:
    """Which of these people teach at these schools."""
    return Person.teachers_at(given("schools")).where(Person.id.in_(given("ids")))


@cache
def _known() -> CompoundSelect[tuple[UUID]]:
    """Which of these are classes of these schools, or frameworks or sets of the district."""
    ids = given("ids")
    taught = select(SchoolClass.id).where(
        SchoolClass.id.in_(ids),
        SchoolClass.school_id.in_(given("schools")),
        SchoolClass.ended_at.is_(None),
    )
    frameworks, sets = (
        select(table.id).where(table.id.in_(ids), table.district_id == bindparam("district"))
        for table in (Framework, LookForSet)
    )
    sets = sets.where(LookForSet.state != "draft")
    return union_all(taught, frameworks, sets)
