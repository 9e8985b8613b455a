"""A whole visit on the capture screen, and each of its modes."""

import re

import pytest
from playwright.sync_api import expect

from tests.capture.phone import Hands
from tests.capture.school import School

pytestmark = pytest.mark.browser

BUILD = "Students build on each other’s ideas"
GROUP = "Teacher works with a group"


def test_a_visit_starts_in_two_taps_and_arrives_whole(school: School, hands: Hands) -> None:
    hands.start()
    hands.see(BUILD, times=2)
    hands.see(GROUP)
    hands.mode("Sweep")
    hands.sweep([3, 5, 4, 9, 0, 2, 1])
    hands.mode("Students")
    hands.page.locator(".ask .btn:visible").nth(0).click()
    hands.mode("Notes")
    hands.page.locator("#note").fill("“Why did you subtract first?”")
    hands.page.get_by_role("button", name="Keep this note").click()
    hands.finish()
    hands.page.wait_for_url("**/walkthroughs/*")
    walk = hands.page.url.rsplit("/", 1)[1]
    events = sorted(school.events.values(), key=lambda event: event["seq"])
    assert [event["kind"] for event in events] == [
        "started",
        "context_set",
        "look_for_marked",
        "look_for_counted",
        "look_for_marked",
        "sweep_taken",
        "student_asked",
        "note_written",
        "finished",
    ]
    assert [event["seq"] for event in events] == list(range(1, 10))
    assert {event["walkthrough"] for event in events} == {walk}
    assert len({event["device"] for event in events}) == 1
    assert all(
        re.fullmatch(r"[0-9a-f]{8}-[0-9a-f]{4}-7[0-9a-f]{3}-[89ab].*", e["id"]) for e in events
    )
    assert [event["id"] for event in events] == sorted(event["id"] for event in events)
    elapsed = [event["elapsed_ms"] for event in events]
    assert elapsed == sorted(elapsed)


def test_what_is_sent_has_the_agreed_shape(school: School, hands: Hands) -> None:
    hands.start()
    hands.see(BUILD)
    hands.mode("Sweep")
    hands.sweep([3, 5, 4, 9, 0, 2, 1])
    hands.safe()
    (started,) = school.of("started")
    assert started["data"] == {
        "teacher": "t-okafor",
        "class": "c-math7",
        "purpose": "walkthrough",
        "framework": "f-1",
        "sets": ["set-1"],
        "focus": ["l-DP01", "l-DP02", "l-BL01", "l-BL02"],
    }
    assert school.of("context_set")[0]["data"] == {"present": 24, "subject": "Math", "grade": "7"}
    (sweep,) = school.of("sweep_taken")
    assert sweep["data"]["counts"] == {
        "peer": 3,
        "teacher": 5,
        "headphones": 4,
        "device": 9,
        "listening": 0,
        "quiet": 2,
        "other": 1,
    }
    assert sweep["data"]["present"] == 24
    assert sweep["data"]["began_at"] <= sweep["at"]


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


def test_undo_steps_back_through_every_mode(school: School, hands: Hands) -> None:
    hands.start()
    hands.see(BUILD, times=2)
    hands.mode("Sweep")
    hands.sweep([3, 5, 4, 9, 0, 2, 1])
    hands.mode("Students")
    hands.page.locator(".ask .btn:visible").nth(0).click()
    hands.undo()
    expect(hands.page.locator(".ask :checked:visible")).to_have_count(0)
    hands.undo()
    expect(hands.dock).to_contain_text("Taken back")
    hands.mode("Look-fors")
    hands.undo()
    expect(hands.dock).to_contain_text("Back to 1 time")
    hands.undo()
    expect(hands.dock).to_contain_text("Not marked any more")
    expect(hands.page.locator("[data-undo]")).to_be_disabled()
    hands.safe()
    assert len(school.of("undone")) == 4
    assert len(school.events) == 2 + 4 + 4


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


def test_students_have_letters_and_their_answers_can_be_changed(
    school: School, hands: Hands
) -> None:
    hands.start()
    hands.mode("Students")
    hands.page.locator(".ask .btn:visible", has_text="Clear").first.click()
    hands.page.locator(".ask .btn:visible", has_text="Partly").first.click()
    hands.page.locator("#quote").fill("It’s on the board.")
    hands.page.get_by_role("button", name="Student B").click()
    expect(hands.page.locator("#quote")).to_have_value("")
    hands.page.get_by_role("button", name="Student A").click()
    expect(hands.page.locator("#quote")).to_have_value("It’s on the board.")
    hands.safe()
    last = school.of("student_asked")[-1]["data"]
    assert last == {"student": "A", "now": "partly", "quote": "It’s on the board."}


def test_a_note_goes_with_the_last_look_for_and_can_be_reworded(
    school: School, hands: Hands
) -> None:
    hands.start()
    hands.see(GROUP)
    hands.mode("Notes")
    hands.page.locator("#note").fill("Four students, one need")
    hands.page.locator(".ask .btn", has_text="Teacher").click()
    hands.page.locator(".ask .btn", has_text="Strength").click()
    hands.page.get_by_role("button", name="Keep this note").click()
    hands.page.get_by_role("button", name="Edit the note").click()
    hands.page.locator("#note").fill("Four students, one need: signs")
    hands.page.get_by_role("button", name="Keep this wording").click()
    expect(hands.page.locator(".tl .said")).to_have_text(["Four students, one need: signs"])
    hands.safe()
    first, second = (event["data"] for event in school.of("note_written"))
    assert first["note"] == second["note"]
    assert second | {"note": ""} == {
        "note": "",
        "text": "Four students, one need: signs",
        "speaker": "teacher",
        "look_fors": ["l-BL01"],
        "components": [],
        "slot": "strength",
    }


def test_the_timeline_takes_back_one_thing_of_long_ago(school: School, hands: Hands) -> None:
    hands.start()
    hands.see(BUILD)
    hands.see(GROUP)
    hands.mode("Notes")
    hands.page.get_by_role("button", name=f"Undo: {BUILD}").click()
    expect(hands.page.locator(".tl > li")).to_have_count(1)
    hands.mode("Look-fors")
    assert hands.chip(BUILD).locator("xpath=..").get_attribute("data-m") is None
    assert hands.chip(GROUP).locator("xpath=..").get_attribute("data-m") == "seen"


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


def test_the_lesson_is_described_key_by_key(school: School, hands: Hands) -> None:
    hands.start()
    hands.page.get_by_role("button", name="About this lesson").click()
    sheet = hands.page.locator("#lesson")
    sheet.get_by_label("Part of the lesson").select_option("discussion")
    sheet.get_by_label("Blended model").select_option("station_rotation")
    sheet.locator(".btn", has_text="Not today").click()
    sheet.get_by_label("Talk planned later today, at").fill("13:20")
    sheet.get_by_label("Talk planned later today, at").press("Tab")
    sheet.get_by_role("button", name="Done").click()
    expect(hands.page.get_by_role("button", name="About this lesson: Discussion")).to_be_visible()
    hands.safe()
    assert [event["data"] for event in school.of("context_set")][1:] == [
        {"phase": "discussion"},
        {"model": "station_rotation"},
        {"discourse_goal": False},
        {"planned_talk_at": "13:20"},
    ]


def test_a_visit_can_be_walked_by_keyboard_alone(hands: Hands) -> None:
    page = hands.page
    hands.open()
    page.get_by_role("button", name="Ms. Okafor").first.focus()
    page.keyboard.press("Enter")
    page.keyboard.press("Enter")
    expect(hands.chips.first).to_be_visible()
    hands.chip(BUILD).focus()
    page.keyboard.press("Space")
    expect(hands.dock).to_contain_text("Seen at")
    expect(hands.chip(BUILD)).to_be_focused()
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    expect(hands.dock).to_contain_text("Not seen")
    page.keyboard.press("Escape")
    page.locator(".tabs").get_by_role("link", name="Sweep").focus()
    page.keyboard.press("Enter")
    hands.stepper("With the teacher").locator("input").focus()
    page.keyboard.type("24")
    page.keyboard.press("Tab")
    page.get_by_role("button", name="Save 24 of 24").focus()
    page.keyboard.press("Enter")
    expect(hands.dock).to_contain_text("Sweep 1 saved")


def test_dark_during_visits_is_remembered(hands: Hands) -> None:
    hands.start()
    hands.page.get_by_role("button", name="About this lesson").click()
    hands.page.get_by_label("Dark during visits").check()
    expect(hands.page.locator("html")).to_have_attribute("data-theme", "dark")
    hands.page.reload()
    expect(hands.page.locator("html")).to_have_attribute("data-theme", "dark")
