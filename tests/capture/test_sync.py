"""What reaches the school, whatever stands in the way; and what the phone says about it."""

from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from tests.capture.phone import Hands
from tests.capture.school import PASSWORD, School

pytestmark = pytest.mark.browser

BUILD = "Students build on each other’s ideas"
GROUP = "Teacher works with a group"
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
    hands.start()
    hands.safe()
    school.signed_in = False
    hands.see(BUILD)
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
    hands.start()
    hands.safe()
    school.signed_in = False
    hands.see(BUILD)
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


def test_a_tap_outlives_the_page(hands: Hands) -> None:
    hands.start()
    hands.chip(BUILD).click()
    hands.page.wait_for_timeout(150)
    other = hands.page.context.new_page()
    hands.page.close(run_before_unload=False)
    other.goto(f"{hands.address}/capture")
    chip = other.locator(".chips > li").filter(has_text=BUILD)
    expect(chip).to_have_attribute("data-m", "seen")


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


def test_leaving_and_coming_back_resumes_the_same_mode(hands: Hands) -> None:
    hands.start()
    hands.see(BUILD)
    hands.mode("Students")
    hands.page.goto(f"{hands.address}/")
    hands.page.goto(f"{hands.address}/capture")
    expect(hands.page.locator(".tabs [aria-current=page]")).to_contain_text("Students")
    hands.mode("Look-fors")
    assert hands.chip(BUILD).locator("xpath=..").get_attribute("data-m") == "seen"


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
