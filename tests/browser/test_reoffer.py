"""A server that went back in time gets from the phone what it lacks, once and as the author’s."""

from __future__ import annotations

from collections.abc import Callable
from time import sleep
from typing import Any
from uuid import uuid4

import pytest
from playwright.sync_api import Page, expect
from sqlalchemy import func, select

from models.base import db
from models.event import Event, EventAside
from tests.capture.phone import Hands
from tests.cast import Cast
from tests.conftest import Theatre

pytestmark = [pytest.mark.browser, pytest.mark.only_sqlite]

Enter = Callable[..., Page]
FIRST = "Students on every path can say"
SECOND = "The group with the teacher was formed"


@pytest.fixture
def backup(theatre: Theatre, address: str) -> Callable[[], Callable[[], None]]:
    """Takes a copy of the database under the running server; the answer puts it back."""

    def take() -> Callable[[], None]:
        name = f"older_{uuid4().hex[:8]}"
        quiet()
        theatre.store(name)

        def put_back() -> None:
            quiet()
            theatre.put_on(name)

        return put_back

    return take


def quiet() -> None:
    """Waits until the server has answered everybody and holds no connection."""
    db.session.remove()
    pool: Any = db.engine.pool
    for _ in range(100):
        if not pool.checkedout():
            return
        sleep(0.05)


def held() -> dict[str, str]:
    """The events the server holds, with their authors."""
    db.session.rollback()
    rows = db.session.execute(select(Event.id, Event.author_id)).all()
    db.session.rollback()
    return {str(row.id): str(row.author_id) for row in rows}


def test_after_a_restore_the_next_tap_brings_back_all_that_was_lost(
    enter: Enter, cast: Cast, address: str, backup: Callable[[], Callable[[], None]]
) -> None:
    author = str(cast.principal.id)
    hands = Hands(enter(cast.principal), address)
    hands.start()
    hands.safe()
    put_back = backup()
    hands.see(FIRST, times=3)
    hands.safe()
    before = held()
    put_back()
    assert len(held()) == len(before) - 3
    hands.see(SECOND)
    hands.page.wait_for_timeout(1500)
    hands.safe()
    after = held()
    assert before.items() <= after.items()
    assert len(after) == len(before) + 1
    assert set(after.values()) == {author}
    assert db.session.scalar(select(func.count()).select_from(EventAside)) == 0


def test_after_a_restore_the_next_load_brings_back_all_that_was_lost(
    enter: Enter, cast: Cast, address: str, backup: Callable[[], Callable[[], None]]
) -> None:
    page = enter(cast.principal)
    put_back = backup()
    hands = Hands(page, address)
    hands.start()
    hands.see(FIRST, times=2)
    hands.finish()
    page.wait_for_url("**/feedback/*")
    page.wait_for_load_state("networkidle")
    before = held()
    put_back()
    assert held() == {}
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url.removeprefix(address)))
    hands.open()
    expect(page.get_by_text("Safe at school")).to_be_visible()
    assert held() == before
    with page.expect_request("**/sync/have"):
        hands.open()
    page.wait_for_load_state("networkidle")
    assert held() == before
    # one question about one entry, one about all, one batch; and at the second load one question
    assert asked.count("/sync/have") == 3
    assert asked.count("/sync") == 1
