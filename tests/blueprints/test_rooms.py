"""The page of room codes and its cards on paper, read back to the last module."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from io import BytesIO
from typing import Any

import page as pdf_ua
import pypdfium2 as pdfium
import pytest
import segno
from flask import Flask
from pypdf import PdfReader

from jobs.pdf import render
from jobs.qr import QUIET, qr
from models.base import db
from models.district import ClassTeacher, School, SchoolClass
from models.room import rooms_of
from tests.cast import Cast, named
from tests.jobs.test_pdf_letter import PAGES, elements, words
from tests.page import Visitor

Visit = Callable[..., Visitor]
PATH = f"/schools/{named('lincoln')}/room-codes"
ADDRESS = "https://crosswalk.district.example/capture#room=BWXQ"
SHARP = 8  # pixels a point when a page is looked at


def card(name: str, **more: Any) -> tuple[dict[str, Any], object]:
    """A room as the sheet sees it."""
    title = name if more.get("teacher_id") else f"Room {name}"
    room = {"name": name, "title": title, "teacher_id": None, "code": "BWXQ"} | more
    return room, qr(ADDRESS)


def sheet(names: list[str], paper: str) -> bytes:
    """A sheet of rooms with these names."""
    made = PAGES.get_template("report/room_codes.html").render(
        school={"name": "Lincoln Middle School"}, paper=paper, cards=[card(name) for name in names]
    )
    return render(made, lang="en", title="Room codes, Lincoln Middle School")


def codes_of(name: str) -> list[str]:
    db.session.remove()
    return [room.code or "" for room in rooms_of(db.session.get_one(School, named(name)))]


def test_codes_are_made_by_a_button_and_not_by_looking(visit: Visit, cast: Cast) -> None:
    principal = visit(cast.principal)
    page = principal.get(PATH)
    assert "Make room codes" in page.words
    assert principal.get(f"{PATH}.pdf").status == 404
    assert codes_of("lincoln") == ["", ""]
    assert principal.post(PATH).status == 302
    page = principal.get(PATH)
    assert "2 codes made." in page.words
    assert "Make room codes" not in page.words
    assert all(code in page.words for code in codes_of("lincoln"))


def test_new_rooms_are_counted_on_the_button(visit: Visit, cast: Cast) -> None:
    visit(cast.principal).post(PATH)
    for room in ("301", "302", "303"):
        one = SchoolClass(school_id=named("lincoln"), name=f"Art {room}", room=room)
        one.teaching = [ClassTeacher(teacher_id=named("okafor"), position=0)]
        db.session.add(one)
    db.session.commit()
    assert "3 new rooms: make their codes" in visit(cast.principal).get(PATH).words
    seen = visit(cast.coach).get(PATH).words
    assert "3 rooms have no code yet" in seen
    assert "make their codes" not in seen


def test_an_observer_of_one_school_is_there_at_once_and_an_administrator_chooses(
    visit: Visit, cast: Cast
) -> None:
    assert visit(cast.principal).get("/room-codes").response.headers["Location"] == PATH
    page = visit(cast.administrator).get("/room-codes")
    assert "Lincoln Middle School" in page.words
    assert "Harbor Middle School" in page.words


def test_a_role_elsewhere_opens_no_door(visit: Visit, cast: Cast) -> None:
    assert visit(cast.stranger).get(PATH).status == 404
    assert visit(cast.stranger).post(PATH).status == 404
    assert codes_of("lincoln") == ["", ""]


def test_the_cards_name_the_public_address_and_never_the_one_asked(
    app: Flask, visit: Visit, cast: Cast
) -> None:
    settings = app.config["SETTINGS"]
    app.config["SETTINGS"] = replace(settings, public_url="https://walk.cedarfalls.example")
    try:
        principal = visit(cast.principal)
        principal.post(PATH)
        answer = principal.get(f"{PATH}.pdf?paper=a4").response
    finally:
        app.config["SETTINGS"] = settings
    assert answer.mimetype == "application/pdf"
    code = codes_of("lincoln")[0]
    printed = matrix(answer.data, 0)
    assert printed == wanted(f"https://walk.cedarfalls.example/capture#room={code}")
    text = "".join(words(answer.data).split())
    assert "Room114" in text
    assert code in text


@pytest.mark.parametrize(("paper", "size"), [("letter", (612, 792)), ("a4", (595, 842))])
def test_six_cards_stand_on_a_page_and_the_file_is_accessible(
    paper: str, size: tuple[int, int]
) -> None:
    names = ["114", "Library Media Center", "Portable Classroom Twelve, behind the parking lot"] * 3
    made = sheet(names, paper)
    read = PdfReader(BytesIO(made))
    assert len(read.pages) == 2
    assert tuple(round(float(read.pages[0].mediabox[at])) for at in (2, 3)) == size
    found = pdf_ua.validate_pdf_bytes(made, profile="ua1")
    assert found.is_compliant, [(f.rule_id, f.message) for f in found.failures]
    pictures = [one for one in elements(made) if one["/S"] == "/Figure"]
    assert {str(one["/Alt"]) for one in pictures} == {
        f"QR code that starts a visit: Room {name}" for name in names
    }
    assert len(pictures) == 9
    text = "".join(words(made).split())
    assert text.count("BWXQ") == 9
    assert text.count("behindtheparkinglot") >= 3
    assert matrix(made, 0) == wanted(ADDRESS)


def wanted(address: str) -> list[list[bool]]:
    """The modules segno makes of an address."""
    made = segno.make(address, error="m", micro=False, boost_error=False)
    return [[bool(cell) for cell in row] for row in made.matrix]


def matrix(pdf: bytes, number: int, points: float = 124) -> list[list[bool]]:
    """The modules of the first code on a page, as a camera would see their middles."""
    with pdfium.PdfDocument(pdf) as document:
        shown = document[number].render(scale=SHARP).to_pil().convert("L")
    sizes = [len(wanted(ADDRESS)), len(wanted(ADDRESS + "x" * 9))]
    left, top, edge = finder(shown, points / 124 * 2.4)
    count = next(
        n
        for n in sorted({*sizes, 21, 25, 29, 33, 37})
        if abs(points * SHARP / (n + 2 * QUIET) - edge / 7) < 0.5
    )
    module = points * SHARP / (count + 2 * QUIET)
    return [
        [
            shown.getpixel((int(left + (x + 0.5) * module), int(top + (y + 0.5) * module))) < 128
            for x in range(count)
        ]
        for y in range(count)
    ]


def finder(shown: Any, least: float) -> tuple[int, int, int]:
    """Where the first code begins: a black line as long as seven of its modules, above words.

    `least` is the smallest module, in points.
    """
    width, height = shown.size
    pixels = shown.load()
    for y in range(height):
        run = 0
        for x in range(width):
            run = run + 1 if pixels[x, y] < 64 else 0
            if run and (x + 1 == width or pixels[x + 1, y] >= 64) and run > 7 * least * SHARP:
                return x + 1 - run, y, run
    raise AssertionError("there is no code on this page")
