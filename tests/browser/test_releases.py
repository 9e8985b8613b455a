"""A newer release never changes a visit in progress, and a worker keeps its listed files alone."""

from __future__ import annotations

import re
import shutil
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from flask import Flask
from playwright.sync_api import Page, expect

from blueprints.kit import static
from tests.browser.prepared import anew, begin, kept, listed, prepared, stored, until
from tests.cast import Cast

pytestmark = [pytest.mark.browser, pytest.mark.only_sqlite]

Enter = Callable[..., Page]


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
