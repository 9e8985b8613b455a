"""The letter on paper, read back: structure, words, faces, pages."""

import io
import re
from dataclasses import replace
from itertools import pairwise
from pathlib import Path
from typing import Any

import page
import pypdfium2 as pdfium
import pytest
from jinja2 import Environment, FileSystemLoader, StrictUndefined
from pypdf import PdfReader

from jobs.pdf import render
from rules.feedback.letter import Brand, Reply, Report
from tests.rules.test_feedback_report import COVER, letter
from tests.rules.walks import Walk, okafor

ROOT = Path(__file__).parents[2]
PAGES = Environment(
    loader=FileSystemLoader(ROOT / "templates"), undefined=StrictUndefined, autoescape=True
)
NOTE = "Two pairs at the window compared their answers, and one of them drew a number line. " * 48


def printed(made: Report) -> bytes:
    html = PAGES.get_template("report/feedback.html").render(report=made)
    return render(html, lang=made.cover.lang, title=made.title, author=made.cover.observer)


def words(pdf: bytes) -> str:
    with pdfium.PdfDocument(pdf) as document:
        return " ".join(
            " ".join(one.get_textpage().get_text_range().split()) for one in document
        ).replace("\ufffe", "-")


def opened(pdf: bytes) -> Any:
    """The file as pypdf reads it: its objects are whatever the file says they are."""
    return PdfReader(io.BytesIO(pdf))


def elements(pdf: bytes) -> list[Any]:
    """Every structure element in reading order."""
    found: list[Any] = []

    def walk(node: Any) -> None:
        node = node.get_object() if hasattr(node, "get_object") else node
        if isinstance(node, dict) and "/S" in node:
            found.append(node)
        kids = node.get("/K", []) if isinstance(node, dict) else []
        kids = kids.get_object() if hasattr(kids, "get_object") else kids
        for kid in kids if isinstance(kids, list) else [kids]:
            if not isinstance(kid, int):
                walk(kid)

    walk(PdfReader(io.BytesIO(pdf)).root_object["/StructTreeRoot"])
    return found


def busy() -> Walk:
    walk = okafor()
    walk.note(9.6, NOTE[:4000])
    walk.note(9.8, "<script>alert(1)</script> & “quoted”", speaker="teacher")
    for number in range(24):
        walk.again(16 + number / 2, "ideas")
        walk.add("structure_seen", 16.2 + number / 2, structure="jigsaw")
    for student in "CDEF":
        walk.student(30, student, "clear", "partly", "not_yet", "It is the third step. " * 9)
    walk.add("verdict_overridden", 31, verdict="at_risk", reason="Both groups were at my elbow.")
    return walk


LONG_NAMES = replace(
    COVER,
    teacher="Ms. Maria-Alexandra Papadopoulou-Featherstonehaugh de la Cruz Villanueva",
    class_line="Advanced Placement Environmental Science and Sustainability Seminar, Room 114-B",
    brand=Brand("Springfield Unified School District No. 214", "#b3261e"),
)


@pytest.mark.parametrize("paper", ["letter", "a4"])
def test_the_letter_is_two_pages_of_the_paper_asked_for(paper: str) -> None:
    read = PdfReader(io.BytesIO(printed(letter(okafor(), replace(COVER, paper=paper)))))
    assert len(read.pages) == 2
    size = [round(float(read.pages[0].mediabox[at])) for at in (2, 3)]
    assert size == {"letter": [612, 792], "a4": [595, 842]}[paper]


@pytest.mark.parametrize(
    "walk", [okafor(), busy(), Walk().start(), Walk().start(phase="assessment")]
)
def test_every_letter_passes_pdf_ua(walk: Walk) -> None:
    made = printed(letter(walk, LONG_NAMES, version=2, history=("October 15: recounted.",)))
    found = page.validate_pdf_bytes(made, profile="ua1")
    assert found.is_compliant, [(f.rule_id, f.message) for f in found.failures]
    assert found.rules.total > 100


def test_title_author_and_language_are_set_and_shown() -> None:
    read = opened(printed(letter(okafor())))
    assert read.metadata is not None
    assert read.metadata.title == "Feedback for Ms. Okafor, Math 7, October 14"
    assert read.metadata.author == "Ms. Holt, principal"
    assert read.root_object["/Lang"] == "en"
    assert read.root_object["/ViewerPreferences"]["/DisplayDocTitle"]


def test_headings_start_at_one_and_skip_no_level() -> None:
    levels = [
        int(one["/S"][2])
        for one in elements(printed(letter(okafor())))
        if re.fullmatch(r"/H\d", str(one["/S"]))
    ]
    assert levels[0] == 1
    assert levels.count(2) >= 7
    assert all(after - before <= 1 for before, after in pairwise(levels))


def test_every_table_has_headers_and_every_figure_has_its_words() -> None:
    found = elements(printed(letter(okafor())))
    tables = [one for one in found if one["/S"] == "/Table"]
    assert len(tables) == 4
    assert sum(one["/S"] == "/TH" for one in found) >= 4 + 3 + 3 + 2
    figures = [str(one.get("/Alt", "")) for one in found if one["/S"] == "/Figure"]
    assert all(figures)
    assert sum("24 students: 11 with a classmate" in alt for alt in figures) == 2


def test_all_faces_are_embedded_and_ours() -> None:
    faces = set()
    for sheet in opened(printed(letter(okafor()))).pages:
        for font in sheet["/Resources"]["/Font"].values():
            (below,) = font.get_object()["/DescendantFonts"]
            described = below.get_object()["/FontDescriptor"].get_object()
            assert "/FontFile2" in described
            faces.add(str(font.get_object()["/BaseFont"]).split("+")[1])
    assert faces == {"Paper-Sans", "Paper-Sans-Bold", "Paper-Serif", "Paper-Serif-Italic"}


def test_a_district_prints_in_its_own_color() -> None:
    def colors(made: Report) -> bool:
        first = opened(printed(made)).pages[0].get_contents().get_data().decode("latin-1")
        return "0.701961 0.14902 0.117647 rg" in first

    assert colors(letter(okafor(), replace(COVER, brand=Brand("Lake District", "#b3261e"))))
    assert not colors(letter(okafor()))


def test_the_words_of_the_letter_are_on_the_page() -> None:
    made = letter(okafor(), rights=("Framework: codes and names only.",))
    said = words(printed(made))
    for line in (*made.strengths, *made.discourse, made.step, made.question):
        assert line is not None
        assert line.text in said
    for part in (
        "What was strong",
        "Talk about the content",
        "One next step",
        "A question to think about",
        "Your reply",
        "The evidence behind it",
        "Why “preserved”",
        "Rule 2026.1.",
        "Framework: codes and names only.",
        "no rating is given or stored",
        "Page 2 of 2",
    ):
        assert part in said


def test_evidence_numbers_are_links_inside_the_file() -> None:
    read = opened(printed(letter(okafor())))
    links = [one.get_object() for one in read.pages[0]["/Annots"]]
    assert len(links) == 13
    assert all("/URI" not in str(link.get("/A", "")) for link in links)
    assert {f"evidence-{number}" for number in (2, 4, 6, 7, 9, 10, 11)} <= set(
        read.named_destinations
    )


def test_replies_travel_with_the_letter_in_place_of_the_ruled_lines() -> None:
    reply = Reply("Ms. Okafor", "October 15, 8:10", "We had talked for ten minutes before.")
    said = words(printed(letter(okafor(), replies=(reply,))))
    assert "What the teacher answered" in said
    assert reply.text in said
    assert "Your reply" not in said


def test_much_evidence_flows_on_and_loses_nothing() -> None:
    made = letter(busy(), LONG_NAMES)
    pdf = printed(made)
    said = words(pdf)
    assert len(PdfReader(io.BytesIO(pdf)).pages) > 2
    assert NOTE[3800:4000].split(". ")[0] in said
    assert "<script>alert(1)</script>" in said
    assert "The observer’s reading; the rule says preserved." in said
    assert f"Page {len(PdfReader(io.BytesIO(pdf)).pages)} of" in said


def test_twenty_five_rows_still_make_two_pages() -> None:
    walk = Walk().start()
    for number, look_for in enumerate(("model", "ideas", "ways", "group", "plain") * 5):
        minute = 5 + number * 0.4
        if number in (6, 12, 18):
            walk.sweep(minute, 8, 4, 2, 6, 2, 1, 1)
        elif number < 5:
            walk.mark(minute, look_for)
        else:
            walk.again(minute, look_for)
    made = letter(walk, rights=("Framework: codes and names only.",))
    assert len(made.rows) == 25
    assert len(opened(printed(made)).pages) == 2


def test_right_quiet_says_why_on_the_first_page() -> None:
    with pdfium.PdfDocument(printed(letter(Walk().start(phase="assessment")))) as document:
        first = " ".join(document[0].get_textpage().get_text_range().split())
    assert "The class was in an assessment, where quiet is right." in first


def test_rows_are_never_split_between_pages() -> None:
    made = letter(busy())
    with pdfium.PdfDocument(printed(made)) as document:
        sheets = [" ".join(one.get_textpage().get_text_range().split()) for one in document]
    for row in made.rows:
        if row.said and len(row.said) < 300:
            holding = [sheet for sheet in sheets[1:] if row.text in sheet and row.said in sheet]
            assert holding, row.text


def test_letters_no_face_of_ours_has_do_not_break_the_page() -> None:
    walk = okafor()
    walk.note(14, "نعم 数学 🙂 \x07 and on", speaker="student")
    made = printed(letter(walk))
    assert "and on" in words(made)
