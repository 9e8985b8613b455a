"""What frameworks and look-for sets share: versions under one key, each of them here once."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING, Any, Self
from uuid import UUID

from sqlalchemy import ForeignKey, Select, UniqueConstraint, select
from sqlalchemy.orm import Mapped, declared_attr, mapped_column

from models.base import Model, db, new_id

if TYPE_CHECKING:
    from models.person import Person


class Versioned(Model):
    """One version of what a district keeps under a key: a draft, published, or superseded."""

    __abstract__ = True

    id: Mapped[UUID] = mapped_column(primary_key=True, default=new_id)
    district_id: Mapped[UUID] = mapped_column(ForeignKey("districts.id"), index=True)
    key: Mapped[str]
    name: Mapped[str]
    summary: Mapped[str] = mapped_column(default="")
    version: Mapped[str]
    rights: Mapped[dict[str, Any]]
    state: Mapped[str] = mapped_column(default="published")
    made_at: Mapped[datetime]

    @declared_attr.directive
    @classmethod
    def __table_args__(cls) -> tuple[UniqueConstraint]:
        return (UniqueConstraint("district_id", "key", "version"),)

    @classmethod
    def whole(cls) -> Select[tuple[Self]]:
        """Rows with all that a reader needs, in the order in which they are listed."""
        raise NotImplementedError

    @classmethod
    def drafts_apart(
        cls, rows: Select[tuple[Self]], person: Person, *, verb: str
    ) -> Select[tuple[Self]]:
        """These rows for one reader: drafts only where this person may write them."""
        return rows if person.may(verb) else rows.where(cls.state != "draft")

    @classmethod
    def versions(cls, district_id: UUID, key: str) -> Select[tuple[Self]]:
        """Every version of one, whole, the newest first."""
        rows = cls.whole().where(cls.district_id == district_id, cls.key == key)
        return rows.order_by(None).order_by(cls.made_at.desc(), cls.id.desc())

    @classmethod
    def version_here(cls, district_id: UUID, key: str, version: str) -> Self | None:
        """The version of this name, if the district has it."""
        return db.session.scalar(cls.versions(district_id, key).where(cls.version == version))

    @classmethod
    def keys_of(cls, district_id: UUID) -> set[str]:
        """The keys that a district uses."""
        return set(db.session.scalars(select(cls.key).where(cls.district_id == district_id)))
