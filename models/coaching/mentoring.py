"""The mentoring log: minutes in which a teacher was free for students one to one, as counts."""

from __future__ import annotations

from datetime import date, datetime
from uuid import UUID

from sqlalchemy import ForeignKey, Select, select
from sqlalchemy.orm import Mapped, mapped_column

from models.act import Act
from models.base import Model, db, new_id
from models.coaching.caseload import Caseload
from models.person import Person


class Mentoring(Model):
    """One day's minutes and how many students they went to; there is no place for a name."""

    __tablename__ = "mentoring"

    id: Mapped[UUID] = mapped_column(primary_key=True, default=new_id)
    caseload_id: Mapped[UUID] = mapped_column(ForeignKey("caseloads.id"), index=True)
    on_day: Mapped[date]
    minutes: Mapped[int]
    students: Mapped[int]
    by_id: Mapped[UUID] = mapped_column(ForeignKey("people.id"))
    made_at: Mapped[datetime]

    @classmethod
    def of(cls, caseload: Caseload) -> Select[tuple[Mentoring]]:
        """The log of this coaching, latest day first."""
        rows = select(cls).where(cls.caseload_id == caseload.id)
        return rows.order_by(cls.on_day.desc(), cls.id.desc())

    @classmethod
    def log(
        cls,
        caseload: Caseload,
        *,
        on_day: date,
        minutes: int,
        students: int,
        by: Person,
        at: datetime,
    ) -> Mentoring:
        """Write down one day."""
        row = cls(id=new_id(), caseload_id=caseload.id, on_day=on_day, minutes=minutes)
        row.students, row.by_id, row.made_at = students, by.id, at
        db.session.add(row)
        Act.record("log mentoring", row.id, by=by, at=at, of=[str(on_day), minutes, students])
        return row
