"""What axe objects to on a page, at the price of what is new on it.

Colors are the dearest question, and most words look like words that were judged before: a look
(its color, what lies behind it, its size and weight) that axe has passed once is not asked about
again, on whatever page. What it objects to is asked about each time.
"""

from __future__ import annotations

from pathlib import Path
from typing import Any

from axe_playwright_python.base import AXE_SCRIPT
from playwright.sync_api import Page

SCRIPT = f"{AXE_SCRIPT};(() => {{{Path(__file__).with_suffix('.js').read_text('utf-8')}}})()"
TAGS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
COLORS = ["color-contrast", "link-in-text-block"]
SIZES = ["target-size", "scrollable-region-focusable"]
JUDGED: set[str] = set()
"""The looks that axe has passed in this run."""


def only(*rules: str) -> dict[str, Any]:
    """Ask about these rules."""
    return {"runOnly": {"type": "rule", "values": rules}}


WHOLE = {
    "runOnly": {"type": "tag", "values": TAGS},
    "rules": {"target-size": {"enabled": True}} | {each: {"enabled": False} for each in COLORS},
    "resultTypes": ["violations"],
}


class Sight:
    """Axe on one page, whatever it shows next."""

    def __init__(self, page: Page) -> None:
        self.page = page
        page.add_init_script(SCRIPT)

    def whole(self) -> list[str]:
        """What axe objects to on the page at this size and in this light."""
        return [*self._ask("whole", WHOLE), *self.colors()]

    def resized(self) -> list[str]:
        """What another size adds to the whole page: what shows only now, and the layout."""
        return [*self._ask("rest", WHOLE), *self.layout()]

    def layout(self) -> list[str]:
        """What axe objects to in sizes and colors, where a page of the same content was judged."""
        return [*self._ask("whole", only(*SIZES)), *self.colors()]

    def colors(self) -> list[str]:
        """What axe objects to in colors that were not judged before."""
        fresh = [each for each in self.page.evaluate("sight.looks()") if each not in JUDGED]
        if not fresh:
            return []
        told = self.page.evaluate("asked => sight.judge(asked)", [fresh, only(*COLORS)])
        JUDGED.update(told["known"])
        faults: list[str] = told["faults"]
        return faults

    def _ask(self, question: str, options: dict[str, Any]) -> list[str]:
        found: list[str] = self.page.evaluate(f"options => sight.{question}(options)", options)
        return found
