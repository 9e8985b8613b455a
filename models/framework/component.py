"""One entry of a framework: a domain, a component, an indicator, at any depth."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any
from uuid import UUID

from sqlalchemy import ForeignKey, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from models.base import Model, new_id

if TYPE_CHECKING:
    from rules import framework as shelf


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
    description: Mapped[str] = mapped_column(default="")
    note: Mapped[str] = mapped_column(default="")
    descriptors: Mapped[list[Any]] = mapped_column(default=list)
    source: Mapped[str | None]
    """What another system calls it: a UUID that goes out as it came in."""
    outside: Mapped[dict[str, Any]] = mapped_column(
        default=dict, deferred=True, deferred_raiseload=True
    )
    """The item and its link in that system’s own form, read only where they are exported."""
    revision: Mapped[int] = mapped_column(default=0)
    """How often it was changed, so that nobody overwrites what they have not seen."""

    @property
    def short(self) -> str:
        """Our short form, where the framework has no code for it."""
        return "" if self.code else self.plate

    @classmethod
    def from_shelf(
        cls,
        source: shelf.Component,
        ids: dict[str, UUID],
        position: int,
        outside: shelf.Outside | None = None,
    ) -> Component:
        """A row from a component in a file; `ids` are the rows’ by the file’s."""
        kept = outside or None
        return cls(
            id=ids[source.id],
            key=source.id,
            code=source.code or "",
            plate=source.plate,
            name=source.name,
            kind=source.kind,
            parent_id=ids.get(source.parent or ""),
            discourse_linked=source.discourse_linked,
            position=position,
            description=source.description or "",
            note=source.note or "",
            descriptors=[each.model_dump() for each in source.descriptors],
            source=source.source,
            outside={
                name: part
                for name, part in (
                    ("item", kept.items.get(source.id)),
                    ("link", kept.links.get(source.id)),
                )
                if part
            }
            if kept
            else {},
        )
