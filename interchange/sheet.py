"""Rows as comma-separated values: nothing in a cell can become a formula."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Sequence

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
