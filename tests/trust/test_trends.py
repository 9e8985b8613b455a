"""What trends say, byte by byte: no teacher's name, and nothing of a number that is hidden."""

from __future__ import annotations

import io
import re
from collections import Counter
from collections.abc import Callable, Iterable
from zipfile import ZipFile, is_zipfile

import openpyxl
import page as pdf_ua
import pytest
from flask import Flask
from pypdf import PdfReader
from sqlalchemy import select

from models.base import db
from models.trends.counted import Counted
from models.trends.published import ROOMS, TrendTable
from rules.trends import answers
from rules.trends.heat import APART
from rules.trends.hiding import BY
from tests.cast import Cast
from tests.closed_term import SCHOOLS, TEACHER, TERM, close
from tests.page import Visitor
from tests.trust.crawl import Answer, Browser, crawl, print_nothing
from tests.trust.paths import path_of

Visit = Callable[..., Visitor]
READERS = ("lead", "principal", "coach", "stranger")
FILES = ("/trends.csv", "/trends.xlsx", "/trends.pdf")
PUBLISHED = ("/trends", "/trends/words", *FILES)
"""What shows published tables only, whoever asks."""
PLACES = {"<shelf>": "core-four", "<code>": "BL01"}
CHANCE = re.compile(
    r'name="csrf_token" value="[^"]*"|/static/[^"]*'
    r"|\b[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}\b"
)
"""What is drawn by lot, and may hold any number between two letters: tokens, hashes, ids."""
TOLD = 100
"""A number from here on stands for one cell of this district, and for nothing else."""


@pytest.fixture
def spring(cast: Cast, monkeypatch: pytest.MonkeyPatch) -> Cast:
    """The cast, in a district whose spring is closed; its reader of BL01 wrote like a formula."""
    print_nothing(monkeypatch)
    cast.look_for("BL01").statement = "=1+1 is what students build on"
    close(cast.lead.district)
    return cast


def paths(app: Flask) -> list[str]:
    """Every address of trends that can be read."""
    rules = sorted(
        path_of(str(rule), PLACES)
        for rule in app.url_map.iter_rules()
        if str(rule).startswith("/trends") and "GET" in (rule.methods or ())
    )
    return [f"{path}?term={TERM}" for path in rules]


def told_apart() -> list[str]:
    """What can be told apart, in every way; it is the same for all who may see it."""
    ways = [f"{path}?term={TERM}&by={by}" for path in ("/trends", *FILES) for by in APART]
    return [*ways, *(f"/trends.pdf?term={TERM}&for={reader}" for reader in ("families", "board"))]


def everything(
    app: Flask, cast: Cast, addresses: Iterable[str], *parts: str
) -> dict[tuple[str, str], str]:
    """What each of these gets at each address, unpacked."""
    browsers = [Browser(app, part, getattr(cast, part)) for part in parts]
    read = crawl(browsers, addresses)
    return {key: source(answer) for key, answer in read.items() if answer[0] == 200}


def source(answer: Answer) -> str:
    """Every byte of an answer and its headers, without what is chance."""
    _, headers, body = answer
    if is_zipfile(io.BytesIO(body)):
        with ZipFile(io.BytesIO(body)) as packed:
            body = b"\n".join(packed.read(name) for name in packed.namelist())
    told = "\n".join(value for key, value in headers if key != "Set-Cookie")
    return CHANCE.sub("", told + body.decode())


def counts() -> dict[tuple[str, str, str, str], tuple[int, int]]:
    """Every cell of the term, hidden or not, counted anew: period, by, question, value."""
    found: Counter[tuple[str, str, str, str]] = Counter()
    yeses: Counter[tuple[str, str, str, str]] = Counter()
    for row in db.session.scalars(select(Counted)):
        for question, yes in answers(row.record):
            places = zip(BY, row.visit(row.month, yes=yes).places, strict=True)
            for key in (
                (row.month, "all", question, ""),
                *((TERM, by, question, value) for by, value in places if by != "month"),
            ):
                found[key] += 1
                yeses[key] += yes
    return {key: (yeses[key], n) for key, n in found.items()}


def hidden() -> set[int]:
    """The numbers of cells that stay hidden, and of none that is shown."""
    every, shown, kept = counts(), set[int](), set[int]()
    for row in db.session.scalars(select(TrendTable).where(TrendTable.by != ROOMS)):
        for value, cell in row.cells.items():
            told = cell or every[row.period, row.by, row.question, value]
            (shown if cell else kept).update(told)
    return {number for number in kept - shown if number >= TOLD}


def leaks(read: dict[tuple[str, str], str], numbers: Iterable[int]) -> list[str]:
    """Where a hidden number stands; a visitor's own pages hold what she may read."""
    told = re.compile(rf"(?<![\d.-])({'|'.join(map(str, sorted(numbers)))})(?![\d.-])")
    return [
        f"{part} at {path}: {', '.join(sorted(set(told.findall(text))))}"
        for (part, path), text in read.items()
        if part != "stranger" or path.partition("?")[0] in PUBLISHED
        if told.search(text)
    ]


def test_no_page_or_file_of_trends_names_a_teacher_or_holds_a_hidden_number(
    app: Flask, spring: Cast
) -> None:
    numbers = hidden()
    small = {one.school: one for one in SCHOOLS}
    assert {small["harbor"].visits, small["harbor"].yes, small["elm"].visits} <= numbers
    read = everything(app, spring, paths(app), *READERS)
    read |= everything(app, spring, told_apart(), "lead")
    assert {path.partition("?")[0] for part, path in read if part == "lead"} >= set(PUBLISHED)
    assert leaks(read, numbers) == []
    teachers = [TEACHER, "Okafor", "Lindqvist", "Moreau"]
    assert [key for key, text in read.items() for name in teachers if name in text] == []


def test_a_number_that_is_not_hidden_would_be_noticed(
    app: Flask, spring: Cast, monkeypatch: pytest.MonkeyPatch
) -> None:
    numbers, every = hidden(), counts()
    for row in db.session.scalars(select(TrendTable)):
        if row.by == "school":
            row.cells = {v: every[TERM, "school", row.question, v] for v in row.cells}
    db.session.commit()
    addresses = [f"{path}?term={TERM}&by=school" for path in ("/trends", *FILES)]
    found = leaks(everything(app, spring, addresses, "lead"), numbers)
    assert [line.partition(":")[0] for line in found] == [f"lead at {path}" for path in addresses]


def test_what_is_hidden_reads_few_with_its_reason(visit: Visit, spring: Cast) -> None:
    lead = visit(spring.lead)
    page = lead.get(f"/trends?term={TERM}&by=school")
    assert page.words.count("few , hidden") >= 2
    assert "too few teachers, or too much alike" in page.words
    assert "few" in lead.get("/trends/talk").words
    rows = lead.get(f"/trends.csv?term={TERM}&by=school").text.splitlines()
    assert (
        [row for row in rows if "Harbor" in row]
        == [row for row in rows if "Harbor" in row and row.endswith("few,few,few")]
        != []
    )


def test_how_many_classrooms_were_visited_is_told_of_a_school_and_of_no_single_room(
    visit: Visit, spring: Cast
) -> None:
    text = visit(spring.lead).get(f"/trends.csv?term={TERM}").text
    told = [row.split(",")[-4:] for row in text.splitlines() if "Classrooms visited" in row]
    assert told == [
        ["'=Elm+Oak Middle School", "9", "9", "100"],
        ["Cedar Middle School", "14", "14", "100"],
        ["Harbor Middle School", "few", "few", "few"],
        ["Lincoln Middle School", "12", "14", "86"],
    ]
    assert "Lincoln Middle School 12 of 14" in visit(spring.lead).get(f"/trends?term={TERM}").words


def test_files_hold_text_and_numbers_and_no_formula(visit: Visit, spring: Cast) -> None:
    lead = visit(spring.lead)
    answer = lead.get(f"/trends.xlsx?term={TERM}&by=school").response
    book = openpyxl.load_workbook(io.BytesIO(answer.data))
    cells = [cell for sheet in book for row in sheet.iter_rows() for cell in row]
    assert {cell.data_type for cell in cells} <= {"s", "n"}
    said = {cell.value for cell in cells}
    assert {"=1+1 is what students build on", "=Elm+Oak Middle School", "few"} <= said
    assert any("few: hidden" in str(value) for value in said)
    text = lead.get(f"/trends.csv?term={TERM}&by=school").text
    assert "'=1+1 is what students build on" in text
    assert not re.search(r'(^|,)"?[=+@-]', text, re.MULTILINE)


@pytest.mark.only_sqlite  # paper is the same on every database
def test_the_pdf_is_accessible_and_says_why_numbers_are_missing(
    visit: Visit, spring: Cast, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.undo()
    answer = visit(spring.lead).get(f"/trends.pdf?term={TERM}&by=school").response
    assert answer.mimetype == "application/pdf"
    made = answer.data
    found = pdf_ua.validate_pdf_bytes(made, profile="ua1")
    assert found.is_compliant, [(f.rule_id, f.message) for f in found.failures]
    read = PdfReader(io.BytesIO(made))
    assert read.metadata is not None
    assert read.metadata.title == "Cedar Falls, Spring 2026"
    words = " ".join(" ".join(one.extract_text() for one in read.pages).split())
    assert "stays hidden so that nobody can be picked out" in words
    assert "few" in words
    numbers = set(re.findall(r"\d+", words))
    assert not numbers & {str(number) for number in hidden()}
