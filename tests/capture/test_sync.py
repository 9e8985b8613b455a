"""What reaches the school, whatever stands in the way; and what the phone says about it."""

import pytest
from playwright.sync_api import Page, expect

from tests.capture.kit import BUILD, GROUP
from tests.capture.phone import Hands
from tests.capture.school import PASSWORD, School

pytestmark = pytest.mark.browser

SAVED = "Saved on this phone"


KEPT = """async () => {
  const base = await new Promise((done) => {
    const request = indexedDB.open("crosswalk");
    request.onsuccess = () => done(request.result);
  });
  const entries = await new Promise((done) => {
    const request = base.transaction("events").objectStore("events").getAll();
    request.onsuccess = () => done(request.result);
  });
  base.close();
  return entries.map(({ state, seq, event }) => [state, seq, event.kind]);
}"""


def kept(page: Page) -> list[tuple[str, int, str]]:
    """What the phone’s own database holds, in order."""
    entries = [tuple(entry) for entry in page.evaluate(KEPT)]
    return sorted(entries, key=lambda entry: entry[1])


def states(page: Page) -> set[str]:
    """In which states the phone’s entries are."""
    return {state for state, _, _ in kept(page)}


def tap_signed_out(school: School, hands: Hands) -> None:
    """Starts a visit and taps once after its session has ended."""
    hands.start()
    hands.safe()
    school.signed_in = False
    hands.see(BUILD)


def test_a_captive_portals_answer_is_nobodys_answer(school: School, hands: Hands) -> None:
    hands.start()
    hands.safe()
    school.portal = True
    hands.see(BUILD)
    expect(hands.standing).to_contain_text(SAVED)
    hands.page.wait_for_timeout(1500)
    expect(hands.standing).to_contain_text(SAVED)
    assert [entry for entry in kept(hands.page) if entry[0] == "waiting"]
    school.portal = False
    hands.page.evaluate("dispatchEvent(new Event('online'))")
    hands.safe()
    assert len(school.of("look_for_marked")) == 1


def test_what_is_tapped_offline_arrives_when_the_network_does(school: School, hands: Hands) -> None:
    hands.start()
    hands.safe()
    hands.page.context.set_offline(True)
    hands.see(BUILD, times=2)
    hands.mode("Sweep")
    hands.sweep([3, 5, 4, 9, 0, 2, 1])
    hands.finish()
    expect(hands.page.get_by_role("heading", name=SAVED)).to_be_visible()
    assert not school.of("sweep_taken")
    hands.page.context.set_offline(False)
    hands.page.wait_for_url("**/walkthroughs/*")
    assert len(school.of("finished")) == 1
    assert sorted(event["seq"] for event in school.events.values()) == list(range(1, 7))


def test_a_lost_sign_in_is_asked_for_at_the_end_and_nothing_is_lost(
    school: School, hands: Hands
) -> None:
    tap_signed_out(school, hands)
    hands.page.wait_for_timeout(1200)
    expect(hands.standing).to_contain_text(SAVED)
    hands.see(GROUP)
    hands.finish()
    page = hands.page
    expect(page.get_by_role("form", name="Sign in")).to_be_visible()
    page.get_by_label("E-mail").fill("holt@example.org")
    page.get_by_label("Password").fill("wrong")
    page.get_by_role("button", name="Sign in").click()
    expect(page.get_by_role("alert")).to_have_text("E-mail or password is not right.")
    assert page.get_by_label("E-mail").input_value() == "holt@example.org"
    page.get_by_label("Password").fill(PASSWORD)
    page.get_by_role("button", name="Sign in").click()
    page.wait_for_url("**/walkthroughs/*")
    assert len(school.of("look_for_marked")) == 2


def test_the_sign_in_stays_under_the_fingers_while_the_phone_tries_by_itself(
    school: School, hands: Hands
) -> None:
    tap_signed_out(school, hands)
    hands.finish()
    page = hands.page
    expect(page.get_by_text("Sign in to send")).to_be_visible()
    email = page.get_by_label("E-mail")
    email.fill("holt@example")
    page.context.set_offline(True)
    with page.expect_event("requestfailed"):
        page.evaluate("dispatchEvent(new Event('online'))")
    page.context.set_offline(False)
    expect(email).to_be_focused()
    page.keyboard.type(".org")
    expect(email).to_have_value("holt@example.org")
    page.get_by_label("Password").fill(PASSWORD)
    page.get_by_role("button", name="Sign in").click()
    page.wait_for_url("**/walkthroughs/*")


def test_an_answer_lost_on_the_way_back_doubles_nothing(school: School, hands: Hands) -> None:
    school.lose_answers = 2
    hands.start()
    hands.see(BUILD)
    hands.safe()
    assert school.repeats > 0
    assert len(school.events) == 3
    assert states(hands.page) == {"stored"}


def test_one_bad_record_never_blocks_the_others(school: School, hands: Hands) -> None:
    school.poison = {"look_for_counted"}
    hands.start()
    hands.see(BUILD, times=2)
    hands.see(GROUP)
    hands.finish()
    expect(hands.page.locator(".notice[data-s=help]")).to_contain_text("This kind is not known")
    expect(hands.page.get_by_role("link", name="Go to the review")).to_be_visible()
    assert len(school.events) == 5
    assert [e for e in kept(hands.page) if e[0] == "quarantined"] == [
        ("quarantined", 4, "look_for_counted")
    ]


def test_a_batch_too_large_is_halved_until_it_fits(school: School, hands: Hands) -> None:
    school.most = 2
    hands.start()
    for _ in range(2):
        hands.see(BUILD)
        hands.see(GROUP)
    hands.safe()
    assert len(school.events) == 6
    assert states(hands.page) == {"stored"}


def test_a_busy_school_is_given_time(school: School, hands: Hands) -> None:
    school.answer_with = 503
    hands.start()
    hands.see(BUILD)
    hands.page.wait_for_timeout(1500)
    expect(hands.standing).to_contain_text(SAVED)
    school.answer_with = None
    hands.safe()
    assert len(school.events) == 3


def test_safe_is_taken_back_with_the_next_tap(school: School, hands: Hands) -> None:
    hands.start()
    hands.safe()
    hands.page.context.set_offline(True)
    hands.chip(BUILD).click()
    expect(hands.standing).to_contain_text(SAVED)


def test_two_tabs_on_one_walk_count_without_gaps(school: School, hands: Hands) -> None:
    hands.start()
    hands.see(BUILD)
    second = Hands(hands.page.context.new_page(), hands.address)
    second.page.goto(hands.page.url)
    for _ in range(3):
        second.see(GROUP)
        hands.see(BUILD)
    first_sees = hands.chip(GROUP).locator("xpath=..")
    expect(first_sees).to_have_attribute("data-n", "3")
    second.safe()
    hands.safe()
    assert sorted(event["seq"] for event in school.events.values()) == list(range(1, 10))
    assert not second.said


def test_a_finished_visit_can_be_gone_back_to(school: School, hands: Hands) -> None:
    hands.start()
    hands.safe()
    hands.page.context.set_offline(True)
    hands.finish()
    hands.page.get_by_role("button", name="Back to the visit").click()
    hands.see(BUILD)
    hands.page.context.set_offline(False)
    hands.safe()
    assert len(school.of("reopened")) == 1
