"""No network: the capture screen starts cold, a whole visit is kept, and it arrives once."""

from __future__ import annotations

import re
import shutil
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from flask import Flask
from playwright.sync_api import BrowserContext, Page, expect
from sqlalchemy import select

from blueprints.kit import static
from models.base import db
from models.event import Event
from tests.capture.phone import Hands, try_now
from tests.cast import PASSWORD, Cast

pytestmark = [pytest.mark.browser, pytest.mark.only_sqlite]

Enter = Callable[..., Page]

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


def test_a_visit_that_starts_cold_without_a_network_arrives_once(
    enter: Enter, cast: Cast, address: str
) -> None:
    page = enter(cast.principal)
    prepared(page)
    context = page.context
    context.set_offline(True)
    hands = anew(page, address)
    begin(hands)
    hands.see("Students on every path can say", times=2)
    hands.mode("Sweep")
    hands.sweep([6, 4, 4, 8, 0, 1, 1])
    hands.finish()
    expect(hands.page.get_by_role("heading", level=1)).to_have_text("Saved on this phone")
    assert stored() == []
    fragment = "#" + hands.page.url.partition("#")[2]
    hands = anew(hands.page, address, fragment)  # closed in the corridor, opened again at the desk
    expect(hands.page.get_by_role("heading", level=1)).to_have_text("Saved on this phone")
    context.set_offline(False)
    hands.page.wait_for_url("**/feedback/*", wait_until="commit")
    kinds = [event.kind for event in stored()]
    assert kinds.count("sweep_taken") == kinds.count("finished") == kinds.count("started") == 1
    assert kinds.count("look_for_marked") + kinds.count("look_for_counted") == 2
    assert hands.said == []


def test_today_without_a_network_opens_the_start_of_a_visit_and_is_never_kept(
    enter: Enter, cast: Cast, address: str
) -> None:
    page = enter(cast.principal)
    prepared(page)
    context = page.context
    context.set_offline(True)
    page.close()
    page = context.new_page()
    page.goto(f"{address}/")
    expect(page.get_by_text("No connection. You can start a visit here.")).to_be_visible()
    expect(page.get_by_role("button", name="Ms. Okafor").first).to_be_visible()
    context.set_offline(False)
    page.get_by_role("link", name="Back to Today").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Today")


def test_after_a_and_then_b_the_phone_keeps_the_list_and_nothing_else(
    enter: Enter, cast: Cast, address: str
) -> None:
    page = enter(cast.principal)
    prepared(page)
    hands = anew(page, address)
    begin(hands)
    hands.see("Students on every path can say")
    hands.finish()
    page = hands.page
    page.wait_for_url("**/feedback/*", wait_until="commit")
    page.goto(f"{address}/account")
    page.get_by_role("button", name="Sign out of this device").click()
    page.wait_for_url("**/sign-in")
    [(_, paths)] = kept(page).items()
    assert paths == listed(page, address), "signing out leaves the worker’s files"
    page.get_by_label("E-mail").fill(cast.coach.email or "")
    page.get_by_label("Password").fill(PASSWORD)
    page.get_by_role("button", name="Sign in").click()
    page.wait_for_url(f"{address}/")
    page.goto(f"{address}/walkthroughs")
    page.goto(f"{address}/capture#start")
    expect(page.get_by_role("heading", level=1)).to_have_text("Start a visit")
    [(_, paths)] = kept(page).items()
    assert paths == listed(page, address)
    page.context.set_offline(True)
    page = anew(page, address).page
    expect(page.get_by_role("heading", level=1)).to_have_text("Start a visit")


@pytest.fixture
def newer(app: Flask, tmp_path: Path) -> Iterator[Callable[[], None]]:
    """Put a newer version of static/ on the server."""

    def put() -> None:
        shutil.copytree(static.STATIC, tmp_path / "static")
        main = tmp_path / "static" / "js" / "capture" / "main.js"
        main.write_text(
            f"{main.read_text()}\ndocument.documentElement.dataset.version = 'newer';\n"
        )
        static.serve(app, tmp_path / "static")

    yield put
    static.serve(app)


WAITS = """async () => {
  const at = await navigator.serviceWorker.getRegistration();
  await at.update();
  while (!at.waiting && (at.installing || !at.done)) {
    await new Promise((go) => setTimeout(go, 20));
    at.done = !at.installing;
  }
  return Boolean(at.waiting);
}"""
WAITING = "async () => Boolean((await navigator.serviceWorker.getRegistration()).waiting)"
NEWER = "() => document.documentElement.dataset.version === 'newer'"


def test_a_newer_worker_waits_for_the_open_visit_and_then_takes_its_turn(
    enter: Enter, cast: Cast, address: str, newer: Callable[[], None]
) -> None:
    page = enter(cast.principal)
    prepared(page)
    hands = anew(page, address)
    begin(hands)
    hands.see("Students on every path can say")
    newer()
    assert hands.page.evaluate(WAITS)
    other = hands.page.context.new_page()  # Today in another tab asks for the turn, and is refused
    other.goto(f"{address}/")
    other.wait_for_timeout(800)
    assert other.evaluate(WAITING)
    hands.page.reload()  # the old shell with all of its own scripts, on the new server
    seen = hands.chip("Students on every path can say")
    expect(seen).to_have_attribute("aria-label", re.compile("Seen 1 time"))
    assert not hands.page.evaluate(NEWER)
    hands.see("The group with the teacher was formed")
    hands.finish()
    hands.page.wait_for_url("**/feedback/*", wait_until="commit")
    assert len([one for one in stored() if one.kind == "look_for_marked"]) == 2
    other.reload()
    until(other, f"async () => !(await ({WAITING})())")
    other.goto(f"{address}/capture#start")
    other.wait_for_function(NEWER)
    [(_, paths)] = kept(other).items()
    assert paths == listed(other, address), "one version only, and all of it"
    assert hands.said == []


def test_a_new_page_works_under_an_old_worker(
    enter: Enter, cast: Cast, address: str, newer: Callable[[], None]
) -> None:
    page = enter(cast.principal)
    prepared(page)
    newer()
    page.reload()  # the new Today, still under the old worker, gets the new server’s files
    expect(page.get_by_role("heading", level=1)).to_have_text("Today")
    text = page.evaluate("async () => (await fetch('/static/js/capture/main.js')).text()")
    assert "'newer'" in text


FATE = """async () => {
  const at = await navigator.serviceWorker.getRegistration();
  const fate = new Promise((done) => at.addEventListener("updatefound", () => {
    const made = at.installing;
    const tell = () => ["installed", "redundant"].includes(made.state) && done(made.state);
    made.addEventListener("statechange", tell);
  }));
  await at.update();
  return fate;
}"""


def test_what_is_not_the_file_that_was_listed_is_never_kept(
    enter: Enter, cast: Cast, address: str, app: Flask, newer: Callable[[], None]
) -> None:
    page = enter(cast.principal)
    prepared(page)
    before = kept(page)
    newer()
    # as a captive portal does, or a second server with another version
    app.extensions["static"].digests["css/capture-all.css"] = "0" * 16
    assert page.evaluate(FATE) == "redundant"
    assert kept(page) == before


def test_today_shows_what_waits_and_sends_it(enter: Enter, cast: Cast, address: str) -> None:
    page = enter(cast.principal)
    prepared(page)
    context = page.context
    context.set_offline(True)
    hands = anew(page, address)
    begin(hands)
    hands.see("Students on every path can say")
    hands.finish()
    expect(hands.page.get_by_role("heading", level=1)).to_have_text("Saved on this phone")
    context.set_offline(False)
    hands.page.close()
    page = context.new_page()
    page.route("**/sync", lambda route: route.abort())
    page.goto(f"{address}/")
    card = page.get_by_role("region", name="On this phone")
    expect(card).to_contain_text("Ms. Okafor")
    expect(card).to_contain_text("Saved on this phone")
    expect(card).to_contain_text("the oldest for less than a minute")
    expect(card).to_contain_text("This phone tries again by itself.")
    page.unroute("**/sync")
    try_now(card)
    expect(card).to_contain_text("Safe at school")
    assert "finished" in [event.kind for event in stored()]


def test_today_is_itself_where_nothing_can_be_kept(enter: Enter, cast: Cast, address: str) -> None:
    page = enter(cast.principal)
    page.add_init_script("delete Window.prototype.indexedDB; delete window.indexedDB;")
    said: list[str] = []
    page.on("pageerror", lambda error: said.append(str(error)))
    page.goto(f"{address}/")
    expect(page.get_by_role("heading", level=1)).to_have_text("Today")
    assert page.evaluate("'indexedDB' in window") is False
    expect(page.locator("#outbox")).to_be_hidden()
    assert said == []


def test_no_other_address_may_become_a_worker(enter: Enter, cast: Cast, address: str) -> None:
    page = enter(cast.principal)
    prepared(page)
    for asked in ('"/sw.js"', '"/static/js/app.js"'):
        told = page.evaluate(
            f"navigator.serviceWorker.register({asked}).then(() => 'taken', (e) => e.name)"
        )
        assert told == "TypeError", "a plain string is refused; only the policy’s one passes"
    with pytest.raises(Exception, match="Policy"):
        page.evaluate("void trustedTypes.createPolicy('mine', { createScriptURL: (a) => a })")


def test_signing_out_takes_the_field_kit_with_it(enter: Enter, cast: Cast, address: str) -> None:
    page = enter(cast.principal)
    prepared(page)
    page.goto(f"{address}/account")
    page.get_by_role("button", name="Sign out of this device").click()
    page.wait_for_url(f"{address}/sign-in")
    assert page.evaluate(KIT) is False
