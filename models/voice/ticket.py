"""Tickets, of which only keyed digests are kept, and how many wrong ones were tried of late."""

from __future__ import annotations

import hmac
from datetime import datetime
from typing import TYPE_CHECKING
from uuid import UUID

from sqlalchemy import ForeignKey
from sqlalchemy.orm import Mapped, mapped_column, relationship

from models.base import Model, db, write_new
from rules.voice import draw

if TYPE_CHECKING:
    from models.voice.sheet import VoiceSheet

MOST_WRONG = 300
"""So many unknown tickets may be tried at once before anybody has to wait …"""
WRONG_A_SECOND = 1.0
"""… and so many a second from then on, in the whole instance, from whatever address."""


class VoiceTicket(Model):
    """One ticket: of which sheet, and whether it is spent. What was answered is not here.

    Rows lie in the order of their digests, so that the file keeps no order of its own.
    """

    __tablename__ = "voice_tickets"
    __table_args__ = ({"sqlite_with_rowid": False},)

    digest: Mapped[bytes] = mapped_column(primary_key=True)
    sheet_id: Mapped[UUID] = mapped_column(ForeignKey("voice_sheets.id"), index=True)
    spent: Mapped[bool] = mapped_column(default=False)

    sheet: Mapped[VoiceSheet] = relationship(lazy="raise")


def letters_of(sheet_id: UUID, tickets: int, secret: str) -> list[str]:
    """The letters of a sheet's tickets, worked out anew: they can be printed again, and are
    stored nowhere."""
    key = hmac.digest(secret.encode(), b"crosswalk voice 1|" + sheet_id.bytes, "sha256")
    return [draw(key, number) for number in range(tickets)]


def digest_of(letters: str, secret: str) -> bytes:
    """What is kept of a ticket; without the instance's secret nobody can try letters out on it."""
    return hmac.digest(secret.encode(), b"crosswalk ticket 1|" + letters.encode(), "sha256")


class VoiceGuesses(Model):
    """How many unknown tickets were tried of late, by everybody together: one row, one number."""

    __tablename__ = "voice_guesses"

    id: Mapped[int] = mapped_column(primary_key=True)
    wrong: Mapped[float]
    at: Mapped[datetime]

    @classmethod
    def too_many(cls, *, at: datetime) -> bool:
        """Whether tickets, right or wrong, have to wait a few seconds."""
        row = db.session.get(cls, 1)
        return row is not None and row._left(at) >= MOST_WRONG

    @classmethod
    def one_more(cls, *, at: datetime) -> None:
        """Somebody tried a ticket that nobody was given."""
        write_new(cls, [{"id": 1, "wrong": 0, "at": at}])
        row = db.session.get_one(cls, 1, with_for_update=True, populate_existing=True)
        row.wrong, row.at = row._left(at) + 1, max(row.at, at)

    def _left(self, at: datetime) -> float:
        passed = max((at - self.at).total_seconds(), 0)
        return max(self.wrong - passed * WRONG_A_SECOND, 0)
