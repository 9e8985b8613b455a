"""Confidential notes: between coach and teacher, or the writer's own."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from sqlalchemy import ForeignKey, Select, and_, or_, select
from sqlalchemy.orm import Mapped, joinedload, mapped_column, relationship

from models.act import Act, NotNow
from models.base import Model, db, new_id
from models.coaching.caseload import Caseload
from models.person import Person


class CoachingNote(Model):
    """Words that stay in this coaching. One's own are open to nobody else until shared."""

    __tablename__ = "coaching_notes"

    id: Mapped[UUID] = mapped_column(primary_key=True, default=new_id)
    caseload_id: Mapped[UUID] = mapped_column(ForeignKey("caseloads.id"), index=True)
    by_id: Mapped[UUID] = mapped_column(ForeignKey("people.id"))
    text: Mapped[str]
    made_at: Mapped[datetime]
    shared_at: Mapped[datetime | None]

    by: Mapped[Person] = relationship(lazy="raise")
    caseload: Mapped[Caseload] = relationship(lazy="raise")

    @classmethod
    def visible_to(cls, person: Person) -> Select[tuple[CoachingNote]]:
        """What is shared in one’s own coaching, and what one wrote there."""
        here = or_(Caseload.teacher_id == person.id, Caseload.id.in_(Caseload.homes(person)))
        return (
            select(cls)
            .join(cls.caseload)
            .options(joinedload(cls.by))
            .where(and_(here, or_(cls.shared_at.is_not(None), cls.by_id == person.id)))
            .order_by(cls.made_at.desc(), cls.id.desc())
        )

    @classmethod
    def editable_by(cls, person: Person) -> Select[tuple[CoachingNote]]:
        """One’s own."""
        return cls.visible_to(person).where(cls.by_id == person.id)

    @classmethod
    def write(
        cls, caseload: Caseload, text: str, *, shared: bool, by: Person, at: datetime
    ) -> CoachingNote:
        """Keep a note, shared with the other side or for oneself."""
        note = cls(id=new_id(), caseload_id=caseload.id, by_id=by.id, text=text, made_at=at)
        note.shared_at = at if shared else None
        db.session.add(note)
        Act.record("write coaching note", note.id, by=by, at=at, of=text)
        return note

    def share(self, *, by: Person, at: datetime) -> None:
        """Let the other side read it."""
        if self.shared_at is not None:
            raise NotNow("This note is shared already.")
        self.shared_at = at
        Act.record("share coaching note", self.id, by=by, at=at)
