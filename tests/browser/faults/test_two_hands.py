"""One visit in two tabs, or on two devices, at the same time."""

from __future__ import annotations

import re
from collections.abc import Callable
from threading import Barrier, BrokenBarrierError

import pytest
from playwright.sync_api import Page, expect
from werkzeug.wrappers import Request, Response

from models.event import Event
from rules.capture import fold
from tests.browser.faults.gate import Gate
from tests.browser.faults.walk import FIRST, SECOND, Walking, gapless, held
from tests.cast import Cast

pytestmark = [pytest.mark.browser, pytest.mark.only_sqlite]

TAP = "(words) => [...document.querySelectorAll('.chip')].find(c => c.textContent.includes(words))"


def another_tab(hands: Walking) -> Walking:
    """The same visit, in a second tab of the same phone."""
    page = hands.page.context.new_page()
    page.set_default_timeout(20_000)
    other = Walking(page, hands.address, hands.author)
    page.goto(hands.page.url)
    other.chips.first.wait_for()
    return other


def counted(rows: list[Event]) -> int:
    """How often the school reads the one look-for as seen."""
    events = Event.of({row.walkthrough_id for row in rows}).values()
    (mark,) = (mark for walk in events for mark in fold(walk).marks)
    return len(mark.taps)


def tap_at_once(*hands: Walking) -> None:
    """Every screen is tapped within the same few milliseconds."""
    for one in hands:
        one.page.evaluate(f"setTimeout(() => ({TAP})({FIRST!r}).click(), 50)")
    for one in hands:
        one.page.wait_for_timeout(400)


def test_two_tabs_tapped_at_the_same_moment(walking: Callable[..., Walking]) -> None:
    hands = walking()
    other = another_tab(hands)
    for _ in range(4):
        tap_at_once(hands, other)
    seen = counted(hands.whole(taps=8))
    # where neither tab knew of the other’s first tap, both say “seen”, which is one mark
    assert seen in (7, 8)
    for one in (hands, other):
        name = one.chip(FIRST)
        expect(name).to_have_attribute("aria-label", re.compile(f"Seen {seen} times"))
        assert one.said == []


def test_two_tabs_send_the_same_taps_at_the_same_moment(
    walking: Callable[..., Walking], gate: Gate
) -> None:
    hands = walking()
    hands.safe()
    other = another_tab(hands)
    gate.answer(503, {"server": "crosswalk"})
    hands.see(FIRST)
    hands.see(SECOND)
    both = Barrier(2)

    def together(request: Request) -> Response | None:
        if request.path == "/sync":
            try:
                both.wait(5)
            except BrokenBarrierError:
                return None
        return None

    before = len(gate.batches())
    gate.fault = together
    hands.nudge()
    other.nudge()
    rows = hands.whole(taps=2)
    sent = [event["id"] for batch in gate.batches()[before:] for event in batch["events"]]
    assert len(sent) > len(set(sent)), "both tabs sent the same"
    assert len(rows) == 4


def test_a_tab_finishes_while_the_other_goes_on(walking: Callable[..., Walking]) -> None:
    hands = walking()
    other = another_tab(hands)
    other.finish()
    other.page.wait_for_url("**/feedback/*", wait_until="commit")
    hands.see(FIRST)
    rows = hands.whole(taps=1)
    assert [row.kind for row in rows][-2:] == ["finished", "look_for_marked"]


def test_two_devices_on_one_visit(
    phone: Callable[..., Page], walking: Callable[..., Walking], cast: Cast, address: str
) -> None:
    hands = walking()
    hands.see(FIRST, times=2)
    hands.safe()
    tablet = Walking(phone(), address, cast.principal.id)
    tablet.page.goto(f"{address}/")
    tablet.page.get_by_role("link", name="Go on with Ms. Okafor").click()
    name = tablet.chip(FIRST)
    expect(name).to_have_attribute("aria-label", re.compile("Seen 2 times"))
    tablet.see(SECOND)
    tablet.see(FIRST)
    hands.see(FIRST)
    tablet.whole()
    hands.whole()
    rows = held()
    gapless(rows)
    assert len({row.device for row in rows}) == 2
    assert len({row.walkthrough_id for row in rows}) == 1
    assert {row.author_id for row in rows} == {cast.principal.id}
    assert sum(row.kind.startswith("look_for_") for row in rows) == 5


def test_one_device_takes_back_what_the_other_marked(
    phone: Callable[..., Page], walking: Callable[..., Walking], cast: Cast, address: str
) -> None:
    hands = walking()
    hands.see(FIRST)
    hands.safe()
    tablet = Walking(phone(), address, cast.principal.id)
    tablet.page.goto(hands.page.url)
    expect(tablet.chip(FIRST)).to_have_attribute("aria-label", re.compile("Seen 1 time"))
    tablet.undo()
    tablet.whole(taps=1)
    expect(tablet.chip(FIRST)).not_to_have_attribute("aria-label", re.compile("Seen"))


def test_a_device_of_somebody_else_joins_nothing(
    phone: Callable[..., Page], walking: Callable[..., Walking], cast: Cast, address: str
) -> None:
    hands = walking()
    hands.see(FIRST)
    hands.safe()
    other = phone(cast.coach)
    other.goto(hands.page.url)
    expect(other.get_by_role("heading", level=1)).to_have_text("Start a visit")
    assert {row.author_id for row in held()} == {cast.principal.id}
