"""A whole visit on the capture screen, and what its modes have in common."""

import re

import pytest
from playwright.sync_api import expect

from tests.capture.kit import BUILD, GROUP
from tests.capture.phone import Hands
from tests.capture.school import School

pytestmark = pytest.mark.browser


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
