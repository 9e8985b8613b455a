"""Writes a workbook of plain text: no cell of it can become a formula or a link."""

from __future__ import annotations

import io
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

import xlsxwriter

WIDEST = 60


@dataclass(frozen=True)
class Sheet:
    """One sheet: `rows` of text, the first being headings, and the width of each column."""

    name: str
    rows: Sequence[Sequence[str]]
    widths: Sequence[int] = ()


def write_workbook(sheets: Sequence[Sheet], *, at: datetime) -> bytes:
    """An .xlsx with these sheets; `at` is when it says it was made."""
    file = io.BytesIO()
    options = {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False}
    with xlsxwriter.Workbook(file, options) as workbook:
        workbook.set_properties({"created": at.replace(tzinfo=None)})
        # As text, so that a code such as 1.10 stays what was typed.
        text = workbook.add_format({"num_format": "@", "text_wrap": True, "valign": "top"})
        heading = workbook.add_format({"bold": True, "bottom": 1, "text_wrap": True})
        for sheet in sheets:
            _fill(workbook.add_worksheet(sheet.name), sheet, text, heading)
    return file.getvalue()


def _fill(page: Any, sheet: Sheet, text: Any, heading: Any) -> None:
    for column, width in enumerate(sheet.widths):
        page.set_column(column, column, min(width, WIDEST), text)
    for number, cells in enumerate(sheet.rows):
        for column, cell in enumerate(cells):
            page.write_string(number, column, cell, text if number else heading)
    page.freeze_panes(1, 0)
