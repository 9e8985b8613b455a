"""Students answer on a phone and on a Chromebook, in both languages, with and without script."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from tests.cast import Cast
from tests.chromium import Open
from tests.voice import MIXED, answer, make, secret

pytestmark = [pytest.mark.browser, pytest.mark.only_sqlite]

CHROMEBOOK = {
    "viewport": {"width": 1366, "height": 768},
    "device_scale_factor": 1,
    "is_mobile": False,
    "has_touch": False,
    "locale": "es-US",
}
LOWEST = """() => Math.max(...[...document.querySelectorAll('form .btn')].map(
  one => one.getBoundingClientRect().bottom))"""
SMALLEST = """() => Math.min(...[...document.querySelectorAll('.btn')].flatMap(
  one => [one.getBoundingClientRect().width, one.getBoundingClientRect().height]))"""


def choose(page: Page, question: str, said: str) -> None:
    """Put a thumb or a pointer on an answer, near its edge."""
    answers = page.get_by_role("group", name=question).locator("label")
    answers.filter(has_text=said).first.click(position={"x": 8, "y": 8})


def test_a_class_answers_and_its_teacher_reads_the_numbers(
    tab: Open, enter: Callable[..., Page], address: str, cast: Cast
) -> None:
    made = make(cast)
    answer(made, MIXED[:4])
    *_, first, second = made.letters(secret=secret())

    phone = tab()
    phone.goto(f"{address}/voice/{first}")
    assert phone.evaluate(SMALLEST) >= 44
    for question, said in (("Where are you now?", "I know"), ("interests you?", "Not yet")):
        choose(phone, question, said)
    phone.get_by_role("button", name="Send my answers").tap()
    expect(phone.get_by_role("heading", level=1)).to_have_text("Thank you")
    assert phone.context.cookies() == []
    phone.go_back()  # nothing was kept, so the ticket is asked for again
    expect(phone.get_by_role("heading", level=1)).to_have_text("This ticket cannot be used")

    chromebook = tab(**CHROMEBOOK, java_script_enabled=False)
    chromebook.goto(f"{address}/voice")
    chromebook.get_by_label("Letras").fill(f"{second[:3].lower()} {second[3:6]} {second[6:]}")
    chromebook.get_by_role("button", name="Seguir").click()
    expect(chromebook.get_by_role("heading", level=1)).to_have_text("¿Cómo te va en esta clase?")
    expect(chromebook.get_by_text("Leer en voz alta")).to_be_hidden()
    for key in ("Tab", "Tab", "Tab"):
        chromebook.keyboard.press(key)
    chromebook.keyboard.press("Space")  # the first answer, by the keyboard
    choose(chromebook, "¿Cómo vas a llegar?", "Lo sé un poco")
    chromebook.get_by_role("button", name="Enviar mis respuestas").click()
    expect(chromebook.get_by_role("heading", level=1)).to_have_text("Gracias")

    teacher = enter(cast.teacher)
    teacher.get_by_role("link", name="Ask your students").click()
    teacher.get_by_role("link", name="Math 7").click()
    expect(teacher.locator("main")).to_contain_text("6 of 24 tickets used.")
    teacher.get_by_role("button", name="Close and see the results").click()
    expect(teacher.locator("main")).to_contain_text("6 students answered")


def test_on_a_chromebook_everything_is_on_one_screen_and_the_page_reads_itself(
    tab: Open, address: str, cast: Cast
) -> None:
    [ticket, *_] = make(cast).letters(secret=secret())
    page = tab(**CHROMEBOOK)
    page.add_init_script(
        """window.said = []; const line = speechSynthesis;
        Object.defineProperty(line, 'speak', {value: one => said.push([one.lang, one.text])});
        Object.defineProperty(line, 'cancel', {value: () => said.push('quiet')});"""
    )
    page.goto(f"{address}/voice/{ticket}")
    assert page.evaluate(LOWEST) <= 768
    page.get_by_role("button", name="Leer en voz alta").click()
    said = page.evaluate("said")
    assert ["es", "¿Hacia dónde vas?"] in said
    assert ["es", "Todavía no"] in said
    assert {language for language, _ in said} == {"es"}
    choose(page, "¿Hacia dónde vas?", "Todavía no")
    page.get_by_role("link", name="English").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("How is this lesson going for you?")
    going = page.get_by_role("group", name="Where are you going?")
    expect(going.get_by_label("Not yet")).to_be_checked()
