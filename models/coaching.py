"""Who coaches whom. What is said in coaching stays between them (docs/house.md, Trust)."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING
from uuid import UUID

from sqlalchemy import ForeignKey, Select, UniqueConstraint, select
from sqlalchemy.orm import Mapped, mapped_column

from models.base import Model, new_id

if TYPE_CHECKING:
    from models.person import Person


class Caseload(Model):
    """A teacher is coached by somebody, from a day until it ends."""

    __tablename__ = "caseloads"
    __table_args__ = (UniqueConstraint("coach_id", "teacher_id", "since"),)

    id: Mapped[UUID] = mapped_column(primary_key=True, default=new_id)
    coach_id: Mapped[UUID] = mapped_column(ForeignKey("people.id"), index=True)
    teacher_id: Mapped[UUID] = mapped_column(ForeignKey("people.id"), index=True)
    since: Mapped[datetime]
    ended_at: Mapped[datetime | None]

    @classmethod
    def teacher_ids(cls, coach: Person) -> Select[tuple[UUID]]:
        """The teachers somebody coaches now."""
        return select(cls.teacher_id).where(cls.coach_id == coach.id, cls.ended_at.is_(None))
