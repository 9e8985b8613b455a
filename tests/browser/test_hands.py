"""The writing page and the letter under real hands: by keyboard, and when the hands forget."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from flask import Flask
from playwright.sync_api import Locator, Page, expect

from models.person import Person
from tests.browser.stage import Stage, let_in
from tests.cast import Cast
from tests.chromium import Open
from tests.page import Visitor

pytestmark = [pytest.mark.browser, pytest.mark.only_sqlite]

MOST_TABS = 60


@pytest.fixture
def at(tab: Open, address: str, app: Flask) -> Callable[..., Page]:
    """Somebody at a computer, with a page open."""

    def open_page(person: Person, path: str, **device: object) -> Page:
        page = tab(viewport={"width": 1280, "height": 844}, is_mobile=False, **device)
        let_in(page, Visitor(app, person), address)
        page.goto(address + path)
        return page

    return open_page


def tab_to(page: Page, wanted: Locator) -> None:
    """Press Tab until something has the focus, and see that it shows."""
    for _ in range(MOST_TABS):
        page.keyboard.press("Tab")
        if wanted.evaluate("element => element === document.activeElement"):
            expect(wanted).to_be_in_viewport()
            return
    pytest.fail(f"{wanted} is not reached by {MOST_TABS} Tabs")


def test_a_draft_is_written_linked_and_shared_by_keyboard(
    at: Callable[..., Page], stage: Stage, cast: Cast
) -> None:
    page = at(cast.principal, stage.draft())
    first = page.get_by_label("What was strong, sentence 1", exact=True)
    tab_to(page, first)
    page.keyboard.press("Control+a")
    page.keyboard.type("You gave every pair one question.")
    sentence = page.locator(".sent").first
    tab_to(page, sentence.locator("summary"))
    page.keyboard.press("Enter")
    box = sentence.locator("input").last
    tab_to(page, box)
    page.keyboard.press("Space")
    expect(sentence.locator("summary .ref").last).to_have_text(box.get_attribute("value") or "")
    tab_to(page, page.get_by_role("link", name="Share with Ms. Okafor"))
    page.keyboard.press("Enter")
    tab_to(page, page.get_by_role("button", name="Share", exact=True))
    page.keyboard.press("Enter")
    expect(page.get_by_role("status")).to_contain_text("Shared with Ms. Okafor")
    expect(page.locator("article.letter")).to_contain_text("You gave every pair one question.")


def test_a_letter_is_answered_by_keyboard(
    at: Callable[..., Page], stage: Stage, cast: Cast
) -> None:
    page = at(cast.teacher, stage.shared())
    tab_to(page, page.get_by_role("button", name="I’ve read this"))
    page.keyboard.press("Enter")
    expect(page.get_by_role("status")).to_contain_text("can see that you have read it")
    send = page.get_by_role("button", name="Send reply")
    tab_to(page, send)
    page.keyboard.press("Enter")
    words = page.get_by_label("Your words")
    expect(words).to_be_focused()
    page.keyboard.type("We talked it over in the last ten minutes.")
    tab_to(page, send)
    page.keyboard.press("Enter")
    expect(page.get_by_role("region", name="What you wrote")).to_contain_text("last ten minutes")


def test_what_is_typed_is_kept_without_a_button(
    at: Callable[..., Page], stage: Stage, cast: Cast
) -> None:
    page = at(cast.principal, stage.draft())
    first = page.locator("textarea").first
    first.fill("Half a thought, and the bell rings.")
    expect(page.locator("[data-kept]")).to_contain_text("Safe at school, ")
    page.reload()
    expect(first).to_have_value("Half a thought, and the bell rings.")
    expect(page.locator(".notice")).to_have_count(0)


def test_words_that_cannot_be_sent_stay_on_the_page_and_go_later(
    at: Callable[..., Page], stage: Stage, cast: Cast
) -> None:
    page = at(cast.principal, stage.draft())
    page.context.set_offline(True)
    page.locator("textarea").first.fill("Typed in the stairwell.")
    kept = page.locator("[data-kept]")
    expect(kept).to_contain_text("Not sent yet")
    page.context.set_offline(False)
    expect(kept).to_contain_text("Safe at school, ")


def test_a_sentence_whose_last_link_goes_is_counted_at_once(
    at: Callable[..., Page], stage: Stage, cast: Cast
) -> None:
    page = at(cast.principal, stage.draft())
    expect(page.locator("[data-bare]")).to_have_text("Every sentence has evidence")
    sentence = page.locator(".sent").first
    sentence.locator("summary").click()
    for box in sentence.locator("input:checked").all():
        box.uncheck()
    expect(page.locator("[data-bare]")).to_have_text("1 sentence has no evidence yet")
