"""The invented district with its shelf, its people and their classes."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from uuid import UUID

from models.base import db, new_id
from models.coaching import Caseload
from models.district import ClassTeacher, District, School, SchoolClass
from models.person import Person
from models.shelf import take_shelf
from models.sign_in import set_password
from rules.demo import BEGAN, Invention, Klass, Somebody
from rules.demo.district import School as InventedSchool
from rules.framework import Shelf

FRAMEWORK = "danielson-2022"
"""The rubric its teachers know."""


@dataclass(frozen=True)
class Stage:
    """Who and what the visits need, by id; schools in the invention’s order."""

    district: District
    schools: tuple[School, ...]
    people: dict[UUID, Person]
    classes: dict[UUID, SchoolClass]


def found(invention: Invention, shelf: Shelf, *, password: str, time_zone: str) -> Stage:
    """Make everything but the visits; the caller commits."""
    district = _district(invention, shelf, time_zone)
    schools = tuple(
        School(id=school.id, district_id=district.id, name=school.name)
        for school in invention.schools
    )
    db.session.add_all(schools)
    db.session.flush()
    people = {one.id: _person(one, district, schools) for one in invention.people}
    _let_sign_in([people[one.id] for one in invention.people if one.signs_in], password)
    db.session.add_all(people.values())
    db.session.flush()
    classes = {
        klass.id: _class(klass, school) for school in invention.schools for klass in school.classes
    }
    db.session.add_all(classes.values())
    db.session.add_all(case for school in invention.schools for case in _caseloads(school))
    db.session.flush()
    return Stage(district, schools, people, classes)


def _district(invention: Invention, shelf: Shelf, time_zone: str) -> District:
    district = District(
        id=new_id(),
        name=invention.name,
        time_zone=time_zone,
        discourse_thresholds={},
        demo=True,
        made_at=BEGAN,
    )
    db.session.add(district)
    db.session.flush()
    take_shelf(shelf, district, framework=FRAMEWORK, at=BEGAN)
    return district


def _person(one: Somebody, district: District, schools: tuple[School, ...]) -> Person:
    person = Person(
        id=one.id,
        district_id=district.id,
        given_name=one.given,
        family_name=one.family,
        title=one.title,
        email=one.email,
        made_at=BEGAN,
        grants=[],
    )
    place = one.post.school
    person.grant(one.post.role, school_id=None if place is None else schools[place].id, at=BEGAN)
    return person


def _let_sign_in(people: list[Person], password: str) -> None:
    """One password for all, hashed once: a hash is meant to be slow."""
    set_password(people[0], password)
    for person in people[1:]:
        person.password_hash = people[0].password_hash


def _class(klass: Klass, school: InventedSchool) -> SchoolClass:
    lesson = klass.lesson
    return SchoolClass(
        id=klass.id,
        school_id=school.id,
        name=lesson.name,
        subject=lesson.subject,
        grade=lesson.grade,
        period=lesson.period,
        room=lesson.room,
        student_count=klass.students,
        teaching=[ClassTeacher(teacher_id=klass.teacher, position=0)],
    )


def _caseloads(school: InventedSchool) -> Iterator[Caseload]:
    for coach, teachers in school.caseloads():
        for teacher in teachers:
            yield Caseload(coach_id=coach.id, teacher_id=teacher.id, since=BEGAN)
