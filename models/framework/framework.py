"""One version of a framework: a draft, in use, or superseded; and whose words it is."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING, Any
from uuid import UUID

from sqlalchemy import ForeignKey, Select, select
from sqlalchemy.orm import Mapped, mapped_column, relationship, selectinload, undefer

from models.base import db, new_id
from models.framework.component import Component
from models.versioned import Versioned

if TYPE_CHECKING:
    from models.district import District
    from models.person import Person
    from rules import framework as shelf

UNSTATED: dict[str, Any] = {
    "holder": "",
    "licence": "",
    "basis": "full_text",
    "source_url": None,
    "required_notice": "",
    "checked_on": None,
}
"""The rights of a draft whose file did not say who may use it."""


class Framework(Versioned):
    """One version of an instructional framework. Once published it is superseded, never edited."""

    __tablename__ = "frameworks"

    levels: Mapped[list[Any]] = mapped_column(default=list)
    predecessor_id: Mapped[UUID | None] = mapped_column(ForeignKey("frameworks.id"))
    outside: Mapped[dict[str, Any]] = mapped_column(
        default=dict, deferred=True, deferred_raiseload=True
    )
    """What came in and has no place here, in the other system’s own form."""

    components: Mapped[list[Component]] = relationship(
        lazy="raise", order_by="Component.position", cascade="all, delete-orphan"
    )

    @property
    def draft(self) -> bool:
        """Whether it may still be edited, and is in nobody’s way."""
        return self.state == "draft"

    @property
    def rights_stated(self) -> bool:
        """Whether somebody has said who may use it."""
        return bool(self.rights.get("holder"))

    def branches(self) -> dict[UUID | None, list[Component]]:
        """The components by what they stand under, in order; None holds the top."""
        found: dict[UUID | None, list[Component]] = {}
        for component in self.components:
            found.setdefault(component.parent_id, []).append(component)
        return found

    @classmethod
    def visible_to(cls, person: Person) -> Select[tuple[Framework]]:
        """Everybody in a district may read its frameworks; drafts, who may edit them."""
        return cls.drafts_apart(cls.of(person.district_id), person, verb="edit-framework")

    @classmethod
    def listed_for(cls, person: Person) -> Select[tuple[Framework]]:
        """The same without their components, for a list of names."""
        rows = (
            select(cls)
            .where(cls.district_id == person.district_id)
            .order_by(cls.name, cls.version.desc(), cls.id)
        )
        return cls.drafts_apart(rows, person, verb="edit-framework")

    @classmethod
    def editable_by(cls, person: Person) -> Select[tuple[Framework]]:
        """The drafts somebody may change, held until they have: a second writer waits."""
        rows = cls.of(person.district_id).where(cls.state == "draft")
        if not person.may("edit-framework"):
            rows = rows.where(cls.id.is_(None))
        return rows.with_for_update()

    @classmethod
    def exportable_by(cls, person: Person) -> Select[tuple[Framework]]:
        """What somebody may read, with all that an export gives back."""
        return cls.visible_to(person).options(*cls.everything())

    @classmethod
    def everything(cls) -> tuple[Any, ...]:
        """The options that load a framework with the parts only an export reads."""
        return undefer(cls.outside), selectinload(cls.components).undefer(Component.outside)

    @classmethod
    def of(cls, district_id: UUID) -> Select[tuple[Framework]]:
        """A district's frameworks, whole."""
        return cls.whole().where(cls.district_id == district_id)

    @classmethod
    def whole(cls) -> Select[tuple[Framework]]:
        """Frameworks with their components, by name."""
        return select(cls).options(selectinload(cls.components)).order_by(cls.name, cls.version)

    @classmethod
    def take(cls, source: shelf.Framework, district: District, *, at: datetime) -> Framework:
        """Put a framework from a file on this district's shelf; the same version comes once."""
        kept = cls.version_here(district.id, source.id, source.version)
        return kept or cls._make(source, source.rights, district, at=at)

    @classmethod
    def bring(cls, source: shelf.Brought, district: District, *, at: datetime) -> Framework:
        """A draft of what a file brings; the version must be new here."""
        framework = cls._make(source, source.rights, district, at=at, outside=source.outside)
        framework.state = "draft"
        return framework

    @classmethod
    def _make(
        cls,
        source: shelf.Framework | shelf.Brought,
        rights: shelf.Rights | None,
        district: District,
        *,
        at: datetime,
        outside: shelf.Outside | None = None,
    ) -> Framework:
        kept = outside.model_dump(exclude={"items", "links"}) if outside else {}
        framework = cls(
            id=new_id(),
            district_id=district.id,
            key=source.id,
            name=source.name,
            version=source.version,
            summary=source.summary or "",
            rights=rights.model_dump(mode="json") if rights else dict(UNSTATED),
            levels=[level.model_dump() for level in source.levels],
            outside={name: part for name, part in kept.items() if part},
            made_at=at,
        )
        ids = {component.id: new_id() for component in source.components}
        framework.components = [
            Component.from_shelf(component, ids, position, outside)
            for position, component in enumerate(source.components)
        ]
        db.session.add(framework)
        return framework
