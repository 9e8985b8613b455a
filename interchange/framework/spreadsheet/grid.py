"""Rows of text cells with their places, whichever kind of spreadsheet they came from."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field

from interchange.framework.refusals import Fault, refused
from interchange.framework.text import paragraph

MOST_BYTES = 8 * 1024 * 1024
MOST_ROWS = 10_000
MOST_COLUMNS = 60
MOST_IN_CELL = 32_767
# A leading apostrophe keeps a cell from becoming a formula; exports of ours write it.
GUARDED = re.compile(r"'+[=+\-@\t]")


@dataclass
class Grid:
    """One sheet: its rows by number, and the cell ranges that are merged."""

    file: str
    sheet: str = ""
    rows: list[tuple[int, list[str]]] = field(default_factory=list)
    merged: list[str] = field(default_factory=list)
    faults: list[Fault] = field(default_factory=list)

    def fault(self, row: int, column: int, what: str, remedy: str) -> None:
        """Note what is wrong in one cell; row counts from 1, column from 0."""
        self.faults.append(Fault(self.file, self.place(row, column), what, remedy))

    def place(self, row: int, column: int) -> str:
        """“cell B4”, with the sheet where there is more than one."""
        within = f" of “{self.sheet}”" if self.sheet else ""
        return f"cell {letters(column)}{row}{within}"


def letters(column: int) -> str:
    """The name of a column as spreadsheets show it: 0 is A, 26 is AA."""
    found = ""
    while column >= 0:
        found = chr(ord("A") + column % 26) + found
        column = column // 26 - 1
    return found


def cell(text: str) -> str:
    """What a person typed: without outer space, and without the guard against formulas."""
    found = paragraph(text)
    return found[1:] if GUARDED.match(found) else found


def guarded(text: str) -> str:
    """A text that no spreadsheet will run."""
    return f"'{text}" if text[:1] in {"=", "+", "-", "@", "\t"} or GUARDED.match(text) else text


def csv_grid(data: bytes, file: str) -> Grid:
    """The rows of a CSV file, with commas, semicolons or tabs. Raises NotRead."""
    if len(data) > MOST_BYTES:
        what = f"The file is larger than {MOST_BYTES // 1024 // 1024} MiB and was not read"
        raise refused(file, what, "A rubric is far smaller: is it the file you meant?")
    text = _text(data, file)
    lines, separator = _separator(text)
    return _within(Grid(file), _rows(lines, separator, file), file)


def _rows(text: str, separator: str, file: str) -> Iterator[tuple[int, list[str]]]:
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=separator, strict=True)
    number = 0
    try:
        for number, cells in enumerate(reader, 1):
            yield number, cells
    except csv.Error as error:
        what = "A quotation mark opens a cell here and does not close it"
        remedy = "Double every quotation mark inside a cell, or save the file again as CSV."
        raise refused(file, what, remedy, f"row {number + 1}") from error


def _within(grid: Grid, rows: Iterable[tuple[int, list[str]]], file: str) -> Grid:
    for number, cells in rows:
        if number > MOST_ROWS:
            raise too_many_rows(file)
        if any(cells):
            grid.rows.append((number, [cell(each) for each in cells[:MOST_COLUMNS]]))
    if not grid.rows:
        raise nothing_in_it(file)
    return grid


def too_many_rows(file: str) -> Exception:
    """More rows than a framework can have."""
    what = f"The sheet has more than {MOST_ROWS:,} rows"
    return refused(file, what, "Keep the rows of one framework, and delete the rest.")


def nothing_in_it(file: str) -> Exception:
    """No cell with anything in it."""
    remedy = "Fill in the template: one row for each component, under the headings."
    return refused(file, "The sheet is empty", remedy)


def _text(data: bytes, file: str) -> str:
    """UTF-8, UTF-16, or what an old Windows wrote."""
    if data[:2] in (b"\xff\xfe", b"\xfe\xff"):
        encodings: tuple[str, ...] = ("utf-16",)
    elif b"\0" in data:
        what = "This is no text file"
        raise refused(file, what, "Save it as CSV or XLSX from your spreadsheet program.")
    else:
        encodings = ("utf-8-sig", "cp1252")
    for encoding in encodings:
        try:
            return data.decode(encoding)
        except UnicodeDecodeError:
            continue
    what = "Some letters of the file cannot be read"
    raise refused(file, what, "Save it again as “CSV UTF-8”.")


def _separator(text: str) -> tuple[str, str]:
    """The text and what separates its cells, by the first line that has any."""
    said = re.match(r"sep=(.)\r?\n", text)
    if said:
        return text[said.end() :], said[1]
    first = next((each for each in text.splitlines()[:20] if each.strip(" ,;\t")), "")
    return text, max(",;\t", key=first.count)
