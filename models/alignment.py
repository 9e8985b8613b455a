"""Alignments: a look-for tied to a component, with a reason; what was tied once is remembered.

An alignment is data of one set version and one framework version. Published sets are never
edited, but their alignments are, all the time; so each says since when it holds, and one that is
removed moves to the past ones. A visit shows what held when it began.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from functools import cache
from typing import TYPE_CHECKING
from uuid import UUID

from sqlalchemy import (
    BindParameter,
    CompoundSelect,
    ForeignKey,
    Select,
    bindparam,
    or_,
    select,
    union_all,
)
from sqlalchemy.orm import Mapped, mapped_column

from models.act import Act
from models.base import Model, db, given, new_id
from models.framework import Component, Framework

if TYPE_CHECKING:
    from models.person import Person


class Alignment(Model):
    """A look-for tied to a component, with a reason."""

    __tablename__ = "alignments"

    look_for_id: Mapped[UUID] = mapped_column(ForeignKey("look_fors.id"), primary_key=True)
    component_id: Mapped[UUID] = mapped_column(
        ForeignKey("components.id"), primary_key=True, index=True
    )
    reason: Mapped[str]
    position: Mapped[int] = mapped_column(default=0)
    since: Mapped[datetime | None]

    def copied(self) -> Alignment:
        """The same tie for the look-for of another version of the set."""
        return Alignment(
            component_id=self.component_id, reason=self.reason, position=self.position, since=None
        )

    @classmethod
    def tie(
        cls,
        look_for_id: UUID,
        component_id: UUID,
        reason: str,
        *,
        draft: bool,
        by: Person,
        at: datetime,
    ) -> Alignment:
        """Tie a look-for to a component, or give the tie there is its new reason."""
        kept = db.session.get(cls, (look_for_id, component_id))
        if kept is not None and kept.reason == reason:
            return kept
        place = kept.position if kept else _last_place(look_for_id) + 1
        if kept is not None:
            kept._end(draft=draft, at=at)
        made = cls(
            look_for_id=look_for_id,
            component_id=component_id,
            reason=reason,
            position=place,
            since=None if draft else at,
        )
        db.session.add(made)
        Act.record("look-for-aligned", look_for_id, by=by, at=at, of=[str(component_id), reason])
        return made

    def untie(self, *, draft: bool, by: Person, at: datetime) -> None:
        """Remove the tie; visits from before go on showing it."""
        Act.record("alignment-removed", self.look_for_id, by=by, at=at, of=[str(self.component_id)])
        self._end(draft=draft, at=at)

    def _end(self, *, draft: bool, at: datetime) -> None:
        if not draft:
            db.session.add(
                PastAlignment(
                    look_for_id=self.look_for_id,
                    component_id=self.component_id,
                    reason=self.reason,
                    position=self.position,
                    since=self.since,
                    ended_at=at,
                )
            )
        db.session.delete(self)
        db.session.flush()


def _last_place(look_for_id: UUID) -> int:
    places = select(Alignment.position).where(Alignment.look_for_id == look_for_id)
    return max(db.session.scalars(places), default=-1)


class PastAlignment(Model):
    """An alignment that was removed, or whose reason was written anew."""

    __tablename__ = "past_alignments"

    id: Mapped[UUID] = mapped_column(primary_key=True, default=new_id)
    look_for_id: Mapped[UUID] = mapped_column(ForeignKey("look_fors.id"), index=True)
    component_id: Mapped[UUID] = mapped_column(ForeignKey("components.id"), index=True)
    reason: Mapped[str]
    position: Mapped[int] = mapped_column(default=0)
    since: Mapped[datetime | None]
    ended_at: Mapped[datetime]


def plates(
    look_for_ids: Iterable[UUID], framework_id: UUID | None, *, at: datetime | None = None
) -> dict[UUID, tuple[str, str]]:
    """For each look-for the plate and name of its first component in this framework.

    at: as it was then; without it, as it is now.
    """
    asked = {"ids": [*look_for_ids], "framework": framework_id, "at": at}
    rows = db.session.execute(_held() if at is None else _held_then(), asked)
    found: dict[UUID, tuple[str, str]] = {}
    for _, look_for_id, plate, name in sorted(rows, key=lambda row: row[0]):
        found.setdefault(look_for_id, (plate, name))
    return found


# each finished visit asks these: written down once


@cache
def _held(
    kind: type[Alignment] | type[PastAlignment] = Alignment,
) -> Select[tuple[int, UUID, str, str]]:
    return (
        select(kind.position, kind.look_for_id, Component.plate, Component.name)
        .join(Component, Component.id == kind.component_id)
        .where(kind.look_for_id.in_(given("ids")), Component.framework_id == bindparam("framework"))
    )


@cache
def _held_then() -> CompoundSelect[tuple[int, UUID, str, str]]:
    at: BindParameter[datetime] = bindparam("at")
    now, past = (
        _held(kind).where(or_(kind.since.is_(None), kind.since <= at))
        for kind in (Alignment, PastAlignment)
    )
    return union_all(now, past.where(PastAlignment.ended_at > at))


def changes_in(framework_id: UUID | None) -> list[datetime]:
    """When alignments of a framework began or ended, in order."""
    return sorted(db.session.scalars(_changes(), {"framework": framework_id}))


@cache
def _changes() -> CompoundSelect[tuple[datetime]]:
    return union_all(
        *(
            select(moment)
            .join(Component, Component.id == kind.component_id)
            .where(Component.framework_id == bindparam("framework"), moment.is_not(None))
            for kind, moment in (
                (Alignment, Alignment.since),
                (PastAlignment, PastAlignment.since),
                (PastAlignment, PastAlignment.ended_at),
            )
        )
    )


def components_of(person: Person) -> Select[tuple[Component]]:
    """Every component of the district’s frameworks."""
    return (
        select(Component)
        .join(Framework, Framework.id == Component.framework_id)
        .where(Framework.district_id == person.district_id)
    )
