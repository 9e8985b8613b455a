"""Rubrics in spreadsheets as people make them, and every fault with its cell, all at once."""

from __future__ import annotations

import io
from collections.abc import Callable
from datetime import UTC, date, datetime
from typing import Any

import openpyxl
import pytest

from interchange.framework import NotRead, read, template
from rules.framework import Brought
from tests.rubric import workbook

AT = datetime(2026, 11, 21, 10, 0, tzinfo=UTC)


def csv(text: str, name: str = "rubric.csv") -> Brought:
    """What a CSV brings."""
    return read(text.encode(), name)


def book(*rows: list[Any], change: Callable[[Any], object] | None = None) -> bytes:
    """A workbook made in a spreadsheet program."""
    made = openpyxl.Workbook()
    sheet = made.active
    for row in rows:
        sheet.append(row)
    if change:
        change(sheet)
    file = io.BytesIO()
    made.save(file)
    return file.getvalue()


def refused(data: bytes | str, name: str = "rubric.csv") -> list[str]:
    """What is said where it cannot be taken."""
    with pytest.raises(NotRead) as refusal:
        read(data.encode() if isinstance(data, str) else data, name)
    return [str(fault).removeprefix(f"{name}, ") for fault in refusal.value.faults]


def tree(found: Brought) -> list[str]:
    """Each code or name under that of its parent."""
    known = {c.id: c.code or c.name for c in found.components}
    return [
        f"{known[c.parent]}>{known[c.id]}" if c.parent else known[c.id] for c in found.components
    ]


def test_the_template_is_read_as_it_is_and_has_a_level_in_each_column() -> None:
    found = read(template(at=AT), "framework-template.xlsx")
    assert tree(found) == ["1", "1>1a", "1>1b", "2", "2>2a", "2>2b"]
    assert [level.label for level in found.levels] == ["Starting", "Growing", "Strong"]
    assert [c.code for c in found.components if c.discourse_linked] == ["2a"]
    assert found.rights is None


def test_sixty_rows_bring_sixty_components() -> None:
    found = read(workbook(), "Our rubric 2026.xlsx")
    assert (len(found.components), found.name, found.version) == (60, "Our rubric 2026", "2026")


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Code,Name,Parent\n1,A,\n1a,B,1\nx,C,A\n", ["1", "1>1a", "1>x"]),
        ("Name,Depth\nA,1\nB,2\nC,3\nD,2\nE,1\n", ["A", "A>B", "B>C", "A>D", "E"]),
        ("Domain,Name\nPlan,A\n,B\nTeach,C\n", ["Plan", "Plan>A", "Plan>B", "Teach", "Teach>C"]),
        ("Domain,Name\nDomain 2: Plan,A\n", ["2", "2>A"]),
        ("Kind,Name\nDomain,A\nPart,B\nPart,C\nDomain,D\n", ["A", "A>B", "A>C", "D"]),
        ("Code,Name\n1,A\n1a,B\n1.2,C\n10,D\n1a.1,E\n", ["1", "1>1a", "1a>1a.1", "1>1.2", "10"]),
        ("Name\nA\nB\n", ["A", "B"]),
    ],
)
def test_a_tree_may_be_said_in_several_ways(text: str, expected: list[str]) -> None:
    assert tree(csv(text)) == expected


@pytest.mark.parametrize(
    "data",
    [
        "Code;Name\n1;Español\n".encode("utf-8-sig"),
        "Code\tName\n1\tEspañol\n".encode("utf-16"),
        "Code,Name\r\n1,Español\r\n".encode("cp1252"),
        b"sep=;\r\nCode;Name\r\n1;Espa\xf1ol\r\n",
        "\n,,\n CODE ,component name\n1, Español \n\n".encode(),
    ],
)
def test_separators_encodings_and_headings_are_read_as_they_come(data: bytes) -> None:
    assert [(c.code, c.name) for c in read(data, "r.csv").components] == [("1", "Español")]


def test_a_title_above_the_headings_is_passed_over_and_told() -> None:
    found = csv("Elm County,\n,\nName,Code\nA,1\n")
    assert found.remarks == ("The row above the headings was passed over.",)


def test_a_number_is_the_code_that_the_sheet_shows() -> None:
    def two_decimals(sheet: Any) -> None:
        for row in (2, 3):
            sheet.cell(row, 1).number_format = "0.00"

    found = read(book(["Code", "Name"], [1.1, "A"], [1.2, "B"], change=two_decimals), "r.xlsx")
    assert [c.code for c in found.components] == ["1.10", "1.20"]


def test_merged_domain_cells_stand_for_every_row_they_cover() -> None:
    data = book(
        ["Domain", "Name"], ["Plan", "A"], [None, "B"], change=lambda s: s.merge_cells("A2:A3")
    )
    assert tree(read(data, "r.xlsx")) == ["Plan", "Plan>A", "Plan>B"]


def test_what_a_spreadsheet_did_to_a_cell_is_said_with_its_place() -> None:
    data = book(
        ["Code", "Name", "Description"],
        [date(2026, 1, 2), "A", "=1+1"],
        ["1", "B", "#REF!"],
        ["2", "C", "merged"],
        change=lambda sheet: sheet.merge_cells("B4:C4"),
    )
    assert [line.partition(".")[0] for line in refused(data, "r.xlsx")] == [
        "cell A2 of “Sheet”: The cell holds a date, into which spreadsheets turn codes such as 1-2",
        "cell C2 of “Sheet”: The cell holds a formula",
        "cell C3 of “Sheet”: The cell shows the error “#REF!”",
        "cell B4: The cells B4:C4 are merged",
    ]


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("Code,Title of it\n1,A\n", "cell A1: No column is headed “Name”"),
        ("Code,Name,Descripton\n1,A,\n", "cell C1: The heading “Descripton” is not known. Did you"),
        ("Name,Title\nA,B\n", "cell B1: The heading “Title” stands for the same as column A"),
        ("Name,Low,low\nA,,\n", "cell B1: The level “Low” has more than one column"),
        ("Code,Name\n1,\n", "cell B2: The row has no name"),
        ("Code,Name\n1,A\n1,B\n", "cell A3: The code “1” is used twice, first in cell A2"),
        ("Code,Name\n12345678901234567,A\n", "cell A2: The code “12345678901234567” is 17"),
        ("Name,Parent\nA,Z\n", "cell B2: The parent “Z” is neither code nor name of another row"),
        ("Name,Parent\nA,B\nB,A\n", "cell B2: The row stands under itself"),
        ("Name,Parent\nA,\nA,\nB,A\n", "cell B4: The parent “A” could be any of several rows"),
        ("Name,Depth\nA,1\nB,3\n", "cell B3: The depth jumps from 1 to 3"),
        ("Name,Depth\nA,one\n", "cell B2: The depth is “one”"),
        ("Name,Talk\nA,perhaps\n", "cell B2: Under Talk stands “perhaps”"),
        ("Name,Identifier\nA,7\n", "cell B2: The identifier “7” is no UUID"),
        ("Name,Short\nA,LONGER\n", "cell B2: “LONGER” cannot stand under Short"),
        ("Name\n", "cell A2: No row stands below the headings"),
        (",,,\n", "rubric.csv: The sheet is empty"),
    ],
)
def test_each_fault_names_its_cell(text: str, said: str) -> None:
    assert any(line.startswith(said) for line in refused(text)), refused(text)


def test_all_faults_are_told_at_once() -> None:
    assert len(refused("Code,Name,Parent,Talk\n1,,9,\n2,B,8,what\n2,C,,\n")) == 5
