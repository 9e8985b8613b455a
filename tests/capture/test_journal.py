"""What the phone keeps by itself, for whom, and what it says where it cannot."""

from collections.abc import Callable

import pytest
from playwright.sync_api import expect

from tests.capture.kit import BUILD
from tests.capture.phone import Hands
from tests.capture.school import School

pytestmark = pytest.mark.browser


def test_a_tap_outlives_the_page(hands: Hands) -> None:
    hands.start()
    hands.chip(BUILD).click()
    hands.page.wait_for_timeout(150)
    other = hands.page.context.new_page()
    hands.page.close(run_before_unload=False)
    other.goto(f"{hands.address}/capture")
    chip = other.locator(".chips > li").filter(has_text=BUILD)
    expect(chip).to_have_attribute("data-m", "seen")


def test_leaving_and_coming_back_resumes_the_same_mode(hands: Hands) -> None:
    hands.start()
    hands.see(BUILD)
    hands.mode("Students")
    hands.page.goto(f"{hands.address}/")
    hands.page.goto(f"{hands.address}/capture")
    expect(hands.page.locator(".tabs [aria-current=page]")).to_contain_text("Students")
    hands.mode("Look-fors")
    assert hands.chip(BUILD).locator("xpath=..").get_attribute("data-m") == "seen"


NO_STORAGE = "Object.defineProperty(window, 'indexedDB', { get: () => undefined })"
FULL = """IDBObjectStore.prototype.put = function () {
  throw new DOMException("full", "QuotaExceededError");
}"""


@pytest.mark.parametrize(
    ("fault", "sentence"),
    [(NO_STORAGE, "does not let Crosswalk keep anything"), (FULL, "has no room left")],
)
def test_a_phone_that_cannot_keep_a_visit_says_so_before_it_starts(
    hands: Hands, fault: str, sentence: str
) -> None:
    hands.page.add_init_script(fault)
    hands.open()
    expect(hands.page.get_by_role("heading", name="This phone cannot keep a visit")).to_be_visible()
    expect(hands.page.locator("#main")).to_contain_text(sentence)


NEXT = """async () => {
  const held = indexedDB.open("crosswalk", 1);  // as a tab that sleeps, and closes for nobody
  await new Promise((done) => (held.onsuccess = done));
  const { Journal } = await import("/static/js/capture/journal.js");
  const next = { open: (name, version) => indexedDB.open(name, version + 1) };
  new Journal(next).probe().catch((error) => (window.said = error.message));
}"""


def test_a_newer_database_that_another_tab_holds_back_says_which_tab_to_close(
    hands: Hands,
) -> None:
    hands.page.clock.install()
    hands.page.goto(hands.address)
    hands.page.evaluate(NEXT)
    for _ in range(100):
        hands.page.clock.fast_forward(1000)
        if said := hands.page.evaluate("window.said"):
            break
    assert said == "An older Crosswalk is open in another tab. Close that tab, then try again."


def test_a_tap_that_cannot_be_kept_is_never_called_saved(school: School, hands: Hands) -> None:
    hands.start()
    hands.safe()
    hands.page.evaluate(f"() => {{ window.realPut = IDBObjectStore.prototype.put; {FULL} }}")
    hands.chip(BUILD).click()
    expect(hands.standing).to_contain_text("Not saved yet, trying again")
    hands.page.evaluate("() => { IDBObjectStore.prototype.put = window.realPut; }")
    hands.safe()
    assert len(school.of("look_for_marked")) == 1


def test_a_lost_connection_to_the_database_is_opened_again(school: School, hands: Hands) -> None:
    hands.page.add_init_script(
        """const open = IDBFactory.prototype.open;
        IDBFactory.prototype.open = function (...given) {
          const request = open.apply(this, given);
          request.addEventListener("success", () => { window.base = request.result; });
          return request;
        };"""
    )
    hands.start()
    hands.safe()
    hands.page.evaluate("() => window.base.close()")
    hands.chip(BUILD).click()
    hands.safe()
    assert len(school.of("look_for_marked")) == 1


def test_without_a_kit_and_without_a_network_the_phone_says_what_it_needs(hands: Hands) -> None:
    hands.page.route("**/field-kit.json", lambda route: route.abort())
    hands.open()
    expect(hands.page.locator("#main")).to_contain_text("it needs the network once")


def test_a_kit_already_here_starts_a_visit_without_the_network(
    school: School, hands: Hands
) -> None:
    hands.open()
    expect(hands.page.get_by_role("button", name="Ms. Okafor").first).to_be_visible()
    hands.page.route("**/field-kit.json", lambda route: route.abort())
    hands.start()
    expect(hands.chips.first).to_be_visible()


def test_the_next_person_does_not_see_an_open_visit(
    school: School, phone: Callable[..., Hands]
) -> None:
    hands = phone()
    hands.start()
    hands.see(BUILD)
    hands.safe()
    school.kit["person"] = {"id": "p-other", "name": "Mr. Vale"}
    school.kit_tag = "kit-2"
    hands.open("")
    expect(hands.page.get_by_role("heading", name="Start a visit")).to_be_visible()
    expect(hands.page.get_by_role("button", name="Resume")).to_have_count(0)
