"""A plan of mastery: phases with dates, a resource for each when its time comes."""

from __future__ import annotations

from datetime import date, datetime
from uuid import UUID

from sqlalchemy import ForeignKey, Select, select
from sqlalchemy.orm import Mapped, joinedload, mapped_column, relationship

from models.act import Act
from models.base import Model, db, new_id
from models.coaching.caseload import Caseload
from models.look_for import LookFor
from models.person import Person


class PlanPart(Model):
    """One phase of the plan, from a day to a day; teacher and coach adjust it together."""

    __tablename__ = "plan_parts"

    id: Mapped[UUID] = mapped_column(primary_key=True, default=new_id)
    caseload_id: Mapped[UUID] = mapped_column(ForeignKey("caseloads.id"), index=True)
    look_for_id: Mapped[UUID | None] = mapped_column(ForeignKey("look_fors.id"))
    text: Mapped[str]
    resource: Mapped[str] = mapped_column(default="")
    begins_on: Mapped[date]
    ends_on: Mapped[date]
    by_id: Mapped[UUID] = mapped_column(ForeignKey("people.id"))
    made_at: Mapped[datetime]
    dropped_at: Mapped[datetime | None]

    look_for: Mapped[LookFor | None] = relationship(lazy="raise")

    @classmethod
    def of(cls, caseload: Caseload) -> Select[tuple[PlanPart]]:
        """The plan as it stands, in order of its days."""
        return (
            select(cls)
            .options(joinedload(cls.look_for))
            .where(cls.caseload_id == caseload.id, cls.dropped_at.is_(None))
            .order_by(cls.begins_on, cls.ends_on, cls.id)
        )

    @classmethod
    def editable_by(cls, person: Person) -> Select[tuple[PlanPart]]:
        """Parts of coaching that goes on, to both sides."""
        rows = select(cls).options(joinedload(cls.look_for))
        going_on = select(Caseload.id).where(Caseload.goes_on(person))
        return rows.where(cls.caseload_id.in_(going_on), cls.dropped_at.is_(None))

    @classmethod
    def add(
        cls, caseload: Caseload, said: dict[str, object], *, by: Person, at: datetime
    ) -> PlanPart:
        """Put a phase into the plan; `said` is what the form holds."""
        part = cls(id=new_id(), caseload_id=caseload.id, by_id=by.id, made_at=at, **said)
        db.session.add(part)
        Act.record("plan a phase", part.id, by=by, at=at, of=_plain(said))
        return part

    def adjust(self, said: dict[str, object], *, by: Person, at: datetime) -> None:
        """Change its words, its days or its resource."""
        for name, value in said.items():
            setattr(self, name, value)
        Act.record("adjust the plan", self.id, by=by, at=at, of=_plain(said))

    def drop(self, *, by: Person, at: datetime) -> None:
        """Take it out of the plan."""
        self.dropped_at = at
        Act.record("drop from the plan", self.id, by=by, at=at)


def _plain(said: dict[str, object]) -> dict[str, str]:
    return {name: str(value) for name, value in said.items()}
