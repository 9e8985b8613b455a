"""A new user brings a rubric, ties look-fors to it and visits a class, by words on the screen."""

from __future__ import annotations

from collections.abc import Callable
from time import monotonic

import pytest
from playwright.sync_api import FilePayload, Page, expect

from models.base import db
from models.framework import Framework
from models.person import Person
from models.walkthrough import Walkthrough
from rules.roles import Role
from tests.capture.phone import Hands
from tests.cast import BEGAN, Cast
from tests.rubric import XLSX, workbook

pytestmark = [pytest.mark.browser, pytest.mark.only_sqlite]

Enter = Callable[..., Page]
TIES = {
    "2b": (
        "The group with the teacher was formed",
        "Online and face-to-face tasks aim",
        "Directions let students start",
        "Talk at the teacher’s table probes",
        "The on-screen task asks students",
        "Students choose a task, tool",
        "Groups change during the visit",
        "Devices are put away when talk",
    ),
    "3c": (
        "Students on every path can say",
        "Students look at their own progress",
        "Students show what they have mastered",
        "A stuck student uses a route",
        "Feedback during independent work",
    ),
}
"""The look-fors of the Core Four under the components that a district might choose for them."""
MOST_STEPS = 40


class Steps:
    """What one person does on a page, by visible words, and how often."""

    def __init__(self, page: Page) -> None:
        self.page = page
        self.count = 0

    def follow(self, link: str) -> None:
        """A link."""
        self.count += 1
        self.page.get_by_role("link", name=link).first.click()

    def press(self, button: str) -> None:
        """A button."""
        self.count += 1
        self.page.get_by_role("button", name=button).first.click()

    def choose(self, option: str) -> None:
        """One of several answers."""
        self.count += 1
        self.page.get_by_label(option).check()

    def select(self, label: str, option: str) -> None:
        """One of a list that opens."""
        self.count += 1
        self.page.get_by_label(label).select_option(option)

    def write(self, label: str, words: str) -> None:
        """Words into a field."""
        self.count += 1
        self.page.get_by_label(label).fill(words)

    def pick(self, label: str, name: str, content: bytes) -> None:
        """A file."""
        self.count += 1
        file: FilePayload = {"name": name, "mimeType": XLSX, "buffer": content}
        self.page.get_by_label(label, exact=True).set_input_files([file])


def new_principal(cast: Cast) -> Person:
    """Ms. Holt on her first day: she leads the district’s work and visits at Lincoln."""
    holt = cast.person("holt")
    holt.grant(Role.LEAD, school_id=None, at=BEGAN)
    db.session.commit()
    return holt


def tie_all(steps: Steps) -> None:
    """Tie the look-fors of the set that is shown, from the side of the components."""
    page, tied = steps.page, 0
    steps.select("Start from", "a component")
    steps.press("Show")
    for code, look_fors in TIES.items():
        steps.follow(f"Component {code}")
        for statement in look_fors:
            steps.choose(statement)
        steps.write("Why they belong together", "Both ask who does the thinking.")
        steps.press("Tie them")
        tied += len(look_fors)
        expect(page.locator("[data-told]")).to_contain_text("tied.", ignore_case=True)
        if tied < sum(map(len, TIES.values())):
            steps.follow("All components")
    expect(page.locator("main")).to_contain_text("Every look-for of Core Four is tied")


def test_a_new_user_brings_a_rubric_of_sixty_rows_and_sees_its_codes_in_a_visit(
    enter: Enter, cast: Cast, address: str
) -> None:
    page = enter(new_principal(cast))
    steps, began = Steps(page), monotonic()
    steps.follow("Framework")
    steps.follow("Bring your own framework")
    steps.pick("File", "Our rubric 2026.xlsx", workbook())
    steps.press("Read the file")
    expect(page.get_by_role("heading", level=1)).to_have_text("Our rubric 2026")
    expect(page.locator("main")).to_contain_text("60, 4 of them at the top")
    expect(page.locator("main")).to_contain_text("Beginning, Growing, Strong")
    steps.choose("Our district wrote it")
    steps.write("Who holds the rights", "Cedar Falls Schools")
    steps.write("On what terms you use it", "All rights reserved")
    steps.press("Keep as a draft")
    steps.follow("See what publishing changes")
    steps.press("Publish version 2026")
    steps.press("Make it our district’s framework")
    expect(page.get_by_role("status").first).to_contain_text("is now your district’s framework")
    steps.follow("Tie Core Four")
    tie_all(steps)
    steps.follow("Today")
    steps.follow("Start a visit with Ms. Okafor")
    hands = Hands(page, address)
    steps.press("Start")
    expect(hands.chips.first).to_be_visible()
    for code, look_fors in TIES.items():
        for statement in look_fors:
            expect(hands.chip(statement).locator(".plate")).to_have_text(f"Component {code}")
    hands.see("Students on every path can say")
    hands.safe()
    seconds = monotonic() - began
    db.session.remove()
    walk = db.session.scalars(db.select(Walkthrough)).one()
    used = db.session.get_one(Framework, walk.framework_id)
    assert (used.name, used.version) == ("Our rubric 2026", "2026")
    assert steps.count <= MOST_STEPS
    print(f"\n{steps.count} steps, {seconds:.1f} s from Today to the first tap")  # noqa: T201
