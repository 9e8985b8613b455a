"""Tickets on paper, read back to the last module of their codes."""

from __future__ import annotations

from datetime import date
from io import BytesIO
from typing import Any

import page as pdf_ua
import pytest
from pypdf import PdfReader

from jobs.pdf import render
from jobs.qr import qr
from rules.voice import draw, spaced, words_for
from tests.blueprints.test_rooms import matrix, wanted
from tests.jobs.test_pdf_letter import PAGES, elements, words

HOST = "crosswalk.district.example/voice"
TICKETS = [draw(b"a sheet", number) for number in range(24)]


def sheet(paper: str, *, large: bool = False) -> bytes:
    """Twenty-four tickets as the teacher prints them."""
    title = "Tickets, Math 7, Tuesday, October 13"
    given: dict[str, Any] = {
        "title": title,
        "sheet": {"day": date(2026, 10, 13)},
        "paper": paper,
        "large": large,
        "address": HOST,
        "english": words_for("en", None),
        "spanish": words_for("es", None),
        "tickets": [(spaced(one), qr(f"https://{HOST}/{one}")) for one in TICKETS],
    }
    return render(PAGES.get_template("report/tickets.html").render(given), lang="en", title=title)


@pytest.mark.parametrize(
    ("paper", "large", "size", "pages", "points"),
    [
        ("letter", False, (612, 792), 3, 92),
        ("a4", False, (595, 842), 3, 92),
        ("letter", True, (612, 792), 6, 150),
        ("a4", True, (595, 842), 6, 150),
    ],
)
def test_every_ticket_is_printed_once_and_the_file_is_accessible(
    paper: str, *, large: bool, size: tuple[int, int], pages: int, points: float
) -> None:
    made = sheet(paper, large=large)
    read = PdfReader(BytesIO(made))
    assert len(read.pages) == pages
    assert tuple(round(float(read.pages[0].mediabox[at])) for at in (2, 3)) == size
    found = pdf_ua.validate_pdf_bytes(made, profile="ua1")
    assert found.is_compliant, [(f.rule_id, f.message) for f in found.failures]
    pictures = [str(one["/Alt"]) for one in elements(made) if one["/S"] == "/Figure"]
    assert pictures == [f"QR code of the ticket {spaced(one)}" for one in TICKETS]
    text = words(made)
    assert all(text.count(spaced(one)) == 1 for one in TICKETS)
    assert text.count("¿Cómo te va en esta clase?") == len(TICKETS)
    assert text.count("Escanea, o escribe ahí las letras.") == len(TICKETS)
    first = f"https://{HOST}/{TICKETS[0]}"
    assert matrix(made, 0, points) == wanted(first)
