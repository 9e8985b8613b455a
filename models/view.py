"""The view log: who had a teacher’s record on the screen, for that teacher to see."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from sqlalchemy import ForeignKey, Select, select
from sqlalchemy.orm import Mapped, joinedload, mapped_column, relationship

from models.base import Model, db, new_id
from models.person import Person


class View(Model):
    """Somebody looked at what is a teacher's: her own view, students’ results, a coaching."""

    __tablename__ = "views"

    id: Mapped[UUID] = mapped_column(primary_key=True, default=new_id)
    subject_id: Mapped[UUID] = mapped_column(index=True)
    person_id: Mapped[UUID] = mapped_column(ForeignKey("people.id"))
    at: Mapped[datetime]

    person: Mapped[Person] = relationship(lazy="raise")

    @classmethod
    def of(cls, subject_id: UUID) -> Select[tuple[View]]:
        """Who looked, latest first."""
        rows = select(cls).options(joinedload(cls.person)).where(cls.subject_id == subject_id)
        return rows.order_by(cls.at.desc(), cls.id)

    @classmethod
    def note(cls, subject_id: UUID, person_id: UUID, *, at: datetime) -> None:
        """Somebody looked."""
        db.session.add(cls(subject_id=subject_id, person_id=person_id, at=at))
