"""Sheets of tickets for tests: made, answered and shared by the verbs that pages use."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date, datetime
from uuid import UUID

from flask import current_app

from blueprints.kit import access
from models.base import db
from models.voice import VoiceSheet
from tests.cast import Cast

Answers = Mapping[str, str]
MIXED: tuple[Answers, ...] = tuple(
    {"now": now, "going": going, "how": how, "interests": interests}
    for now, going, how, interests in (
        ("clear", "clear", "clear", "clear"),
        ("clear", "clear", "partly", "clear"),
        ("clear", "clear", "partly", "partly"),
        ("clear", "partly", "not_yet", "partly"),
        ("partly", "partly", "not_yet", "not_yet"),
        ("partly", "not_yet", "not_yet", "not_yet"),
    )
)
"""What six students answer; no question is answered nearly alike."""


def secret() -> str:
    """The instance’s secret."""
    return str(current_app.config["SETTINGS"].secret_key)


def make(
    cast: Cast, tickets: int = 24, *, day: date | None = None, at: datetime | None = None
) -> VoiceSheet:
    """Ms. Okafor’s sheet for Math 7."""
    at = at or access.now()
    teacher = cast.teacher
    day = day or at.astimezone(teacher.district.zone).date()
    made = VoiceSheet.make(cast.math, day, tickets, secret=secret(), by=teacher, at=at)
    db.session.commit()
    return sheet(made)


def sheet(sheet_id: UUID) -> VoiceSheet:
    """A sheet as it stands now, with its class and teacher."""
    rows = VoiceSheet.whole().where(VoiceSheet.id == sheet_id)
    return db.session.scalars(rows.execution_options(populate_existing=True)).one()


def sheet_of_tickets(cast: Cast, tickets: int = 24) -> list[str]:
    """The letters of a fresh sheet."""
    return make(cast, tickets).letters(secret=secret())


def answer(made: VoiceSheet, answers: Iterable[Answers], *, at: datetime | None = None) -> None:
    """Each student spends a ticket, in the order printed."""
    tickets = made.letters(secret=secret())
    for ticket, given in zip(tickets, answers, strict=False):
        assert VoiceSheet.answer(ticket, given, secret=secret(), at=at or access.now())
        db.session.commit()


def close(made: VoiceSheet) -> VoiceSheet:
    """The teacher closes it."""
    made.close(secret=secret(), by=None, at=access.now())
    db.session.commit()
    return sheet(made.id)


def sheet_told_to_all(cast: Cast) -> VoiceSheet:
    """A closed sheet that its teacher shared with her coach and with observers."""
    made = make(cast)
    answer(made, MIXED)
    closed = close(made)
    for reader in ("coach", "observers"):
        closed.share(reader, by=cast.teacher, at=access.now())
    db.session.commit()
    return closed
