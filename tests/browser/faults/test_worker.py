"""A newer or an older Crosswalk is put on the server while a visit is open."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from flask import Flask
from playwright.sync_api import Page, expect

from blueprints.kit import static
from tests.browser.faults.gate import Gate
from tests.browser.faults.walk import FIRST, SECOND, Walking

pytestmark = [pytest.mark.browser, pytest.mark.only_sqlite]

READY = """async () => {
  const ready = await navigator.serviceWorker.ready;
  while (ready.active.state !== "activated") await new Promise((go) => setTimeout(go, 20));
}"""
NEWEST = """async () => {
  const at = await navigator.serviceWorker.getRegistration();
  await at.update().catch(() => undefined);
  while (at.installing) await new Promise((go) => setTimeout(go, 20));
  return Boolean(at.waiting);
}"""
VERSION = "() => document.documentElement.dataset.version ?? 'older'"


@pytest.fixture
def put(app: Flask, tmp_path: Path) -> Iterator[Callable[[str], None]]:
    """Put the `newer` static/ on the server, or the `older` one that it has had."""

    def deploy(which: str) -> None:
        if which == "older":
            static.serve(app)
            return
        shutil.copytree(static.STATIC, tmp_path / "static")
        main = tmp_path / "static" / "js" / "capture" / "main.js"
        told = "document.documentElement.dataset.version = 'newer';\n"
        main.write_text(main.read_text("utf-8") + told, "utf-8")
        static.serve(app, tmp_path / "static")

    yield deploy
    static.serve(app)


@pytest.fixture
def kept(phone: Callable[..., Page], address: str) -> Page:
    """A phone with its worker, ready to start without a network."""
    page = phone(worker=True)
    page.goto(f"{address}/capture#start")
    page.evaluate(READY)
    page.reload()
    page.wait_for_function("navigator.serviceWorker.controller")
    return page


def test_an_old_worker_with_a_new_server(
    kept: Page, walking: Callable[..., Walking], put: Callable[[str], None]
) -> None:
    hands = walking(kept)
    hands.see(FIRST)
    put("newer")
    assert kept.evaluate(NEWEST), "the newer worker waits for the visit to end"
    kept.reload()
    hands.see(SECOND)
    assert kept.evaluate(VERSION) == "older"
    hands.whole(taps=2)
    hands.finish()
    kept.wait_for_url("**/feedback/*", wait_until="commit")
    hands.whole(taps=2)


def test_a_new_worker_with_an_old_server(
    kept: Page, walking: Callable[..., Walking], put: Callable[[str], None], address: str
) -> None:
    put("newer")
    kept.goto(f"{address}/capture#start")
    kept.evaluate(NEWEST)
    kept.goto("about:blank")
    kept.goto(f"{address}/capture#start")  # nothing was open: the newer one has taken its turn
    kept.wait_for_function(f"({VERSION})() === 'newer'")
    hands = walking(kept)
    hands.see(FIRST)
    put("older")  # the server is rolled back
    kept.evaluate(NEWEST)
    kept.reload()
    hands.see(SECOND)
    assert kept.evaluate(VERSION) == "newer"
    hands.whole(taps=2)


def test_the_network_goes_and_the_server_changes_while_it_is_away(
    kept: Page, walking: Callable[..., Walking], put: Callable[[str], None]
) -> None:
    hands = walking(kept)
    hands.safe()
    kept.context.set_offline(True)
    hands.see(FIRST)
    put("newer")
    kept.reload()
    hands.see(SECOND)
    kept.context.set_offline(False)
    hands.nudge()
    hands.whole(taps=2)


def test_the_worker_never_touches_what_is_sent(
    kept: Page, walking: Callable[..., Walking], gate: Gate
) -> None:
    hands = walking(kept)
    assert kept.evaluate("Boolean(navigator.serviceWorker.controller)")
    hands.see(FIRST)
    hands.whole(taps=1)
    sent = {event["id"]: event for batch in gate.batches() for event in batch["events"]}
    assert sent == {entry["id"]: entry["event"] for entry in hands.store()}
    assert hands.said == []
    expect(hands.standing).to_contain_text("Safe at school")
