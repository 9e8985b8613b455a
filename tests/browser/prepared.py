"""A phone that Today left ready: its worker, what the worker keeps, and the field kit."""

from __future__ import annotations

import re

from playwright.sync_api import BrowserContext, Page, expect
from sqlalchemy import select

from models.base import db
from models.event import Event
from tests.capture.phone import Hands

READY = """async () => {
  const ready = await navigator.serviceWorker.ready;
  while (ready.active.state !== "activated") await new Promise((go) => setTimeout(go, 20));
}"""
CACHES = """async () => {
  const kept = {};
  for (const name of await caches.keys()) {
    const requests = await (await caches.open(name)).keys();
    kept[name] = requests.map((request) => new URL(request.url).pathname).sort();
  }
  return kept;
}"""
KIT = """async () => {
  const there = await indexedDB.databases();  // opening what is not there yet would make it
  if (!there.some(({ name }) => name === "crosswalk")) return false;
  return new Promise((done) => {
    const asked = indexedDB.open("crosswalk");
    asked.onsuccess = () => {
      const read = asked.result.transaction("kept").objectStore("kept").get("kit");
      read.onsuccess = () => { asked.result.close(); done(Boolean(read.result)); };
    };
  });
}"""


def until(page: Page, asks: str) -> None:
    """Ask until the answer is yes; Playwright’s own waiting takes a promise for a yes."""
    for _ in range(100):
        if page.evaluate(asks):
            return
        page.wait_for_timeout(100)
    raise AssertionError(f"never came true: {asks}")


def prepared(page: Page) -> None:
    """Wait until Today has left the phone ready: the worker, and the field kit."""
    page.evaluate(READY)
    until(page, KIT)


def kept(page: Page) -> dict[str, list[str]]:
    """What Cache Storage holds."""
    return page.evaluate(CACHES)  # type: ignore[no-any-return]


def listed(page: Page, address: str) -> list[str]:
    """What the worker may hold, as the server lists it now."""
    text = page.context.request.get(f"{address}/sw.js").text()
    head = text.split("const FILES = ")[1].split(";\n")[0]
    return sorted(re.findall(r'"(/[^"]+)":', head))


def anew(page: Page, address: str, fragment: str = "#start") -> Hands:
    """Close the page and open the capture screen in a new one, as from the home screen."""
    context: BrowserContext = page.context
    page.close()
    fresh = context.new_page()
    fresh.set_default_timeout(20_000)
    hands = Hands(fresh, address)
    fresh.goto(f"{address}/capture{fragment}")
    return hands


def stored() -> list[Event]:
    """The rows at school."""
    db.session.rollback()
    return list(db.session.scalars(select(Event)).all())


def begin(hands: Hands) -> None:
    """Two taps."""
    hands.page.get_by_role("button", name="Ms. Okafor").first.click()
    hands.page.get_by_role("button", name="Start", exact=True).click()
    expect(hands.chips.first).to_be_visible()
