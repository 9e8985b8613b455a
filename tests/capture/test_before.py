"""Before a visit starts: what waits, how much room is left, and the home screen, each said once."""

from collections.abc import Callable

from playwright.sync_api import Page, expect

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
