"""Goes to every address as everybody, and keeps every byte of what it gets."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from contextvars import Context
from datetime import UTC, datetime, tzinfo
from typing import Any

import pytest
from flask import Flask
from itsdangerous import TimestampSigner

from blueprints.kit import access
from jobs import pdf as press
from models.base import db
from models.person import Person
from tests.page import Visitor
from tests.trust.paths import path_of

Answer = tuple[int, tuple[tuple[str, str], ...], bytes]
QUERIES = ("", "?find=oka", "?page=2&version=1")
"""What may be asked of a list; one row has its address only."""
A_ROW = 36
"""An address this long holds an id."""
EXPIRES = re.compile(r"Expires=[^;]+")


class Browser:
    """Somebody signed in once; each world gets their browser as it was then."""

    def __init__(self, app: Flask, part: str, person: Person | None) -> None:
        self.app = app
        self.part = part
        self.name = app.config["SESSION_COOKIE_NAME"]
        visitor = Visitor(app, person)
        with visitor.client.session_transaction() as kept:
            kept["csrf_token"] = "the same in every world"
        cookie = visitor.client.get_cookie(self.name)
        assert cookie is not None
        self.cookie = cookie.value

    def get(self, path: str) -> Answer:
        """Fetch one address; nothing is read into it, and nothing is left behind."""
        db.session.remove()
        client = self.app.test_client()
        client.set_cookie(self.name, self.cookie)
        response = Context().run(lambda: client.get(path))
        headers = sorted(
            (key, EXPIRES.sub("", value)) for key, value in response.headers if key != "Date"
        )
        answer = response.status_code, tuple(headers), response.get_data()
        Context().run(response.close)
        return answer


def stop_the_clock(monkeypatch: pytest.MonkeyPatch) -> datetime:
    """Hold the app’s clock, and that of its cookies, at this moment."""
    at = datetime.now(UTC)

    class Stopped(datetime):
        @classmethod
        def now(cls, tz: tzinfo | None = None) -> Any:
            return at.astimezone(tz)

    monkeypatch.setattr(access, "datetime", Stopped)
    monkeypatch.setattr(TimestampSigner, "get_timestamp", lambda _self: int(at.timestamp()))
    return at


def print_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    """A PDF is what it is made from: the same page, title and author give the same file."""

    def as_html(html: str, **more: object) -> bytes:
        return f"{sorted(more.items())}{html}".encode()

    monkeypatch.setattr(press, "render", as_html)


def addresses(app: Flask, rows: Iterable[Mapping[str, object]]) -> Iterator[str]:
    """Every GET of the url map through each set of rows: a route added later is among them."""
    rules = sorted(
        str(rule) for rule in app.url_map.iter_rules() if "GET" in (rule.methods or set())
    )
    found = dict.fromkeys(path_of(rule, filled) for rule in rules for filled in rows)
    return (path + query for path in found for query in (QUERIES if len(path) < A_ROW else ("",)))


def crawl(browsers: Iterable[Browser], paths: Iterable[str]) -> dict[tuple[str, str], Answer]:
    """Everything that everybody gets."""
    every = list(paths)
    return {(one.part, path): one.get(path) for one in browsers for path in every}
