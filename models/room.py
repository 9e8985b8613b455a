"""Rooms and the four letters beside their doors, which open a visit there."""

from __future__ import annotations

import secrets
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from sqlalchemy import CheckConstraint, ForeignKey, Select, UniqueConstraint, select
from sqlalchemy.orm import Mapped, mapped_column, selectinload

from models.act import Act
from models.base import Model, db, new_id
from models.district import District, School, SchoolClass
from models.person import Person
from rules.roles import DISTRICT_WIDE, MAY
from rules.room import draw_code, room_key, room_order


class RoomCode(Model):
    """The letters of a room, or of a teacher whose classes have none; kept when the room ends."""

    __tablename__ = "room_codes"
    __table_args__ = (
        UniqueConstraint("district_id", "code"),
        UniqueConstraint("school_id", "room"),
        UniqueConstraint("school_id", "teacher_id"),
        CheckConstraint("(room IS NULL) <> (teacher_id IS NULL)", name="room_or_teacher"),
    )

    id: Mapped[UUID] = mapped_column(primary_key=True, default=new_id)
    district_id: Mapped[UUID] = mapped_column(ForeignKey("districts.id"))
    school_id: Mapped[UUID] = mapped_column(ForeignKey("schools.id"))
    # the room as rules/room compares it; how it is written on the sheet, the classes say
    room: Mapped[str | None]
    teacher_id: Mapped[UUID | None] = mapped_column(ForeignKey("people.id"))
    code: Mapped[str]
    made_at: Mapped[datetime]

    @property
    def key(self) -> Key:
        """Which room it belongs to."""
        return self.school_id, self.room, self.teacher_id

    @classmethod
    def of(cls, school_ids: Iterable[UUID]) -> Select[tuple[RoomCode]]:
        """Every code of these schools, of rooms in use and of those that were."""
        return select(cls).where(cls.school_id.in_(list(school_ids)))

    @staticmethod
    def schools(person: Person, verb: str) -> Select[tuple[School]]:
        """The schools where a role of this person may do `verb`; all for a role of the district."""
        rows = select(School).where(
            School.district_id == person.district_id, School.ended_at.is_(None)
        )
        if not person.roles.isdisjoint(MAY[verb] & DISTRICT_WIDE):
            return rows.order_by(School.name)
        return rows.where(School.id.in_(person.school_ids(*MAY[verb]))).order_by(School.name)

    @classmethod
    def make(cls, school: School, *, by: Person | None, at: datetime) -> int:
        """Give every room of a school its code where it has none; how many were made."""
        # two who press at once take turns, since codes are told apart in the whole district
        db.session.execute(
            select(District.id).where(District.id == school.district_id).with_for_update()
        )
        rows = db.session.execute(
            select(cls.code, cls.school_id).where(cls.district_id == school.district_id)
        )
        held: dict[str, UUID] = dict(rows.tuples().all())
        near = [code for code, school_id in held.items() if school_id == school.id]
        new = [room for room in rooms_of(school) if room.code is None]
        for room in new:
            code = draw_code(held, near, secrets.choice)
            held[code] = school.id
            near.append(code)
            db.session.add(cls._new(room, school, code, at))
        if new:
            Act.record("make-room-codes", school.id, by=by, at=at, of=len(new))
        return len(new)

    @classmethod
    def _new(cls, room: Room, school: School, code: str, at: datetime) -> RoomCode:
        return cls(
            district_id=school.district_id,
            school_id=school.id,
            room=room.key[1],
            teacher_id=room.teacher_id,
            code=code,
            made_at=at,
        )


Key = tuple[UUID, str | None, UUID | None]
"""School, and the room or (where classes have no room) the teacher."""


@dataclass(frozen=True, slots=True)
class Room:
    """Where classes meet: a room of the roster, or “wherever this teacher is”."""

    key: Key
    name: str
    classes: tuple[SchoolClass, ...]
    code: str | None

    @property
    def school_id(self) -> UUID:
        """Its school."""
        return self.key[0]

    @property
    def teacher_id(self) -> UUID | None:
        """Whose classes they are, where they have no room."""
        return self.key[2]

    @property
    def title(self) -> str:
        """“Room 114”, or the teacher’s name."""
        return self.name if self.teacher_id else f"Room {self.name}"


def rooms_of(school: School) -> list[Room]:
    """Every room in use at a school, with its code if it has one."""
    classes = db.session.scalars(
        select(SchoolClass)
        .options(selectinload(SchoolClass.teaching))
        .where(SchoolClass.school_id == school.id, SchoolClass.ended_at.is_(None))
        .order_by(SchoolClass.period, SchoolClass.name, SchoolClass.id)
    ).all()
    teaching = {row.teacher_id for one in classes for row in one.teaching}
    people = db.session.scalars(
        select(Person).where(Person.id.in_(teaching), Person.ended_at.is_(None))
    )
    names = {person.id: person.name for person in people}
    return rooms(classes, db.session.scalars(RoomCode.of([school.id])), names)


def rooms(
    classes: Sequence[SchoolClass], codes: Iterable[RoomCode], names: Mapping[UUID, str]
) -> list[Room]:
    """The rooms in which these classes meet, schools together, then by number or name.

    A class without a room is found by its teacher of record, whose code opens all classes of
    theirs at that school; `names` are those teachers’. One without either has no place.
    """
    letters = {code.key: code.code for code in codes}
    found: dict[Key, list[SchoolClass]] = {}
    for one in classes:
        key = _place(one, names)
        if key is not None:
            found.setdefault(key, []).append(one)
    made = [
        Room(key, _name(key, here, names), _taught(key, here, classes), letters.get(key))
        for key, here in found.items()
    ]
    return sorted(made, key=lambda room: (str(room.school_id), bool(room.teacher_id), _rank(room)))


def _rank(room: Room) -> object:
    return room.name.casefold() if room.teacher_id else room_order(room.name)


def _place(one: SchoolClass, names: Mapping[UUID, str]) -> Key | None:
    room = room_key(one.room)
    if room:
        return one.school_id, room, None
    teacher = next((row.teacher_id for row in one.teaching if row.teacher_id in names), None)
    return (one.school_id, None, teacher) if teacher else None


def _name(key: Key, here: Sequence[SchoolClass], names: Mapping[UUID, str]) -> str:
    return names[key[2]] if key[2] else " ".join(here[0].room.split())


def _taught(
    key: Key, here: Sequence[SchoolClass], classes: Sequence[SchoolClass]
) -> tuple[SchoolClass, ...]:
    school_id, _, teacher = key
    return tuple(here if teacher is None else _of_teacher(classes, school_id, teacher))


def _of_teacher(
    classes: Iterable[SchoolClass], school_id: UUID, teacher: UUID
) -> Iterator[SchoolClass]:
    for one in classes:
        if one.school_id == school_id and any(row.teacher_id == teacher for row in one.teaching):
            yield one
