"""The tab, or the whole browser, is killed at each write: what was kept is there, and only once."""

from __future__ import annotations

import os
import threading
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path

import pytest
from playwright.sync_api import Browser, BrowserContext, Error, expect
from werkzeug.wrappers import Request, Response

import manage
from models.base import db
from tests.browser.faults.gate import Gate, said
from tests.browser.faults.kill import browser_of, kill, processes
from tests.browser.faults.walk import FIRST, SECOND, Walking
from tests.browser.stage import let_in
from tests.cast import Cast
from tests.chromium import PHONE, flags
from tests.page import Visitor

pytestmark = [pytest.mark.browser, pytest.mark.only_sqlite]

# At the moment asked for, the page calls out and waits; it is killed before it gets an answer.
DIE = """(moment) => {
  const die = () => {
    const call = new XMLHttpRequest();
    call.open("POST", "/kill", false);
    call.send();
  };
  if (moment === "before the write") {
    IDBObjectStore.prototype.put = die;
  } else if (moment === "before the commit is heard of") {
    const put = IDBObjectStore.prototype.put;
    IDBObjectStore.prototype.put = function (...given) {
      const request = put.apply(this, given);
      request.addEventListener("success", die);
      return request;
    };
  } else {
    const open = IDBDatabase.prototype.transaction;
    IDBDatabase.prototype.transaction = function (stores, mode, ...given) {
      const tx = open.call(this, stores, mode, ...given);
      if (mode === "readwrite") tx.addEventListener("complete", die);
      return tx;
    };
  }
}"""
BEFORE = "before the write"
UNHEARD = "before the commit is heard of"
AFTER = "right after the commit"


@pytest.fixture
def dies(gate: Gate) -> Callable[[Walking, str], None]:
    """Sets the moment at which the tab of this visit is killed."""

    def at(hands: Walking, moment: str) -> None:
        renderers = processes(hands.page, "renderer")

        def fatal(request: Request) -> Response | None:
            if request.path != "/kill":
                return None
            kill(renderers)
            return said(200, {})

        gate.fault = fatal
        hands.page.evaluate(DIE, moment)

    return at


def tap(hands: Walking, words: str) -> None:
    """A tap that the page does not outlive."""
    crashed = threading.Event()
    hands.page.on("crash", lambda _page: crashed.set())
    hands.page.wait_for_timeout(360)
    with suppress(Error):
        hands.chip(words).click(timeout=5_000)
    for _ in range(50):
        if crashed.is_set():
            return
        with suppress(Error):
            hands.page.wait_for_timeout(100)
    raise AssertionError("the tab is still alive")


def anew(hands: Walking, context: BrowserContext) -> Walking:
    """The same phone, in a new tab."""
    page = context.new_page()
    hands.page = page
    page.goto(f"{hands.address}/capture")
    hands.chips.first.wait_for()
    return hands


@pytest.mark.parametrize(
    ("moment", "taps"), [(BEFORE, 2), (UNHEARD, 3), (AFTER, 3)], ids=lambda value: str(value)
)
def test_the_tab_is_killed(
    walking: Callable[..., Walking],
    dies: Callable[[Walking, str], None],
    gate: Gate,
    moment: str,
    taps: int,
) -> None:
    hands = walking()
    hands.see(FIRST, times=2)
    hands.safe()
    hands.marks()  # no other write is to come: the tap’s own is the one not outlived
    context = hands.page.context
    dies(hands, moment)
    tap(hands, SECOND)
    gate.clear()
    hands.page.close()
    hands = anew(hands, context)
    hands.whole(taps=taps)
    hands.see(SECOND)
    hands.whole(taps=taps + 1)


def test_the_whole_browser_is_killed_right_after_a_tap(
    chromium: Browser,
    visit: Callable[..., Visitor],
    cast: Cast,
    address: str,
    tmp_path: Path,
) -> None:
    def switched_on() -> BrowserContext:
        context: BrowserContext = chromium.browser_type.launch_persistent_context(
            tmp_path / "profile",
            executable_path=manage.chromium(),
            args=flags(os.geteuid()),
            service_workers="block",
            **PHONE,
        )
        db.session.rollback()
        let_in(context.pages[0], visit(cast.principal), address)
        context.set_default_timeout(20_000)
        return context

    context = switched_on()
    hands = Walking(context.pages[0], address, cast.principal.id)
    hands.start()
    hands.safe()
    context.set_offline(True)
    hands.see(FIRST)
    hands.see(SECOND)
    expect(hands.standing).to_contain_text("Saved on this phone")
    kill(browser_of(tmp_path / "profile"))
    with suppress(Error):
        context.close()
    context = switched_on()
    hands.page = context.pages[0]
    hands.page.goto(f"{address}/capture")
    hands.chips.first.wait_for()
    hands.whole(taps=2)
    context.close()
