"""The door to openpyxl: a workbook somebody sent, opened within limits, read as text."""

from __future__ import annotations

import io
import re
import warnings
import zipfile
import zlib
from collections.abc import Iterator
from datetime import date, time
from typing import Any
from xml.etree.ElementTree import ParseError

import openpyxl

from interchange.findings import quoted
from interchange.framework.refusals import refused
from interchange.framework.spreadsheet.grid import (
    MOST_COLUMNS,
    MOST_ROWS,
    Grid,
    cell,
    too_many_rows,
)

MOST_BYTES = 12 * 1024 * 1024
MOST_PARTS = 400
MOST_UNPACKED = 8 * 1024 * 1024
MOST_TOGETHER = 24 * 1024 * 1024
MOST_STYLES = 768 * 1024
MOST_TAGS = 280_000
READ = re.compile(r"(\[Content_Types\]\.xml|_rels/.*|xl/(?!media/|drawings/|charts/).*)", re.I)
DAMAGE = (
    *(zipfile.BadZipFile, zlib.error, OSError, EOFError, ParseError, KeyError, ValueError),
    *(TypeError, IndexError, AttributeError, NotImplementedError, RuntimeError, AssertionError),
)
AGAIN = "Open it in your spreadsheet program and save it again as .xlsx."


def workbook_grids(data: bytes, file: str) -> list[Grid]:
    """Every sheet with anything in it. Raises NotRead where the workbook cannot be opened."""
    if len(data) > MOST_BYTES:
        what = f"The workbook is larger than {MOST_BYTES // 1024 // 1024} MiB and was not read"
        raise refused(file, what, "Keep only the sheet with the framework.")
    try:
        merged = _checked(data, file)
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            return list(_grids(data, file, merged))
    except DAMAGE as error:
        if hasattr(error, "faults"):
            raise
        raise refused(file, "The workbook is damaged and cannot be opened", AGAIN) from error


def _checked(data: bytes, file: str) -> dict[str, list[str]]:
    """The merged ranges by part, after every part that will be read was found harmless."""
    merged: dict[str, list[str]] = {}
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        parts = archive.infolist()
        if len(parts) > MOST_PARTS:
            raise refused(file, f"The workbook holds more than {MOST_PARTS} parts", AGAIN)
        if any(part.flag_bits & 1 for part in parts):
            raise refused(file, "The file is locked with a password", "Save it without one.")
        wanted = [part for part in parts if READ.fullmatch(part.filename)]
        if not any(part.filename.lower() == "xl/workbook.xml" for part in wanted):
            what = "The file is a zip and no workbook"
            raise refused(file, what, "Choose the .xlsx, .csv, .json or .yaml file itself.")
        if sum(part.file_size for part in wanted) > MOST_TOGETHER:
            raise _too_large(file)
        for part in wanted:
            merged[part.filename] = _look_at(archive, part, file)
    return merged


def _look_at(archive: zipfile.ZipFile, part: zipfile.ZipInfo, file: str) -> list[str]:
    most = MOST_STYLES if part.filename.lower().endswith("styles.xml") else MOST_UNPACKED
    if part.file_size > most:
        raise _too_large(file)
    content = archive.read(part)
    if (
        b"<!DOCTYPE" in content
        or b"<!ENTITY" in content
        or content[:2] in (b"\xff\xfe", b"\xfe\xff")
    ):
        what = "The workbook declares things that no spreadsheet program writes"
        raise refused(file, what, AGAIN)
    if content.count(b"<row") > MOST_ROWS:
        raise too_many_rows(file)
    if content.count(b"<") > MOST_TAGS:
        raise _too_large(file)
    ranges = re.findall(rb'<mergeCell\s[^>]*?ref="([A-Z]{1,3}\d{1,7}:[A-Z]{1,3}\d{1,7})"', content)
    return [found.decode() for found in ranges]


def _too_large(file: str) -> Exception:
    what = "The workbook unpacks to far more than a framework"
    remedy = "Copy the rows of the framework into a new workbook, and send that."
    return refused(file, what, remedy)


def _grids(data: bytes, file: str, merged: dict[str, list[str]]) -> Iterator[Grid]:
    book = openpyxl.load_workbook(io.BytesIO(data), read_only=True)
    try:
        for sheet in book.worksheets:
            sheet.reset_dimensions()
            part = str(getattr(sheet, "_worksheet_path", "")).lstrip("/")
            grid = Grid(file, sheet.title[:31], merged=merged.get(part, []))
            for cells in sheet.iter_rows(max_row=MOST_ROWS, max_col=MOST_COLUMNS):
                row = [_words(grid, each) for each in cells]
                if any(row):
                    number = next(each.row for each in cells if getattr(each, "row", None))
                    grid.rows.append((number, row))
            if grid.rows:
                yield grid
    finally:
        book.close()


def _words(grid: Grid, found: Any) -> str:
    """The text of a cell; a formula, a date and an error are noted as faults."""
    value = found.value
    if value is None:
        return ""
    if isinstance(value, str) and found.data_type not in ("f", "e"):
        return cell(value)
    at = (found.row, found.column - 1)
    if found.data_type == "f":
        remedy = "Copy the cell and paste it as a value."
        grid.fault(*at, "The cell holds a formula", remedy)
    elif found.data_type == "e":
        grid.fault(*at, f"The cell shows the error {quoted(str(value))}", "Type the text itself.")
    elif isinstance(value, date | time):
        what = "The cell holds a date, into which spreadsheets turn codes such as 1-2"
        grid.fault(*at, what, "Format the column as text and type the code again.")
    elif isinstance(value, bool):
        return "yes" if value else "no"
    elif isinstance(value, int | float):
        return _number(value, str(found.number_format or ""))
    else:
        return cell(str(value))
    return ""


def _number(value: float, shown_as: str) -> str:
    """A number as the sheet shows it: 1.10 where the column has two decimals."""
    decimals = re.fullmatch(r"0\.(0{1,6})", shown_as)
    if decimals:
        return f"{value:.{len(decimals[1])}f}"
    return f"{value:.10g}" if abs(value) < 1e15 else str(value)[:40]
