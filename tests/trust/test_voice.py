"""Whoever holds the whole database, and saw who used which ticket when, learns no answer."""

from __future__ import annotations

import random
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from contextvars import Context
from datetime import datetime
from typing import Any
from uuid import uuid4

import pytest
from flask import Flask
from sqlalchemy import select

from blueprints.kit import access
from models import envelope
from models.base import db
from models.everything import metadata
from models.voice import VoiceTicket
from rules.voice import ANSWERS, QUESTIONS
from tests.cast import Cast
from tests.conftest import Theatre
from tests.voice import Answers, close, make, secret, sheet

STUDENTS = 30
AT = access.now()


def students(seed: int) -> list[Answers]:
    """What thirty students answer."""
    dice = random.Random(seed)
    return [{question: dice.choice(ANSWERS) for question in QUESTIONS} for _ in range(STUDENTS)]


def rows() -> dict[str, list[tuple[Any, ...]]]:
    """Every row of every table, in the order of its key."""
    db.session.rollback()
    return {
        name: [tuple(row) for row in db.session.execute(select(table).order_by(*table.primary_key))]
        for name, table in metadata.tables.items()
    }


class Class:
    """Thirty students with a ticket each, who can all answer again and again from the start."""

    def __init__(self, theatre: Theatre, cast: Cast) -> None:
        self.theatre = theatre
        self.made = make(cast, STUDENTS, at=AT)
        self.tickets = self.made.letters(secret=secret())
        db.session.remove()
        self.start = f"answers {uuid4().hex[:8]}"  # a name of its own for each test
        theatre.store(self.start)

    def answers(self, order: Sequence[int], given: Sequence[Answers], at: datetime = AT) -> None:
        """Student by student, each with a request of their own, in this order."""
        db.session.remove()  # lets go of the file as it was
        self.theatre.put_on(self.start)
        for place, answers in zip(order, given, strict=True):
            assert type(self.made).answer(self.tickets[place], answers, secret=secret(), at=at)
            db.session.commit()


@pytest.fixture
def room(theatre: Theatre, cast: Cast, monkeypatch: pytest.MonkeyPatch) -> Class:
    """A class at its tickets. What hides the tally is held still, so that bytes can be compared."""
    monkeypatch.setattr("models.envelope.secrets.token_bytes", lambda length: bytes(length))
    return Class(theatre, cast)


def test_no_order_and_no_pairing_of_students_and_answers_leaves_a_trace(room: Class) -> None:
    given, order = students(1), list(range(STUDENTS))
    room.answers(order, given)
    straight = rows()
    room.answers(order[::-1], given)  # the last student gave the first one’s answers …
    assert rows() == straight
    room.answers(order, given[::-1])  # … and the same answers came in another order
    assert rows() == straight


@pytest.mark.only_sqlite
def test_the_file_itself_is_the_same_byte_for_byte(room: Class) -> None:
    given, order = students(1), list(range(STUDENTS))
    files = []
    for turn in (order, order[::-1], random.Random(3).sample(order, STUDENTS)):
        room.answers(turn, given)
        db.session.remove()
        room.theatre.close()
        files.append((room.theatre.folder / "crosswalk.db").read_bytes())
    assert files[0] == files[1] == files[2]


def test_an_answer_changes_a_mark_on_a_ticket_and_a_locked_number_and_nothing_else(
    room: Class,
) -> None:
    room.answers([], [])
    before = rows()
    room.answers([7], students(2)[:1])
    after = rows()
    changed = {name for name in before if before[name] != after[name]}
    assert changed == {"voice_sheets", "voice_tickets"}
    [was], [now] = before["voice_sheets"], after["voice_sheets"]
    columns = metadata.tables["voice_sheets"].columns.keys()
    assert [name for name, a, b in zip(columns, was, now, strict=True) if a != b] == ["locked"]
    one, other = (len(row[columns.index("locked")]) for row in (was, now))
    assert one == other


def test_the_tally_tells_nothing_without_the_secret_and_never_looks_the_same_twice(
    theatre: Theatre, cast: Cast
) -> None:
    made = make(cast, STUDENTS, at=AT)
    with pytest.raises(envelope.Broken):
        envelope.unlock(made.locked or b"", "another secret", name=made.id.bytes)
    seen = {bytes(made.locked or b"")}
    for ticket in made.letters(secret=secret())[:5]:
        type(made).answer(ticket, {"now": "clear"}, secret=secret(), at=AT)
        db.session.commit()
        seen.add(bytes(sheet(made.id).locked or b""))
    assert len(seen) == 6


def test_nothing_in_a_closed_sheet_leads_back_to_a_ticket(room: Class) -> None:
    room.answers(range(STUDENTS), students(1))
    closed = close(sheet(room.made.id))
    everything = rows()
    assert everything["voice_tickets"] == []
    assert closed.locked is None
    columns = metadata.tables["voice_sheets"].columns
    assert not [column.name for column in columns if "DATETIME" in str(column.type).upper()]
    assert closed.id.version == 4  # an id made by chance, not by the clock
    assert closed.result is not None
    assert closed.result.answered == STUDENTS


def test_thirty_answer_at_once_and_a_ticket_used_twice_counts_once(app: Flask, cast: Cast) -> None:
    made = make(cast, STUDENTS)
    tickets = made.letters(secret=secret())
    db.session.remove()

    def send(ticket: str) -> int:
        with app.test_client() as client:
            return client.post(f"/voice/{ticket}", data={"now": "clear"}).status_code

    crowd = [*tickets, *[tickets[0]] * 6]
    random.Random(4).shuffle(crowd)
    with ThreadPoolExecutor(12) as pool:
        answers = [one.result() for one in [pool.submit(Context().run, send, t) for t in crowd]]
    assert sorted(answers) == [303] * STUDENTS + [404] * 6
    assert len(db.session.scalars(select(VoiceTicket).where(VoiceTicket.spent)).all()) == STUDENTS
    found = sheet(made.id)._tally(secret())
    assert found.answered == STUDENTS
    assert found.of("now") == {"clear": STUDENTS, "partly": 0, "not_yet": 0}
