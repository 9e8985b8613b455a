"""Writes an invented district down, through the same verbs that real phones and people use."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import datetime, timedelta
from typing import NoReturn
from uuid import UUID

from sqlalchemy import select, update

from models.base import db, new_id
from models.coaching import Caseload
from models.district import ClassTeacher, District, School, SchoolClass
from models.feedback import Feedback
from models.framework import Framework, LookForSet, take_shelf
from models.person import Person
from models.report import frozen
from models.sign_in import set_password
from models.sync import receive
from models.walkthrough import Walkthrough
from rules.demo import Invention, Klass, Loop, Shelf, Somebody, Visit, events, loop, visits
from rules.demo.district import School as InventedSchool
from rules.framework import Shelf as ShelfRead

FRAMEWORK = "danielson-2022"
MOST_IN_FOCUS = 12
# How soon a phone that has a network is safe on the server after the last tap.
SYNCED_AFTER = timedelta(seconds=40)

Progress = Callable[[int, int], None]


def found(
    invention: Invention, shelf: ShelfRead, *, password: str, time_zone: str, at: datetime
) -> District:
    """Make the district, its shelf, its people and their classes; the caller commits."""
    district = District(
        id=new_id(),
        name=invention.name,
        time_zone=time_zone,
        discourse_thresholds={},
        demo=True,
        made_at=invention.began,
    )
    db.session.add(district)
    db.session.flush()
    take_shelf(shelf, district, framework=FRAMEWORK, at=invention.began)
    db.session.add_all(
        School(id=school.id, district_id=district.id, name=school.name)
        for school in invention.schools
    )
    db.session.flush()
    _people(invention, district, password, at)
    db.session.flush()
    for school in invention.schools:
        db.session.add_all(_class(klass, school) for klass in school.classes)
        db.session.add_all(_caseloads(school, invention.began))
    db.session.flush()
    return district


def _people(invention: Invention, district: District, password: str, at: datetime) -> None:
    schools = [school.id for school in invention.schools]
    people = {somebody.id: _person(somebody, district, invention.began, schools)
              for somebody in invention.people}  # fmt: skip
    db.session.add_all(people.values())
    signing_in = [people[one.id] for one in invention.people if one.signs_in]
    set_password(signing_in[0], password)
    for person in signing_in[1:]:
        person.password_hash = signing_in[0].password_hash


def _person(one: Somebody, district: District, began: datetime, schools: list[UUID]) -> Person:
    person = Person(
        id=one.id,
        district_id=district.id,
        given_name=one.given,
        family_name=one.family,
        title=one.title,
        email=one.email,
        made_at=began,
        grants=[],
    )
    school = one.post.school
    person.grant(one.post.role, school_id=None if school is None else schools[school], at=began)
    return person


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


def _caseloads(school: InventedSchool, began: datetime) -> Iterator[Caseload]:
    for coach, teachers in school.caseloads():
        for teacher in teachers:
            yield Caseload(coach_id=coach.id, teacher_id=teacher.id, since=began)


def live(
    invention: Invention, district: District, *, until: datetime, progress: Progress | None = None
) -> int:
    """Let the year of visits happen, and answer how many there were; the caller commits."""
    shelf = _shelf(district)
    year = visits(invention, until, district.zone)
    for done, visit in enumerate(year, start=1):
        _happen(visit, district, shelf, until)
        if done % 100 == 0 or done == len(year):
            _mark_and_let_go(district)
            if progress:
                progress(done, len(year))
    return len(year)


def _shelf(district: District) -> Shelf:
    framework = db.session.get_one(Framework, district.framework_id)
    sets = db.session.scalars(LookForSet.of(district.id)).all()
    look_fors = [look_for for one in sets for look_for in one.look_fors]
    return Shelf(
        framework=str(framework.id),
        sets=tuple(str(one.id) for one in sets),
        look_fors={look_for.key: str(look_for.id) for look_for in look_fors},
        focus=tuple(look_for.key for look_for in look_fors if look_for.focus)[:MOST_IN_FOCUS],
    )


def _happen(visit: Visit, district: District, shelf: Shelf, until: datetime) -> None:
    """One visit: the phone sends its taps, the draft is shared, the teacher answers."""
    observer = _somebody(visit.observer)
    taps = events(visit, shelf)
    finished_at = datetime.fromisoformat(taps[-1]["at"])
    for answer in receive(taps, by=observer, at=finished_at + SYNCED_AFTER):
        if answer["outcome"] != "stored":
            _impossible(answer.get("reason", ""))
    closed = loop(visit, finished_at, until)
    if closed.shared_at is not None:
        _close(visit, closed, observer, district)


def _impossible(reason: str) -> NoReturn:
    raise RuntimeError(f"An invented event was not stored: {reason}")


def _somebody(one: Somebody) -> Person:
    held = db.session.identity_map.get(db.session.identity_key(Person, one.id))
    if isinstance(held, Person) and "grants" in held.__dict__ and "district" in held.__dict__:
        return held
    return db.session.scalars(Person.whole().where(Person.id == one.id)).one()


def _close(visit: Visit, closed: Loop, observer: Person, district: District) -> None:
    assert closed.shared_at is not None
    feedback = (
        db.session.scalars(Feedback.whole().where(Feedback.walkthrough_id == visit.id))
        .unique()
        .one()
    )
    draft = feedback.draft
    assert draft is not None
    if not any(sentence["text"].strip() for sentence in draft.sentences):
        return
    kept = frozen(feedback, draft, district)
    feedback.share(kept, by=observer, at=closed.shared_at)
    teacher = _somebody(visit.teacher)
    if closed.opened_at is not None:
        feedback.open(by=teacher.id, at=closed.opened_at)
    if closed.acknowledged_at is not None:
        feedback.acknowledge(by=teacher, at=closed.acknowledged_at)
    if closed.reply is not None and closed.acknowledged_at is not None:
        kind, words = closed.reply
        feedback.reply(words, kind=kind, by=teacher, at=closed.acknowledged_at)


def _mark_and_let_go(district: District) -> None:
    """Say that these visits are invented, and keep memory small."""
    mine = select(Person.id).where(Person.district_id == district.id)
    db.session.execute(
        update(Walkthrough).where(Walkthrough.observer_id.in_(mine)).values(demo=True)
    )
    db.session.flush()
    db.session.expunge_all()
    db.session.add(district)
