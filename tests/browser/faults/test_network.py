"""A network that lies, or loses what it carries."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from playwright.sync_api import expect

from tests.browser.faults.gate import Gate
from tests.browser.faults.walk import FIRST, SECOND, Walking, held
from tests.capture.phone import try_now

pytestmark = [pytest.mark.browser, pytest.mark.only_sqlite]

SAVED = "Saved on this phone"


def test_a_captive_portal_in_front_of_everything(
    walking: Callable[..., Walking], gate: Gate
) -> None:
    hands = walking()
    hands.safe()
    gate.portal()
    hands.see(FIRST)
    hands.finish()
    expect(hands.page.get_by_role("heading", level=1)).to_have_text(SAVED)
    assert len(held()) == 2
    gate.clear()
    try_now(hands.page)
    hands.page.wait_for_url("**/feedback/*", wait_until="commit")
    hands.whole(taps=1)


def test_the_line_is_cut_before_the_school_hears(
    walking: Callable[..., Walking], gate: Gate
) -> None:
    gate.lose_requests(2)
    hands = walking()
    hands.see(FIRST)
    hands.whole(taps=1)
    assert gate.faulted == 2


def test_the_line_is_cut_after_the_school_has_heard(
    walking: Callable[..., Walking], gate: Gate
) -> None:
    gate.lose_answers(2)
    hands = walking()
    hands.see(FIRST)
    rows = hands.whole(taps=1)
    assert gate.faulted == 2
    sent = [event["id"] for batch in gate.batches() for event in batch["events"]]
    assert len(sent) > len(rows) == len(set(sent)), "sent again, and stored once"


def test_no_network_from_the_second_tap_to_the_end(
    walking: Callable[..., Walking], gate: Gate
) -> None:
    hands = walking()
    hands.see(FIRST)
    hands.safe()
    hands.page.context.set_offline(True)
    hands.see(FIRST)
    hands.see(SECOND)
    hands.undo()
    hands.finish()
    expect(hands.page.get_by_role("heading", level=1)).to_have_text(SAVED)
    hands.page.context.set_offline(False)
    hands.page.wait_for_url("**/feedback/*", wait_until="commit")
    rows = hands.whole(taps=3)
    assert [row.kind for row in rows][-2:] == ["undone", "finished"]


def test_a_network_that_comes_and_goes_at_every_tap(
    walking: Callable[..., Walking], gate: Gate
) -> None:
    hands = walking()
    for turn in range(6):
        hands.page.context.set_offline(turn % 2 == 0)
        hands.see(FIRST if turn < 3 else SECOND)
    hands.page.context.set_offline(False)
    hands.nudge()
    hands.until(lambda: hands.states() == {"stored"})
    hands.whole(taps=6)
