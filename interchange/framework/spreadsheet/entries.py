"""The rows under the headings, each checked by itself."""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from interchange.findings import quoted
from interchange.framework.case.links import UUID_TEXT
from interchange.framework.spreadsheet.grid import Grid
from interchange.framework.spreadsheet.headings import Headings
from interchange.framework.text import LONGEST_NAME, LONGEST_TEXT, line
from rules.framework import Descriptor

LONGEST_CODE = 16
LONGEST_NOTE = 4_000
KEY = r"[A-Za-z0-9][A-Za-z0-9._-]{0,63}"
YES = {"yes", "y", "x", "true", "1"}
NO = {"", "no", "n", "false", "0"}


@dataclass
class Entry:
    """One component as its row says it; `parent` is the code or name that was written."""

    row: int
    name: str
    code: str = ""
    domain: str = ""
    parent: str = ""
    depth: int | None = None
    kind: str = ""
    description: str = ""
    note: str = ""
    identifier: str = ""
    short: str = ""
    key: str = ""
    talk: bool = False
    descriptors: tuple[Descriptor, ...] = field(default=())


def entries_of(grid: Grid, headings: Headings) -> list[Entry]:
    """An entry for each row below the headings; what is wrong is noted in the grid."""
    rows = [(number, cells) for number, cells in grid.rows if number > headings.row]
    return [_entry(_Row(grid, headings, number, cells)) for number, cells in rows]


class _Row:
    def __init__(self, grid: Grid, headings: Headings, number: int, cells: list[str]) -> None:
        self.grid = grid
        self.headings = headings
        self.number = number
        self.cells = cells

    def get(self, column: str) -> str:
        place = self.headings.places.get(column, -1)
        return self.cells[place] if 0 <= place < len(self.cells) else ""

    def fault(self, column: str, what: str, remedy: str) -> None:
        self.grid.fault(self.number, self.headings.places.get(column, 0), what, remedy)

    def text(self, column: str, most: int) -> str:
        found = self.get(column)
        if len(found) > most:
            what = f"The {column} is {len(found):,} characters long"
            self.fault(column, what, f"Shorten it to {most:,} characters.")
        return found[:most].strip()

    def line(self, column: str, most: int) -> str:
        found = line(self.get(column))
        if len(found) > most:
            what = f"The {column} {quoted(found)} is {len(found)} characters long"
            remedy = f"Shorten it to {most} characters"
            more = "; a longer text belongs under Description." if column == "name" else "."
            self.fault(column, what, remedy + more)
        return found[:most].strip()


def _entry(row: _Row) -> Entry:
    name = row.line("name", LONGEST_NAME)
    if not name:
        what = "The row has no name"
        row.fault("name", what, "Write one, or delete the row.")
    return Entry(
        row=row.number,
        name=name or "—",
        code=row.line("code", LONGEST_CODE),
        domain=row.line("domain", LONGEST_NAME),
        parent=row.line("parent", LONGEST_NAME),
        depth=_depth(row),
        kind=row.line("kind", 60),
        description=row.text("description", LONGEST_TEXT),
        note=row.text("note", LONGEST_NOTE),
        identifier=_identifier(row),
        short=_matching(row, "short", r"[A-Za-z0-9]{1,4}", "Write at most four letters."),
        key=_matching(row, "key", KEY, "Use letters, digits, dots, hyphens and underscores."),
        talk=_talk(row),
        descriptors=_descriptors(row),
    )


def _depth(row: _Row) -> int | None:
    said = row.get("depth")
    if not said and "depth" not in row.headings.places:
        return None
    if re.fullmatch(r"[1-9]\d?", said):
        return int(said)
    what = f"The depth is {quoted(said)}" if said else "The depth is empty"
    row.fault("depth", what, "Write 1 for a domain, 2 for what stands in it, and so on.")
    return 1


def _identifier(row: _Row) -> str:
    said = row.get("identifier")
    if said and not UUID_TEXT.fullmatch(said):
        what = f"The identifier {quoted(said)} is no UUID"
        row.fault("identifier", what, "Leave it empty, or copy it from where it comes from.")
        return ""
    return said.lower()


def _matching(row: _Row, column: str, pattern: str, remedy: str) -> str:
    said = row.get(column)
    if said and not re.fullmatch(pattern, said):
        row.fault(column, f"{quoted(said)} cannot stand under {column.capitalize()}", remedy)
        return ""
    return said


def _talk(row: _Row) -> bool:
    said = row.get("talk").casefold()
    if said not in YES | NO:
        row.fault("talk", f"Under Talk stands {quoted(said)}", "Write yes, or leave it empty.")
    return said in YES


def _descriptors(row: _Row) -> tuple[Descriptor, ...]:
    found = []
    for column, level in sorted(row.headings.levels.items()):
        text = row.cells[column] if column < len(row.cells) else ""
        if len(text) > LONGEST_TEXT:
            what = f"The text is {len(text):,} characters long"
            row.grid.fault(row.number, column, what, f"Shorten it to {LONGEST_TEXT:,}.")
        elif text:
            found.append(Descriptor(level=level.value, text=text))
    return tuple(sorted(found, key=lambda each: each.level))
