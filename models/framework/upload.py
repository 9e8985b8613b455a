"""A file that was read and not yet kept: what the preview shows, until somebody decides."""

from __future__ import annotations

import json
from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Any
from uuid import UUID

from sqlalchemy import ForeignKey, Select, delete, or_, select
from sqlalchemy.orm import Mapped, mapped_column

from models.act import Act
from models.base import Model, db, new_id
from rules.framework import Brought

if TYPE_CHECKING:
    from models.person import Person

KEPT_FOR = timedelta(days=7)


class FrameworkUpload(Model):
    """What one person’s file brought, as it was read; the file itself is not kept."""

    __tablename__ = "framework_uploads"

    id: Mapped[UUID] = mapped_column(primary_key=True, default=new_id)
    person_id: Mapped[UUID] = mapped_column(ForeignKey("people.id"), index=True)
    file: Mapped[str]
    brought: Mapped[dict[str, Any]]
    at: Mapped[datetime]

    @classmethod
    def visible_to(cls, person: Person) -> Select[tuple[FrameworkUpload]]:
        """Nobody’s but one’s own."""
        return select(cls).where(cls.person_id == person.id)

    @classmethod
    def keep(cls, brought: Brought, file: str, *, by: Person, at: datetime) -> FrameworkUpload:
        """Keep what was read until it is accepted; the same person’s last one goes."""
        forgotten = or_(cls.person_id == by.id, cls.at < at - KEPT_FOR)
        db.session.execute(delete(cls).where(forgotten))
        upload = cls(
            id=new_id(),
            person_id=by.id,
            file=file,
            brought=brought.model_dump(mode="json"),
            at=at,
        )
        db.session.add(upload)
        return upload

    def read(self) -> Brought:
        """What the file brought."""
        return Brought.model_validate_json(json.dumps(self.brought))

    def throw_away(self, *, by: Person, at: datetime) -> None:
        """Forget it."""
        Act.record("throw away upload", self.id, by=by, at=at)
        db.session.delete(self)
