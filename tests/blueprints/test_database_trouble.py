"""A database that is full or away: a sentence and a time to come back, and nothing half done."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any

from sqlalchemy import event, func, select, text
from sqlalchemy.engine import Engine

from models.base import db
from models.event import Event
from tests.cast import Cast
from tests.page import Page, Visitor
from tests.walk import Phone

if TYPE_CHECKING:
    from tests.conftest import Theatre

Visit = Callable[..., Visitor]

NO_ROOM = """CREATE FUNCTION no_room() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN RAISE EXCEPTION 'could not extend file' USING ERRCODE = 'disk_full'; END $$"""
AT_EVENTS = "CREATE TRIGGER no_room BEFORE INSERT ON events EXECUTE FUNCTION no_room()"


@contextmanager
def full(theatre: Theatre) -> Iterator[None]:
    """The disk has no room for one more page."""
    if theatre.kind == "sqlite":

        def no_more(connection: object, _record: object) -> None:
            connection.execute("PRAGMA max_page_count = 1")  # type: ignore[attr-defined]

        theatre.close()
        event.listen(db.engine, "connect", no_more)
        yield
        event.remove(db.engine, "connect", no_more)
        theatre.close()
        return
    run(db.engine, NO_ROOM, AT_EVENTS)
    try:
        yield
    finally:
        run(db.engine, "DROP FUNCTION no_room() CASCADE")


@contextmanager
def away(theatre: Theatre) -> Iterator[None]:
    """Nobody can reach the database, and who was connected no longer is."""
    db.session.remove()
    if theatre.rows is not None:
        theatre.rows.shut()
        yield
        theatre.rows.open()
        return
    theatre.close()
    here, aside = theatre.folder / "crosswalk.db", theatre.folder / "aside"
    here.rename(aside)
    here.mkdir()
    yield
    theatre.close()
    here.rmdir()
    aside.rename(here)


def run(engine: Engine, *orders: str) -> None:
    """Change what the tables do, in a transaction of its own."""
    with engine.begin() as connection:
        for order in orders:
            connection.execute(text(order))


def stored() -> int:
    """How many taps the school has."""
    db.session.rollback()
    return db.session.scalar(select(func.count()).select_from(Event)) or 0


def walked(cast: Cast) -> dict[str, Any]:
    """What a phone sends after many visits."""
    phones = [Phone(f"phone-{number}") for number in range(8)]
    for phone in phones:
        phone.whole_visit(cast)
    return phones[0].batch() | {"events": [one for phone in phones for one in phone.events]}


def check(page: Page, status: int, words: str) -> None:
    """It says so in words, and when to come back."""
    assert page.status == status, page.text
    assert words in page.text
    assert page.response.headers["Retry-After"] == "5"


def test_a_full_disk_keeps_nothing_and_says_so(theatre: Theatre, visit: Visit, cast: Cast) -> None:
    browser, batch = visit(cast.principal), walked(cast)
    with full(theatre):
        check(browser.sync(batch), 507, "The server has no room left.")
    assert stored() == 0
    browser.sync(batch)
    assert stored() == len(batch["events"])


def test_a_database_that_is_away_is_a_moment_to_wait(
    theatre: Theatre, visit: Visit, cast: Cast
) -> None:
    browser, batch = visit(cast.principal), walked(cast)
    with away(theatre):
        check(browser.sync(batch), 503, "not available right now")
        page = browser.get("/")
        check(page, 503, "looked after")
        assert page.heading == "Crosswalk is being looked after"
    browser.sync(batch)
    assert stored() == len(batch["events"])
