"""Eyes on a page: what the hardest critic finds in it, at every size and in every light."""

from __future__ import annotations

from collections.abc import Callable

from playwright.sync_api import Page

from tests.sight import Sight

CLIPPED = """() =>
  [...document.querySelectorAll(
    'h1, h2, h3, b, p, li, dd, .btn, .tag, .plate, .verdict, .sync, .grow, .tabs a span')]
  .filter(e => e.checkVisibility() && !e.closest('.vh'))
  .filter(e => getComputedStyle(e).display != 'inline')
  .filter(e => e.scrollWidth > e.clientWidth + 1)
  .map(e => `clipped: ${e.outerHTML.slice(0, 100)}`)"""
# Not innerWidth, which on a phone grows with what is too wide.
WIDER = """() => document.documentElement.scrollWidth <= document.documentElement.clientWidth ? [] :
  [...document.querySelectorAll('main *, .top *, .foot *')]
  .filter(e => e.checkVisibility() && !e.closest('.vh'))
  .filter(e => e.getBoundingClientRect().right > document.documentElement.clientWidth + 1)
  .map(e => `too wide: ${e.outerHTML.slice(0, 100)}`)"""
TEXT = "size => { document.documentElement.style.fontSize = size }"

Act = Callable[[Page], object]


class Eyes:
    """Somebody’s browser, and what the hardest critic finds in it."""

    def __init__(self, page: Page, address: str) -> None:
        self.page = page
        self.address = address
        self.where = ""
        self.said: list[str] = []
        self.faults: list[str] = []
        self.sight = Sight(page)
        page.on("console", lambda line: self.hear(line.type, line.text))
        page.on("pageerror", lambda error: self.said.append(str(error)))

    def hear(self, kind: str, words: str) -> None:
        """Keep what a page complains about; an answer of 4xx is no complaint."""
        if kind in {"warning", "error"} and not words.startswith("Failed to load resource"):
            self.said.append(words)

    def see(self, path: str, *acts: Act) -> None:
        """Open a page, do something on it, and look at it in every light and at every size."""
        self.page.set_viewport_size({"width": 390, "height": 844})
        self.page.goto(self.address + path)
        for act in acts:
            act(self.page)
        self.where = f"{path} ({self.page.locator('h1').inner_text()})"
        # so tall that nothing lies under what stays at the lower edge
        height = self.page.evaluate("document.documentElement.scrollHeight") + 400
        self.page.set_viewport_size({"width": 390, "height": height})
        self.note("390 px", self.sight.whole())
        self.page.emulate_media(color_scheme="dark")
        self.note("390 px, dark", self.sight.colors())
        self.page.set_viewport_size({"width": 1280, "height": height})
        self.note("1280 px, dark", self.sight.colors())
        self.page.emulate_media(color_scheme="light")
        self.note("1280 px", self.sight.resized())
        self.page.set_viewport_size({"width": 320, "height": 700})
        self.note("320 px", self.page.evaluate(WIDER))
        self.page.evaluate(TEXT, "200%")
        self.note("large text", self.page.evaluate(CLIPPED))
        self.page.set_viewport_size({"width": 390, "height": 844})
        self.note("390 px, large text", self.page.evaluate(WIDER))
        self.page.evaluate(TEXT, "")
        self.note("the console", self.said)
        self.said.clear()

    def note(self, at: str, found: list[str]) -> None:
        """Keep what is wrong, so that one run tells everything."""
        self.faults += [f"{self.where}, {at}: {one}" for one in found]


def press(name: str, role: str = "button") -> Act:
    """Press what has this name."""
    return lambda page: page.get_by_role(role, name=name, exact=True).first.click()  # type: ignore[arg-type]


def unfold(page: Page) -> None:
    """Open everything that is folded."""
    page.evaluate("document.querySelectorAll('details').forEach(part => { part.open = true })")
