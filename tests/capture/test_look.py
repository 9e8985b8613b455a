"""Every mode of the capture screen passes axe, fits its width and keeps its targets large."""

from collections.abc import Callable

import pytest
from playwright.sync_api import expect

from tests.capture.kit import BUILD
from tests.capture.phone import Hands
from tests.sight import Sight

pytestmark = pytest.mark.browser

# What is only seen by a screen reader, and the answer inside its large label, are not touched.
SMALL = """() =>
  [...document.querySelectorAll('a, button, input, select, textarea, summary, label.btn')]
  .filter(e => e.checkVisibility() && !e.matches('.skip, .ask input, label input'))
  .map(e => [e, e.getBoundingClientRect()])
  .filter(([, box]) => box.width && Math.min(box.width, box.height) < 44)
  .map(([e, box]) => `${e.outerHTML.slice(0, 90)} ${box.width}x${box.height}`)"""
WIDEST = "document.documentElement.scrollWidth"
WIDEST_ENLARGED = """() => {
  const root = document.documentElement;
  root.style.fontSize = '200%';
  const width = root.scrollWidth;
  root.style.fontSize = '';
  return width;
}"""
Look = Callable[[Sight], list[str]]
SIZES = {"small": (320, 640), "phone": (390, 844), "tablet": (820, 1180), "sideways": (844, 390)}


def hold(sight: Sight, width: int, look: Look) -> None:
    """One state of the screen holds."""
    page = sight.page
    size = page.viewport_size
    assert size is not None
    page.set_viewport_size({"width": width, "height": 4000})  # so tall that the dock covers nothing
    assert look(sight) == []
    page.set_viewport_size(size)
    assert page.evaluate(SMALL) == []
    assert page.evaluate(WIDEST) <= width
    assert page.evaluate(WIDEST_ENLARGED) <= width


def states(hands: Hands, hold: Callable[[], None]) -> None:
    """Walks through every state of the screen worth looking at."""
    page = hands.page
    hands.open()
    expect(page.get_by_role("button", name="Ms. Okafor").first).to_be_visible()
    hold()
    page.get_by_role("button", name="Ms. Okafor").first.click()
    hold()
    page.get_by_role("button", name="Start", exact=True).click()
    hands.see(BUILD)
    page.get_by_role("button", name="Other marks for 3e, Students can say").click()
    hold()
    page.get_by_role("button", name="No chance to see").click()
    hold()
    page.get_by_role("button", name="About this lesson").click()
    hold()
    page.get_by_role("button", name="Done").click()
    hands.mode("Sweep")
    for _ in range(3):
        hands.sweep([2, 3, 12, 5, 1, 1, 0])
    page.get_by_role("button", name="Several groups").click()
    hold()
    hands.count("In headphones", 2)
    page.get_by_role("button", name="left: put in").click()
    hold()
    page.keyboard.press("Escape")
    for name in ("Students", "Notes", "Check"):
        hands.mode(name)
        hold()
    hands.page.get_by_role("button", name="Finish", exact=True).click()
    hold()
    page.context.set_offline(True)
    page.get_by_role("button", name="Finish the visit").click()
    expect(page.get_by_role("heading", name="Saved on this phone")).to_be_visible()
    hold()


@pytest.mark.parametrize(
    ("size", "scheme", "look"),
    [
        ("phone", "light", Sight.whole),
        ("phone", "dark", Sight.colors),
        ("small", "light", Sight.layout),
        ("tablet", "dark", Sight.whole),  # where more stands side by side
    ],
)
def test_every_state_is_accessible_fits_and_keeps_large_targets(
    phone: Callable[..., Hands], size: str, scheme: str, look: Look
) -> None:
    width, height = SIZES[size]
    hands = phone(viewport={"width": width, "height": height}, color_scheme=scheme)
    sight = Sight(hands.page)
    states(hands, lambda: hold(sight, width, look))


def test_a_phone_held_sideways_keeps_room_between_header_and_dock(
    phone: Callable[..., Hands],
) -> None:
    width, height = SIZES["sideways"]
    hands = phone(viewport={"width": width, "height": height})
    hands.start()
    for name in ("Look-fors", "Sweep", "Students", "Notes", "Check"):
        hands.mode(name)
        head = hands.page.locator(".cap-head").bounding_box()
        dock = hands.page.locator(".dock").bounding_box()
        assert head is not None
        assert dock is not None
        assert dock["y"] - (head["y"] + head["height"]) >= 190


def test_the_whole_focus_is_on_one_phone_screen(hands: Hands) -> None:
    hands.start()
    header = hands.page.locator(".cap-head").bounding_box()
    assert header is not None
    assert header["height"] < 60
    last = hands.chips.nth(3).bounding_box()
    dock = hands.page.locator(".dock").bounding_box()
    assert last is not None
    assert dock is not None
    assert last["y"] + last["height"] < dock["y"]


def test_the_thumb_does_not_scroll_the_page(hands: Hands) -> None:
    hands.start()
    hands.mode("Sweep")
    page = hands.page
    page.evaluate("scrollTo(0, 120)")
    for locator in (
        hands.stepper("Silent on a device").get_by_role("button", name="One more"),
        page.get_by_role("button", name="left: put in"),
        page.locator("#rest").get_by_role("button", name="In headphones"),
        page.locator("[data-undo]"),
    ):
        box = locator.bounding_box()
        assert box is not None
        page.mouse.click(box["x"] + box["width"] / 2, box["y"] + box["height"] / 2)
        assert page.evaluate("scrollY") == 120
