"""An invented district of any size in a database of its own, its observers signed in."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from flask import Flask
from flask_migrate import upgrade
from sqlalchemy import select

from app import create_app
from config import Settings
from models.base import db, new_id
from models.district import ClassTeacher, District, School, SchoolClass
from models.look_for import LookFor, LookForSet
from models.person import Person
from models.shelf import take_shelf
from models.sign_in import SignIn, set_password
from rules.framework import read_shelf
from rules.roles import Role

BEGAN = datetime(2026, 8, 17, 12, 0, tzinfo=UTC)
PASSWORD = "a long walk to school"
OBSERVERS, TEACHERS = 10, 12
"""At one school, unless a measurement says otherwise."""


@dataclass(frozen=True, slots=True)
class Observer:
    """Somebody who visits, and what their phone knows."""

    id: str
    email: str
    cookie: str
    teacher: str
    school_class: str


@dataclass(frozen=True, slots=True)
class Stage:
    """A district to measure: its app, who observes, and what every visit names."""

    app: Flask
    observers: list[Observer]
    framework: str
    sets: list[str]
    look_fors: list[str]


def build(folder: Path, url: str, observers: int, teachers: int = TEACHERS) -> Stage:
    """Make the tables and a district with this many observers, spread over its schools."""
    given = {"CROSSWALK_INSTANCE": str(folder), "CROSSWALK_DATABASE_URL": url}
    app = create_app(Settings.from_environment(given))
    with app.app_context():
        upgrade()
        district = District(id=new_id(), name="Stormy", time_zone="America/Chicago", made_at=BEGAN)
        db.session.add(district)
        db.session.flush()
        take_shelf(read_shelf(), district, framework="danielson-2022", at=BEGAN)
        here: list[Observer] = []
        while len(here) < observers:
            here += _school(app, district, min(OBSERVERS, observers - len(here)), teachers)
        sets = db.session.scalars(LookForSet.of(district.id)).all()
        look_fors = db.session.scalars(select(LookFor.id).order_by(LookFor.key)).all()
        stage = Stage(
            app,
            here,
            framework=str(district.framework_id),
            sets=[str(one.id) for one in sets],
            look_fors=[str(key) for key in look_fors],
        )
        db.session.commit()
        db.engine.dispose()
    return stage


def _school(app: Flask, district: District, observers: int, teachers: int) -> list[Observer]:
    """One more school: its teachers with a class each, and its observers, signed in."""
    school = School(id=new_id(), district_id=district.id, name=f"School {new_id()}")
    db.session.add(school)
    db.session.flush()
    teaching = [_person(district, school, Role.TEACHER) for _ in range(teachers)]
    visiting = [_person(district, school, Role.OBSERVER) for _ in range(observers)]
    db.session.flush()
    classes = [_class(school, teacher, place) for place, teacher in enumerate(teaching)]
    return [
        Observer(
            id=str(person.id),
            email=str(person.email),
            cookie=_cookie(app, SignIn.begin(person, device="Storm", at=datetime.now(UTC))),
            teacher=str(teaching[place % teachers].id),
            school_class=str(classes[place % teachers].id),
        )
        for place, person in enumerate(visiting)
    ]


def _person(district: District, school: School, role: Role) -> Person:
    person = Person(
        id=new_id(),
        district_id=district.id,
        given_name="Sam",
        family_name="Storm",
        title="Ms.",
        made_at=BEGAN,
        grants=[],
    )
    person.email = f"{person.id}@stormy.example"
    person.grant(role, school_id=school.id, at=BEGAN)
    db.session.add(person)
    return person


def _class(school: School, teacher: Person, place: int) -> SchoolClass:
    taught = SchoolClass(
        id=new_id(),
        school_id=school.id,
        name=f"Math {place}",
        subject="Mathematics",
        grade="7",
        period=str(1 + place % 7),
        room=str(100 + place),
        student_count=24,
        teaching=[ClassTeacher(teacher_id=teacher.id, position=0)],
    )
    db.session.add(taught)
    return taught


def _cookie(app: Flask, token: str) -> str:
    """The Cookie header of a browser that is signed in with this token."""
    signer: Any = app.session_interface.get_signing_serializer(app)  # type: ignore[attr-defined]
    name = app.config["SESSION_COOKIE_NAME"]
    return f"{name}={signer.dumps({'_user_id': token, '_fresh': True, '_permanent': True})}"


def give_passwords(stage: Stage) -> None:
    """Let every observer sign in with PASSWORD; one slow hash serves them all."""
    with stage.app.app_context():
        people = db.session.scalars(Person.whole()).all()
        set_password(people[0], PASSWORD)
        for person in people[1:]:
            person.password_hash = people[0].password_hash
        db.session.commit()
        db.engine.dispose()
