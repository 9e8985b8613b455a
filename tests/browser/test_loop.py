"""The whole loop on a phone, with a real browser against a real server and database."""

from __future__ import annotations

from collections.abc import Callable
from io import BytesIO

import pytest
from playwright.sync_api import Page, expect
from pypdf import PdfReader

from tests.capture.phone import Hands
from tests.cast import Cast

pytestmark = pytest.mark.browser

Enter = Callable[..., Page]


def walk(page: Page, address: str) -> None:
    """From Today: start in two taps, look-fors, three sweeps two minutes apart, check, finish."""
    hands = Hands(page, address)
    page.get_by_role("link", name="Start a visit with Ms. Okafor").click()
    page.get_by_role("button", name="Start", exact=True).click()
    expect(hands.chips.first).to_be_visible()
    hands.see("Students on every path can say", times=2)
    hands.mode("Sweep")
    for counts in ([6, 4, 4, 8, 0, 1, 1], [3, 4, 6, 9, 0, 1, 1], [2, 3, 7, 10, 0, 1, 1]):
        hands.sweep(counts)
        page.clock.fast_forward("02:30")
    hands.mode("Check")
    expect(page.locator("main")).to_contain_text("At risk")
    hands.finish()
    page.wait_for_url("**/feedback/*")
    assert hands.said == []


def test_walk_check_share_read_reply_and_download(enter: Enter, cast: Cast, address: str) -> None:
    principal = enter(cast.principal)
    principal.clock.install()
    walk(principal, address)
    expect(principal.get_by_role("heading", level=1)).to_have_text("Feedback for Ms. Okafor")
    first = principal.locator("textarea").first
    first.fill(first.input_value() + " Thank you for having me.")
    principal.get_by_role("link", name="Share with Ms. Okafor").click()
    principal.get_by_role("button", name="Share", exact=True).click()
    expect(principal.get_by_role("status")).to_contain_text("Shared with Ms. Okafor")

    teacher = enter(cast.teacher)
    teacher.get_by_role("link", name="Read").first.click()
    expect(teacher.get_by_role("heading", level=1)).to_have_text("Your Math 7")
    expect(teacher.locator("article.letter")).to_contain_text("Thank you for having me.")
    expect(teacher.locator("article.letter")).to_contain_text("At risk")
    teacher.get_by_label("Your words").fill("We discussed it in the last ten minutes.")
    teacher.get_by_role("button", name="Send reply").click()
    expect(teacher.get_by_role("status")).to_contain_text("Your words stay")
    answer = teacher.context.request.get(f"{teacher.url}.pdf")
    words = " ".join(page.extract_text() for page in PdfReader(BytesIO(answer.body())).pages)
    assert "For Ms. Okafor" in words
    assert "We discussed it in the last ten minutes." in words

    principal.goto(f"{address}/")
    expect(principal.get_by_role("region", name="Came back")).to_contain_text("Ms. Okafor")
