"""Look-fors mode: a tap, its marks, what is heard of it, and finding and grouping them."""

import re

import pytest
from playwright.sync_api import expect

from tests.capture.kit import BUILD, GROUP
from tests.capture.phone import Hands
from tests.capture.school import School

pytestmark = pytest.mark.browser


def test_a_second_tap_within_a_third_of_a_second_is_a_tremor(hands: Hands) -> None:
    hands.start()
    hands.chip(BUILD).dblclick(delay=20)
    expect(hands.dock).to_contain_text("Seen at")
    assert hands.chip(BUILD).locator("xpath=..").get_attribute("data-n") == "1"
    hands.see(BUILD)
    assert hands.chip(BUILD).locator("xpath=..").get_attribute("data-n") == "2"
    expect(hands.dock).to_contain_text("2 times")


@pytest.mark.parametrize("way", ["button", "long press"])
def test_the_other_marks_wait_behind_a_button_and_a_long_press(
    school: School, hands: Hands, way: str
) -> None:
    hands.start()
    chip = hands.chip(BUILD)
    before = chip.bounding_box()
    if way == "button":
        hands.page.get_by_role("button", name="Other marks for 3b, " + BUILD).click()
    else:
        chip.hover()
        hands.page.mouse.down()
        hands.page.wait_for_timeout(600)
        hands.page.mouse.up()
    hands.page.get_by_role("button", name="No chance to see").click()
    expect(hands.page.locator("#marks")).to_be_hidden()
    expect(hands.dock).to_contain_text("No chance to see")
    assert chip.bounding_box() == before
    hands.safe()
    assert [event["data"]["mark"] for event in school.of("look_for_marked")] == ["no_chance"]


def test_a_tap_moves_nothing_on_the_list(hands: Hands) -> None:
    hands.start()
    chips = hands.page.locator(".chip:visible")
    before = [chips.nth(i).bounding_box() for i in range(4)]
    for words in (BUILD, GROUP):
        hands.see(words, times=2)
    hands.page.get_by_role("button", name="Other marks for 3e").click()
    hands.page.get_by_role("button", name="Not applicable").click()
    assert [chips.nth(i).bounding_box() for i in range(4)] == before


def test_a_screen_reader_hears_the_code_the_words_and_the_count(hands: Hands) -> None:
    hands.start()
    hands.see(BUILD, times=2)
    name = re.compile(rf"^Component 3b, {BUILD}.* Seen 2 times, last at \d+:\d\d$")
    expect(hands.page.get_by_role("button", name=name)).to_be_visible()


def test_find_filters_in_place_by_words_code_and_standard(hands: Hands) -> None:
    hands.start()
    field = hands.page.get_by_role("searchbox", name="Find a look-for")
    field.fill("log-in")
    expect(hands.chips).to_have_count(1)
    field.fill("2a")
    expect(hands.chips).to_have_count(2)
    field.fill("questioning and discussion")
    expect(hands.chips).to_have_count(4)
    field.fill("")
    expect(hands.chip(BUILD)).to_be_visible()


def test_look_fors_group_by_the_districts_own_standards_and_remember_it(hands: Hands) -> None:
    hands.start()
    hands.page.get_by_role("button", name="By Core Four").click()
    hands.page.get_by_role("button", name="By the standards of Danielson 2022").click()
    groups = [
        "Planning and preparation",
        "Learning environments",
        "Learning experiences",
        "Watch-outs",
    ]
    expect(hands.page.locator(".group summary > span:first-of-type")).to_have_text(groups)
    hands.page.reload()
    expect(hands.page.locator(".group summary > span:first-of-type")).to_have_text(groups)
