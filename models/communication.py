"""The communication kit: why we visit, in words for each audience, as the district has them."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING
from uuid import UUID

from sqlalchemy import ForeignKey, UniqueConstraint, select
from sqlalchemy.orm import Mapped, mapped_column

from models.act import Act
from models.base import Model, db, new_id
from rules.communication import TEXTS, Text

if TYPE_CHECKING:
    from models.person import Person


class Communication(Model):
    """A district's own wording for one audience; without a row ours stands."""

    __tablename__ = "communications"
    __table_args__ = (UniqueConstraint("district_id", "audience"),)

    id: Mapped[UUID] = mapped_column(primary_key=True, default=new_id)
    district_id: Mapped[UUID] = mapped_column(ForeignKey("districts.id"))
    audience: Mapped[str]
    title: Mapped[str]
    body: Mapped[str]
    say: Mapped[str]
    avoid: Mapped[str]
    written_at: Mapped[datetime]

    @property
    def text(self) -> Text:
        """As it is shown."""
        return Text(self.title, self.body, self.say, self.avoid)

    @classmethod
    def of(cls, person: Person, audience: str) -> Communication | None:
        """The district's own words for an audience, if it has written any."""
        return db.session.scalar(
            select(cls).where(cls.district_id == person.district_id, cls.audience == audience)
        )

    @classmethod
    def text_for(cls, person: Person, audience: str) -> Text:
        """The words in force: the district's own, or ours."""
        own = cls.of(person, audience)
        return own.text if own else TEXTS[audience]

    @classmethod
    def write(cls, audience: str, text: Text, *, by: Person, at: datetime) -> None:
        """Keep the district's own words."""
        kept = cls.of(by, audience)
        if kept is None:
            kept = cls(id=new_id(), district_id=by.district_id, audience=audience)
            db.session.add(kept)
        kept.title, kept.body, kept.say, kept.avoid = text.title, text.body, text.say, text.avoid
        kept.written_at = at
        Act.record("communication-written", kept.id, by=by, at=at, of=[audience, text.body])

    def drop(self, *, by: Person, at: datetime) -> None:
        """Go back to the words that come with Crosswalk."""
        Act.record("communication-dropped", self.id, by=by, at=at, of=self.audience)
        db.session.delete(self)
