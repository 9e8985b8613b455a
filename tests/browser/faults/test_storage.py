"""Storage that is full, slow, closed, deleted, or newer than the page."""

from __future__ import annotations

import re
from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from tests.browser.faults.walk import FIRST, SECOND, Walking, held

pytestmark = [pytest.mark.browser, pytest.mark.only_sqlite]

FULL = """() => {
  window.put = IDBObjectStore.prototype.put;
  IDBObjectStore.prototype.put = function () {
    throw new DOMException("full", "QuotaExceededError");
  };
}"""
# Full only when all is written: the transaction itself is refused.
FULL_AT_COMMIT = """() => {
  window.commit = IDBTransaction.prototype.commit;
  IDBTransaction.prototype.commit = function () { this.abort(); };
}"""
ROOM_AGAIN = """() => {
  IDBObjectStore.prototype.put = window.put ?? IDBObjectStore.prototype.put;
  IDBTransaction.prototype.commit = window.commit ?? IDBTransaction.prototype.commit;
}"""
SLOW = """() => {
  window.release = () => {};
  const held = new Promise((go) => { window.release = go; });
  const place = Object.getOwnPropertyDescriptor(IDBTransaction.prototype, "oncomplete");
  Object.defineProperty(IDBTransaction.prototype, "oncomplete", {
    get: place.get,
    set(done) { place.set.call(this, (event) => void held.then(() => done?.call(this, event))); },
  });
}"""
WATCH = """const open = IDBFactory.prototype.open;
IDBFactory.prototype.open = function (...given) {
  const request = open.apply(this, given);
  request.addEventListener("success", () => { window.base = request.result; });
  return request;
};"""
NEWER = """() => new Promise((done, fail) => {
  const request = indexedDB.open("crosswalk", 1000);
  request.onupgradeneeded = () => request.result.createObjectStore("newer");
  request.onsuccess = () => { window.newer = request.result; done(); };
  request.onerror = () => fail(request.error);
  request.onblocked = () => fail(new Error("the old tab holds on"));
})"""

TROUBLE = "Not saved yet, trying again"


@pytest.mark.parametrize("fault", [FULL, FULL_AT_COMMIT], ids=["at the write", "at the commit"])
def test_the_phone_is_full_while_tapping(walking: Callable[..., Walking], fault: str) -> None:
    hands = walking()
    hands.see(FIRST)
    hands.safe()
    hands.page.evaluate(fault)
    hands.see(SECOND)
    hands.see(FIRST)
    expect(hands.standing).to_contain_text(TROUBLE)
    assert len(hands.store()) == 3
    hands.page.evaluate(ROOM_AGAIN)
    hands.whole(taps=3)
    hands.safe()


def test_saved_is_said_only_after_the_transaction_is_complete(
    walking: Callable[..., Walking],
) -> None:
    hands = walking()
    hands.safe()
    hands.page.evaluate(SLOW)
    hands.see(FIRST)
    expect(hands.standing).to_contain_text("Saving on this phone")
    hands.page.evaluate("window.release()")
    hands.whole(taps=1)


def test_the_database_is_closed_under_the_page(
    phone: Callable[..., Page], walking: Callable[..., Walking]
) -> None:
    page = phone()
    page.add_init_script(WATCH)
    hands = walking(page)
    for _ in range(3):
        page.evaluate("window.base.close()")
        hands.see(FIRST)
    hands.whole(taps=3)


def test_the_database_is_deleted_under_the_page(walking: Callable[..., Walking]) -> None:
    hands = walking()
    hands.see(FIRST)
    hands.safe()
    other = hands.page.context.new_page()
    other.goto(f"{hands.address}/sw.js")
    other.evaluate("new Promise((ok) => (indexedDB.deleteDatabase('crosswalk').onsuccess = ok))")
    hands.see(SECOND)
    hands.until(lambda: hands.states() == {"stored"})
    assert len(held()) == 4, "what was safe is safe, and the next tap was kept and sent"
    hands.page.reload()  # and the visit goes on with what the school has of it
    for words in (FIRST, SECOND):
        expect(hands.chip(words)).to_have_attribute("aria-label", re.compile("Seen 1 time"))
    hands.see(SECOND)
    hands.whole(taps=3)


def test_a_newer_schema_with_an_old_tab_open(walking: Callable[..., Walking]) -> None:
    hands = walking()
    hands.see(FIRST)
    newer = hands.page.context.new_page()
    newer.goto(f"{hands.address}/sw.js")
    newer.evaluate(NEWER)  # never hangs: the old tab lets go by itself
    hands.see(FIRST)  # and still keeps its taps, in the schema that is there now
    hands.whole(taps=2)
    hands.page.reload()
    hands.see(SECOND)
    hands.whole(taps=3)
    assert newer.evaluate("window.newer.version") == 1000
