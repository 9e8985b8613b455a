"""A visit opened at the door: by a scanned address, by letters, with and without a network."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect
from sqlalchemy import select

from blueprints.kit.transaction import writing
from models.base import db
from models.district import ClassTeacher, School, SchoolClass
from models.room import RoomCode
from models.walkthrough import Walkthrough
from tests.capture.phone import Hands
from tests.cast import BEGAN, Cast, named

pytestmark = [pytest.mark.browser, pytest.mark.only_sqlite]

Enter = Callable[..., Page]
START = {"name": "Start", "exact": True}


def letters(room: str) -> str:
    """The code of a room, made where it has none."""
    db.session.remove()  # what the browser has done since belongs to this look
    writing()
    RoomCode.make(db.session.get_one(School, named("lincoln")), by=None, at=BEGAN)
    db.session.commit()
    code = db.session.scalars(select(RoomCode.code).where(RoomCode.room == room)).one()
    db.session.remove()
    return code


def second_class_in_114() -> None:
    """Mr. Lindqvist teaches in Ms. Okafor’s room, too."""
    writing()
    taught = [ClassTeacher(teacher_id=named("lindqvist"), position=0)]
    db.session.add(
        SchoolClass(
            school_id=named("lincoln"), name="Advisory", period="6", room="114", teaching=taught
        )
    )
    db.session.commit()


def classes_visited() -> list[str | None]:
    db.session.remove()
    rows = db.session.scalars(select(Walkthrough.class_id))
    return [None if row is None else db.session.get_one(SchoolClass, row).name for row in rows]


def test_letters_typed_without_a_network_start_a_visit_in_that_room(
    enter: Enter, cast: Cast, address: str
) -> None:
    second_class_in_114()
    code = letters("114")
    page = enter(cast.principal)
    hands = Hands(page, address)
    hands.open()
    field = page.get_by_label("Room code", exact=True)
    expect(field).to_be_visible()
    page.wait_for_load_state("networkidle")
    page.context.set_offline(True)
    field.fill(f" {code[:2].lower()} {code[2:].lower()}")
    page.get_by_role("button", name="Open the room").click()
    expect(page.get_by_role("heading", name="Room 114")).to_be_visible()
    page.get_by_role("button", name="Mr. Lindqvist Advisory").click()
    page.get_by_role("button", **START).click()  # type: ignore[arg-type]
    expect(hands.chips.first).to_be_visible()
    hands.see("Students on every path can say")
    page.context.set_offline(False)
    hands.safe()
    assert classes_visited() == ["Advisory"]
    assert hands.said == []


def test_a_scanned_code_stands_at_the_start_of_the_one_class_there(
    enter: Enter, cast: Cast, address: str
) -> None:
    code = letters("207")
    page = enter(cast.principal)
    hands = Hands(page, address)
    hands.open(f"#room={code}")
    expect(page.get_by_role("heading", name="Mr. Lindqvist")).to_be_visible()
    expect(page.get_by_role("radio", name="Science 8")).to_be_checked()
    page.get_by_role("button", name="Someone else").click()
    expect(page.get_by_label("Room code", exact=True)).to_be_visible()
    hands.open(f"#room={code}")
    page.get_by_role("button", **START).click()  # type: ignore[arg-type]
    expect(hands.chips.first).to_be_visible()
    hands.safe()
    assert classes_visited() == ["Science 8"]


def test_an_unknown_code_says_what_to_do_and_a_new_kit_may_know_it(
    enter: Enter, cast: Cast, address: str
) -> None:
    page = enter(cast.principal)
    hands = Hands(page, address)
    hands.open("#room=KKKK")
    said = page.get_by_text("This phone knows no room with the code KKKK.")
    expect(said).to_be_visible()
    expect(page.get_by_label("Room code", exact=True)).to_have_value("KKKK")
    page.wait_for_load_state("networkidle")
    code = letters("114")
    page.get_by_label("Room code", exact=True).fill(code)
    page.get_by_role("button", name="Open the room").click()
    expect(page.get_by_text(f"no room with the code {code}")).to_be_visible()
    page.get_by_role("button", name="Fetch the rooms again").click()
    expect(page.get_by_role("heading", name="Ms. Okafor")).to_be_visible()
    expect(page.get_by_role("radio", name="Math 7")).to_be_checked()
    assert hands.said == []


def test_letters_typed_on_today_lead_to_the_room(enter: Enter, cast: Cast, address: str) -> None:
    code = letters("114")
    page = enter(cast.principal)
    page.get_by_label("Room code", exact=True).fill(code.lower())
    page.get_by_role("button", name="Open the room").click()
    page.wait_for_url(f"{address}/capture#room=*")
    expect(page.get_by_role("heading", name="Ms. Okafor")).to_be_visible()


def test_without_script_today_shows_where_the_letters_are_and_no_dead_field(
    enter: Enter, cast: Cast, address: str
) -> None:
    page = enter(cast.principal, java_script_enabled=False)
    expect(page.get_by_text("Four letters on the card beside a classroom door")).to_be_visible()
    expect(page.get_by_label("Room code", exact=True)).to_be_hidden()
