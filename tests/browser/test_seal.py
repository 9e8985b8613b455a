"""A shared tablet: the next person finds nothing to read, and carries it as its author’s."""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect
from sqlalchemy import text

from models.base import db
from models.event import Event
from models.person import Person
from tests.browser.prepared import begin, kept, listed, prepared, stored, until
from tests.capture.phone import Hands
from tests.cast import PASSWORD, Cast

pytestmark = [pytest.mark.browser, pytest.mark.only_sqlite]

Enter = Callable[..., Page]
CANARY = "zebra finches argued about fractions"
DRAFT = "half a heron in the margin"
FIRST = "Students on every path can say"

EVERYTHING = """async () => {
  const base = await new Promise((done) => {
    const asked = indexedDB.open("crosswalk");
    asked.onsuccess = () => done(asked.result);
  });
  const found = {};
  for (const name of base.objectStoreNames) {
    const store = base.transaction(name).objectStore(name);
    const [keys, rows] = await Promise.all([store.getAllKeys(), store.getAll()].map((asked) =>
      new Promise((done) => { asked.onsuccess = () => done(asked.result); })));
    found[name] = keys.map((key, i) => [key, rows[i]]);
  }
  base.close();
  const cached = [];
  for (const name of await caches.keys()) {
    const cache = await caches.open(name);
    for (const at of await cache.keys()) cached.push(await (await cache.match(at)).text());
  }
  return JSON.stringify({ found, cached, local: { ...localStorage }, session: { ...sessionStorage },
    page: document.documentElement.outerHTML, title: document.title });
}"""
EMPTY = """async () => {
  const base = await new Promise((done) => {
    const asked = indexedDB.open("crosswalk");
    asked.onsuccess = () => done(asked.result);
  });
  const left = await new Promise((done) => {
    const asked = base.transaction("events").objectStore("events").count();
    asked.onsuccess = () => done(asked.result);
  });
  base.close();
  return left === 0;
}"""
MARKED = """async () => {
  const base = await new Promise((done) => {
    const asked = indexedDB.open("crosswalk");
    asked.onsuccess = () => done(asked.result);
  });
  const rows = await new Promise((done) => {
    const asked = base.transaction("events").objectStore("events").getAll();
    asked.onsuccess = () => done(asked.result);
  });
  base.close();
  return rows.length > 0 && rows.every((row) => row.mac instanceof ArrayBuffer);
}"""


def note(hands: Hands, words: str, *, keep: bool = True) -> None:
    """Writes a note."""
    hands.mode("Notes")
    hands.page.get_by_label("What did you see or hear?").fill(words)
    if keep:
        hands.page.get_by_role("button", name="Keep this note").click()


def sign_out(page: Page, address: str) -> None:
    """Presses the button on the account page."""
    page.goto(f"{address}/account")
    page.get_by_role("button", name="Sign out of this device").click()


def sign_in(page: Page, person: Person, address: str) -> None:
    """The next person, on the same device."""
    page.goto(f"{address}/sign-in")
    page.get_by_label("E-mail").fill(person.email or "")
    page.get_by_label("Password").fill(PASSWORD)
    page.get_by_role("button", name="Sign in").click()
    page.wait_for_url(f"{address}/")


def sign_in_again(page: Page, person: Person, address: str) -> None:
    """Somebody else signs out, and the first one comes back."""
    sign_out(page, address)
    page.wait_for_url(f"{address}/sign-in")
    sign_in(page, person, address)


def arrived(page: Page, count: int) -> list[Event]:
    """Waits until the school holds so many."""
    for _ in range(100):
        events = stored()
        if len(events) >= count:
            return events
        page.wait_for_timeout(100)
    raise AssertionError(f"only {len(stored())} of {count} arrived")


def walked(page: Page, address: str) -> Hands:
    """A visit with a note and a half-typed one, none of which reaches the school."""
    page.route("**/sync", lambda route: route.abort())
    hands = Hands(page, address)
    page.goto(f"{address}/capture#start")
    begin(hands)
    hands.see(FIRST)
    note(hands, CANARY)
    note(hands, DRAFT, keep=False)
    until(page, MARKED)
    return hands


def test_the_next_person_reads_nothing_and_carries_it_to_school_as_its_authors(
    enter: Enter, cast: Cast, address: str
) -> None:
    page = enter(cast.principal)
    prepared(page)
    walked(page, address)
    sign_out(page, address)
    expect(page.get_by_role("heading", name="5 taps are not at school yet")).to_be_visible()
    page.get_by_role("button", name="Seal them and sign out").click()
    page.wait_for_url(f"{address}/sign-in")
    nothing_to_read(page, address)
    page.go_back()
    nothing_to_read(page, address)
    assert stored() == []
    sign_in(page, cast.other_coach, address)
    nothing_to_read(page, address)
    page.unroute("**/sync")
    page.reload()
    events = arrived(page, 5)
    assert {event.author_id for event in events} == {cast.principal.id}
    texts = [event.data["text"] for event in events if event.kind == "note_written"]
    assert sorted(texts) == sorted([CANARY, DRAFT])
    nothing_to_read(page, address)


def nothing_to_read(page: Page, address: str) -> None:
    """Nothing of the principal’s words, of whom she visited, or of her kit is on the device."""
    page.wait_for_load_state("networkidle")
    everything = page.evaluate(EVERYTHING)
    for words in (CANARY, DRAFT):
        assert words not in everything
    held = json.loads(everything)["found"]
    for told in ("note_written", "look_for_marked", "started_at"):
        assert told not in json.dumps(held)
    assert held["events"] == held["walks"] == held["drafts"] == []
    if page.url == f"{address}/sign-in":
        assert "Okafor" not in everything
        assert [key for key, _ in held["kept"] if not key.startswith("sealed/")] == ["device"]
    [(_, paths)] = kept(page).items()
    assert paths == listed(page, address)


def test_a_session_that_is_gone_is_no_reason_to_leave_words_behind(
    enter: Enter, cast: Cast, address: str
) -> None:
    page = enter(cast.principal)
    prepared(page)
    walked(page, address)
    page.context.clear_cookies()  # the principal’s sign-in is over, and nobody pressed anything
    sign_in(page, cast.teacher, address)
    until(page, EMPTY)
    nothing_to_read(page, address)
    page.unroute("**/sync")
    page.reload()
    events = arrived(page, 5)
    assert {event.author_id for event in events} == {cast.principal.id}


def test_signing_out_sends_first_and_asks_nothing_where_all_arrives(
    enter: Enter, cast: Cast, address: str
) -> None:
    page = enter(cast.principal)
    prepared(page)
    walked(page, address)
    page.unroute("**/sync")
    sign_out(page, address)
    page.wait_for_url(f"{address}/sign-in")
    assert len(stored()) == 5
    nothing_to_read(page, address)


def test_who_would_rather_wait_stays_signed_in_with_everything(
    enter: Enter, cast: Cast, address: str
) -> None:
    page = enter(cast.principal)
    prepared(page)
    walked(page, address)
    sign_out(page, address)
    page.get_by_role("button", name="Wait").click()
    expect(page.get_by_text("You are still signed in.")).to_be_visible()
    page.unroute("**/sync")
    page.goto(f"{address}/")
    expect(page.get_by_role("region", name="On this phone")).to_contain_text("Safe at school")
    assert len(stored()) == 5


def test_without_a_secure_connection_nothing_is_sealed_and_that_is_said(
    enter: Enter, cast: Cast, address: str
) -> None:
    page = enter(cast.principal)
    page.add_init_script("Object.defineProperty(crypto, 'subtle', { value: undefined })")
    page.goto(f"{address}/")
    prepared(page)
    page.route("**/sync", lambda route: route.abort())
    hands = Hands(page, address)
    page.goto(f"{address}/capture#start")
    begin(hands)
    hands.see(FIRST)
    sign_out(page, address)
    asks = page.locator("#parting")
    expect(asks).to_contain_text("This connection is not secure, so this browser cannot seal them.")
    expect(asks).to_contain_text("somebody who knows how could read them here")
    page.get_by_role("button", name="Leave them and sign out").click()
    page.wait_for_url(f"{address}/sign-in")
    page.unroute("**/sync")
    sign_in(page, cast.other_coach, address)
    page.wait_for_timeout(500)
    assert stored() == []
    sign_in_again(page, cast.principal, address)
    assert {event.author_id for event in arrived(page, 3)} == {cast.principal.id}


def test_a_rescue_file_saved_without_a_network_is_brought_in_by_an_administrator(
    enter: Enter, cast: Cast, address: str, tmp_path: Path
) -> None:
    page = enter(cast.principal)
    prepared(page)
    hands = walked(page, address)
    page.context.set_offline(True)
    page.evaluate("location.hash = '#start'")
    with page.expect_download() as saved:
        page.get_by_role("button", name="Save a rescue file").click()
    expect(page.locator("main")).to_contain_text("4 taps saved to a file, sealed.")
    file = tmp_path / saved.value.suggested_filename
    saved.value.save_as(file)
    assert re.fullmatch(r"crosswalk-rescue-\d{4}-\d\d-\d\d\.json", file.name)
    assert CANARY not in file.read_text()
    assert hands.said == []
    page.context.close()
    computer = enter(cast.administrator, viewport={"width": 1280, "height": 800})
    computer.goto(f"{address}/account")
    computer.get_by_role("link", name="Bring in a rescue file").click()
    computer.get_by_label("Rescue file").set_input_files(file)
    computer.get_by_role("button", name="Bring it in").click()
    expect(computer.get_by_text("1 record arrived")).to_be_visible()
    assert CANARY not in computer.content()
    assert {event.author_id for event in stored()} == {cast.principal.id}


def test_an_open_visit_goes_on_where_its_author_signs_in_next(
    enter: Enter, cast: Cast, address: str
) -> None:
    page = enter(cast.principal)
    prepared(page)
    walked(page, address)
    page.unroute("**/sync")
    sign_out(page, address)
    page.wait_for_url(f"{address}/sign-in")
    sign_in(page, cast.principal, address)
    page.get_by_role("link", name="Go on with Ms. Okafor").click()
    hands = Hands(page, address)
    seen = hands.chip(FIRST)
    expect(seen).to_have_attribute("aria-label", re.compile("Seen 1 time"))
    hands.see(FIRST)
    hands.mode("Notes")
    expect(page.get_by_text(CANARY)).to_be_visible()
    expect(page.get_by_text(DRAFT)).to_be_visible()
    hands.finish()
    page.wait_for_url("**/feedback/*", wait_until="commit")
    kinds = [event.kind for event in stored()]
    assert kinds.count("look_for_counted") == kinds.count("finished") == kinds.count("started") == 1


def test_a_school_that_went_back_in_time_gets_what_was_sealed_again(
    enter: Enter, cast: Cast, address: str
) -> None:
    page = enter(cast.principal)
    prepared(page)
    walked(page, address)
    sign_out(page, address)
    page.get_by_role("button", name="Seal them and sign out").click()
    page.wait_for_url(f"{address}/sign-in")
    page.unroute("**/sync")
    page.wait_for_load_state("networkidle")
    sign_in(page, cast.coach, address)
    before = {event.id for event in arrived(page, 5)}
    page.wait_for_load_state("networkidle")
    sent: list[str] = []
    page.on("request", lambda request: sent.append(request.url.removeprefix(address)))
    page.reload()
    page.wait_for_load_state("networkidle")
    assert "/sync" not in sent, "what the school holds is not sent again"
    lose_events()
    page.reload()
    assert {event.id for event in arrived(page, 5)} == before
    assert {event.author_id for event in stored()} == {cast.principal.id}


def lose_events() -> None:
    """The school is put back to before the taps came."""
    db.session.rollback()
    for table in ("events", "discourse_checks", "trend_facts", "walkthroughs"):
        db.session.execute(text(f"DELETE FROM {table}"))
    db.session.commit()
