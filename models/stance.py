"""Stances: a component is protected, balanced or left unblended on purpose, for a reason."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from typing import TYPE_CHECKING
from uuid import UUID

from sqlalchemy import ForeignKey, Select, and_, or_, select
from sqlalchemy.orm import Mapped, joinedload, mapped_column, relationship

from models.act import Act
from models.base import Model, db, new_id
from models.district import School
from models.framework import Component, Framework
from rules.roles import Role

if TYPE_CHECKING:
    from sqlalchemy import ColumnElement

    from models.person import Person


class Stance(Model):
    """What a district or a school means to do with a component, always or for one unit."""

    __tablename__ = "stances"

    id: Mapped[UUID] = mapped_column(primary_key=True, default=new_id)
    district_id: Mapped[UUID] = mapped_column(ForeignKey("districts.id"), index=True)
    school_id: Mapped[UUID | None] = mapped_column(ForeignKey("schools.id"))
    component_id: Mapped[UUID] = mapped_column(ForeignKey("components.id"), index=True)
    stance: Mapped[str]
    unit: Mapped[str] = mapped_column(default="")
    reason: Mapped[str]
    made_by: Mapped[UUID] = mapped_column(ForeignKey("people.id"))
    made_at: Mapped[datetime]
    ended_at: Mapped[datetime | None]

    school: Mapped[School | None] = relationship(lazy="raise")
    component: Mapped[Component] = relationship(lazy="raise")

    @classmethod
    def visible_to(cls, person: Person) -> Select[tuple[Stance]]:
        """Those in force for the district, and for the schools somebody works at."""
        rows = (
            select(cls)
            .options(joinedload(cls.school), joinedload(cls.component))
            .where(cls.district_id == person.district_id, cls.ended_at.is_(None))
            .order_by(cls.made_at, cls.id)
        )
        if person.district_wide:
            return rows
        return rows.where(or_(cls.school_id.is_(None), cls.school_id.in_(person.school_ids())))

    @classmethod
    def on(cls, framework: Framework, person: Person) -> Select[tuple[Stance]]:
        """Those about the components of one framework."""
        ids = [component.id for component in framework.components]
        return cls.visible_to(person).where(cls.component_id.in_(ids))

    @classmethod
    def in_force(cls, component_ids: Iterable[UUID]) -> Select[tuple[Stance]]:
        """What was decided about these components and holds, wherever."""
        return select(cls).where(cls.component_id.in_(list(component_ids)), cls.ended_at.is_(None))

    def carried_to(self, component_id: UUID) -> Stance:
        """The same decision, by whom and when it was made, about a component of another version."""
        return Stance(
            id=new_id(),
            district_id=self.district_id,
            school_id=self.school_id,
            component_id=component_id,
            stance=self.stance,
            unit=self.unit,
            reason=self.reason,
            made_by=self.made_by,
            made_at=self.made_at,
        )

    @classmethod
    def editable_by(cls, person: Person) -> Select[tuple[Stance]]:
        """Whoever decides for a place may end what was decided there."""
        return cls.visible_to(person).where(cls._decided_by(person))

    @classmethod
    def _decided_by(cls, person: Person) -> ColumnElement[bool]:
        if person.district_wide:
            return cls.district_id == person.district_id
        return and_(
            cls.school_id.is_not(None),
            cls.school_id.in_(person.school_ids(Role.OBSERVER, Role.COACH)),
        )

    @classmethod
    def schools(cls, person: Person) -> Select[tuple[School]]:
        """The schools for which somebody may decide."""
        rows = School.visible_to(person)
        if person.district_wide:
            return rows
        return rows.where(School.id.in_(person.school_ids(Role.OBSERVER, Role.COACH)))

    @classmethod
    def take(
        cls,
        component: Component,
        stance: str,
        *,
        unit: str,
        reason: str,
        school_id: UUID | None,
        by: Person,
        at: datetime,
    ) -> Stance:
        """Decide; an earlier decision about the same component, unit and place ends."""
        here = cls.school_id.is_(None) if school_id is None else cls.school_id == school_id
        for earlier in db.session.scalars(
            select(cls).where(
                cls.component_id == component.id,
                cls.unit == unit,
                cls.ended_at.is_(None),
                cls.district_id == by.district_id,
                here,
            )
        ):
            earlier.ended_at = at
        made = cls(
            id=new_id(),
            district_id=by.district_id,
            school_id=school_id,
            component_id=component.id,
            stance=stance,
            unit=unit,
            reason=reason,
            made_by=by.id,
            made_at=at,
        )
        db.session.add(made)
        Act.record("stance-taken", component.id, by=by, at=at, of=[stance, unit, reason])
        return made

    def end(self, *, by: Person, at: datetime) -> None:
        """The decision no longer holds; the component may be a gap again."""
        self.ended_at = at
        Act.record("stance-ended", self.component_id, by=by, at=at, of=self.unit)
