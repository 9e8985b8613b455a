"""What a phone needs to start and run walks: everything in one person's reach, and no more."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, datetime
from typing import Any
from uuid import UUID

from sqlalchemy import func, select

from models.base import db
from models.coaching.board import check_backs
from models.district import SchoolClass
from models.focus_set import FocusSet
from models.framework import Framework
from models.look_for import LookForSet
from models.person import Person
from models.plan import Plan, Wish
from models.reach import Reach
from models.room import RoomCode, rooms
from models.seal import SealKey
from models.step import Step, last_steps
from models.walkthrough import Walkthrough
from rules.calendar import weekday_words
from rules.discourse import RULE_VERSION
from rules.look_for import MOST_IN_FOCUS

MOST_DUE = 8


def field_kit(person: Person, *, at: datetime) -> dict[str, Any]:
    """The kit of one person on one day, the same bytes as long as nothing changed."""
    reach = Reach.of(person)
    framework = db.session.scalar(
        Framework.visible_to(person).where(Framework.id == person.district.framework_id)
    )
    sets = list(db.session.scalars(LookForSet.visible_to(person)))
    teacher_ids = [teacher.id for teacher in reach.teachers]
    visits, steps = last_visits(person, teacher_ids), last_steps(person, teacher_ids)
    wishes = Wish.for_visitor(person, teacher_ids)
    seal = SealKey.current()
    return {
        "person": {"id": str(person.id), "name": person.name},
        "district": {
            "id": str(person.district.id),
            "name": person.district.name,
            "time_zone": person.district.time_zone,
        },
        "schools": [{"id": str(school.id), "name": school.name} for school in reach.schools],
        "teachers": [_teacher(one, reach, visits, wishes, steps) for one in reach.teachers],
        "classes": [_class(school_class) for school_class in reach.classes],
        "rooms": _rooms(reach),
        "due": [
            {
                "teacher": str(one.teacher.id),
                "class": one.class_id and str(one.class_id),
                "purpose": one.purpose,
                "because": one.because,
            }
            for one in due(reach, visits)
        ],
        "framework": framework and _framework(framework),
        "sets": [_set(look_for_set) for look_for_set in sets],
        "look_fors": _look_fors(sets, framework),
        "focus": [str(look_for.id) for s in sets for look_for in s.look_fors if look_for.focus][
            :MOST_IN_FOCUS
        ],
        "seal": seal and seal.as_told(),
        "focus_sets": _focus_sets(person, sets, at),
        "discourse": {
            "rule_version": RULE_VERSION,
            "thresholds": person.district.thresholds.as_dict(),
        },
    }


def last_visits(person: Person, teacher_ids: Iterable[UUID]) -> dict[UUID, tuple[datetime, int]]:
    """When this person last visited each teacher, and how often."""
    rows = db.session.execute(
        select(Walkthrough.teacher_id, func.max(Walkthrough.started_at), func.count())
        .where(
            Walkthrough.observer_id == person.id,
            Walkthrough.teacher_id.in_(list(teacher_ids)),
            Walkthrough.retracted_at.is_(None),
        )
        .group_by(Walkthrough.teacher_id)
    )
    return {teacher_id: (last, count) for teacher_id, last, count in rows}


class Due:
    """A teacher whose visit is planned, or who has waited longest for one."""

    def __init__(
        self,
        teacher: Person,
        last: datetime | None,
        line: str,
        plan: Plan | None = None,
        check_back: date | None = None,
    ) -> None:
        self.teacher = teacher
        self.last = last
        self.line = plan.school_class.line if plan and plan.school_class else line
        self.plan = plan
        self.check_back = check_back

    @property
    def class_id(self) -> UUID | None:
        """The class that was planned."""
        return self.plan.class_id if self.plan else None

    @property
    def purpose(self) -> str | None:
        """What was planned."""
        return self.plan.purpose if self.plan else None

    @property
    def because(self) -> str:
        """Why they are on the list; it says nothing about the teacher."""
        if self.plan is not None:
            return f"Planned for {weekday_words(self.plan.day)}"
        if self.check_back is not None:
            return f"Check-back {self.check_back:%B} {self.check_back.day}"
        if self.last is None:
            return "Not visited yet"
        return f"Last visit {self.last:%B} {self.last.day}"


def due(reach: Reach, visits: dict[UUID, tuple[datetime, int]]) -> list[Due]:
    """Planned visits, then those who waited longest, never visited first.

    For a coach, check-backs and the caseload come before the others.
    """
    last = {teacher_id: at for teacher_id, (at, _) in visits.items()}
    known = {teacher.id: teacher for teacher in reach.teachers}
    planned = [
        Due(known[plan.teacher_id], last.get(plan.teacher_id), reach.line_of(plan.teacher), plan)
        for plan in reach.plans
        if plan.teacher_id in known
    ]
    expected = {one.teacher.id for one in planned}
    dated = {teacher_id: step.due_on for teacher_id, step in check_backs(reach.person).items()}
    waiting = [
        Due(t, last.get(t.id), reach.line_of(t), check_back=dated.get(t.id))
        for t in reach.teachers
        if t.id not in expected
    ]
    never = [one for one in waiting if one.last is None]
    seen = sorted((one for one in waiting if one.last), key=lambda one: str(one.last))
    # a coach’s own teachers before the others of the school, and of those the dated ones
    coached = reach.caseload
    longest = sorted(
        [*never, *seen],
        key=lambda one: (one.check_back or date.max, one.teacher.id not in coached),
    )
    return [*planned, *longest][:MOST_DUE]


def _teacher(
    teacher: Person,
    reach: Reach,
    visits: dict[UUID, tuple[datetime, int]],
    wishes: dict[UUID, str],
    steps: dict[UUID, Step],
) -> dict[str, Any]:
    last, count = visits.get(teacher.id, (None, 0))
    step = steps.get(teacher.id)
    return {
        "id": str(teacher.id),
        "name": teacher.name,
        "school": str(reach.school_of(teacher)),
        "purposes": reach.offered(teacher),
        "last_visit": last and last.astimezone(reach.person.district.zone).date().isoformat(),
        "visits": count,
        "last_step": step and step.text,
        "focus": [str(step.look_for_id)] if step and step.look_for_id else [],
        "wish": wishes.get(teacher.id),
    }


def _class(school_class: SchoolClass) -> dict[str, Any]:
    return {
        "id": str(school_class.id),
        "teachers": [str(teaching.teacher_id) for teaching in school_class.teaching],
        "school": str(school_class.school_id),
        "name": school_class.name,
        "subject": school_class.subject,
        "grade": school_class.grade,
        "period": school_class.period,
        "room": school_class.room,
        "present": school_class.student_count or None,
    }


def _rooms(reach: Reach) -> list[dict[str, Any]]:
    """The rooms that have letters; nothing is made here, since a phone only asks."""
    names = {teacher.id: teacher.name for teacher in reach.teachers}
    codes = db.session.scalars(RoomCode.of(school.id for school in reach.schools))
    return [
        {
            "code": room.code,
            "school": str(room.school_id),
            "room": room.title,
            "classes": [str(school_class.id) for school_class in room.classes],
        }
        for room in rooms(reach.classes, codes, names)
        if room.code
    ]


def _focus_sets(person: Person, sets: list[LookForSet], at: datetime) -> list[dict[str, Any]]:
    """What is in season for this visitor, nearest first: the phone takes the first that fits."""
    today = at.astimezone(person.district.zone).date()
    found = []
    for focus in db.session.scalars(FocusSet.for_visits_of(person, today)):
        chosen = [str(look_for.id) for look_for in focus.chosen(sets)]
        if chosen:
            found.append(
                {
                    "id": str(focus.id),
                    "name": focus.name,
                    "school": focus.school_id and str(focus.school_id),
                    "teacher": _teacher_of(focus, person),
                    "look_fors": chosen,
                }
            )
    return found


def _teacher_of(focus: FocusSet, person: Person) -> str | None:
    """Whose visits it is for; one’s own focus is for every visit."""
    if focus.person_id in (None, person.id):
        return None
    return str(focus.person_id)


def _framework(framework: Framework) -> dict[str, Any]:
    return {
        "id": str(framework.id),
        "name": framework.name,
        "version": framework.version,
        "components": [
            {
                "id": str(component.id),
                "plate": component.plate,
                "name": component.name,
                "parent": component.parent_id and str(component.parent_id),
                "discourse_linked": component.discourse_linked,
            }
            for component in framework.components
        ],
    }


def _set(look_for_set: LookForSet) -> dict[str, Any]:
    return {
        "id": str(look_for_set.id),
        "key": look_for_set.key,
        "name": look_for_set.name,
        "version": look_for_set.version,
        "look_fors": [str(look_for.id) for look_for in look_for_set.look_fors],
    }


def _look_fors(sets: Iterable[LookForSet], framework: Framework | None) -> list[dict[str, Any]]:
    plates = (
        {component.id: component.plate for component in framework.components} if framework else {}
    )
    found = []
    for look_for_set in sets:
        for look_for in look_for_set.look_fors:
            mine = [a.component_id for a in look_for.alignments if a.component_id in plates]
            found.append(
                {
                    "id": str(look_for.id),
                    "key": look_for.key,
                    "set": str(look_for_set.id),
                    "statement": look_for.statement,
                    "kind": look_for.kind,
                    "core_four": look_for.core_four,
                    "role": look_for.role,
                    "plate": plates[mine[0]] if mine else "",
                    "components": [str(component_id) for component_id in mine],
                    "ask": look_for.ask,
                }
            )
    return found
