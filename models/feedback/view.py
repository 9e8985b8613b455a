"""Who had a teacher’s feedback on the screen."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING
from uuid import UUID

from sqlalchemy import ForeignKey, Index, Select, select
from sqlalchemy.orm import Mapped, joinedload, mapped_column, relationship

from models.base import Model, new_id
from models.person import Person

if TYPE_CHECKING:
    from models.feedback.feedback import Feedback


class FeedbackView(Model):
    """Somebody had a teacher's feedback on the screen: the teacher can see who."""

    __tablename__ = "feedback_views"
    __table_args__ = (Index("ix_feedback_views_feedback_id", "feedback_id"),)

    id: Mapped[UUID] = mapped_column(primary_key=True, default=new_id)
    feedback_id: Mapped[UUID] = mapped_column(ForeignKey("feedback.id"))
    person_id: Mapped[UUID] = mapped_column(ForeignKey("people.id"))
    at: Mapped[datetime]

    person: Mapped[Person] = relationship(lazy="raise")

    @classmethod
    def of(cls, feedback: Feedback) -> Select[tuple[FeedbackView]]:
        """Who looked, latest first."""
        return (
            select(cls)
            .options(joinedload(cls.person))
            .where(cls.feedback_id == feedback.id)
            .order_by(cls.at.desc())
        )
