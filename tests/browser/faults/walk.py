"""A visit under a fault, and the one question asked at its end: is it whole, on both sides?"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from time import monotonic
from typing import Any

from playwright.sync_api import Page
from sqlalchemy import func, select

from models.base import db
from models.event import Event, EventAside
from models.person import Person
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


class Walking(Hands):
    """Hands on a visit at the real school."""

    def __init__(self, page: Page, address: str, author: Person) -> None:
        super().__init__(page, address)
        self.author = author.id

    def store(self) -> list[dict[str, Any]]:
        """The phone’s own entries, in order."""
        entries: list[dict[str, Any]] = self.page.evaluate(STORE)
        return sorted(entries, key=lambda entry: (entry["device"], entry["seq"]))

    def states(self) -> set[str]:
        """In which states the phone’s entries are."""
        return {entry["state"] for entry in self.store()}

    def nudge(self) -> None:
        """A good moment to try again comes by itself on a phone: here it is made."""
        self.page.evaluate("dispatchEvent(new Event('online'))")

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
        self.until(lambda: self.states() == {"stored"})
        rows = held()
        mine = {entry["id"]: entry["event"] for entry in self.store()}
        assert {str(row.id) for row in rows} >= set(mine), "what the phone holds as safe is there"
        for row in rows:
            if str(row.id) in mine:
                assert row.data == mine[str(row.id)]["data"], "what arrived is what was tapped"
        assert {row.author_id for row in rows} == {self.author}
        assert asides() == 0
        gapless(rows)
        if taps is not None:
            assert sum(row.kind.startswith("look_for_") for row in rows) == taps
        return rows


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
