"""Whom somebody may visit, and why not: used when a walk is started and for the field kit."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import selectinload

from models.base import db
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
        schools = list(
            db.session.scalars(select(School).where(School.id.in_(ids)).order_by(School.name))
        )
        teachers = [
            teacher
            for teacher in db.session.scalars(Person.teachers_at(ids))
            if teacher.id != person.id
        ]
        classes = db.session.scalars(
            select(SchoolClass)
            .options(selectinload(SchoolClass.teaching))
            .where(SchoolClass.school_id.in_(ids), SchoolClass.ended_at.is_(None))
            .order_by(SchoolClass.period, SchoolClass.name)
        )
        caseload = frozenset(db.session.scalars(Caseload.teacher_ids(person)))
        plans = list(db.session.scalars(Plan.of_visitor(person)))
        return cls(person, schools, teachers, list(classes), caseload, plans)

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

    def why_not(self, data: Mapping[str, Any]) -> str | None:
        """One sentence if a walk with this `started` data may not begin, else None."""
        teacher = next((t for t in self.teachers if str(t.id) == data["teacher"]), None)
        if teacher is None:
            return "That teacher is not at a school where you visit. The visit is kept."
        if data["purpose"] not in self.purposes(teacher):
            return f"You cannot visit {teacher.name} for {data['purpose']}. The visit is kept."
        class_id = data.get("class")
        if class_id and all(str(c.id) != class_id for c in self.classes):
            return "That class is not at a school where you visit. The visit is kept."
        return self._unknown_shelf(data)

    def _unknown_shelf(self, data: Mapping[str, Any]) -> str | None:
        district = self.person.district_id
        framework = select(Framework.id).where(
            Framework.district_id == district, Framework.id == UUID(data["framework"])
        )
        if db.session.scalar(framework) is None:
            return "That framework is not your district’s. The visit is kept."
        wanted = [UUID(key) for key in data["sets"]]
        known = db.session.scalars(
            select(LookForSet.id).where(
                LookForSet.district_id == district, LookForSet.id.in_(wanted)
            )
        )
        if set(known) != set(wanted):
            return "That look-for set is not your district’s. The visit is kept."
        return None
