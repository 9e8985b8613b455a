"""The school’s key pairs: devices seal to the public half what the next person must not read."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import TYPE_CHECKING
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Mapped, mapped_column

from models import envelope
from models.base import Model, db, new_id
from rules.sealed import Sealed, as_text

if TYPE_CHECKING:
    from models.person import Person

FRESH = timedelta(days=90)
"""After this a new pair is made, and the one before is still sealed to for as long again."""


class SealKey(Model):
    """One pair. The private half is locked with the instance’s secret and never thrown away:
    a tablet may lie in a drawer for a summer and a winter."""

    __tablename__ = "seal_keys"

    id: Mapped[UUID] = mapped_column(primary_key=True, default=new_id)
    public: Mapped[bytes]
    locked: Mapped[bytes]
    made_at: Mapped[datetime]

    @classmethod
    def current(cls) -> SealKey | None:
        """The newest pair, to which devices seal."""
        return db.session.scalar(select(cls).order_by(cls.made_at.desc(), cls.id.desc()).limit(1))

    @classmethod
    def fresh(cls, *, secret: str, at: datetime) -> SealKey:
        """The newest pair, made now where there is none or it has served its time."""
        current = cls.current()
        if current is None or at - current.made_at > FRESH:
            return cls.make(secret=secret, at=at)
        return current

    @classmethod
    def make(cls, *, secret: str, at: datetime) -> SealKey:
        """A new pair; what was sealed to the ones before can still be opened."""
        private, public = envelope.new_pair()
        made = cls(id=new_id(), public=public, made_at=at)
        made.locked = envelope.lock(private, secret, name=made.id.bytes)
        db.session.add(made)
        db.session.flush()
        return made

    @property
    def until(self) -> datetime:
        """Until when devices may seal to it without asking for a newer one."""
        return self.made_at + 2 * FRESH

    def as_told(self) -> dict[str, str]:
        """As the field kit tells it."""
        return {
            "key_id": str(self.id),
            "public_key": as_text(self.public),
            "until": self.until.isoformat(),
        }

    def open(self, sealed: Sealed, *, secret: str) -> bytes:
        """What is inside; envelope.Broken where it cannot be opened."""
        private = envelope.unlock(self.locked, secret, name=self.id.bytes)
        return envelope.open_box(
            private, epk=sealed.epk, iv=sealed.iv, box=sealed.box, head=sealed.head
        )


def mark_key(person_id: UUID, device: str, *, secret: str) -> bytes:
    """The key of one person’s marks on one device."""
    return envelope.mark_key(secret, person=person_id.bytes, device=device)


def told_to(person: Person, device: str, *, secret: str, at: datetime) -> dict[str, object]:
    """What a device is given at sign-in: its person’s key for marks, and a fresh public key."""
    return {
        "key": as_text(mark_key(person.id, device, secret=secret)),
        "seal": SealKey.fresh(secret=secret, at=at).as_told(),
    }
