"""A principal's hands on the capture screen, in the words of the screen."""

from collections.abc import Sequence
from contextlib import suppress

from playwright.sync_api import Error, Locator, Page, expect

CATEGORIES = ("peer", "teacher", "headphones", "device", "listening", "quiet", "other")


def try_now(place: Page | Locator) -> None:
    """Presses “Try now”, unless the phone has tried by itself meanwhile and gone on."""
    with suppress(Error):
        place.get_by_role("button", name="Try now").click(timeout=5_000)


class Hands:
    """What one person does with the capture screen of one page."""

    def __init__(self, page: Page, address: str) -> None:
        self.page = page
        self.address = address
        self.said: list[str] = []
        page.on("pageerror", lambda error: self.said.append(str(error)))
        page.on("console", lambda line: self._hear(line.type, line.text))

    def _hear(self, kind: str, text: str) -> None:
        # A browser notes every request that fails; what a script says is what matters here.
        if kind == "error" and not text.startswith("Failed to load resource"):
            self.said.append(text)

    def open(self, fragment: str = "#start") -> None:
        """Opens the capture page afresh."""
        self.page.goto("about:blank")
        self.page.goto(f"{self.address}/capture{fragment}")

    def start(self, teacher: str = "Ms. Okafor") -> None:
        """Two taps: the teacher, then Start."""
        self.open()
        self.page.get_by_role("button", name=teacher).first.click()
        self.page.get_by_role("button", name="Start", exact=True).click()
        expect(self.chips.first).to_be_visible()

    @property
    def chips(self) -> Locator:
        """The look-fors on the screen."""
        return self.page.locator(".chip:visible")

    def chip(self, words: str) -> Locator:
        """One look-for by its words."""
        return self.page.locator(".chip", has_text=words)

    def see(self, words: str, times: int = 1) -> None:
        """Taps a look-for, far enough apart to count."""
        for _ in range(times):
            self.page.wait_for_timeout(360)
            self.chip(words).click()

    def mode(self, name: str) -> None:
        """Changes the mode by its tab."""
        self.page.locator(".tabs").get_by_role("link", name=name).click()
        expect(self.page.locator(".tabs [aria-current=page]")).to_contain_text(name)

    def stepper(self, name: str) -> Locator:
        """The fieldset of one count."""
        return self.page.locator("fieldset.step:visible").filter(has_text=name)

    def count(self, name: str, times: int) -> None:
        """Presses plus so many times."""
        for _ in range(times):
            self.stepper(name).get_by_role("button", name="One more").click()

    def counted(self) -> list[int]:
        """The seven numbers of the open sweep."""
        inputs = self.page.locator("section[aria-labelledby=sweep-now] input")
        return [int(inputs.nth(i).input_value()) for i in range(inputs.count())]

    def sweep(self, numbers: Sequence[int]) -> None:
        """Types a whole sweep and saves it."""
        inputs = self.page.locator("section[aria-labelledby=sweep-now] input")
        for i, number in enumerate(numbers):
            inputs.nth(i).fill(str(number))
            inputs.nth(i).press("Tab")
        self.page.get_by_role("button", name="Save").click()

    def undo(self) -> None:
        """Presses Undo in the dock."""
        self.page.locator("[data-undo]").click()

    def finish(self) -> None:
        """Finishes, whatever is still open."""
        finish = self.page.get_by_role("button", name="Finish", exact=True)
        finish.click()
        expect(finish).to_have_count(0)
        last = self.page.get_by_role("button", name="Finish the visit")
        if last.is_visible():
            last.click()

    @property
    def dock(self) -> Locator:
        """What was last done."""
        return self.page.locator(".dock output")

    @property
    def standing(self) -> Locator:
        """Where the data is, in words."""
        return self.page.locator(".sync")

    def safe(self) -> None:
        """Waits until the school has everything."""
        expect(self.standing).to_contain_text("Safe at school")
