"""The real app on a real port, for tests that drive a browser."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator

import pytest
from flask import Flask
from playwright.sync_api import Page
from werkzeug.serving import make_server

from models.person import Person
from tests.browser.eyes import Eyes
from tests.browser.stage import Stage, let_in
from tests.cast import PASSWORD, Cast
from tests.chromium import Open
from tests.page import Visitor


@pytest.fixture
def address(app: Flask) -> Iterator[str]:
    """Where the app listens, with the cast in its database."""
    server = make_server("127.0.0.1", 0, app, threaded=True)
    thread = threading.Thread(target=server.serve_forever)
    thread.start()
    yield f"http://127.0.0.1:{server.server_port}"
    server.shutdown()
    thread.join()
    server.server_close()


@pytest.fixture
def stage(visit: Callable[..., Visitor], cast: Cast) -> Stage:
    """Visits in every state that a page can show."""
    return Stage(visit, cast)


@pytest.fixture
def enter(tab: Open, address: str) -> Callable[..., Page]:
    """Sign somebody in on a new phone (or another device) and show Today."""

    def sign_in(person: Person, **device: object) -> Page:
        page = tab(**device)
        page.goto(f"{address}/sign-in")
        page.get_by_label("E-mail").fill(person.email or "")
        page.get_by_label("Password").fill(PASSWORD)
        page.get_by_role("button", name="Sign in").click()
        page.wait_for_url(f"{address}/")
        return page

    return sign_in


@pytest.fixture
def eyes(tab: Open, address: str, app: Flask) -> Iterator[Callable[..., Eyes]]:
    """Look at the app as somebody, or as nobody yet; at the end everything found is told."""
    everybody: list[Eyes] = []

    def look(person: Person | None = None) -> Eyes:
        page = tab(device_scale_factor=1)
        if person is not None:
            let_in(page, Visitor(app, person), address)
        everybody.append(Eyes(page, address))
        return everybody[-1]

    yield look
    faults = [fault for one in everybody for fault in one.faults]
    assert not faults, "\n".join(faults)
