"""A spring that is closed: four schools, of which the two smaller ones cannot be shown alone."""

from __future__ import annotations

import random
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from sqlalchemy import insert

from benchmarks.kit.fact import shared_visit
from models.base import db
from models.district import District, School
from models.person import Person
from models.trends.fact import Fact
from models.trends.published import publish_due
from models.walkthrough import Walkthrough
from rules.roles import Role
from tests.cast import BEGAN, named

TERM = "2026-spring"
CLOSED = datetime(2026, 8, 3, 12, tzinfo=UTC)
TEACHER = "Quillfeather"
"""Every teacher of it is called so, with a number: no page of counts may hold that name."""
VERDICTS = ("preserved", "preserved", "at_risk", "displaced")
SEEN, LOOKED = "core-four/BL01", "flexible-pacing/FP01"


@dataclass(frozen=True)
class Rooms:
    """The shared visits of one school: to how many teachers, how many, how often with a yes."""

    school: str
    name: str
    teachers: int
    visits: int
    yes: int
    months: tuple[str, ...]


SCHOOLS = (
    Rooms("lincoln", "Lincoln Middle School", 12, 60, 25, ("2026-04", "2026-05")),
    Rooms("cedar", "Cedar Middle School", 14, 70, 43, ("2026-04", "2026-05")),
    Rooms("elm", "=Elm+Oak Middle School", 9, 131, 57, ("2026-03",)),
    Rooms("harbor", "Harbor Middle School", 3, 167, 113, ("2026-02",)),
)


def close(district: District) -> None:
    """Let the visits of a spring have happened, and its months and the term be counted."""
    chance = random.Random(8)
    for rooms in SCHOOLS:
        _people(rooms, district)
        facts = list(_facts(rooms, district, chance))
        db.session.execute(insert(Walkthrough), [_walk(fact) for fact in facts])
        Fact.write(district.id, facts)
    publish_due(district, at=CLOSED)
    db.session.commit()


def _people(rooms: Rooms, district: District) -> None:
    school = db.session.get(School, named(rooms.school))
    if school is None:
        db.session.add(School(id=named(rooms.school), district_id=district.id, name=rooms.name))
        db.session.flush()
    for number in range(rooms.teachers):
        _join(rooms, f"{TEACHER} {number}", Role.TEACHER, district)
    for number in range(2):
        _join(rooms, f"Visitor {number}", Role.OBSERVER, district)
    db.session.flush()


def _join(rooms: Rooms, name: str, role: Role, district: District) -> None:
    person = Person(
        id=named(f"{rooms.school} {name}"),
        district_id=district.id,
        given_name=rooms.school,
        family_name=name,
        made_at=BEGAN,
        grants=[],
    )
    person.grant(role, school_id=named(rooms.school), at=BEGAN)
    db.session.add(person)


def _facts(rooms: Rooms, district: District, chance: random.Random) -> Iterator[dict[str, Any]]:
    yes = set(chance.sample(range(rooms.visits), rooms.yes))
    for number in range(rooms.visits):
        teacher, turn = number % rooms.teachers, number // rooms.teachers
        month = rooms.months[turn % len(rooms.months)]
        at = datetime(2026, int(month[5:]), 1 + number % 27, 14 + turn % 3, tzinfo=UTC)
        seen = "seen" if number in yes else "not_seen"
        yield shared_visit(
            at,
            month,
            district_id=district.id,
            school_id=named(rooms.school),
            teacher_id=named(f"{rooms.school} {TEACHER} {teacher}"),
            observer_id=named(f"{rooms.school} Visitor {turn % 2}"),
            subject="Science" if teacher % 2 else "Mathematics",
            grade="6 to 8",
            verdict=chance.choice(VERDICTS),
            reasons=["solo_device_room"] if number % 3 else [],
            marks={SEEN: seen, LOOKED: seen},
        )


def _walk(fact: dict[str, Any]) -> dict[str, Any]:
    same = ("observer_id", "school_id", "teacher_id", "started_at", "shared_at")
    return {
        **{name: fact[name] for name in same},
        "id": fact["walkthrough_id"],
        "purpose": "walkthrough",
        "sets": [],
        "received_at": fact["started_at"],
    }
