"""A visitor who reads every page: whatever is fetched must be a sound page, whoever asks."""

from __future__ import annotations

import re
from collections import Counter
from contextvars import Context
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import cached_property
from typing import Any
from xml.etree.ElementTree import Element

from flask import Flask, before_render_template, session, template_rendered
from flask_wtf.csrf import generate_csrf
from sqlalchemy import event
from sqlalchemy.engine import Engine
from tinyhtml5.parser import HTMLParser
from werkzeug.test import TestResponse

from blueprints.kit.transaction import writing
from models.base import db
from models.person import Person
from models.sign_in import SignIn

HTML = "{http://www.w3.org/1999/xhtml}"
CONTROLS = {"input", "select", "textarea"}
ID = re.compile(rb"[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}")
TOKEN = re.compile(rb'(name="csrf_token"[^>]*value=")[^"]*')
SOUND: set[bytes] = set()
"""Pages read already: many answers are the same, but for the ids of rows and the form’s token."""


def alike(body: bytes) -> bytes:
    """A page with its ids numbered as they come, so that two the same stay the same."""
    numbers: dict[bytes, bytes] = {}
    same = TOKEN.sub(rb"\1", body)
    return ID.sub(lambda found: numbers.setdefault(found[0], b"%d" % len(numbers)), same)


class Page:
    """One answer, read."""

    def __init__(self, response: TestResponse) -> None:
        self.response = response
        self.status = response.status_code
        body = response.get_data()  # also what is streamed, before the answer is closed
        kind = response.mimetype or ""
        self.text = body.decode() if kind.startswith("text/") or "json" in kind else ""
        if response.mimetype == "text/html" and not 300 <= self.status < 400:
            self._read_once(alike(body))

    def _read_once(self, shape: bytes) -> None:
        if shape not in SOUND:
            self._read()
            SOUND.add(shape)

    @cached_property
    def _parsed(self) -> tuple[Element, list[str]]:
        """The page as a tree, and what is wrong with its HTML."""
        parser = HTMLParser(namespace_html_elements=True)
        tree = parser.parse(self.response.get_data(), transport_encoding="utf-8")
        root = tree.getroot() if hasattr(tree, "getroot") else tree
        assert isinstance(root, Element)
        return root, [f"{position}: {code}" for position, code, _ in parser.errors]

    @property
    def root(self) -> Element:
        """The whole page as a tree."""
        return self._parsed[0]

    def all(self, tag: str) -> list[Element]:
        """Every element of a kind, in order."""
        return list(self.root.iter(HTML + tag))

    @property
    def words(self) -> str:
        """What a person reads."""
        return " ".join(" ".join(self.root.itertext()).split())

    @property
    def title(self) -> str:
        """The name of the page."""
        return "".join(self.all("title")[0].itertext()).strip()

    @property
    def heading(self) -> str:
        """Its one main heading."""
        return " ".join("".join(self.all("h1")[0].itertext()).split())

    def _read(self) -> None:
        where = self.response.request.path
        faults = self._parsed[1]
        assert not faults, f"{where} is not valid HTML: {faults[:5]}"
        assert self.root.get("lang"), f"{where} names no language"
        assert self.title, f"{where} has no title"
        assert len(self.all("h1")) == 1, f"{where} needs one h1, it has {len(self.all('h1'))}"
        ids = Counter(e.get("id") for e in self.root.iter() if e.get("id"))
        twice = [name for name, count in ids.items() if count > 1]
        assert not twice, f"{where} uses ids twice: {twice}"
        for element in self.root.iter():
            inline = [name for name in element.attrib if name == "style" or name.startswith("on")]
            assert not inline, f"{where} has inline {inline}; write a class or a module instead"
        assert not [s for s in self.all("script") if not s.get("src")], f"{where}: inline script"
        self._labels(where, set(ids))
        self._forms(where)

    def _labels(self, where: str, ids: set[str | None]) -> None:
        told = {label.get("for") for label in self.all("label")}
        wrapped = {c for label in self.all("label") for c in label.iter()}
        for tag in CONTROLS:
            for control in self.all(tag):
                if control.get("type") in {"hidden", "submit"}:
                    continue
                named = control.get("aria-label") or control.get("aria-labelledby")
                ok = named or control.get("id") in told or control in wrapped
                assert ok, f"{where}: <{tag} name={control.get('name')}> has no label"
        for element in self.root.iter():
            for key in ("aria-describedby", "aria-labelledby", "for"):
                for name in (element.get(key) or "").split():
                    assert name in ids, f"{where}: {key}={name} points at nothing"

    def _forms(self, where: str) -> None:
        for form in self.all("form"):
            if form.get("method", "get").lower() != "post":
                continue
            if form.get("action", "").startswith("/voice/"):
                continue  # the ticket in the address is the token, and is spent by its first use
            names = {e.get("name") for e in form.iter(HTML + "input")}
            assert "csrf_token" in names, f"{where}: a form posts without its token"


@dataclass
class _Queries:
    """Counts SQL said while a template renders: none may be."""

    rendering: int = 0
    said: list[str] | None = None


_queries = _Queries()


@event.listens_for(Engine, "before_cursor_execute")
def _listen(_c: Any, _cursor: Any, statement: str, *_more: Any) -> None:
    if _queries.rendering and _queries.said is not None:
        _queries.said.append(statement)


class Visitor:
    """Somebody at a browser, signed in or not."""

    def __init__(self, app: Flask, person: Person | None = None) -> None:
        self.app = app
        self.client = app.test_client()
        if person is not None:
            self._sign_in(person)

    def _sign_in(self, person: Person) -> None:
        writing()  # a phone of the same test may be sending meanwhile
        token = SignIn.begin(person, device="Test", at=datetime.now(UTC))
        db.session.commit()
        with self.client.session_transaction() as kept:
            kept["_user_id"] = token
            kept["_fresh"] = True

    def get(self, path: str, **more: Any) -> Page:
        """Fetch and read a page."""
        return self._ask("GET", path, **more)

    def post(self, path: str, data: dict[str, Any] | None = None, **more: Any) -> Page:
        """Send a form, with its token, as the page would; or `json`; or a raw `body`."""
        if "body" in more:
            more["data"] = more.pop("body")
        elif "json" not in more:
            more["data"] = {"csrf_token": self.token()} | (data or {})
        return self._ask("POST", path, **more)

    def sync(self, body: Any) -> Page:
        """Send events as a phone does."""
        return self.post("/sync", json=body, headers={"X-Crosswalk": "1"})

    def token(self) -> str:
        """The token of this browser’s forms."""
        with self.client.session_transaction() as kept:
            token, raw = Context().run(self._make_token, dict(kept))
            kept["csrf_token"] = raw
        return token

    def _make_token(self, kept: dict[str, Any]) -> tuple[str, str]:
        with self.app.test_request_context():
            session.update(kept)
            return str(generate_csrf()), str(session["csrf_token"])

    def _ask(self, method: str, path: str, **more: Any) -> Page:
        db.session.remove()  # the request sees what was committed, as in life
        _queries.said = []
        with (
            before_render_template.connected_to(_began, self.app),
            template_rendered.connected_to(_ended, self.app),
        ):
            # outside the test’s own application context, as a request from a browser is
            response = Context().run(lambda: self.client.open(path, method=method, **more))
            page = Page(response)
            Context().run(response.close)
        said, _queries.said, _queries.rendering = _queries.said, None, 0
        assert not said, f"{path}: the template asked the database: {said[:2]}"
        return page


def _began(_app: Flask, **_more: Any) -> None:
    _queries.rendering += 1


def _ended(_app: Flask, **_more: Any) -> None:
    _queries.rendering -= 1
