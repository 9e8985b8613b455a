"""A principal at the real school, with a network in between that a test can break."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator

import pytest
from flask import Flask
from playwright.sync_api import Browser, BrowserContext, Page
from werkzeug.serving import make_server

from models.base import db
from models.person import Person
from tests.browser.faults.gate import Gate
from tests.browser.faults.walk import Walking
from tests.browser.stage import let_in
from tests.cast import Cast
from tests.chromium import PHONE
from tests.page import Visitor

Phone = Callable[..., Page]


@pytest.fixture
def gate(app: Flask) -> Gate:
    """The network: well, until told otherwise."""
    return Gate(app)


@pytest.fixture
def address(gate: Gate) -> Iterator[str]:
    """Where the school listens, behind the gate."""
    server = make_server("127.0.0.1", 0, gate, threaded=True)
    thread = threading.Thread(target=server.serve_forever)
    thread.start()
    yield f"http://127.0.0.1:{server.server_port}"
    gate.clear()
    server.shutdown()
    thread.join()
    server.server_close()


@pytest.fixture
def phone(
    chromium: Browser, visit: Callable[..., Visitor], address: str, cast: Cast
) -> Iterator[Phone]:
    """A new phone, signed in as the principal or as somebody else.

    It has no worker unless one is asked for: most faults are the page’s own to survive.
    """
    phones: list[BrowserContext] = []

    def take(person: Person | None = None, *, worker: bool = False) -> Page:
        db.session.rollback()  # see what the school has written since, before writing a sign-in
        context = chromium.new_context(**PHONE, service_workers="allow" if worker else "block")
        phones.append(context)
        page = context.new_page()
        page.set_default_timeout(20_000)
        let_in(page, visit(person or cast.principal), address)
        return page

    yield take
    for context in phones:
        context.close()


@pytest.fixture
def walking(phone: Phone, cast: Cast, address: str) -> Callable[..., Walking]:
    """A principal in the middle of a visit: `walking()`, or `walking(page)` on this very phone."""

    def begin(page: Page | None = None) -> Walking:
        walk = Walking(page or phone(), address, cast.principal.id)
        walk.start()
        return walk

    return begin
