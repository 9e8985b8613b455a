"""The roster's classes and who teaches them; of students, their number."""

from __future__ import annotations

from collections.abc import Sequence

from sqlalchemy import select
from sqlalchemy.orm import selectinload

from models.base import db, new_id
from models.district import ClassTeacher, District, School, SchoolClass
from models.person import Person
from models.roster.outcome import Outcome, update
from rules.roster import Roster, RosterClass


def take_classes(
    roster: Roster,
    district: District,
    schools: dict[str, School],
    people: dict[str, Person],
    outcome: Outcome,
) -> None:
    """Make the district's classes the roster's; classes it no longer has are ended."""
    here = db.session.scalars(
        select(SchoolClass)
        .options(selectinload(SchoolClass.teaching))
        .join(School, School.id == SchoolClass.school_id)
        .where(School.district_id == district.id, SchoolClass.source_id.is_not(None))
        # where two have one key, the one in use comes last and is the one meant
        .order_by(SchoolClass.ended_at.is_(None), SchoolClass.id)
    ).all()
    by_key = {kept.source_id: kept for kept in here}
    for said in roster.classes:
        _take_class(said, by_key.get(said.source_id), schools, people, outcome)
    if "classes" in roster.told:
        _end_the_missing(here, {said.source_id for said in roster.classes}, outcome)


def _take_class(
    said: RosterClass,
    kept: SchoolClass | None,
    schools: dict[str, School],
    people: dict[str, Person],
    outcome: Outcome,
) -> None:
    school = schools.get(said.school)
    if not said.active or school is None or school.ended_at is not None:
        if kept is not None:
            outcome.end("classes", kept)
        return
    if kept is None:
        kept = SchoolClass(id=new_id(), source_id=said.source_id, **_facts(said, school))
        kept.teaching = []
        db.session.add(kept)
        _teach(kept, said, people)
        outcome.added["classes"] += 1
        return
    facts = _facts(said, school)
    if "teaching" not in outcome.told:
        del facts["student_count"]
    changed = update(kept, **facts, ended_at=None)
    if ("teaching" in outcome.told and _teach(kept, said, people)) or changed:
        outcome.changed["classes"] += 1


def _facts(said: RosterClass, school: School) -> dict[str, object]:
    return {
        "school_id": school.id,
        "name": said.name,
        "subject": said.subject,
        "grade": said.grade,
        "period": said.period,
        "room": said.room,
        "student_count": said.student_count,
    }


def _teach(kept: SchoolClass, said: RosterClass, people: dict[str, Person]) -> bool:
    """Let the class have the roster's teachers, the teacher of record first."""
    wanted = [people[key].id for key in said.teachers if key in people]
    if [row.teacher_id for row in kept.teaching] == wanted:
        return False
    rows = {row.teacher_id: row for row in kept.teaching}
    kept.teaching = [rows.get(one) or ClassTeacher(teacher_id=one) for one in wanted]
    for position, row in enumerate(kept.teaching):
        row.position = position
    return True


def _end_the_missing(here: Sequence[SchoolClass], told: set[str], outcome: Outcome) -> None:
    for kept in here:
        if kept.source_id not in told:
            outcome.end("classes", kept)
