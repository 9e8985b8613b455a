"""The district's instructional frameworks, look-for sets, and how they are aligned."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from typing import TYPE_CHECKING, Any
from uuid import UUID

from sqlalchemy import ForeignKey, Select, UniqueConstraint, and_, select
from sqlalchemy.orm import Mapped, mapped_column, relationship, selectinload

from models.base import Model, db, new_id
from rules.feedback import LookForView

if TYPE_CHECKING:
    from models.district import District
    from models.person import Person
    from rules import framework as shelf


class Framework(Model):
    """One version of an instructional framework. Once in use it is superseded, never edited."""

    __tablename__ = "frameworks"
    __table_args__ = (UniqueConstraint("district_id", "key", "version"),)

    id: Mapped[UUID] = mapped_column(primary_key=True, default=new_id)
    district_id: Mapped[UUID] = mapped_column(ForeignKey("districts.id"), index=True)
    key: Mapped[str]
    name: Mapped[str]
    version: Mapped[str]
    rights: Mapped[dict[str, Any]]
    levels: Mapped[list[Any]] = mapped_column(default=list)
    state: Mapped[str] = mapped_column(default="published")
    made_at: Mapped[datetime]

    components: Mapped[list[Component]] = relationship(
        lazy="raise", order_by="Component.position", cascade="all, delete-orphan"
    )

    @classmethod
    def visible_to(cls, person: Person) -> Select[tuple[Framework]]:
        """Everybody in a district may read its frameworks."""
        return cls.of(person.district_id)

    @classmethod
    def of(cls, district_id: UUID) -> Select[tuple[Framework]]:
        """A district's frameworks, whole."""
        return (
            select(cls)
            .options(selectinload(cls.components))
            .where(cls.district_id == district_id)
            .order_by(cls.name, cls.version)
        )

    @classmethod
    def take(cls, source: shelf.Framework, district: District, *, at: datetime) -> Framework:
        """Put a framework from a file on this district's shelf; the same version comes once."""
        kept = db.session.scalar(
            select(cls)
            .options(selectinload(cls.components))
            .where(
                cls.district_id == district.id,
                cls.key == source.id,
                cls.version == source.version,
            )
        )
        if kept is not None:
            return kept
        framework = cls(
            id=new_id(),
            district_id=district.id,
            key=source.id,
            name=source.name,
            version=source.version,
            rights=source.rights.model_dump(mode="json"),
            levels=[level.model_dump() for level in source.levels],
            made_at=at,
        )
        ids = {component.id: new_id() for component in source.components}
        framework.components = [
            Component(
                id=ids[component.id],
                key=component.id,
                code=component.code or "",
                plate=component.plate,
                name=component.name,
                kind=component.kind,
                parent_id=ids.get(component.parent or ""),
                discourse_linked=component.discourse_linked,
                position=position,
            )
            for position, component in enumerate(source.components)
        ]
        db.session.add(framework)
        return framework


class Component(Model):
    """One entry of a framework: a domain, a component, an indicator, at any depth."""

    __tablename__ = "components"
    __table_args__ = (UniqueConstraint("framework_id", "key"),)

    id: Mapped[UUID] = mapped_column(primary_key=True, default=new_id)
    framework_id: Mapped[UUID] = mapped_column(ForeignKey("frameworks.id"))
    key: Mapped[str]
    code: Mapped[str] = mapped_column(default="")
    plate: Mapped[str] = mapped_column(default="")
    name: Mapped[str]
    kind: Mapped[str] = mapped_column(default="component")
    parent_id: Mapped[UUID | None] = mapped_column(ForeignKey("components.id"))
    discourse_linked: Mapped[bool] = mapped_column(default=False)
    position: Mapped[int] = mapped_column(default=0)


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

    def view(self, plate: str | None, component_name: str | None) -> LookForView:
        """The look-for as the rules of feedback read it."""
        return LookForView(
            id=str(self.id),
            statement=self.statement,
            plate=plate or "",
            component_name=component_name or "",
            core_four=self.core_four,
            role=self.role,
            strength_phrase=self.strength_phrase,
            step_phrase=self.step_phrase,
            question_phrase=self.question_phrase,
        )

    @classmethod
    def from_shelf(cls, source: shelf.LookFor, position: int) -> LookFor:
        """A row from a look-for in a file."""
        return cls(
            id=new_id(),
            key=source.key,
            statement=source.statement,
            kind=source.kind,
            core_four=source.core_four,
            leap=source.leap,
            role=source.role,
            ask=source.ask,
            starting=source.starting,
            growing=source.growing,
            strong=source.strong,
            example=source.example,
            artifact=source.artifact,
            resource=source.resource,
            strength_phrase=source.strength_phrase,
            observation_phrase=source.observation_phrase,
            step_phrase=source.step_phrase,
            question_phrase=source.question_phrase,
            focus=source.focus,
            position=position,
            alignments=[],
        )


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
    rows = db.session.execute(
        select(LookFor, Component.plate, Component.name)
        .outerjoin(Alignment, Alignment.look_for_id == LookFor.id)
        .outerjoin(
            Component,
            and_(Component.id == Alignment.component_id, Component.framework_id == framework_id),
        )
        .where(LookFor.set_id.in_([UUID(str(key)) for key in set_ids]))
        .order_by(LookFor.position, Component.id.is_(None), Alignment.position)
    )
    views: dict[str, LookForView] = {}
    for look_for, plate, component_name in rows:
        views.setdefault(str(look_for.id), look_for.view(plate, component_name))
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


def take_shelf(
    shelf_read: shelf.Shelf, district: District, *, framework: str, at: datetime
) -> None:
    """Give a district everything on the shelf, and `framework` (a key) as its own."""
    frameworks = [Framework.take(f, district, at=at) for f in shelf_read.frameworks]
    sets = [
        LookForSet.take(s, district, position=place, at=at)
        for place, s in enumerate(shelf_read.sets)
    ]
    align(frameworks, sets, shelf_read.alignments)
    db.session.flush()
    district.framework_id = next(f.id for f in frameworks if f.key == framework)


def align(
    frameworks: Iterable[Framework],
    sets: Iterable[LookForSet],
    alignments: Iterable[shelf.Alignment],
) -> None:
    """Add the alignments that are not there yet."""
    components = {(f.key, c.key): c.id for f in frameworks for c in f.components}
    look_fors = {look_for.key: look_for for s in sets for look_for in s.look_fors}
    for place, alignment in enumerate(alignments):
        look_for = look_fors.get(alignment.look_for)
        component = components.get((alignment.framework, alignment.component))
        if look_for is None or component is None:
            continue
        if all(kept.component_id != component for kept in look_for.alignments):
            look_for.alignments.append(
                Alignment(component_id=component, reason=alignment.reason, position=place)
            )
