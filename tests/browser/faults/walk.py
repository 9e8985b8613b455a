"""A visit under a fault, and the one question asked at its end: is it whole, on both sides?"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from time import monotonic
from typing import Any
from uuid import UUID

from playwright.sync_api import Page
from sqlalchemy import func, select

from models.base import db
from models.event import Event, EventAside
from rules.capture import parse_instant
from tests.capture.phone import Hands

FIRST = "Students on every path can say"
SECOND = "The group with the teacher was formed"

STORE = """async () => {
  const base = await new Promise((done, fail) => {
    const request = indexedDB.open("crosswalk");
    request.onsuccess = () => done(request.result);
    request.onerror = () => fail(request.error);
  });
  const rows = await new Promise((done) => {
    const request = base.transaction("events").objectStore("events").getAll();
    request.onsuccess = () => done(request.result);
  });
  base.close();
  return rows;
}"""


KEY = """async () => {
  const base = await new Promise((done) => {
    const request = indexedDB.open("crosswalk");
    request.onsuccess = () => done(request.result);
  });
  const held = await new Promise((done) => {
    const request = base.transaction("kept").objectStore("kept").get("key");
    request.onsuccess = () => done(request.result);
  });
  base.close();
  return Boolean(held);
}"""


class Walking(Hands):
    """Hands on a visit at the real school."""

    def __init__(self, page: Page, address: str, author: UUID) -> None:
        super().__init__(page, address)
        self.author = author

    def store(self) -> list[dict[str, Any]]:
        """The phone’s own entries, in order."""
        entries: list[dict[str, Any]] = self.page.evaluate(STORE)
        return sorted(entries, key=lambda entry: (entry["device"], entry["seq"]))

    def states(self) -> set[str]:
        """In which states the phone’s entries are."""
        return {entry["state"] for entry in self.store()}

    def marks(self) -> None:
        """Waits until this phone can mark taps as their author’s: soon after a visit began."""
        self.until(lambda: self.page.evaluate(KEY))

    def nudge(self) -> None:
        """A good moment to try again comes by itself on a phone: here it is made."""
        self.page.evaluate("dispatchEvent(new Event('online'))")

    def mark(self, words: str, name: str) -> None:
        """Gives one of the other marks, behind “…”."""
        self.page.locator(".chips > li").filter(has_text=words).locator(".more").click()
        self.page.locator("#marks").get_by_role("button", name=name, exact=True).click()

    def until(self, true: Callable[[], object], *, seconds: float = 30) -> None:
        """Asks until the answer is yes; the page goes on meanwhile."""
        end = monotonic() + seconds
        while not true():
            assert monotonic() < end, [
                (e["state"], e["seq"], e["event"]["kind"]) for e in self.store()
            ]
            self.page.wait_for_timeout(100)

    def whole(self, *, taps: int | None = None) -> list[Event]:
        """Waits until the school has everything; then nothing may be lost, doubled or re-owned."""
        self.until(lambda: self.settled(taps))
        return self.same(taps=taps)

    def settled(self, taps: int | None) -> bool:
        """Whether every tap is in the phone’s store, and the school has answered for it."""
        entries = self.store()
        kinds = [entry["event"]["kind"] for entry in entries]
        there = taps is None or sum(kind.startswith("look_for_") for kind in kinds) == taps
        return there and {entry["state"] for entry in entries} == {"stored"}

    def same(self, *, taps: int | None = None) -> list[Event]:
        """The school’s rows, which must be what this phone holds."""
        rows = held()
        mine = {entry["id"]: entry["event"] for entry in self.store()}
        assert {str(row.id) for row in rows} >= set(mine), "what the phone holds as safe is there"
        for row in rows:
            if str(row.id) in mine:
                told = mine[str(row.id)]
                assert row.kind == told["kind"]
                assert plain(row.data) == plain(told["data"]), "as it was tapped"
        assert {row.author_id for row in rows} == {self.author}
        assert asides() == 0
        gapless(rows)
        if taps is not None:
            assert sum(row.kind.startswith("look_for_") for row in rows) == taps
        return rows


def plain(data: dict[str, Any]) -> dict[str, Any]:
    """The same instant may be spelled in two ways."""
    return {key: parse_instant(value) or value for key, value in data.items()}


def held() -> list[Event]:
    """The rows at school, in order."""
    db.session.rollback()
    return list(db.session.scalars(select(Event).order_by(Event.device, Event.seq)).all())


def asides() -> int:
    """How many entries the school could not store as they came."""
    return db.session.scalar(select(func.count()).select_from(EventAside)) or 0


def gapless(rows: list[Event]) -> None:
    """Each device counts each walk’s events from one, without a gap and without a double."""
    counted = Counter((row.walkthrough_id, row.device) for row in rows)
    for key, count in counted.items():
        seqs = [row.seq for row in rows if (row.walkthrough_id, row.device) == key]
        assert seqs == list(range(1, count + 1)), seqs
