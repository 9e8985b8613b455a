"""Rows as files for spreadsheets: nothing in a cell can become a formula or a link."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Sequence

from xlsxwriter import Workbook

BEGINS_A_FORMULA = ("=", "+", "-", "@", "\t", "\r")

Row = Sequence[str | int]


def as_csv(headings: Sequence[str], rows: Iterable[Row]) -> bytes:
    """UTF-8 with a mark at its head, as spreadsheets expect; no cell calculates."""
    out = io.StringIO(newline="")
    writer = csv.writer(out)
    writer.writerow(headings)
    writer.writerows([_still(value) for value in row] for row in rows)
    return out.getvalue().encode("utf-8-sig")


def _still(value: str | int) -> str | int:
    """Spreadsheets read a cell that begins so as a formula; an apostrophe keeps it text."""
    return f"'{value}" if isinstance(value, str) and value.startswith(BEGINS_A_FORMULA) else value


def as_xlsx(
    title: str, headings: Sequence[str], rows: Iterable[Row], notes: Sequence[str]
) -> bytes:
    """One sheet with its headings, and a second that says what the numbers mean."""
    out = io.BytesIO()
    options = {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False}
    with Workbook(out, options) as book:
        bold = book.add_format({"bold": True})
        sheet = book.add_worksheet(title[:31])
        sheet.write_row(0, 0, headings, bold)
        for number, row in enumerate(rows, start=1):
            for column, value in enumerate(row):
                write = sheet.write_string if isinstance(value, str) else sheet.write_number
                write(number, column, value)
        sheet.freeze_panes(1, 0)
        sheet.set_column(1, 1, 60)
        sheet.set_column(2, len(headings), 16)
        about = book.add_worksheet("About")
        about.set_column(0, 0, 100)
        for number, words in enumerate(notes):
            about.write_string(number, 0, words)
    return out.getvalue()
