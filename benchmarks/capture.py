"""Times the capture screen on a slow phone against a hand-written floor and other form engines."""

from __future__ import annotations

import argparse
import json
import os
import random
import shutil
import statistics
import subprocess
import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from playwright.sync_api import Browser, CDPSession, Error, Page, sync_playwright

import manage
from benchmarks.kit import ruler
from benchmarks.kit.database import lent
from benchmarks.kit.lobby import serving
from benchmarks.kit.school import Stage, build, more_look_fors
from benchmarks.kit.server import Server
from benchmarks.kit.visits import Visit, tap
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
LOOK_FORS = 40
EVENTS = 500
TAPS = 8
"""As many as the focus of a visit shows without opening a group."""
BETWEEN_MS = 450
PATIENCE_MS = 90_000
PACKAGES = {
    "SurveyJS": ("survey-core", "survey-js-ui"),
    "Form.io": ("@formio/js",),
    "htmx, one request a tap": ("htmx.org",),
}
MISSING = {
    "Enketo core": "npm cannot install it without reaching a git server besides",
    "ODK Web Forms": "its package is a Vue plugin that needs a build of its own",
}


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
    offline: bool = False
    stays: bool = True
    """Whether a tap leaves the page up."""


@dataclass
class Readings:
    """What one contestant showed over all rounds, in milliseconds and bytes."""

    bytes: list[float] = field(default_factory=list)
    first_paint: list[float] = field(default_factory=list)
    paint: list[float] = field(default_factory=list)
    durable: list[float] = field(default_factory=list)
    offline: list[float] = field(default_factory=list)
    check: list[float] = field(default_factory=list)
    fold: list[float] = field(default_factory=list)


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
        page.goto(self.contestant.address)
        self.contestant.ready(page)
        page.locator(self.contestant.look_for).first.wait_for()
        readings.bytes.append(sum(sizes))
        readings.first_paint.append(
            page.evaluate("performance.getEntriesByName('first-contentful-paint')[0].startTime")
        )
        return page

    def taps(self, page: Page, readings: Readings) -> None:
        """Tap some look-fors with a finger."""
        chips = page.locator(self.contestant.look_for)
        for number in range(TAPS):
            chip = chips.nth(number)
            chip.scroll_into_view_if_needed()
            page.wait_for_timeout(BETWEEN_MS)
            chip.tap()
            page.wait_for_timeout(BETWEEN_MS)
        for told in page.evaluate("stopwatch.taps"):
            if told["paint"] is not None:
                readings.paint.append(told["paint"])
            if told["durable"] is not None:
                readings.durable.append(told["durable"])

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
        if contestant.full is not None:
            live_check(page, readings)
        if contestant.offline:
            phone.cold_start(page, readings)
    finally:
        phone.context.close()


def shows(browser: Browser, peer: Contestant, found: dict[str, Readings]) -> bool:
    """Measure a peer; where its page does not come up here, say so and leave it out."""
    try:
        measure(browser, peer, found[peer.name])
    except Error as refusal:
        print(f"{peer.name}: not measured; {refusal.message.splitlines()[0]}")
        del found[peer.name]
        return False
    return True


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
    const observed = fold(events, THRESHOLDS);
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


# --- Who is measured ---------------------------------------------------------------------------


def ours(address: str, stage: Stage) -> Contestant:
    """The capture screen, with all five modes and the live check."""
    observer = stage.observers[0]

    def begin(page: Page) -> None:
        page.locator(".pick").first.tap()
        page.get_by_role("button", name="Start", exact=True).tap()

    return Contestant(
        "ours, the whole screen",
        f"{address}/capture#start",
        ".chip",
        begin,
        observer.cookie,
        lambda page: fill_walk(page, stage),
        offline=True,
    )


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
  bodies.forEach((body, place) => {
    const event = { ...body, walkthrough: walk.id, at: new Date(began + place).toISOString() };
    const { id, seq } = event;
    const safe = { state: "stored", settled: Date.now() };
    const entry = { id, walkthrough: walk.id, device, seq, person: walk.person, ...safe, event };
    writing.objectStore("events").put(entry);
  });
  await new Promise((done) => (writing.oncomplete = done));
  base.close();
}
"""


def fill_walk(page: Page, stage: Stage) -> None:
    """As if another device of the same person had tapped five hundred times in this visit."""
    walk = Visit(device="phone-before")
    chance = random.Random(1)
    for _ in range(EVENTS):
        tap(walk, stage.look_fors, chance)
    page.evaluate(FILL, [walk.device, walk.events])


def floor(lobby: str) -> Contestant:
    """A page written by hand for nothing but this."""
    return Contestant(
        "floor: by hand, IndexedDB strict", f"{lobby}/floor/", "li button", offline=True
    )


def peers(lobby: str, had: set[str]) -> Iterator[Contestant]:
    """What somebody would take instead, as far as it could be installed."""
    known = {
        "SurveyJS": ("surveyjs.html", ".sd-question .sd-item:first-of-type label"),
        "Form.io": ("formio.html", 'label[for$="--Seen"]'),
        "htmx, one request a tap": ("htmx.html", "li button"),
    }
    for name, (file, look_for) in known.items():
        if name in had:
            yield Contestant(name, f"{lobby}/peers/{file}", look_for)
    yield Contestant("server-rendered reload", f"{lobby}/peers/reload", "li button", stays=False)


def fetch_peers(folder: Path) -> set[str]:
    """Install the peers for this run only; say in a line each what cannot be had."""
    had = set()
    npm = shutil.which("npm")
    for name, packages in PACKAGES.items():
        if npm and _installed(npm, folder, packages):
            had.add(name)
        else:
            print(f"{name}: not measured; npm could not install {', '.join(packages)} here")
    for name, why in MISSING.items():
        print(f"{name}: not measured; {why}")
    return had


def _installed(npm: str, folder: Path, packages: tuple[str, ...]) -> bool:
    (folder / "package.json").write_text('{"private": true}')
    quiet = ["--no-audit", "--no-fund", "--ignore-scripts", "--silent"]
    done = subprocess.run([npm, "install", *quiet, *packages], cwd=folder, capture_output=True)
    return done.returncode == 0


# --- What is printed ---------------------------------------------------------------------------


HEAD = (
    *("", "to first use", "first paint", "tap to paint (p95)", "tap to durable (p95)"),
    "offline start",
)


def rows(all_readings: dict[str, Readings]) -> list[list[str]]:
    """One line a contestant: medians, with the 95th percentile where single taps may be slow."""
    return [
        [
            name,
            f"{median(one.bytes) / 1000:,.1f} kB",
            f"{median(one.first_paint) / 1000:.2f} s",
            f"{median(one.paint):,.0f} ms ({ruler.percentile(one.paint, 0.95):,.0f})",
            f"{median(one.durable):,.0f} ms ({ruler.percentile(one.durable, 0.95):,.0f})",
            f"{median(one.offline) / 1000:.2f} s" if one.offline else "",
        ]
        for name, one in all_readings.items()
    ]


def median(values: list[float]) -> float:
    """The middle one; not a number where there are none."""
    return statistics.median(values) if values else float("nan")


def goals(mine: Readings, least: Readings) -> list[list[str]]:
    """Ratios to the floor, beside what they should be."""

    def line(what: str, value: float, at_most: float, unit: str = "") -> list[str]:
        return [what, f"{value:.2f}{unit}", ruler.verdict(value, at_most=at_most)]

    def ratio(what: str, of: str, at_most: float) -> list[str]:
        return line(what, median(getattr(mine, of)) / median(getattr(least, of)), at_most)

    return [
        line("kB to first use, kit included", median(mine.bytes) / 1000, 60),
        ratio("first paint / floor", "first_paint", 1.1),
        ratio("tap to paint / floor", "paint", 1.15),
        ratio("tap to durable / floor", "durable", 1.2),
        line("tap to paint, p95, ms", ruler.percentile(mine.paint, 0.95), 50),
        line("tap to durable, p95, ms", ruler.percentile(mine.durable, 0.95), 50),
        ratio("offline cold start / floor", "offline", 1.5),
        line("live check, ms a tap", median(mine.check), 2),
        [f"fold of {EVENTS} events, ms a tap", f"{median(mine.fold):.2f}", ""],
    ]


@contextmanager
def chromium() -> Iterator[Browser]:
    """The browser of this machine, which talks to nobody else."""
    with sync_playwright() as driver:
        browser = driver.chromium.launch(
            executable_path=manage.chromium(), args=flags(os.geteuid())
        )
        yield browser
        browser.close()


def main() -> None:
    """Print the table and the goals."""
    asked = argparse.ArgumentParser(description=__doc__)
    asked.add_argument("--rounds", type=int, default=5)
    asked.add_argument("--no-peers", action="store_true", help="ours and the floor only")
    given, _ = asked.parse_known_args()
    with lent("sqlite") as database, tempfile.TemporaryDirectory() as name:
        had = set() if given.no_peers else fetch_peers(Path(name))
        stage = build(database.folder, database.url, observers=1, teachers=6)
        stage = more_look_fors(stage, LOOK_FORS)
        server = Server(database)
        server.start()
        try:
            with serving(Path(name) / "node_modules") as lobby, chromium() as browser:
                least = floor(lobby)
                mine = ours(f"http://127.0.0.1:{server.port}", stage)
                others = [] if given.no_peers else list(peers(lobby, had))
                found = {each.name: Readings() for each in (least, mine, *others)}
                for _ in range(given.rounds):
                    measure(browser, least, found[least.name])
                    measure(browser, mine, found[mine.name])
                    others = [each for each in others if shows(browser, each, found)]
        finally:
            server.stop()
    print(f"{SLOWER}x slower processor, Slow 4G, {LOOK_FORS} look-fors, medians; {ruler.busy()}")
    head = (
        "",
        "to first use",
        "first paint",
        "tap to paint (p95)",
        "tap to durable (p95)",
        "offline",
    )
    ruler.table(head, rows(found))
    ruler.table(("", "figure", "goal"), goals(found[mine.name], found[least.name]))


if __name__ == "__main__":
    main()
