"""The district's instructional frameworks: versions of a tree of components."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING, Any
from uuid import UUID

from sqlalchemy import ForeignKey, Select, UniqueConstraint, select
from sqlalchemy.orm import Mapped, mapped_column, relationship, selectinload

from models.base import Model, db, new_id

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
