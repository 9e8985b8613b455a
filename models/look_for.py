"""Look-fors, their sets, and how they are aligned with the components of a framework."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from typing import TYPE_CHECKING, Any
from uuid import UUID

from sqlalchemy import (
    ForeignKey,
    Select,
    UniqueConstraint,
    and_,
    func,
    join,
    outerjoin,
    select,
)
from sqlalchemy.orm import Mapped, mapped_column, relationship, selectinload

from models.base import Model, db, new_id
from models.framework import Component, Framework
from rules.feedback import LookForView

if TYPE_CHECKING:
    from models.district import District
    from models.person import Person
    from rules import framework as shelf


class LookForSet(Model):
    """A published, versioned group of look-fors."""

    __tablename__ = "look_for_sets"
    __table_args__ = (UniqueConstraint("district_id", "key", "version"),)

    id: Mapped[UUID] = mapped_column(primary_key=True, default=new_id)
    district_id: Mapped[UUID] = mapped_column(ForeignKey("districts.id"), index=True)
    key: Mapped[str]
    name: Mapped[str]
    version: Mapped[str]
    rights: Mapped[dict[str, Any]]
    state: Mapped[str] = mapped_column(default="published")
    position: Mapped[int] = mapped_column(default=0)
    made_at: Mapped[datetime]

    look_fors: Mapped[list[LookFor]] = relationship(
        lazy="raise", order_by="LookFor.position", cascade="all, delete-orphan"
    )

    @classmethod
    def visible_to(cls, person: Person) -> Select[tuple[LookForSet]]:
        """Everybody in a district may read what is looked for."""
        return cls.of(person.district_id)

    @classmethod
    def of(cls, district_id: UUID) -> Select[tuple[LookForSet]]:
        """A district's published sets, whole."""
        return (
            select(cls)
            .options(selectinload(cls.look_fors).selectinload(LookFor.alignments))
            .where(cls.district_id == district_id, cls.state == "published")
            .order_by(cls.position, cls.name)
        )

    @classmethod
    def take(
        cls, source: shelf.LookForSet, district: District, *, position: int, at: datetime
    ) -> LookForSet:
        """Put a set from a file on this district's shelf; the same version comes once."""
        kept = db.session.scalar(
            select(cls)
            .options(selectinload(cls.look_fors).selectinload(LookFor.alignments))
            .where(
                cls.district_id == district.id,
                cls.key == source.id,
                cls.version == source.version,
            )
        )
        if kept is not None:
            return kept
        look_for_set = cls(
            id=new_id(),
            district_id=district.id,
            key=source.id,
            name=source.name,
            version=source.version,
            rights=source.rights.model_dump(mode="json"),
            position=position,
            made_at=at,
        )
        look_for_set.look_fors = [
            LookFor.from_shelf(look_for, place) for place, look_for in enumerate(source.look_fors)
        ]
        db.session.add(look_for_set)
        return look_for_set


class LookFor(Model):
    """One observable behavior in plain words."""

    __tablename__ = "look_fors"
    __table_args__ = (UniqueConstraint("set_id", "key"),)

    id: Mapped[UUID] = mapped_column(primary_key=True, default=new_id)
    set_id: Mapped[UUID] = mapped_column(ForeignKey("look_for_sets.id"))
    key: Mapped[str]
    statement: Mapped[str]
    kind: Mapped[str]
    core_four: Mapped[str | None]
    leap: Mapped[str | None]
    role: Mapped[str | None]
    ask: Mapped[str] = mapped_column(default="")
    starting: Mapped[str] = mapped_column(default="")
    growing: Mapped[str] = mapped_column(default="")
    strong: Mapped[str] = mapped_column(default="")
    example: Mapped[str] = mapped_column(default="")
    artifact: Mapped[str] = mapped_column(default="")
    resource: Mapped[str] = mapped_column(default="")
    strength_phrase: Mapped[str] = mapped_column(default="")
    observation_phrase: Mapped[str] = mapped_column(default="")
    step_phrase: Mapped[str] = mapped_column(default="")
    question_phrase: Mapped[str] = mapped_column(default="")
    focus: Mapped[bool] = mapped_column(default=False)
    position: Mapped[int] = mapped_column(default=0)

    alignments: Mapped[list[Alignment]] = relationship(
        lazy="raise", order_by="Alignment.position", cascade="all, delete-orphan"
    )

    @classmethod
    def known(cls, look_for_ids: Iterable[UUID], district_id: UUID) -> set[UUID]:
        """Which of these a district ever published: old visits keep theirs."""
        wanted = list(look_for_ids)
        if not wanted:
            return set()
        ids = (
            select(cls.id)
            .join(LookForSet, LookForSet.id == cls.set_id)
            .where(cls.id.in_(wanted), LookForSet.district_id == district_id)
        )
        return set(db.session.scalars(ids))

    @classmethod
    def from_shelf(cls, source: shelf.LookFor, position: int) -> LookFor:
        """A row from a look-for in a file."""
        return cls(id=new_id(), position=position, alignments=[], **source.model_dump())


class Alignment(Model):
    """A look-for tied to a component, with a reason."""

    __tablename__ = "alignments"

    look_for_id: Mapped[UUID] = mapped_column(ForeignKey("look_fors.id"), primary_key=True)
    component_id: Mapped[UUID] = mapped_column(
        ForeignKey("components.id"), primary_key=True, index=True
    )
    reason: Mapped[str]
    position: Mapped[int] = mapped_column(default=0)


def look_for_views(set_ids: Iterable[str], framework_id: UUID | None) -> dict[str, LookForView]:
    """The look-fors of these sets as the rules read them, each with its plate here.

    The plate is the first component of this framework that the look-for is aligned to.
    """
    here = join(
        Alignment,
        Component,
        and_(Component.id == Alignment.component_id, Component.framework_id == framework_id),
    )
    # columns, in the order in which LookForView names them: every finished visit asks for all
    rows = db.session.execute(
        select(
            LookFor.id,
            LookFor.statement,
            func.coalesce(Component.plate, ""),
            func.coalesce(Component.name, ""),
            LookFor.core_four,
            LookFor.role,
            LookFor.strength_phrase,
            LookFor.step_phrase,
            LookFor.question_phrase,
        )
        .select_from(outerjoin(LookFor, here, Alignment.look_for_id == LookFor.id))
        .where(LookFor.set_id.in_([UUID(str(key)) for key in set_ids]))
        .order_by(LookFor.position, Alignment.position)
    )
    views: dict[str, LookForView] = {}
    for look_for, *said in rows:
        views.setdefault(str(look_for), LookForView(str(look_for), *said))
    return views


def aligned_to(framework: Framework) -> dict[UUID, list[tuple[str, str, str]]]:
    """For each component its look-fors in order: key, statement, and the reason."""
    found: dict[UUID, list[tuple[str, str, str]]] = {c.id: [] for c in framework.components}
    rows = db.session.execute(
        select(Alignment.component_id, LookFor.key, LookFor.statement, Alignment.reason)
        .join(LookFor, LookFor.id == Alignment.look_for_id)
        .where(Alignment.component_id.in_(found))
        .order_by(LookFor.key)
    )
    for component_id, key, statement, reason in rows:
        found[component_id].append((key, statement, reason))
    return found
