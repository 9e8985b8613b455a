"""Rooms of a school and their codes, through rosters that come again and classes that end."""

from __future__ import annotations

from dataclasses import replace

import pytest
from flask import Flask
from sqlalchemy import select
from sqlalchemy.exc import IntegrityError

from models.base import db
from models.district import ClassTeacher, School, SchoolClass
from models.field_kit import field_kit
from models.room import Room, RoomCode, rooms_of
from tests.cast import BEGAN, Cast, named
from tests.models.test_roster import ALL, MATH, NOOR, ROSTER, taken


def school(name: str = "lincoln") -> School:
    return db.session.get_one(School, named(name))


def make(name: str = "lincoln") -> int:
    made = RoomCode.make(school(name), by=None, at=BEGAN)
    db.session.commit()
    return made


def codes(where: School) -> dict[str, str | None]:
    return {room.title: room.code for room in rooms_of(where)}


def add_class(name: str, room: str, *teachers: str) -> SchoolClass:
    taught = [ClassTeacher(teacher_id=named(one), position=i) for i, one in enumerate(teachers)]
    made = SchoolClass(school_id=named("lincoln"), name=name, room=room, teaching=taught)
    db.session.add(made)
    db.session.commit()
    return made


def test_every_room_gets_one_code_and_asking_again_makes_none(cast: Cast) -> None:
    add_class("Math 8", " 114 ", "okafor")
    assert codes(school()) == {"Room 114": None, "Room 207": None}
    assert make() == 2
    before = codes(school())
    assert len(set(before.values()) - {None}) == 2
    assert make() == 0
    assert codes(school()) == before


def test_a_new_room_gets_its_own_and_the_cards_on_the_wall_stay_right(cast: Cast) -> None:
    make()
    before = codes(school())
    add_class("Band", "Gym", "lindqvist")
    assert codes(school()) == before | {"Room Gym": None}
    assert make() == 1
    assert {title: code for title, code in codes(school()).items() if title in before} == before


def test_codes_are_told_apart_in_the_whole_district(cast: Cast) -> None:
    make("lincoln")
    make("harbor")
    rows = db.session.scalars(select(RoomCode)).all()
    assert len({row.code for row in rows}) == len(rows) == 3
    rows[0].code = rows[1].code
    with pytest.raises(IntegrityError):
        db.session.flush()
    db.session.rollback()


def test_a_class_without_a_room_is_found_by_its_teacher_of_record(cast: Cast) -> None:
    add_class("Advisory", "", "okafor", "lindqvist")
    add_class("Nobody’s", " ")
    make()
    by_title = {room.title: room for room in rooms_of(school())}
    assert set(by_title) == {"Room 114", "Room 207", "Ms. Okafor"}
    assert [one.name for one in by_title["Ms. Okafor"].classes] == ["Advisory", "Math 7"]


def test_a_room_that_ends_leaves_the_sheet_and_comes_back_with_its_letters(cast: Cast) -> None:
    make()
    before = codes(school())
    cast.math.ended_at = BEGAN
    db.session.commit()
    assert set(codes(school())) == {"Room 207"}
    assert make() == 0
    cast.math.ended_at = None
    db.session.commit()
    assert codes(school()) == before


def test_the_same_roster_again_changes_no_code(bare: Flask) -> None:
    taken(ROSTER)
    saltgrass = db.session.scalars(select(School).where(School.name == "Saltgrass")).one()
    assert RoomCode.make(saltgrass, by=None, at=BEGAN) == 1
    db.session.commit()
    before = codes(saltgrass)
    taken(ROSTER, days=1)
    moved = replace(MATH, source_id="c9", name="Math 8", room="114", teachers=(NOOR.source_id,))
    taken(replace(ROSTER, classes=(moved,), told=ALL), days=2)
    assert codes(saltgrass) == before


def test_the_kit_holds_the_rooms_in_reach_and_makes_none(cast: Cast) -> None:
    assert field_kit(cast.principal, at=BEGAN)["rooms"] == []
    add_class("Advisory", "", "okafor")
    make("lincoln")
    make("harbor")
    found = field_kit(cast.principal, at=BEGAN)["rooms"]
    assert [(room["room"], room["school"]) for room in found] == [
        ("Room 114", str(named("lincoln"))),
        ("Room 207", str(named("lincoln"))),
        ("Ms. Okafor", str(named("lincoln"))),
    ]
    assert found[0]["classes"] == [str(named("math 7"))]
    assert {room["code"] for room in found} == set(codes(school()).values())
    assert [room["room"] for room in field_kit(cast.stranger, at=BEGAN)["rooms"]] == ["Room 12"]


def test_two_rooms_never_share_one_row_of_the_sheet(cast: Cast) -> None:
    add_class("Chorus", "gym", "okafor")
    add_class("Band", "Gym", "lindqvist")
    rooms: list[Room] = [room for room in rooms_of(school()) if "gym" in room.name.casefold()]
    assert [len(room.classes) for room in rooms] == [2]
