"""What a closed month counted: its visits as they stood on that day, for good."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any
from uuid import UUID

from sqlalchemy import Index, select
from sqlalchemy.orm import Mapped, mapped_column

from models.base import Model, db
from models.trends.fact import Fact
from models.trends.marked import Marked
from rules.trends import Record, Visit


class Counted(Model):
    """One visit as its month counted it. What changes later changes no published number."""

    __tablename__ = "trend_counted"
    __table_args__ = (Index("ix_trend_counted_district_id_month", "district_id", "month"),)

    # no foreign keys: what was counted stays counted when a visit is purged
    walkthrough_id: Mapped[UUID] = mapped_column(primary_key=True)
    district_id: Mapped[UUID]
    month: Mapped[str]
    teacher_id: Mapped[UUID]
    observer_id: Mapped[UUID]
    school_id: Mapped[UUID]
    subject: Mapped[str]
    grade: Mapped[str]
    model: Mapped[str]
    verdict: Mapped[str]
    reasons: Mapped[list[Any]]
    marks: Mapped[dict[str, Any]]
    same_day: Mapped[bool]
    read: Mapped[bool]
    answered: Mapped[bool]

    @property
    def record(self) -> Record:
        """What questions are asked of."""
        return Record(
            marks=self.marks,
            verdict=self.verdict,
            reasons=self.reasons,
            same_day=self.same_day,
            read=self.read,
            answered=self.answered,
        )

    def visit(self, run: str, *, yes: bool) -> Visit:
        """The visit with its answer to one question, counted in the month `run`."""
        return Visit(
            teacher=self.teacher_id,
            observer=self.observer_id,
            school=self.school_id,
            places=(run, str(self.school_id), self.grade, self.subject, self.model),
            yes=yes,
        )

    @classmethod
    def take(cls, district_id: UUID, month: str) -> None:
        """Count a month: from now on it stays as it is."""
        rows = db.session.execute(
            select(Fact, Marked)
            .join(Marked, Marked.walkthrough_id == Fact.walkthrough_id)
            .where(Fact.district_id == district_id, Fact.month == month)
        )
        db.session.add_all(_counted(*row) for row in rows)
        db.session.flush()

    @classmethod
    def between(cls, district_id: UUID, first: str, last: str) -> Sequence[Counted]:
        """The visits of these months, both included."""
        return db.session.scalars(
            select(cls)
            .where(cls.district_id == district_id, cls.month >= first, cls.month <= last)
            .order_by(cls.month, cls.walkthrough_id)
        ).all()


def _counted(fact: Fact, said: Marked) -> Counted:
    assert fact.month is not None
    return Counted(
        walkthrough_id=fact.walkthrough_id,
        district_id=fact.district_id,
        month=fact.month,
        teacher_id=fact.teacher_id,
        observer_id=fact.observer_id,
        school_id=fact.school_id,
        subject=fact.subject,
        grade=fact.grade,
        model=fact.model,
        verdict=fact.verdict,
        reasons=said.reasons,
        marks=said.marks,
        same_day=fact.same_day,
        read=fact.read,
        answered=fact.answered,
    )
