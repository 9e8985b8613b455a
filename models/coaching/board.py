"""The caseload board: each teacher with the last step, most urgent check-back first."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from sqlalchemy import Select, func, select

from models.base import db
from models.coaching.caseload import Caseload
from models.person import Person
from models.step import Step
from models.walkthrough import Walkthrough
from rules.roles import Role
from rules.step import Standing, standing, standing_words

ORDER: tuple[Standing, ...] = ("overdue", "due", "later", "undated", "none")
HEADINGS = {
    "overdue": "Overdue",
    "due": "This week",
    "later": "Later",
    "undated": "No check-back yet",
    "none": "No step yet",
}


@dataclass(frozen=True, slots=True)
class Row:
    """One teacher on the board."""

    caseload: Caseload
    standing: Standing
    words: str
    step: Step | None = None
    visited_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class Board:
    """Everybody on a caseload under headings, and who has not answered yet."""

    groups: Sequence[tuple[str, Sequence[Row]]]
    asked: Sequence[Caseload]
    teachers: int


def board(coach: Person, *, today: date) -> Board:
    """The board of one coach on one day of the district’s clock."""
    homes = set(db.session.scalars(Caseload.homes(coach)))
    cases = db.session.scalars(Caseload.whole().where(Caseload.id.in_(homes))).unique().all()
    steps, visits = _steps(homes), _visits(coach, [case.teacher_id for case in cases])
    rows = [_row(case, steps.get(case.id), visits.get(case.teacher_id), today) for case in cases]
    rows.sort(key=_urgency)
    groups = [(HEADINGS[code], [row for row in rows if row.standing == code]) for code in ORDER]
    asked = Caseload.whole().where(
        Caseload.coach_id == coach.id, Caseload.state == "asked", Caseload.ended_at.is_(None)
    )
    return Board(
        groups=[(heading, some) for heading, some in groups if some],
        asked=db.session.scalars(asked.order_by(Caseload.since)).unique().all(),
        teachers=len(rows),
    )


def _row(case: Caseload, step: Step | None, visited_at: datetime | None, today: date) -> Row:
    if step is None or not step.open:
        return Row(
            case, "none", "no step yet" if step is None else "no open step", step, visited_at
        )
    due_on = step.due_on
    return Row(case, standing(due_on, today), standing_words(due_on, today), step, visited_at)


def _urgency(row: Row) -> tuple[object, ...]:
    due_on = row.step.due_on if row.step and row.step.open else None
    teacher = row.caseload.teacher
    return ORDER.index(row.standing), due_on or date.max, teacher.family_name, teacher.given_name


def _steps(homes: Iterable[UUID]) -> dict[UUID, Step]:
    """For each caseload its open step with the nearest check-back, else the one closed last."""
    rows = Step.whole().where(Step.origin == "coaching", Step.caseload_id.in_(list(homes)))
    found: dict[UUID, Step] = {}
    for step in db.session.scalars(rows.order_by(None).order_by(Step.made_at)):
        if step.caseload_id is not None:
            known = found.get(step.caseload_id)
            found[step.caseload_id] = step if known is None else _nearer(known, step)
    return found


def _nearer(known: Step, step: Step) -> Step:
    if known.open and step.open:
        return min(known, step, key=lambda one: one.due_on or date.max)
    return known if known.open else step


def _visits(coach: Person, teacher_ids: Iterable[UUID]) -> dict[UUID, datetime]:
    """When each teacher was last visited for coaching."""
    rows = db.session.execute(
        select(Walkthrough.teacher_id, func.max(Walkthrough.started_at))
        .where(
            Walkthrough.teacher_id.in_(list(teacher_ids)),
            Walkthrough.purpose == "coaching",
            Walkthrough.retracted_at.is_(None),
            Walkthrough.open_to(coach),
        )
        .group_by(Walkthrough.teacher_id)
    )
    return {teacher_id: at for teacher_id, at in rows if teacher_id and at}


def askable(coach: Person) -> Select[tuple[Person]]:
    """Teachers of a coach’s schools who are not asked and not on the caseload yet."""
    here = select(Caseload.teacher_id).where(
        Caseload.coach_id == coach.id, Caseload.ended_at.is_(None), Caseload.beside_id.is_(None)
    )
    teachers = Person.teachers_at(coach.school_ids(Role.COACH))
    return teachers.where(Person.id != coach.id, Person.id.not_in(here))


def check_backs(coach: Person) -> dict[UUID, Step]:
    """The open dated steps of a coach’s own coaching, by teacher, the nearest of each."""
    steps = db.session.scalars(Step.dated(coach)).all()
    return {step.teacher_id: step for step in reversed(steps)}
