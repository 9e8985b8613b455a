"""The audit trail: who did what to which record, when; digests of words, never the words."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING
from uuid import UUID

from sqlalchemy import ForeignKey
from sqlalchemy.orm import Mapped, mapped_column

from models.base import Model, db, new_id
from models.event import body_digest

if TYPE_CHECKING:
    from models.person import Person


class NotNow(Exception):
    """An act that a row does not allow in its present state, in one sentence for a person."""


class Act(Model):
    """One act that changed what people see or may do."""

    __tablename__ = "acts"

    id: Mapped[UUID] = mapped_column(primary_key=True, default=new_id)
    person_id: Mapped[UUID | None] = mapped_column(ForeignKey("people.id"))
    act: Mapped[str]
    subject_id: Mapped[UUID]
    digest: Mapped[bytes]
    at: Mapped[datetime]

    @classmethod
    def record(
        cls, act: str, subject_id: UUID, *, by: Person | None, at: datetime, of: object = None
    ) -> None:
        """Add a line; `of` is what was said or changed, of which only a digest stays."""
        db.session.add(
            cls(
                person_id=by and by.id,
                act=act,
                subject_id=subject_id,
                digest=body_digest(of),
                at=at,
            )
        )
