"""Ten ways other offline forms lost people’s work. Each of them is tried here, by its name."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from playwright.sync_api import Page, expect
from sqlalchemy import select
from werkzeug.wrappers import Request, Response

from models.base import db
from models.event import EventAside
from tests.browser.faults.gate import Gate, said
from tests.browser.faults.kill import kill, processes
from tests.browser.faults.walk import FIRST, SECOND, Walking, asides, held

pytestmark = [pytest.mark.browser, pytest.mark.only_sqlite]

READY = """async () => {
  const ready = await navigator.serviceWorker.ready;
  while (ready.active.state !== "activated") await new Promise((go) => setTimeout(go, 20));
}"""
ASKED = """() => {
  window.asked = 0;
  navigator.storage.persisted = async () => false;
  navigator.storage.persist = async () => { window.asked += 1; return true; };
}"""
CHANGE = """async (id) => {
  const base = await new Promise((done) => {
    const request = indexedDB.open("crosswalk");
    request.onsuccess = () => done(request.result);
  });
  const tx = base.transaction("events", "readwrite");
  const store = tx.objectStore("events");
  const entry = await new Promise((done) => {
    const request = store.get(id);
    request.onsuccess = () => done(request.result);
  });
  entry.state = "waiting";
  entry.event.data = { ...entry.event.data, mark: "not_seen" };
  store.put(entry);
  await new Promise((done) => { tx.oncomplete = done; });
  base.close();
}"""


def test_1_a_worker_rebuilt_a_post_and_sent_an_empty_body(
    phone: Callable[..., Page], walking: Callable[..., Walking], gate: Gate, address: str
) -> None:
    page = phone(worker=True)
    page.goto(f"{address}/capture#start")
    page.evaluate(READY)
    page.reload()
    page.wait_for_function("navigator.serviceWorker.controller")
    hands = walking(page)
    hands.see(FIRST)
    hands.whole(taps=1)
    sent = {event["id"]: event for batch in gate.batches() for event in batch["events"]}
    assert sent == {entry["id"]: entry["event"] for entry in hands.store()}


def test_2_the_database_was_closed_while_the_screen_still_said_saved(
    phone: Callable[..., Page], walking: Callable[..., Walking]
) -> None:
    page = phone()
    page.add_init_script(
        """const open = IDBFactory.prototype.open;
        IDBFactory.prototype.open = function (...given) {
          const request = open.apply(this, given);
          request.addEventListener("success", () => { window.base = request.result; });
          return request;
        };"""
    )
    hands = walking(page)
    page.evaluate("window.base.close()")
    hands.see(FIRST)
    hands.whole(taps=1)
    hands.safe()


def test_3_the_browser_threw_the_origin_away(
    phone: Callable[..., Page], walking: Callable[..., Walking]
) -> None:
    page = phone()
    page.add_init_script(f"({ASKED})()")
    hands = walking(page)
    assert page.evaluate("window.asked") == 1, "asked to keep it for good, when a visit starts"
    hands.see(FIRST)
    hands.whole(taps=1)
    page.goto(f"{hands.address}/sw.js")
    page.evaluate("new Promise((ok) => (indexedDB.deleteDatabase('crosswalk').onsuccess = ok))")
    page.goto(f"{hands.address}/")
    page.get_by_role("link", name="Go on with Ms. Okafor").click()
    hands.see(SECOND)
    hands.whole(taps=2)


def test_4_a_session_expired_and_the_queue_was_dropped_or_given_to_another(
    walking: Callable[..., Walking], gate: Gate
) -> None:
    hands = walking()
    hands.safe()
    gate.answer(401, {"server": "crosswalk", "reason": "Sign in."})
    hands.see(FIRST)
    hands.until(lambda: gate.faulted)
    assert [entry["state"] for entry in hands.store()] == ["stored", "stored", "waiting"]
    gate.clear()
    hands.nudge()
    hands.whole(taps=1)


def test_5_an_item_left_the_queue_before_the_server_confirmed_it(
    walking: Callable[..., Walking], gate: Gate
) -> None:
    hands = walking()
    hands.safe()
    left_out: list[str] = []

    def forgetful(request: Request) -> Response | None:
        if request.path != "/sync":
            return None
        events = gate.batches()[-1]["events"]
        if left_out or len(events) < 2:
            return said(503, {"server": "crosswalk"}) if not left_out else None
        left_out.append(events[-1]["id"])
        results = [{"id": event["id"], "outcome": "stored"} for event in events[:-1]]
        gate.ask(request)
        return said(200, {"server": "crosswalk", "results": results})

    gate.fault = forgetful
    hands.see(FIRST)
    hands.see(SECOND)
    hands.nudge()
    hands.whole(taps=2)
    assert left_out
    assert left_out[0] in [event["id"] for event in gate.batches()[-1]["events"]], "sent again"


def test_6_the_page_of_a_captive_portal_was_taken_for_success(
    walking: Callable[..., Walking], gate: Gate
) -> None:
    hands = walking()
    hands.safe()
    gate.portal()
    hands.see(FIRST)
    hands.until(lambda: gate.faulted)
    expect(hands.standing).to_contain_text("Saved on this phone")
    assert len(held()) == 2
    gate.clear()
    hands.nudge()
    hands.whole(taps=1)


def test_7_check_then_insert_doubled_a_record_under_a_race(
    walking: Callable[..., Walking], gate: Gate
) -> None:
    hands = walking()
    hands.safe()
    gate.answer(503, {"server": "crosswalk"})
    hands.see(FIRST)
    hands.until(lambda: gate.faulted)
    gate.clear()
    events = [entry["event"] for entry in hands.store() if entry["state"] == "waiting"]
    body = {"device": events[0]["device"], "author": str(hands.author), "events": events}
    answers: list[dict[str, Any]] = hands.page.evaluate(
        """(body) => Promise.all(Array.from({ length: 6 }, async () => {
          const headers = { "X-Crosswalk": "1", "Content-Type": "application/json" };
          const sent = { method: "POST", headers, body: JSON.stringify(body) };
          return (await fetch("/sync", sent)).json();
        }))""",
        body,
    )
    outcomes = {result["outcome"] for answer in answers for result in answer["results"]}
    assert outcomes == {"stored"}
    hands.nudge()
    hands.whole(taps=1)


def test_8_the_same_id_with_other_content_was_refused_and_lost(
    walking: Callable[..., Walking],
) -> None:
    hands = walking()
    hands.see(FIRST)
    [*_, tapped] = hands.whole(taps=1)
    hands.page.evaluate(CHANGE, str(tapped.id))
    hands.nudge()
    hands.until(lambda: hands.states() == {"stored", "conflict"})
    db.session.rollback()
    kept_aside = db.session.scalars(select(EventAside)).one()
    assert (kept_aside.event_id, kept_aside.outcome) == (str(tapped.id), "conflict")
    assert '"mark": "not_seen"' in kept_aside.body, "the second version is kept whole"
    assert [row.data["mark"] for row in held() if row.id == tapped.id] == ["seen"]
    assert asides() == 1


def test_9_a_schema_upgrade_wiped_the_queue_or_hung_behind_an_old_tab(
    walking: Callable[..., Walking], gate: Gate
) -> None:
    hands = walking()
    hands.safe()
    gate.answer(503, {"server": "crosswalk"})
    hands.see(FIRST)
    newer = hands.page.context.new_page()
    newer.goto(f"{hands.address}/sw.js")
    version = newer.evaluate(
        """() => new Promise((done, fail) => {
          const request = indexedDB.open("crosswalk", 1000);
          request.onupgradeneeded = () => request.result.createObjectStore("newer");
          request.onsuccess = () => done(request.result.version);
          request.onblocked = () => fail(new Error("the old tab holds on"));
        })"""
    )
    assert version == 1000
    assert [entry["state"] for entry in hands.store()] == ["stored", "stored", "waiting"]
    gate.clear()
    hands.see(SECOND)
    hands.nudge()
    hands.whole(taps=2)


@pytest.mark.parametrize("wait", [0, 20, 50], ids=lambda ms: f"{ms} ms")
def test_10_power_went_off_just_after_a_late_write(
    walking: Callable[..., Walking], wait: int
) -> None:
    hands = walking()
    context = hands.page.context
    context.set_offline(True)
    kept = """(words) => new Promise((done) => {
      const open = IDBDatabase.prototype.transaction;
      IDBDatabase.prototype.transaction = function (stores, mode, ...given) {
        const tx = open.call(this, stores, mode, ...given);
        const ours = mode === "readwrite" && stores.includes("events");
        if (ours) tx.addEventListener("complete", () => setTimeout(done, WAIT));
        return tx;
      };
      [...document.querySelectorAll(".chip")].find((c) => c.textContent.includes(words)).click();
    })""".replace("WAIT", str(wait))
    hands.page.evaluate(kept, FIRST)
    kill(processes(hands.page, "renderer"))
    hands.page.close()
    context.set_offline(False)
    page = context.new_page()
    page.set_default_timeout(20_000)
    hands.page = page
    page.goto(f"{hands.address}/capture")
    hands.chips.first.wait_for()
    hands.whole(taps=1)
