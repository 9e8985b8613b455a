"""The page of all components holds in a real browser: light and dark, phone to desktop."""

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Page

from tests.look.showcase import context, render, served
from tests.sight import Sight

pytestmark = pytest.mark.browser

ERRORS = (401, 404, 500)  # the others share their template
WIDTHS = (320, 390, 820, 1280)
SMALL_TARGETS = """() =>
  [...document.querySelectorAll('a, button, input, select, textarea, summary')]
  .filter(e => e.checkVisibility() && !e.closest('label') && !e.matches('.skip, p a, li a'))
  .map(e => [e, e.getBoundingClientRect(), e.closest('.chips, .step, .tabs, .ask') ? 44 : 24])
  .filter(([, box, least]) => box.width && Math.min(box.width, box.height) < least)
  .map(([e, box]) => `${e.outerHTML.slice(0, 80)} ${box.width}x${box.height}`)"""
LOUD = {"warning", "error"}
CLIPPED = """() =>
  [...document.querySelectorAll('.btn, .tag, .plate, h1, h2, h3, .verdict, .tabs a span')]
  .filter(e => e.checkVisibility() && !e.closest('.vh') && !e.matches('.vh'))
  .filter(e => e.scrollWidth > e.clientWidth + 1 && getComputedStyle(e).display != 'inline')
  .map(e => e.outerHTML.slice(0, 80))"""


@pytest.fixture(scope="module")
def address() -> Iterator[str]:
    pages = {"/": render("look/show.html", **context())}
    pages |= {f"/{code}": render(f"errors/{code}.html") for code in ERRORS}
    with served(pages) as at:
        yield at


@pytest.fixture(params=["light", "dark"])
def page(request: pytest.FixtureRequest, chromium: Browser) -> Iterator[Page]:
    view = chromium.new_context(color_scheme=request.param, bypass_csp=True)
    yield view.new_page()
    view.close()


@pytest.mark.parametrize("width", WIDTHS)
def test_every_component_passes_axe_and_fits_its_width(
    page: Page, address: str, width: int
) -> None:
    sight = Sight(page)
    page.set_viewport_size({"width": width, "height": 900})
    page.goto(address)
    dark = page.evaluate("matchMedia('(prefers-color-scheme: dark)').matches")
    assert (sight.colors() if dark else sight.whole()) == []
    assert page.evaluate("document.documentElement.scrollWidth") <= width
    assert page.evaluate(SMALL_TARGETS) == []
    assert page.evaluate(CLIPPED) == []


@pytest.mark.parametrize("code", ERRORS)
def test_an_error_page_passes_axe_and_says_one_thing(page: Page, address: str, code: int) -> None:
    sight = Sight(page)
    page.set_viewport_size({"width": 320, "height": 700})
    page.goto(f"{address}/{code}")
    assert sight.whole() == []
    assert page.evaluate("document.documentElement.scrollWidth") <= 320
    assert page.locator("h1").count() == 1


def test_the_open_dialog_passes_axe_and_gives_the_focus_back(page: Page, address: str) -> None:
    sight = Sight(page)
    page.goto(address)
    page.get_by_role("link", name="Share with Ms. Okafor").click()
    assert page.get_by_role("dialog").is_visible()
    assert sight.whole() == []
    page.keyboard.press("Escape")
    assert page.evaluate("document.activeElement.dataset.open") == "share"


def test_the_strict_headers_stop_nothing_and_the_scripts_work(
    chromium: Browser, address: str
) -> None:
    view = chromium.new_context(viewport={"width": 390, "height": 844})
    page = view.new_page()
    said: list[str] = []
    page.on("console", lambda line: said.append(line.text) if line.type in LOUD else None)
    page.on("pageerror", lambda error: said.append(str(error)))
    page.goto(address)
    page.get_by_label("Strength 1").focus()
    assert page.locator(".tl > li.hit").count() == 2
    page.get_by_role("button", name="One more: In headphones").click()
    assert page.get_by_label("In headphones", exact=True).input_value() == "7"
    page.get_by_label("Dark", exact=True).check(force=True)
    page.reload()
    assert page.locator("html").get_attribute("data-theme") == "dark"
    view.close()
    assert said == []


def test_twice_the_text_size_still_fits_a_small_phone(chromium: Browser, address: str) -> None:
    page = chromium.new_page(viewport={"width": 320, "height": 700}, bypass_csp=True)
    page.goto(address)
    page.add_style_tag(content="html { font-size: 200% }")
    assert page.evaluate("document.documentElement.scrollWidth") <= 320
    page.close()
