"""A coaching on phone and desk: asked, agreed, a step, its check-back on the phone, met."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import timedelta

import pytest
from playwright.sync_api import Page, expect

from blueprints.kit import access
from tests.cast import Cast

pytestmark = [pytest.mark.browser, pytest.mark.only_sqlite]

Enter = Callable[..., Page]
DESK = {"viewport": {"width": 1280, "height": 900}}


def test_a_step_goes_round_from_the_desk_to_the_phone_and_back(
    enter: Enter, cast: Cast, address: str
) -> None:
    desk = enter(cast.coach, **DESK)
    desk.get_by_role("link", name="Coaching", exact=True).click()
    desk.get_by_role("link", name="Ms. Okafor", exact=True).click()
    desk.get_by_role("textbox", name="Goal").fill("Students answer each other’s ideas")
    desk.get_by_role("button", name="Keep the goal").click()
    desk.get_by_role("link", name="Agree a step").click()
    desk.get_by_label("Ideas for a look-for").select_option(
        label="A named talk structure is running"
    )
    desk.get_by_role("button", name="Show ideas").click()
    desk.get_by_role("link", name="Take it").first.click()
    expect(desk.get_by_label("The step")).to_have_value(re.compile("^Try one talk structure"))
    day = access.now().date() + timedelta(days=3)
    desk.get_by_label("Check-back on").fill(day.isoformat())
    desk.get_by_role("button", name="Keep the step").click()
    expect(desk.get_by_role("heading", level=1)).to_have_text("A step for Ms. Okafor")

    teacher = enter(cast.teacher)
    teacher.get_by_role("link", name="Try one talk structure").click()
    expect(teacher.get_by_text("You and Mr. Reyes can read this, and nobody else.")).to_be_visible()
    teacher.get_by_label("How did it go?").fill("Tried it on Tuesday")
    teacher.get_by_role("button", name="I tried it").click()
    expect(teacher.get_by_role("status")).to_contain_text("The check-back looks for it")

    phone = enter(cast.coach)
    phone.goto(f"{address}/coaching")
    phone.get_by_role("link", name="Start a visit with Ms. Okafor").click()
    expect(phone.locator("main")).to_contain_text("Last step: Try one talk structure")
    phone.get_by_role("button", name="Start", exact=True).click()
    first = phone.get_by_role("button", name="A named talk structure is running").first
    expect(first).to_be_visible()

    desk.reload()
    expect(desk.locator("main")).to_contain_text("Tried it on Tuesday")
    desk.get_by_text("Met", exact=True).click()
    desk.get_by_role("button", name="Close the step").click()
    expect(desk.get_by_role("heading", level=2, name="Met on")).to_be_visible()
