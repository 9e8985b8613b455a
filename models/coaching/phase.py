"""Phases of mastery that were moved by hand, each with its reason; evidence gives the others."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from sqlalchemy import ForeignKey, Select, select
from sqlalchemy.orm import Mapped, mapped_column

from models.act import Act
from models.base import Model, db, new_id
from models.coaching.caseload import Caseload
from models.look_for import LookFor
from models.person import Person


class PhaseMove(Model):
    """The teacher says where she is with a look-for, and why; the last word stands."""

    __tablename__ = "phase_moves"

    id: Mapped[UUID] = mapped_column(primary_key=True, default=new_id)
    caseload_id: Mapped[UUID] = mapped_column(ForeignKey("caseloads.id"), index=True)
    look_for_id: Mapped[UUID] = mapped_column(ForeignKey("look_fors.id"))
    phase: Mapped[str]
    reason: Mapped[str]
    by_id: Mapped[UUID] = mapped_column(ForeignKey("people.id"))
    made_at: Mapped[datetime]

    @classmethod
    def of(cls, caseload: Caseload) -> Select[tuple[PhaseMove]]:
        """Every move in this coaching, oldest first."""
        rows = select(cls).where(cls.caseload_id == caseload.id)
        return rows.order_by(cls.made_at, cls.id)

    @classmethod
    def move(
        cls,
        caseload: Caseload,
        look_for: LookFor,
        phase: str,
        reason: str,
        *,
        by: Person,
        at: datetime,
    ) -> PhaseMove:
        """Move a look-for to a phase."""
        row = cls(id=new_id(), caseload_id=caseload.id, look_for_id=look_for.id, phase=phase)
        row.reason, row.by_id, row.made_at = reason, by.id, at
        db.session.add(row)
        Act.record("move phase of mastery", row.id, by=by, at=at, of=[phase, reason])
        return row
