"""Before a visit starts: what waits, how much room is left, and the home screen, each said once."""

from collections.abc import Callable

from playwright.sync_api import Page, expect

from tests.capture.kit import BUILD
from tests.capture.phone import Hands
from tests.capture.school import School

SMALL = """if (navigator.storage) {
  navigator.storage.estimate = async () => ({ quota: 30 << 20, usage: 25 << 20 });
}"""
ASKED = """if (navigator.storage) {
  window.asked = 0;
  navigator.storage.persisted = async () => false;
  navigator.storage.persist = async () => { window.asked += 1; return true; };
}"""
OFFER = """{
  const offer = new Event("beforeinstallprompt", { cancelable: true });
  offer.prompt = async () => { window.prompted = true; };
  dispatchEvent(offer);
}"""
IPHONE = "Mozilla/5.0 (iPhone; CPU iPhone OS 18_0 like Mac OS X) AppleWebKit/605.1.15 Safari"

Phone = Callable[..., Hands]


def main(hands: Hands) -> Page:
    """The start screen."""
    hands.open()
    expect(hands.page.get_by_role("button", name="Ms. Okafor").first).to_be_visible()
    return hands.page


def test_little_room_is_said_before_the_visit(hands: Hands) -> None:
    hands.page.add_init_script(SMALL)
    expect(main(hands).locator("main")).to_contain_text("room for only 5 megabytes more")


def test_a_phone_with_room_says_nothing(hands: Hands) -> None:
    page = main(hands)
    page.wait_for_timeout(300)
    expect(page.locator("main .notice")).to_have_count(0)


def test_the_browser_is_asked_to_keep_visits_when_one_starts(hands: Hands) -> None:
    hands.page.add_init_script(ASKED)
    page = main(hands)
    assert page.evaluate("window.asked") == 0
    hands.start()
    page.wait_for_function("() => window.asked === 1")


def test_what_waits_is_said_with_the_age_of_the_oldest(hands: Hands, school: School) -> None:
    school.answer_with = 503
    hands.page.clock.install()
    hands.start()
    hands.page.clock.fast_forward("03:00:00")
    hands.open()
    expect(hands.page.locator("main")).to_contain_text("wait on this phone, the oldest for 3 hours")


def test_an_iphone_is_told_how_and_can_be_told_not_to(phone: Phone) -> None:
    hands = phone(user_agent=IPHONE)
    page = main(hands)
    expect(page.locator("main")).to_contain_text("Add to Home Screen")
    page.get_by_role("button", name="Not now").click()
    expect(page.locator("main")).not_to_contain_text("Add to Home Screen")
    expect(main(hands).locator("main")).not_to_contain_text("Add to Home Screen")


def test_the_browsers_own_offer_waits_for_the_button(hands: Hands) -> None:
    page = main(hands)
    page.wait_for_timeout(200)
    page.evaluate(OFFER)
    page.get_by_role("button", name="Add it").click()
    assert page.evaluate("window.prompted")
    expect(page.get_by_role("button", name="Add it")).to_have_count(0)


def test_a_connection_that_is_not_secure_is_told_with_what_it_costs(hands: Hands) -> None:
    hands.page.add_init_script("Object.defineProperty(window, 'isSecureContext', { value: false })")
    page = main(hands)
    expect(page.locator("main")).to_contain_text("This connection is not secure.")
    expect(page.locator("main")).to_contain_text("cannot be sealed when you sign out")


def newer(school: School) -> None:
    """The district’s words change while this phone has the old ones, and take a while to come."""
    school.kit["look_fors"][0]["statement"] = "Students argue from evidence"
    school.kit_tag, school.kit_takes_s = "kit-2", 0.6


def test_a_visit_waits_for_words_that_are_on_their_way(hands: Hands, school: School) -> None:
    main(hands)
    newer(school)
    hands.start()
    expect(hands.chip("Students argue from evidence")).to_be_visible()


def test_a_visit_does_not_wait_for_a_school_that_is_silent(hands: Hands, school: School) -> None:
    main(hands)
    newer(school)
    school.kit_takes_s = 8
    hands.open()
    hands.page.get_by_role("button", name="Ms. Okafor").first.click()
    hands.page.get_by_role("button", name="Start", exact=True).dblclick()
    expect(hands.chip(BUILD)).to_be_visible(timeout=4_000)
    hands.safe()
    assert len(school.of("started")) == 1


def test_a_teacher_who_left_the_reach_meanwhile_is_not_visited(
    hands: Hands, school: School
) -> None:
    main(hands)
    newer(school)
    school.kit["teachers"] = [one for one in school.kit["teachers"] if one["name"] != "Ms. Okafor"]
    hands.open()
    hands.page.get_by_role("button", name="Ms. Okafor").first.click()
    hands.page.get_by_role("button", name="Start", exact=True).click()
    expect(hands.page.get_by_label("Find a teacher")).to_be_visible()
    expect(hands.page.get_by_role("button", name="Ms. Okafor")).to_have_count(0)
    assert not school.of("started")
