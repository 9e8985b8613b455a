"""A sheet’s verbs and the bucket of wrong tickets, on both databases."""

from __future__ import annotations

from datetime import timedelta

import pytest
from sqlalchemy import func, select

from blueprints.kit import access
from models.act import NotNow
from models.base import db
from models.voice import VoiceGuesses, VoiceSheet, VoiceTicket
from models.voice.ticket import MOST_WRONG
from tests.cast import Cast
from tests.voice import MIXED, answer, close, make, secret, sheet

SECOND = timedelta(seconds=1)


def tickets() -> int:
    return db.session.scalar(select(func.count()).select_from(VoiceTicket)) or 0


def test_a_class_has_one_sheet_a_day_and_an_unused_one_makes_way(cast: Cast) -> None:
    first = make(cast, 12)
    with pytest.raises(NotNow, match="has a sheet for that day"):
        make(cast, 30)
    db.session.rollback()
    assert tickets() == 12
    first.drop(by=cast.teacher, at=access.now())
    db.session.commit()
    assert tickets() == 0
    assert make(cast, 30).tickets == 30


def test_another_secret_opens_no_ticket_and_tells_nothing(cast: Cast) -> None:
    made = make(cast)
    answer(made, MIXED)
    ticket = made.letters(secret=secret())[-1]
    at = access.now()
    assert VoiceSheet.takes(ticket, secret=secret(), at=at) is True
    assert VoiceSheet.takes(ticket, secret="another", at=at) is None
    made.close(secret="another", by=cast.teacher, at=at)
    db.session.commit()
    assert sheet(made.id).result is None


def test_a_sheet_is_closed_once_and_only_then_shared(cast: Cast) -> None:
    made = make(cast)
    answer(made, MIXED)
    with pytest.raises(NotNow, match="Close the sheet first"):
        made.share("coach", by=cast.teacher, at=access.now())
    closed = close(made)
    with pytest.raises(NotNow, match="closed already"):
        close(closed)
    with pytest.raises(NotNow, match="cannot be used or printed"):
        closed.letters(secret=secret())
    closed.share("observers", by=cast.teacher, at=access.now())
    db.session.commit()
    reads = {
        part
        for part, who in cast.everybody().items()
        if db.session.scalars(VoiceSheet.visible_to(who)).all()
    }
    assert reads == {"teacher", "principal"}


def test_a_ticket_for_another_day_waits_for_it(cast: Cast) -> None:
    at = access.now()
    today = at.astimezone(cast.teacher.district.zone).date()
    made = make(cast, day=today + timedelta(days=1))
    ticket = made.letters(secret=secret())[0]
    assert VoiceSheet.takes(ticket, secret=secret(), at=at) is False
    assert VoiceSheet.takes(ticket, secret=secret(), at=at + timedelta(days=1)) is True
    with pytest.raises(NotNow, match="fourteen days"):
        make(cast, day=today - timedelta(days=1))


def test_the_bucket_of_wrong_tickets_fills_and_runs_out_by_itself(cast: Cast) -> None:
    at = access.now()
    for _ in range(MOST_WRONG):
        assert not VoiceGuesses.too_many(at=at)
        VoiceGuesses.one_more(at=at)
    db.session.commit()
    assert VoiceGuesses.too_many(at=at)
    assert not VoiceGuesses.too_many(at=at + SECOND)
    VoiceGuesses.one_more(at=at + SECOND)
    assert VoiceGuesses.too_many(at=at + SECOND)
    assert not VoiceGuesses.too_many(at=at + 2 * SECOND)
