"""A sign-in that ends while a visit is open: asked for in place; nothing is lost or given away."""

from __future__ import annotations

from collections.abc import Callable
from threading import Event

import pytest
from playwright.sync_api import Page, expect
from werkzeug.wrappers import Request, Response

from blueprints.kit.access import now
from blueprints.kit.transaction import writing
from models.base import db
from models.person import Person
from models.sign_in import SignIn
from tests.browser.faults.gate import Gate
from tests.browser.faults.walk import FIRST, SECOND, Walking, held
from tests.capture.phone import try_now
from tests.cast import PASSWORD, Cast

pytestmark = [pytest.mark.browser, pytest.mark.only_sqlite]

SAVED = "Saved on this phone"


def end_sign_ins(person: Person) -> None:
    """Somebody revokes every device of this person."""
    db.session.rollback()  # see the sign-in that the browser has just made
    writing()
    for device in db.session.scalars(SignIn.of(person, at=now())):
        device.end(at=now())
    db.session.commit()


def sign_in(page: Page, person: Person) -> None:
    """Fills the form that stands on the screen."""
    page.get_by_label("E-mail").fill(person.email or "")
    page.get_by_label("Password").fill(PASSWORD)
    page.get_by_role("button", name="Sign in").click()


def test_a_sign_in_that_ends_during_the_visit_is_asked_for_in_place(
    walking: Callable[..., Walking], cast: Cast
) -> None:
    hands = walking()
    hands.see(FIRST)
    end_sign_ins(cast.principal)
    hands.see(SECOND)
    hands.finish()
    sign_in(hands.page, cast.principal)
    hands.page.wait_for_url("**/feedback/*", wait_until="commit")
    expect(hands.page.get_by_text(SECOND).first).to_be_attached()
    hands.whole(taps=2)
    assert hands.said == []


def test_a_401_that_is_not_ours_signs_nobody_out(
    walking: Callable[..., Walking], gate: Gate
) -> None:
    hands = walking()
    hands.safe()
    gate.answer(401, "<h1>Proxy authentication</h1>")
    hands.see(FIRST)
    hands.finish()
    expect(hands.page.get_by_role("heading", level=1)).to_have_text(SAVED)
    expect(hands.page.get_by_role("form", name="Sign in")).to_be_hidden()
    gate.clear()
    try_now(hands.page)
    hands.page.wait_for_url("**/feedback/*", wait_until="commit")
    hands.whole(taps=1)


def test_somebody_else_signs_in_on_the_same_phone_and_carries_nothing_as_theirs(
    walking: Callable[..., Walking], cast: Cast, gate: Gate, address: str
) -> None:
    hands = walking()
    hands.safe()
    hands.marks()
    gate.answer(503, {"server": "crosswalk", "reason": "Busy."})
    hands.see(FIRST)
    end_sign_ins(cast.principal)
    hands.page.goto(f"{address}/sign-in")
    sign_in(hands.page, cast.coach)
    hands.page.wait_for_url(f"{address}/")
    gate.clear()
    hands.open("")
    expect(hands.page.get_by_role("heading", level=1)).to_have_text("Start a visit")
    hands.until(lambda: len(held()) == 3)  # by itself: who arrives seals, loads anew and carries
    assert hands.store() == [], "what was sealed is nothing to read for the next person"
    assert {event.author_id for event in held()} == {cast.principal.id}


def test_an_answer_older_than_the_sign_in_does_not_take_it_back(
    phone: Callable[..., Page],
    walking: Callable[..., Walking],
    cast: Cast,
    gate: Gate,
    address: str,
) -> None:
    page = phone()
    page.context.clear_cookies()
    page.goto(f"{address}/sign-in")
    sign_in(page, cast.principal)  # by the form, whose cookie outlives the browser
    page.wait_for_url(f"{address}/")
    hands = walking(page)
    hands.safe()
    # listened to from here on: a listener that is new when the answer comes may come too late
    answers: list[tuple[str, int]] = []
    page.on("response", lambda one: answers.append((one.url, one.status)))
    end_sign_ins(cast.principal)
    heard, signed_in = Event(), Event()

    def late(request: Request) -> Response | None:
        if request.path != "/sync" or signed_in.is_set():
            return None
        answer = gate.ask(request)
        heard.set()
        signed_in.wait(60)
        return answer

    gate.fault = late
    hands.see(FIRST)
    hands.until(heard.is_set)
    other = page.context.new_page()
    other.goto(f"{address}/sign-in")
    sign_in(other, cast.principal)
    other.wait_for_url(f"{address}/")
    signed_in.set()
    hands.until(lambda: (f"{address}/sync", 401) in answers)
    other.reload()
    expect(other.get_by_role("heading", level=1)).to_have_text("Today")
    hands.nudge()
    hands.whole(taps=1)
