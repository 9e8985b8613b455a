"""Sweep mode: its numbers, kept tap by tap and typed, and the check they lead to."""

import pytest
from playwright.sync_api import expect

from tests.capture.phone import Hands
from tests.capture.school import School

pytestmark = pytest.mark.browser


def test_an_open_sweep_survives_a_reload_tap_by_tap(school: School, hands: Hands) -> None:
    hands.start()
    hands.mode("Sweep")
    hands.count("Talking with a classmate", 3)
    hands.count("In headphones", 2)
    hands.page.reload()
    expect(hands.page.get_by_role("button", name="Save 5 of 24")).to_be_visible()
    assert hands.counted() == [3, 0, 2, 0, 0, 0, 0]
    hands.undo()
    assert hands.counted() == [3, 0, 1, 0, 0, 0, 0]
    hands.page.get_by_role("button", name="left: put in").click()
    hands.page.locator("#rest").get_by_role("button", name="Silent on a device").click()
    hands.page.get_by_role("button", name="Save 24 of 24").click()
    assert hands.counted() == [0] * 7
    expect(hands.dock).to_contain_text("Sweep 1 saved")
    hands.safe()
    (sweep,) = school.of("sweep_taken")
    assert (sweep["data"]["counts"]["device"], sweep["data"]["counts"]["headphones"]) == (20, 1)
    assert sweep["data"]["began_at"] < sweep["at"]


def test_more_than_the_class_is_offered_as_the_class(school: School, hands: Hands) -> None:
    hands.start()
    hands.mode("Sweep")
    inputs = hands.page.locator("section[aria-labelledby=sweep-now] input")
    inputs.nth(0).fill("26")
    inputs.nth(0).press("Tab")
    hands.page.get_by_role("button", name="26 in class?").click()
    expect(hands.page.get_by_role("button", name="26 in class", exact=True)).to_be_visible()
    hands.page.get_by_role("button", name="Save 26 of 26").click()
    hands.finish()
    hands.page.wait_for_url("**/walkthroughs/*")
    hands.start()
    hands.mode("Sweep")
    expect(hands.page.get_by_role("button", name="26 in class", exact=True)).to_be_visible()
    hands.safe()
    assert school.of("context_set")[-1]["data"]["present"] == 26


def test_a_number_that_is_being_typed_is_not_painted_over(hands: Hands) -> None:
    hands.start()
    hands.mode("Sweep")
    typed = hands.stepper("In headphones").locator("input")
    typed.fill("12")
    # something else is kept meanwhile, and the field stays focused
    hands.page.evaluate("document.querySelector('.btn.talk').click()")
    expect(hands.dock).to_contain_text("built on")
    expect(typed).to_have_value("12")
    typed.press("Tab")
    assert hands.counted()[2] == 12


def test_a_number_counts_when_a_finger_leaves_its_field_focused(
    school: School, hands: Hands
) -> None:
    hands.start()
    hands.mode("Sweep")
    hands.stepper("In headphones").locator("input").fill("12")
    # an iPhone tells no change when a button is touched
    hands.page.evaluate("""() => {
      const save = [...document.querySelectorAll('.dock .go')].find(b => b.checkVisibility());
      save.dispatchEvent(new PointerEvent('pointerdown', { bubbles: true }));
      save.click();
    }""")
    expect(hands.dock).to_contain_text("Sweep 1 saved")
    hands.safe()
    assert school.of("sweep_taken")[0]["data"]["counts"]["headphones"] == 12


def test_a_short_sweep_is_kept_and_says_what_it_lacks(hands: Hands) -> None:
    hands.start()
    hands.mode("Sweep")
    hands.sweep([3, 2, 0, 0, 0, 0, 0])
    expect(hands.page.locator(".strip")).to_contain_text("needs 20 of 24 to count")


def test_after_three_sweeps_two_questions_are_asked_and_none_is_an_answer(
    school: School, hands: Hands
) -> None:
    hands.start()
    hands.mode("Sweep")
    for _ in range(3):
        hands.sweep([0, 1, 20, 3, 0, 0, 0])
    hands.page.get_by_role("button", name="None", exact=True).click()
    hands.page.get_by_role("button", name="No", exact=True).click()
    expect(hands.page.locator(".dock .questions")).to_be_hidden()
    hands.safe()
    assert [event["data"] for event in school.of("structure_seen")] == [{"structure": "none"}]
    assert [event["data"] for event in school.of("uptake_heard")] == [{"none": True}]
    hands.page.get_by_role("button", name="Finish", exact=True).click()
    hands.page.wait_for_url("**/walkthroughs/*")


def test_the_check_leans_and_says_so(hands: Hands) -> None:
    hands.start()
    hands.mode("Sweep")
    hands.sweep([0, 1, 20, 3, 0, 0, 0])
    hands.mode("Check")
    expect(hands.page.locator(".verdict.big")).to_have_text("Displaced")
    expect(hands.page.locator("#main")).to_contain_text("For now. 1 of 3 sweeps count")
    expect(hands.page.locator(".dock")).to_contain_text("2 more sweeps make it firm")
    tab = hands.page.locator(".tabs").get_by_role("link", name="Check")
    expect(tab).to_have_accessible_name("Check, Displaced for now")


def test_an_observer_may_see_it_otherwise_with_a_reason(school: School, hands: Hands) -> None:
    hands.start()
    hands.mode("Check")
    hands.page.get_by_text("You saw it otherwise").click()
    hands.page.locator(".ask:visible .btn", has_text="Preserved").click()
    hands.page.locator("#why").fill("The seminar was next door.")
    hands.page.get_by_role("button", name="Keep your verdict").click()
    expect(hands.page.locator("#main")).to_contain_text("Yours now: preserved")
    hands.safe()
    expected = {"verdict": "preserved", "reason": "The seminar was next door."}
    assert [event["data"] for event in school.of("verdict_overridden")] == [expected]


def test_topics_are_all_the_same_or_groups_by_size(school: School, hands: Hands) -> None:
    hands.start()
    hands.mode("Sweep")
    hands.page.get_by_role("button", name="All the same").click()
    hands.page.get_by_role("button", name="Several groups").click()
    for name, size in (("Group 1", 9), ("Group 2", 6)):
        field = hands.stepper(name).locator("input")
        field.fill(str(size))
        field.press("Tab")
    hands.count("Each on a topic of their own", 3)
    expect(hands.page.locator("#main")).to_contain_text("5 topics, 18 of 24 students placed")
    hands.page.get_by_role("button", name="Keep these topics").click()
    hands.safe()
    sizes = [event["data"]["sizes"] for event in school.of("topics_grouped")]
    assert sizes == [[24], [9, 6, 1, 1, 1]]
