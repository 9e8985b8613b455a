"""SQLite has one write lock: nobody holds it while thinking, and a batch asks few questions."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Iterator, Mapping
from contextlib import closing, contextmanager
from typing import Any
from uuid import UUID

import pytest
from flask import Flask
from sqlalchemy import event
from sqlalchemy.engine import Engine

from models.district import District
from models.settle import Reading, read_visits
from models.sign_in import with_password
from models.sync import Offered
from tests.cast import PASSWORD, Cast
from tests.page import Visitor
from tests.walk import Phone

Visit = Callable[..., Visitor]


def assert_unlocked(app: Flask) -> None:
    """Take the write lock as another process would, without waiting, and give it back."""
    path = app.config["SQLALCHEMY_DATABASE_URI"].removeprefix("sqlite:///")
    with closing(sqlite3.connect(path, timeout=0, isolation_level=None)) as other:
        other.execute("BEGIN IMMEDIATE")
        other.execute("ROLLBACK")


@contextmanager
def questions() -> Iterator[list[str]]:
    """What is said to the database meanwhile."""
    said: list[str] = []

    def listen(_connection: Any, _cursor: Any, statement: str, *_more: Any) -> None:
        said.append(statement)

    event.listen(Engine, "before_cursor_execute", listen)
    yield said
    event.remove(Engine, "before_cursor_execute", listen)


@pytest.mark.only_sqlite
def test_a_slow_password_check_holds_nobody_up(
    app: Flask, visit: Visit, cast: Cast, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked = []

    def check(email: str, password: str) -> Any:
        assert_unlocked(app)
        asked.append(email)
        return with_password(email, password)

    monkeypatch.setattr("blueprints.account.with_password", check)
    form = {"email": str(cast.principal.email), "password": PASSWORD}
    assert visit().post("/sign-in", form).status == 302
    assert asked


@pytest.mark.only_sqlite
def test_reading_a_batch_holds_nobody_up(
    app: Flask, visit: Visit, cast: Cast, monkeypatch: pytest.MonkeyPatch
) -> None:
    phone, read = Phone(), []
    phone.whole_visit(cast)

    class Watched(Offered):
        @classmethod
        def read(cls, body: Any) -> Offered:
            assert_unlocked(app)
            read.append(body)
            return Offered.read(body)

    def watched(events: Mapping[UUID, Any], district: District) -> dict[UUID, Reading]:
        if events:
            assert_unlocked(app)
            read.append("the visit")
        return read_visits(events, district)

    monkeypatch.setattr("blueprints.sync.Offered", Watched)
    monkeypatch.setattr("models.sync.read_visits", watched)
    assert visit(cast.principal).sync(phone.batch()).status == 200
    assert read == [*phone.events, "the visit"]


def test_six_visits_in_a_batch_ask_no_more_than_one(visit: Visit, cast: Cast) -> None:
    browser = visit(cast.principal)
    asked = []
    for visits in (1, 6):
        phones = [Phone(f"phone-{visits}-{number}") for number in range(visits)]
        for phone in phones:
            phone.whole_visit(cast)
        batch = phones[0].batch() | {"events": [e for phone in phones for e in phone.events]}
        with questions() as said:
            assert browser.sync(batch).status == 200
        asked.append(said)
    assert len(asked[1]) <= len(asked[0]), asked[1]
