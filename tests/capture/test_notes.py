"""Notes mode: what a note goes with, one’s own phrases, and words like a child’s name."""

import re
from datetime import datetime
from zoneinfo import ZoneInfo

import pytest
from playwright.sync_api import expect

from tests.capture.kit import GROUP
from tests.capture.phone import Hands
from tests.capture.school import School

pytestmark = pytest.mark.browser

PHRASE = "Pairs compared their answers"


def keep(hands: Hands, words: str) -> None:
    """Writes a note and keeps it."""
    hands.page.get_by_label("What did you see or hear?").fill(words)
    hands.page.get_by_role("button", name="Keep this note").click()
    expect(hands.page.locator(".tl")).to_contain_text(words)


def test_a_phrase_written_twice_is_offered_and_taken_with_one_tap(
    school: School, hands: Hands
) -> None:
    hands.start()
    hands.mode("Notes")
    phrases = hands.page.get_by_role("group", name="Your phrases")
    keep(hands, f"{PHRASE}. Then they listened. {PHRASE}")
    expect(phrases).to_be_hidden()
    keep(hands, f"{PHRASE}. One asked why")
    hands.page.get_by_label("What did you see or hear?").press_sequentially("Again. pairs")
    phrases.get_by_role("button", name=PHRASE).click()
    expect(hands.page.get_by_label("What did you see or hear?")).to_have_value(f"Again. {PHRASE}. ")
    expect(phrases).to_be_hidden()
    hands.page.get_by_role("button", name="Keep this note").click()
    hands.safe()
    assert school.of("note_written")[-1]["data"]["text"] == f"Again. {PHRASE}."


def test_a_note_may_go_with_any_look_for_within_reach_of_one_hand(
    school: School, hands: Hands
) -> None:
    hands.start()
    for words in ("Students build on", "Students can say what", "Students compare"):
        hands.page.get_by_role("searchbox", name="Find a look-for").fill(words)
        hands.see(words)
    hands.mode("Notes")
    goes = hands.page.get_by_role("group", name="Goes with")
    other = hands.page.get_by_role("button", name="Another look-for")
    sheet = hands.page.get_by_role("group", name="The look-for this note goes with")
    other.click()
    expect(sheet.get_by_role("listitem")).to_have_count(3)
    expect(sheet.get_by_role("listitem").last).to_contain_text("Students build on")
    sheet.get_by_role("button", name="Students build on").click()
    expect(goes.get_by_role("radio").first).to_be_checked()
    keep(hands, "Two built on it")
    other.click()
    sheet.get_by_role("searchbox").fill("bl09")
    expect(sheet.get_by_role("listitem")).to_have_count(1)
    sheet.get_by_role("button", name="Students check their work").click()
    expect(sheet).to_be_hidden()
    keep(hands, "They checked")
    hands.safe()
    first, second = (one["data"]["look_fors"] for one in school.of("note_written"))
    keys = {one["id"]: one["key"] for one in school.kit["look_fors"]}
    assert [keys[id_] for id_ in first + second] == ["DP01", "BL09"]


def test_look_fors_of_one_component_are_told_apart_by_their_first_words(hands: Hands) -> None:
    hands.start()
    for words in ("Students compare", "Students build on"):
        hands.page.get_by_role("searchbox", name="Find a look-for").fill(words)
        hands.see(words)
    hands.mode("Notes")
    goes = hands.page.get_by_role("group", name="Goes with").locator("label")
    expect(goes).to_have_text(
        ["3b Students build on…", "3b Students compare different…", "Nothing"]
    )


def test_a_name_is_asked_about_and_nothing_is_held_back(school: School, hands: Hands) -> None:
    hands.start()
    hands.mode("Notes")
    field = hands.page.get_by_label("What did you see or hear?")
    asked = hands.page.get_by_text("Names of students are never kept")
    field.fill("Ms. Okafor asked the group why")
    expect(asked).to_be_hidden()
    field.fill("then Maria said why")
    expect(asked).to_contain_text("Is “Maria” a student?")
    hands.page.get_by_role("button", name="Keep this note").click()
    expect(asked).to_be_hidden()
    hands.mode("Students")
    hands.page.get_by_label("Their words, if they stay with you").fill("I asked Noor for help")
    expect(
        hands.page.locator("section:visible, .stack:visible")
        .get_by_text("Is “Noor” a student?")
        .first
    ).to_be_visible()
    hands.safe()
    assert len(school.of("note_written")) == 1


def test_the_time_in_the_room_can_be_hidden_and_stays_hidden(hands: Hands) -> None:
    hands.start()
    timer = hands.page.get_by_role("timer")
    expect(timer).to_be_visible()
    hands.page.get_by_role("button", name="About this lesson").click()
    hands.page.get_by_label("Show the time in the room").uncheck()
    expect(timer).to_be_hidden()
    hands.page.reload()
    expect(hands.chips.first).to_be_visible()
    expect(timer).to_be_hidden()


def test_two_minutes_after_an_early_sweep_a_quiet_mark_asks_for_the_next(hands: Hands) -> None:
    morning = datetime(2026, 11, 24, 9, 0, tzinfo=ZoneInfo("America/Chicago"))
    hands.page.clock.install(time=morning)
    hands.page.add_init_script(
        "window.felt = []; navigator.vibrate = (how) => window.felt.push(how);"
    )
    hands.start()
    hands.mode("Sweep")
    hands.sweep([3, 5, 4, 9, 0, 2, 1])
    tab = hands.page.locator(".tabs").get_by_role("link", name="Sweep")
    expect(tab).to_have_attribute("aria-label", "Sweep, 1 saved")
    hands.page.clock.run_for(125_000)
    expect(tab).to_have_attribute("aria-label", "Sweep, 1 saved, the next one is due")
    assert hands.page.evaluate("window.felt.filter((how) => Array.isArray(how)).length") == 1
    hands.sweep([3, 5, 4, 9, 0, 2, 1])
    expect(tab).to_have_attribute("aria-label", re.compile("2 saved$"))


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
