"""Answers that are not the one hoped for: each keeps every tap, and lets it go once all is well."""

from __future__ import annotations

from collections.abc import Callable
from time import monotonic

import pytest
from playwright.sync_api import expect
from werkzeug.wrappers import Request, Response

from tests.browser.faults.gate import PORTAL, Gate, said
from tests.browser.faults.walk import FIRST, SECOND, Walking

pytestmark = [pytest.mark.browser, pytest.mark.only_sqlite]

SAVED = "Saved on this phone"
OURS = {"server": "crosswalk", "reason": "Not now."}


@pytest.mark.parametrize(
    ("status", "body"),
    [
        (200, PORTAL),
        (200, {"results": []}),
        (302, ""),
        (401, OURS),
        (403, OURS),
        (409, OURS),
        (429, OURS),
        (500, "<h1>Internal Server Error</h1>"),
        (500, OURS),
        (502, "<h1>Bad gateway</h1>"),
        (503, OURS),
        (507, OURS),
    ],
    ids=lambda value: value if isinstance(value, int) else type(value).__name__,
)
def test_an_answer_other_than_our_word_for_each_tap_lets_no_tap_go(
    walking: Callable[..., Walking], gate: Gate, status: int, body: object
) -> None:
    hands = walking()
    hands.safe()
    gate.answer(status, body, Location="/guest-network")
    hands.see(FIRST)
    hands.until(lambda: gate.faulted)
    hands.see(SECOND)
    expect(hands.standing).to_contain_text(SAVED)
    assert [entry["state"] for entry in hands.store()] == ["stored"] * 2 + ["waiting"] * 2
    gate.clear()
    hands.nudge()
    hands.whole(taps=2)
    assert hands.said == []


@pytest.mark.parametrize("status", [429, 503, 507])
def test_a_school_that_asks_for_time_gets_it(
    walking: Callable[..., Walking], gate: Gate, status: int
) -> None:
    hands = walking()
    hands.safe()
    asked: list[float] = []

    def busy(request: Request) -> Response | None:
        if request.path != "/sync":
            return None
        asked.append(monotonic())
        return said(status, OURS, Retry_After="3") if len(asked) == 1 else None

    gate.fault = busy
    hands.see(FIRST)
    hands.until(lambda: asked)
    hands.nudge()  # a good moment, and still too early
    hands.see(SECOND)
    hands.whole(taps=2)
    assert asked[1] - asked[0] >= 3


def test_a_batch_too_large_is_halved_until_it_fits(
    walking: Callable[..., Walking], gate: Gate
) -> None:
    hands = walking()
    hands.safe()
    gate.answer(503, OURS)
    for _ in range(3):
        hands.see(FIRST)
        hands.see(SECOND)
    before = len(gate.batches())

    def small(request: Request) -> Response | None:
        if request.path != "/sync" or len(gate.batches()[-1]["events"]) <= 2:
            return None
        return said(413, OURS)

    gate.fault = small
    hands.nudge()
    hands.whole(taps=6)
    assert max(len(one["events"]) for one in gate.batches()[before:]) > 2
    assert gate.faulted > 1


def test_one_poisoned_tap_never_blocks_the_others(
    walking: Callable[..., Walking], gate: Gate
) -> None:
    hands = walking()
    hands.safe()
    poison: list[str] = []

    def picky(request: Request) -> Response | None:
        if request.path != "/sync":
            return None
        events = gate.batches()[-1]["events"]
        poison.extend(e["id"] for e in events if e["kind"] == "look_for_counted" and not poison)
        return said(400, OURS) if any(e["id"] in poison for e in events) else None

    gate.fault = picky
    hands.see(FIRST, times=2)
    hands.see(SECOND)
    hands.until(lambda: hands.states() == {"stored", "refused"})
    refused = [entry for entry in hands.store() if entry["state"] == "refused"]
    assert [entry["id"] for entry in refused] == poison
    assert refused[0]["reason"] == OURS["reason"]
    assert refused[0]["event"]["kind"] == "look_for_counted", "kept whole, for repair"
