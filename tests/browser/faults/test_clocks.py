"""Clocks that are wrong, or change while a visit is open."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from itertools import pairwise

import pytest
from playwright.sync_api import Page, expect

from models.event import Event
from rules.capture import Observed, fold
from tests.browser.faults.walk import FIRST, Walking

pytestmark = [pytest.mark.browser, pytest.mark.only_sqlite]

MORNING = datetime(2026, 11, 24, 15, 0, tzinfo=UTC)
HOUR = timedelta(hours=1)
ROOM = (6, 4, 4, 8, 0, 1, 1)


class Clock:
    """The wall clock of one phone, and the time that really passes."""

    def __init__(self, page: Page, at: datetime) -> None:
        self.page = page
        page.clock.install(time=at)

    def passes(self, minutes: int) -> None:
        """Time goes by, for every clock."""
        self.page.clock.run_for(minutes * 60_000)

    def is_set(self, by: timedelta) -> None:
        """Somebody, or the network, sets the wall clock."""
        shown = self.page.evaluate("Date.now()")
        self.page.clock.set_system_time(datetime.fromtimestamp(shown / 1000, UTC) + by)


def three_sweeps(hands: Walking, clock: Clock, between: Callable[[], None]) -> None:
    """Sweeps two minutes apart; something happens after the first."""
    hands.mode("Sweep")
    for turn in (1, 2, 3):
        hands.sweep(ROOM)
        expect(hands.dock).to_contain_text(f"Sweep {turn} saved")
        if turn == 1:
            between()
        clock.passes(2)
    hands.nudge()  # what was being kept when the minutes leapt ran out of time, and is tried again


def observed(rows: list[Event]) -> Observed:
    """What the school makes of it."""
    [events] = Event.of({row.walkthrough_id for row in rows}).values()
    return fold(events)


def gaps(rows: list[Event]) -> list[int]:
    """Whole minutes between sweeps."""
    began = [sweep.began_at for sweep in observed(rows).sweeps]
    return [round((b - a) / timedelta(minutes=1)) for a, b in pairwise(began)]


def test_a_phone_an_hour_fast(phone: Callable[..., Page], walking: Callable[..., Walking]) -> None:
    page = phone()
    clock = Clock(page, datetime.now(UTC) + HOUR)
    hands = walking(page)
    three_sweeps(hands, clock, lambda: None)
    rows = hands.whole()
    assert gaps(rows) == [2, 2]
    assert all(sweep.counted for sweep in observed(rows).sweeps)
    assert {row.received_at < row.at for row in rows} == {True}, "the school keeps its own time"


@pytest.mark.parametrize("by", [-HOUR, HOUR], ids=["back", "forward"])
def test_a_clock_set_during_the_visit(
    phone: Callable[..., Page], walking: Callable[..., Walking], by: timedelta
) -> None:
    page = phone()
    clock = Clock(page, MORNING)
    hands = walking(page)
    hands.see(FIRST)
    three_sweeps(hands, clock, lambda: clock.is_set(by))
    hands.mode("Look-fors")
    hands.mark(FIRST, "Not seen")
    rows = hands.whole()
    assert [row.at for row in rows] == sorted(row.at for row in rows)
    assert gaps(rows) == [2, 2]
    assert [mark.mark for mark in observed(rows).marks] == ["not_seen"], "the last word stands"


def test_a_clock_set_back_while_the_tab_was_closed(
    phone: Callable[..., Page], walking: Callable[..., Walking]
) -> None:
    page = phone()
    clock = Clock(page, MORNING)
    hands = walking(page)
    hands.see(FIRST)
    clock.passes(3)
    clock.is_set(-HOUR)
    page.reload()
    hands.mark(FIRST, "Not seen")
    hands.nudge()
    rows = hands.whole()
    assert [mark.mark for mark in observed(rows).marks] == ["not_seen"]
