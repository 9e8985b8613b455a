"""Focus sets: up to twelve look-fors for a season, for visits of one place or one person."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import TYPE_CHECKING, Any
from uuid import UUID

from sqlalchemy import ForeignKey, Select, and_, or_, select
from sqlalchemy.orm import Mapped, joinedload, mapped_column, relationship

from models.act import Act
from models.base import Model, db, new_id
from models.district import School
from models.look_for import LookFor, LookForSet
from models.person import Person
from rules.look_for import MOST_IN_FOCUS
from rules.roles import Role

if TYPE_CHECKING:
    from sqlalchemy import ColumnElement

VISITORS = (Role.OBSERVER, Role.COACH)


class FocusSet(Model):
    """What somebody agreed to look for first: in the district, at a school, or with one person.

    Look-fors are kept by set and key, so that the next version of a set is followed.
    """

    __tablename__ = "focus_sets"

    id: Mapped[UUID] = mapped_column(primary_key=True, default=new_id)
    district_id: Mapped[UUID] = mapped_column(ForeignKey("districts.id"), index=True)
    school_id: Mapped[UUID | None] = mapped_column(ForeignKey("schools.id"))
    person_id: Mapped[UUID | None] = mapped_column(ForeignKey("people.id"))
    name: Mapped[str]
    begins: Mapped[date]
    ends: Mapped[date]
    look_fors: Mapped[list[Any]] = mapped_column(default=list)
    made_by: Mapped[UUID] = mapped_column(ForeignKey("people.id"), index=True)
    made_at: Mapped[datetime]
    ended_at: Mapped[datetime | None]

    school: Mapped[School | None] = relationship(lazy="raise")
    person: Mapped[Person | None] = relationship(lazy="raise", foreign_keys=[person_id])
    author: Mapped[Person] = relationship(lazy="raise", foreign_keys=[made_by])

    @classmethod
    def whole(cls) -> Select[tuple[FocusSet]]:
        """Focus sets that were not taken back, the nearest to a person first."""
        return (
            select(cls)
            .options(joinedload(cls.school), joinedload(cls.person), joinedload(cls.author))
            .where(cls.ended_at.is_(None))
            .order_by(
                cls.person_id.is_(None), cls.school_id.is_(None), cls.begins.desc(), cls.id.desc()
            )
        )

    @classmethod
    def visible_to(cls, person: Person) -> Select[tuple[FocusSet]]:
        """Those of the district and of one’s schools.

        What was agreed about one person is read by its author and by that person alone: a
        coach’s choice would say what was spoken of in confidence.
        """
        return cls.whole().where(
            cls.district_id == person.district_id,
            or_(
                and_(cls.person_id.is_(None), cls._near(person)),
                cls.made_by == person.id,
                cls.person_id == person.id,
            ),
        )

    @classmethod
    def _near(cls, person: Person) -> ColumnElement[bool]:
        if person.district_wide:
            return cls.district_id == person.district_id
        return or_(cls.school_id.is_(None), cls.school_id.in_(person.school_ids()))

    @classmethod
    def editable_by(cls, person: Person) -> Select[tuple[FocusSet]]:
        """One’s own; those of a school by its visitors; those of the district by its leads."""
        shared = cls.person_id.is_(None)
        mine = cls.made_by == person.id
        if Role.LEAD in person.roles:
            return cls.visible_to(person).where(or_(mine, shared))
        at_school = and_(shared, cls.school_id.in_(person.school_ids(*VISITORS)))
        return cls.visible_to(person).where(or_(mine, at_school))

    @classmethod
    def for_visits_of(cls, person: Person, on: date) -> Select[tuple[FocusSet]]:
        """What this visitor’s phone offers on a day, nearest first: a teacher’s, one’s own,
        the school’s, the district’s. What others agreed with their teachers is not among it."""
        return cls.visible_to(person).where(
            cls.begins <= on,
            cls.ends >= on,
            or_(cls.person_id.is_(None), cls.made_by == person.id),
        )

    @classmethod
    def choose(cls, words: Choice, *, by: Person, at: datetime) -> FocusSet:
        """Agree on a focus."""
        made = cls(id=new_id(), district_id=by.district_id, made_by=by.id, made_at=at)
        made._take(words)
        db.session.add(made)
        Act.record("focus-chosen", made.id, by=by, at=at, of=[words.name, words.look_fors])
        return made

    def rechoose(self, words: Choice, *, by: Person, at: datetime) -> None:
        """Change it; visits that have begun keep the focus they began with."""
        self._take(words)
        Act.record("focus-changed", self.id, by=by, at=at, of=[words.name, words.look_fors])

    def _take(self, words: Choice) -> None:
        self.name, self.begins, self.ends = words.name, words.begins, words.ends
        self.school_id, self.person_id = words.school_id, words.person_id
        self.look_fors = list(words.look_fors)[:MOST_IN_FOCUS]

    def end(self, *, by: Person, at: datetime) -> None:
        """Take it back; it is offered no longer."""
        self.ended_at = at
        Act.record("focus-ended", self.id, by=by, at=at)

    def chosen(self, sets: Iterable[LookForSet]) -> list[LookFor]:
        """Its look-fors in the order chosen, as the published sets have them now."""
        known = {named(one, look_for): look_for for one in sets for look_for in one.look_fors}
        return [known[name] for name in self.look_fors if name in known]

    def covers(self, day: date) -> bool:
        """Whether it is in season."""
        return self.begins <= day <= self.ends


@dataclass(frozen=True)
class Choice:
    """What somebody chose: a name, a season, a place or a person, and the look-fors by name."""

    name: str
    begins: date
    ends: date
    look_fors: Sequence[str]
    school_id: UUID | None = None
    person_id: UUID | None = None


def named(look_for_set: LookForSet, look_for: LookFor) -> str:
    """How a focus set calls a look-for, whatever the version: “core-four BL01”."""
    return f"{look_for_set.key} {look_for.key}"
