"""A new phone in a browser, slowed down: what a page costs on it, from the first byte on."""

from __future__ import annotations

import json
import os
import statistics
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlsplit

from playwright.sync_api import Browser, CDPSession, Page, sync_playwright

import manage
from benchmarks.kit.readings import Readings
from config import HERE
from tests.chromium import PHONE, flags

STOPWATCH = HERE / "benchmarks" / "kit" / "stopwatch.js"
SLOWER = 4
# “Slow 4G” as Chromium’s developer tools have it.
SLOW_4G = {
    "offline": False,
    "latency": 562.5,
    "downloadThroughput": 1.6e6 * 0.9 / 8,
    "uploadThroughput": 0.75e6 * 0.9 / 8,
}
OFFLINE = {**SLOW_4G, "offline": True}
TAPS = 8
"""As many as the focus of a visit shows without opening a group."""
BETWEEN_MS = 450
CALM_MS = 3000
"""What comes after the first paint comes before the first tap."""
PATIENCE_MS = 90_000


@dataclass(frozen=True, slots=True)
class Contestant:
    """A page to measure: where it is, and which element is its look-for number so-and-so."""

    name: str
    address: str
    look_for: str
    """A selector of all look-fors; the first so many are tapped one after the other."""
    ready: Callable[[Page], None] = lambda _page: None
    """What a person does before the first look-for can be tapped."""
    cookie: str = ""
    full: Callable[[Page], None] | None = None
    """Fills the walk with events, where the page has such a thing."""
    check: Callable[[Page, Readings], None] | None = None
    """Times the live check, where the page has such a thing."""
    offline: bool = False
    stays: bool = True
    """Whether a tap leaves the page up."""


class Phone:
    """One new phone: a context of its own, slowed down."""

    def __init__(self, browser: Browser, contestant: Contestant) -> None:
        self.contestant = contestant
        self.context = browser.new_context(**PHONE)
        self.context.add_init_script(path=STOPWATCH)
        self.context.add_init_script(f"stopwatch.wait({json.dumps(contestant.look_for)})")
        if contestant.cookie:
            name, _, value = contestant.cookie.partition("=")
            root = "{0.scheme}://{0.netloc}".format(urlsplit(contestant.address))
            self.context.add_cookies([{"name": name, "value": value, "url": root}])

    def tab(self, network: dict[str, Any]) -> tuple[Page, CDPSession]:
        """A page under throttle."""
        page = self.context.new_page()
        page.set_default_timeout(PATIENCE_MS)
        wire = self.context.new_cdp_session(page)
        wire.send("Network.enable")
        wire.send("Network.emulateNetworkConditions", network)
        wire.send("Emulation.setCPUThrottlingRate", {"rate": SLOWER})
        return page, wire

    def first_use(self, readings: Readings) -> Page:
        """Open it for the first time, until the first look-for can be tapped."""
        page, wire = self.tab(SLOW_4G)
        sizes: list[float] = []
        wire.on("Network.loadingFinished", lambda told: sizes.append(told["encodedDataLength"]))
        page.goto(self.contestant.address, wait_until="commit")
        self.contestant.ready(page)
        readings.first_use.append(page.evaluate("stopwatch.shown"))
        readings.bytes.append(sum(sizes))
        readings.first_paint.append(page.evaluate("stopwatch.painted"))
        return page

    def taps(self, page: Page, readings: Readings) -> None:
        """Tap some look-fors with a finger.

        At a place on the glass: a tap by name first asks the page, in its own time, what is there.
        """
        page.wait_for_timeout(CALM_MS)
        chips = page.locator(self.contestant.look_for)
        for number in range(TAPS):
            chip = chips.nth(number)
            chip.scroll_into_view_if_needed()
            there = chip.bounding_box()
            assert there is not None
            page.wait_for_timeout(BETWEEN_MS)
            page.touchscreen.tap(there["x"] + there["width"] / 2, there["y"] + there["height"] / 2)
            page.wait_for_timeout(BETWEEN_MS)
        for told in page.evaluate("stopwatch.taps"):
            for what in ("paint", "durable", "marked"):
                if told[what] is not None:
                    getattr(readings, what).append(told[what])

    def reloads(self, page: Page, readings: Readings) -> None:
        """Tap look-fors that answer with a whole page."""
        for number in range(TAPS // 2):
            page.wait_for_timeout(BETWEEN_MS)
            began = page.evaluate("performance.timeOrigin + performance.now()")
            with page.expect_navigation():
                page.locator(self.contestant.look_for).nth(number).tap()
            painted = page.evaluate("stopwatch.shown.then((at) => performance.timeOrigin + at)")
            readings.paint.append(painted - began)
            readings.durable.append(painted - began)

    def cold_start(self, page: Page, readings: Readings) -> None:
        """Open it without a network, as the worker kept it."""
        page.evaluate("navigator.serviceWorker.ready.then(() => true)")
        address = page.url
        page.close()
        fresh, _ = self.tab(OFFLINE)
        self.context.set_offline(True)
        fresh.goto(address)
        readings.offline.append(fresh.evaluate("stopwatch.shown"))
        self.context.set_offline(False)
        fresh.close()


def measure(browser: Browser, contestant: Contestant, readings: Readings) -> None:
    """One round of one contestant, on a new phone."""
    phone = Phone(browser, contestant)
    try:
        page = phone.first_use(readings)
        if contestant.full is not None:
            contestant.full(page)
            page.reload()
            page.locator(contestant.look_for).first.wait_for()
        if contestant.stays:
            phone.taps(page, readings)
        else:
            phone.reloads(page, readings)
        if contestant.check is not None:
            contestant.check(page, readings)
        if contestant.offline:
            phone.cold_start(page, readings)
    finally:
        phone.context.close()


LIVE_CHECK = """
async () => {
  const { fold } = await import("/static/js/capture/fold.js");
  const { check, check_input, lean, THRESHOLDS } = await import("/static/js/capture/discourse.js");
  const base = await new Promise((done) => {
    const asked = indexedDB.open("crosswalk");
    asked.onsuccess = () => done(asked.result);
  });
  const entries = await new Promise((done) => {
    const asked = base.transaction("events").objectStore("events").getAll();
    asked.onsuccess = () => done(asked.result);
  });
  base.close();
  const events = entries.map(({ event }) => event);
  const times = { fold: [], check: [] };
  for (let round = 0; round < 15; round += 1) {
    const began = performance.now();
    const { observed } = fold(events, THRESHOLDS);
    const folded = performance.now();
    const input = check_input(observed);
    check(input, THRESHOLDS);
    lean(input, THRESHOLDS);
    times.fold.push(folded - began);
    times.check.push(performance.now() - folded);
    await new Promise((done) => setTimeout(done, 10));
  }
  return times;
}
"""


def live_check(page: Page, readings: Readings) -> None:
    """What the check costs at each tap, and the fold before it, with all events in the walk."""
    told = page.evaluate(LIVE_CHECK)
    readings.check.append(statistics.median(told["check"]))
    readings.fold.append(statistics.median(told["fold"]))


@contextmanager
def chromium() -> Iterator[Browser]:
    """The browser of this machine, which talks to nobody else."""
    with sync_playwright() as driver:
        browser = driver.chromium.launch(
            executable_path=manage.chromium(), args=flags(os.geteuid())
        )
        yield browser
        browser.close()
