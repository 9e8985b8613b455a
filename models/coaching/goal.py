"""The goal that a teacher and a coach work towards: one at a time, those before stay readable."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from sqlalchemy import ForeignKey, Select, select
from sqlalchemy.orm import Mapped, mapped_column

from models.act import Act
from models.base import Model, db, new_id
from models.coaching.caseload import Caseload
from models.person import Person


class Goal(Model):
    """Where this coaching leads, in the teacher's own words where that can be."""

    __tablename__ = "goals"

    id: Mapped[UUID] = mapped_column(primary_key=True, default=new_id)
    caseload_id: Mapped[UUID] = mapped_column(ForeignKey("caseloads.id"), index=True)
    text: Mapped[str]
    by_id: Mapped[UUID] = mapped_column(ForeignKey("people.id"))
    made_at: Mapped[datetime]
    ended_at: Mapped[datetime | None]

    @classmethod
    def of(cls, caseload: Caseload) -> Select[tuple[Goal]]:
        """Every goal of this coaching, the present one first."""
        return select(cls).where(cls.caseload_id == caseload.id).order_by(cls.made_at.desc())

    @classmethod
    def set(cls, caseload: Caseload, text: str, *, by: Person, at: datetime) -> Goal:
        """Agree on a goal; it takes the place of the one before."""
        for before in db.session.scalars(cls.of(caseload).where(cls.ended_at.is_(None))):
            before.ended_at = at
        goal = cls(id=new_id(), caseload_id=caseload.id, text=text, by_id=by.id, made_at=at)
        db.session.add(goal)
        Act.record("set coaching goal", goal.id, by=by, at=at, of=text)
        return goal
