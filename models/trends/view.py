"""Filters somebody saved under a name, to count the visits they may read that way again."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import ForeignKey, Select, UniqueConstraint, select
from sqlalchemy.orm import Mapped, mapped_column

from models.act import Act
from models.base import Model, db, new_id
from models.person import Person

LONGEST = 60
MOST = 20


class TrendView(Model):
    """What was chosen on the page of one's own visits. It keeps choices and no counts."""

    __tablename__ = "trend_views"
    __table_args__ = (UniqueConstraint("person_id", "name"),)

    id: Mapped[UUID] = mapped_column(primary_key=True, default=new_id)
    person_id: Mapped[UUID] = mapped_column(ForeignKey("people.id"))
    name: Mapped[str]
    asked: Mapped[dict[str, Any]]
    """By name of a filter: the value chosen."""
    made_at: Mapped[datetime]

    @classmethod
    def editable_by(cls, person: Person) -> Select[tuple[TrendView]]:
        """One's own, by name; nobody else sees them."""
        return select(cls).where(cls.person_id == person.id).order_by(cls.name, cls.id)

    @classmethod
    def save(cls, name: str, asked: Mapping[str, str], *, by: Person, at: datetime) -> TrendView:
        """Keep these filters; a name that is taken gets the new ones."""
        kept = db.session.scalar(cls.editable_by(by).where(cls.name == name))
        if kept is None:
            kept = cls(id=new_id(), person_id=by.id, name=name, made_at=at)
            db.session.add(kept)
        kept.asked = dict(asked)
        Act.record("save a view", kept.id, by=by, at=at, of=[name, kept.asked])
        return kept

    def drop(self, *, by: Person, at: datetime) -> None:
        """Forget them."""
        Act.record("drop a view", self.id, by=by, at=at)
        db.session.delete(self)
