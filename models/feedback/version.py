"""The words of feedback, version by version, and what was said back."""

from __future__ import annotations

from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import ForeignKey, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from models.base import Model, new_id
from models.person import Person


class FeedbackVersion(Model):
    """One version of the words. Shared, it is frozen with all its evidence."""

    __tablename__ = "feedback_versions"
    __table_args__ = (UniqueConstraint("feedback_id", "number"),)

    id: Mapped[UUID] = mapped_column(primary_key=True, default=new_id)
    feedback_id: Mapped[UUID] = mapped_column(ForeignKey("feedback.id"))
    number: Mapped[int]
    sentences: Mapped[list[Any]]
    reason: Mapped[str] = mapped_column(default="")
    author_id: Mapped[UUID] = mapped_column(ForeignKey("people.id"))
    made_at: Mapped[datetime]
    edited_at: Mapped[datetime | None]
    shared_at: Mapped[datetime | None]
    frozen: Mapped[dict[str, Any] | None]

    @property
    def untouched(self) -> bool:
        """Whether these are still the rules' own words, which new evidence may replace."""
        return self.number == 1 and self.edited_at is None and self.shared_at is None


class Reply(Model):
    """What was said back, kept with the feedback for good.

    `kind` is the teacher's reply, context or (request for a) correction, or the author's answer
    to one. A request is answered by words, or by the version in `answered_in`.
    """

    __tablename__ = "replies"

    id: Mapped[UUID] = mapped_column(primary_key=True, default=new_id)
    feedback_id: Mapped[UUID] = mapped_column(ForeignKey("feedback.id"), index=True)
    author_id: Mapped[UUID] = mapped_column(ForeignKey("people.id"))
    kind: Mapped[str]
    text: Mapped[str]
    made_at: Mapped[datetime]
    answered_at: Mapped[datetime | None]
    answered_in: Mapped[int | None]

    author: Mapped[Person] = relationship(lazy="raise")
