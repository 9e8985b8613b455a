"""The alignment editor with a script: found as one types, tied at once, by keyboard alone."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from playwright.sync_api import Page, Route, expect
from sqlalchemy import select

from models.alignment import Alignment
from models.base import db
from models.framework import Component
from tests.cast import Cast

pytestmark = [pytest.mark.browser, pytest.mark.only_sqlite]

Enter = Callable[..., Page]
REASON = "Groups that move show that the plan answers what students need."


@pytest.fixture
def editor(enter: Enter, address: str, cast: Cast) -> Page:
    """The coach has picked “Groups change during the visit or across the week”."""
    page = enter(cast.coach, viewport={"width": 1024, "height": 768})
    page.goto(f"{address}/alignments?look_for={cast.look_for('BL12').id}")
    return page


def tied(cast: Cast) -> set[str]:
    """The components of BL12 in the district’s framework, as they are kept."""
    db.session.rollback()
    rows = (
        select(Component.key)
        .join(Alignment, Alignment.component_id == Component.id)
        .where(
            Alignment.look_for_id == cast.look_for("BL12").id,
            Component.framework_id == cast.framework.id,
        )
    )
    return set(db.session.scalars(rows))


def test_it_is_tied_by_keyboard_alone_and_shows_at_once(editor: Page, cast: Cast) -> None:
    before = tied(cast)
    search = editor.get_by_label("Find a component")
    search.fill("engaging students")
    expect(editor.locator("#others .option:visible")).to_have_count(1)
    search.press("Enter")
    editor.keyboard.type(REASON)
    editor.keyboard.press("Enter")
    row = editor.locator("ul[data-tied] > li", has_text="Engaging Students in Learning")
    expect(row).to_contain_text(REASON)
    expect(editor.locator("[data-told]")).to_have_text("Tied.")
    expect(search).to_be_focused()
    expect(editor.locator("[aria-current=true] [data-count]")).to_have_text(str(len(before) + 1))
    assert tied(cast) == before | {"3c"}
    row.get_by_role("button").click()
    expect(row).to_have_count(0)
    assert tied(cast) == before


def test_what_could_not_be_kept_is_taken_back_with_the_words(editor: Page, cast: Cast) -> None:
    before = tied(cast)

    def refuse(route: Route) -> None:
        route.abort() if route.request.method == "POST" else route.continue_()

    editor.route("**/alignments*", refuse)
    editor.get_by_label("Find a component").fill("3c")
    editor.get_by_label("Engaging Students in Learning").check()
    editor.get_by_label("Why they belong together").fill(REASON)
    editor.get_by_role("button", name="Tie them").click()
    expect(editor.locator("[data-told]")).to_contain_text("Your words are still here")
    expect(editor.locator("ul[data-tied]")).not_to_contain_text("Engaging Students in Learning")
    expect(editor.get_by_label("Why they belong together")).to_have_value(REASON)
    assert tied(cast) == before


def test_the_list_of_look_fors_is_found_in_as_one_types(editor: Page) -> None:
    editor.get_by_label("Find", exact=True).first.fill("headphones talk")
    shown = editor.locator("#side-list > li:visible")
    expect(shown).to_have_count(1)
    editor.get_by_label("Find", exact=True).first.fill("nothing like it")
    expect(editor.get_by_text("Nothing matches these words.").first).to_be_visible()


def test_a_focus_takes_no_thirteenth(enter: Enter, address: str, cast: Cast) -> None:
    page = enter(cast.principal)
    page.goto(f"{address}/focus-sets/new")
    boxes = page.locator("#look_fors details").first.get_by_role("checkbox")
    for number in range(12):
        boxes.nth(number).check()
    expect(page.locator("[data-count]")).to_have_text("12 of 12")
    expect(boxes.nth(12)).to_be_disabled()
    boxes.nth(0).uncheck()
    expect(boxes.nth(12)).to_be_enabled()
