"""Guides, wall cards and the communication kit on paper, read back; and in one’s own words."""

from __future__ import annotations

from collections.abc import Callable
from io import BytesIO

import page as pdf_ua
import pytest
from pypdf import PdfReader

from models.base import db
from models.look_for import LookForSet
from models.stance import Stance
from rules.communication import AUDIENCES, TEXTS
from tests.cast import Cast
from tests.jobs.test_pdf_letter import elements, words
from tests.page import Visitor
from tests.walk import AT

Visit = Callable[..., Visitor]
PAPERS = [
    "/guide/core-four.pdf",
    "/guide/core-four/card.pdf",
    "/guide.pdf",
    "/communication/why.pdf",
]


def paper(visitor: Visitor, path: str) -> bytes:
    """The PDF behind an address."""
    answer = visitor.get(path)
    assert answer.status == 200, answer.response.status
    assert answer.response.mimetype == "application/pdf"
    return answer.response.get_data()


@pytest.mark.only_sqlite
@pytest.mark.parametrize("path", PAPERS)
@pytest.mark.parametrize(("size", "points"), [("letter", (612, 792)), ("a4", (595, 842))])
def test_every_paper_is_accessible_on_either_size(
    visit: Visit, cast: Cast, path: str, size: str, points: tuple[int, int]
) -> None:
    pdf = paper(visit(cast.teacher), f"{path}?paper={size}")
    first = PdfReader(BytesIO(pdf)).pages[0].mediabox
    assert (round(float(first[2])), round(float(first[3]))) == points
    found = pdf_ua.validate_pdf_bytes(pdf, profile="ua1")
    assert found.is_compliant, [(each.rule_id, each.message) for each in found.failures]
    headings = [str(one["/S"]) for one in elements(pdf) if str(one["/S"]).startswith("/H")]
    assert headings[0] == "/H1"
    assert "/H3" not in headings


def test_the_guide_wears_the_codes_of_the_district(visit: Visit, cast: Cast) -> None:
    told = words(paper(visit(cast.teacher), "/guide/core-four.pdf"))
    assert "3a Communicating About Purpose and Content" in told
    look_for = cast.look_for("BL01")
    assert look_for.statement in told
    assert look_for.strong in told
    for sentence in ("Where are you now?", "A rating or a score of a person", "nothing to prepare"):
        assert sentence in told
    assert "Page 1 of 2" in told


@pytest.mark.only_sqlite
@pytest.mark.parametrize(("key", "pages"), [("core-four", 2), ("discourse-protection", 1)])
def test_at_most_twelve_look_fors_a_page(visit: Visit, cast: Cast, key: str, pages: int) -> None:
    for size in ("letter", "a4"):
        pdf = paper(visit(cast.teacher), f"/guide/{key}.pdf?paper={size}")
        assert len(PdfReader(BytesIO(pdf)).pages) == pages


@pytest.mark.only_sqlite
def test_a_mark_stands_where_a_look_for_feeds_the_check(visit: Visit, cast: Cast) -> None:
    teacher = visit(cast.teacher)

    def marks(key: str) -> int:
        figures = [
            one for one in elements(paper(teacher, f"/guide/{key}.pdf")) if one["/S"] == "/Figure"
        ]
        return sum("discourse check" in str(one.get("/Alt", "")) for one in figures)

    assert marks("discourse-protection") == 7 + 1  # and once in the key below the table
    assert marks("core-four") == 0
    assert marks("watch-outs") == 1 + 1


def test_not_blended_on_purpose_stands_in_the_guide_with_its_reason(
    visit: Visit, cast: Cast
) -> None:
    teacher = visit(cast.teacher)
    assert "Not blended" not in words(paper(teacher, "/guide/core-four.pdf"))
    part = next(each for each in cast.framework.components if each.key == "3b")
    Stance.take(
        part, "refrain", unit="Poems", reason="One room, one voice.", school_id=None,
        by=cast.lead, at=AT,
    )  # fmt: skip
    db.session.commit()
    told = words(paper(teacher, "/guide/core-four.pdf"))
    assert "Not blended on purpose, in Poems. One room, one voice." in told


@pytest.mark.only_sqlite
def test_a_wall_card_is_one_page_whatever_the_set(visit: Visit, cast: Cast) -> None:
    teacher = visit(cast.teacher)
    for one in db.session.scalars(LookForSet.visible_to(cast.teacher)).all():
        for size in ("letter", "a4"):
            pdf = paper(teacher, f"/guide/{one.key}/card.pdf?paper={size}")
            assert len(PdfReader(BytesIO(pdf)).pages) == 1, (one.key, size)


def test_a_set_that_is_not_there_is_said(visit: Visit, cast: Cast) -> None:
    page = visit(cast.teacher).get("/guide/nothing.pdf")
    assert page.status == 404
    assert "There is no published set of this name" in page.words


@pytest.mark.only_sqlite
@pytest.mark.parametrize("audience", AUDIENCES)
def test_each_wording_is_a_page_on_the_screen_and_on_paper(
    visit: Visit, cast: Cast, audience: str
) -> None:
    teacher = visit(cast.teacher)
    page = teacher.get(f"/communication/{audience}")
    assert page.heading == TEXTS[audience].title
    pdf = paper(teacher, f"/communication/{audience}.pdf")
    assert len(PdfReader(BytesIO(pdf)).pages) == 1
    assert TEXTS[audience].paragraphs[-1] in words(pdf)
    assert "Words to avoid" in words(pdf)


def test_a_district_says_it_in_its_own_words_and_can_go_back(visit: Visit, cast: Cast) -> None:
    lead, teacher = visit(cast.lead), visit(cast.teacher)
    own = {
        "title": "Why we come by",
        "body": "To see.\r\n\r\nAnd to listen.",
        "say": "We saw",
        "avoid": "",
    }
    assert lead.post("/communication/why/edit", own).status == 302
    page = teacher.get("/communication/why")
    assert page.heading == "Why we come by"
    assert "In the words of your district" in page.words
    assert "And to listen." in words(paper(teacher, "/communication/why.pdf"))
    assert visit(cast.administrator).get("/communication/why/edit").status == 200
    lead.post("/communication/why/ours")
    assert teacher.get("/communication/why").heading == TEXTS["why"].title


def test_an_empty_text_is_refused_and_what_was_typed_stays(visit: Visit, cast: Cast) -> None:
    page = visit(cast.lead).post("/communication/why/edit", {"title": "Kept", "body": " "})
    assert page.status == 422
    assert "Write the text." in page.words
    assert "Kept" in page.text
