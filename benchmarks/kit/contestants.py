"""Who is measured: the floor, ours with a long walk in it, and what one would take instead."""

from __future__ import annotations

import random
from collections.abc import Iterator

from playwright.sync_api import Page

from benchmarks.kit.npm import PEERS, Peer
from benchmarks.kit.phone import Contestant, live_check
from benchmarks.kit.school import Stage
from benchmarks.kit.visits import Visit, tap

EVENTS = 500
FLOOR = "floor: by hand, IndexedDB strict"
OURS = "ours, the whole screen"
RELOAD = "server-rendered reload"
NAMES = (FLOOR, OURS, *(peer.name for peer in PEERS), RELOAD)


def floor(lobby: str) -> Contestant:
    """A page written by hand for nothing but this."""
    return Contestant(FLOOR, f"{lobby}/floor/", "li button", offline=True)


def ours(address: str, stage: Stage) -> Contestant:
    """The capture screen, with all five modes and the live check."""

    def begin(page: Page) -> None:
        page.locator(".pick").first.tap()
        page.get_by_role("button", name="Start", exact=True).tap()

    return Contestant(
        OURS,
        f"{address}/capture#start",
        ".chip",
        begin,
        stage.observers[0].cookie,
        lambda page: fill_walk(page, stage),
        live_check,
        offline=True,
    )


def theirs(lobby: str, peer: Peer) -> Contestant:
    """One that came by npm."""
    return Contestant(peer.name, f"{lobby}/peers/{peer.stem}.html", peer.look_for)


def reload(lobby: str) -> Contestant:
    """No script at all."""
    return Contestant(RELOAD, f"{lobby}/peers/reload", "li button", stays=False)


def chosen(words: list[str]) -> Iterator[str]:
    """The names that begin like one of these words; all where none is given."""
    for name in NAMES:
        if not words or any(name.lower().startswith(word.lower()) for word in words):
            yield name


FILL = """
async ([device, bodies]) => {
  const base = await new Promise((done) => {
    const asked = indexedDB.open("crosswalk");
    asked.onsuccess = () => done(asked.result);
  });
  const [walk] = await new Promise((done) => {
    const asked = base.transaction("walks").objectStore("walks").getAll();
    asked.onsuccess = () => done(asked.result);
  });
  const began = Date.parse(walk.started_at);
  const writing = base.transaction("events", "readwrite");
  const at = (place) => new Date(began + place).toISOString();
  const events = bodies.map((body, i) => ({ ...body, walkthrough: walk.id, at: at(i) }));
  for (const event of events) {
    const { id, seq } = event;
    const safe = { state: "stored", settled: Date.now() };
    const entry = { id, walkthrough: walk.id, device, seq, person: walk.person, ...safe, event };
    writing.objectStore("events").put(entry);
  }
  await new Promise((done) => (writing.oncomplete = done));
  base.close();
  const headers = { "Content-Type": "application/json", "X-Crosswalk": "1" };
  for (let first = 0; first < events.length; first += 200) {
    const body = JSON.stringify({ device, events: events.slice(first, first + 200) });
    const answer = await fetch("/sync", { method: "POST", headers, body });
    if (!answer.ok) throw new Error(`The school did not take the walk: ${await answer.text()}`);
  }
}
"""


def fill_walk(page: Page, stage: Stage) -> None:
    """As if another device of the same person had tapped five hundred times in this visit."""
    walk = Visit(device="phone-before")
    chance = random.Random(1)
    for _ in range(EVENTS):
        tap(walk, stage.look_fors, chance)
    page.evaluate(FILL, [walk.device, walk.events])
