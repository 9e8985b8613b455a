"""Which column is which: the headings a principal would write, and those we would guess at."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from difflib import get_close_matches

from interchange.findings import quoted
from interchange.framework.spreadsheet.grid import Grid, letters
from interchange.framework.text import line
from rules.framework import Level
from rules.framework.shapes import MOST_LEVELS

HEADINGS = {
    "code": ("code", "number", "no", "component code", "indicator code", "standard code"),
    "name": (
        *("name", "component", "title", "component name", "indicator", "element", "statement"),
        *("standard", "criterion", "dimension", "practice"),
    ),
    "domain": ("domain", "strand", "category", "domain name"),
    "parent": ("parent", "parent code", "belongs to", "under"),
    "depth": ("depth", "indent", "outline level"),
    "kind": ("kind", "type"),
    "description": ("description", "definition", "details", "summary"),
    "talk": ("talk", "about talk", "student talk"),
    "note": ("note", "notes", "remark"),
    "short": ("short", "short form"),
    "key": ("key",),
    "identifier": ("identifier", "guid", "uuid"),
}
MEANS = {written: column for column, names in HEADINGS.items() for written in names}
LOOKED_THROUGH = 15
NUMBERED = re.compile(r"(?:level\s+)?(\d{1,3})\s*[:.)–—-]?\s+(\S.*)", re.IGNORECASE | re.DOTALL)


@dataclass
class Headings:
    """The row of the headings; the place of each column, and of each level."""

    row: int
    places: dict[str, int] = field(default_factory=dict)
    levels: dict[int, Level] = field(default_factory=dict)


def headings_of(grid: Grid) -> Headings | None:
    """The first row that names the column “Name”; None, with the faults, where there is none."""
    for number, cells in grid.rows[:LOOKED_THROUGH]:
        said = [_plain(each) for each in cells]
        if any(MEANS.get(each) == "name" for each in said):
            found = Headings(number)
            _place(grid, found, cells, said)
            return found
    number, cells = grid.rows[0]
    shown = ", ".join([quoted(line(each), 24) for each in cells if each][:6])
    what = f"No column is headed “Name”; the first row says {shown}"
    remedy = "Write the headings Code, Name and Parent, and one for each level, in the first row."
    grid.fault(number, 0, what, remedy)
    return None


def _plain(heading: str) -> str:
    return " ".join(re.sub(r"[^a-z0-9 ]+", " ", heading.casefold()).split())


def nearly_known(label: str) -> str:
    """The known heading that was probably meant; a heading with a number is a level's."""
    if NUMBERED.fullmatch(label) or not label:
        return ""
    return next(iter(get_close_matches(_plain(label), MEANS, 1, 0.82)), "")


def _place(grid: Grid, found: Headings, cells: list[str], said: list[str]) -> None:
    labels: dict[int, str] = {}
    for column, (cell, plain) in enumerate(zip(cells, said, strict=True)):
        meant = MEANS.get(plain)
        if meant in found.places:
            what = f"The heading {quoted(line(cell))} stands for the same as column "
            what += letters(found.places[meant])
            grid.fault(found.row, column, what, "Keep one of the two columns.")
        elif meant:
            found.places[meant] = column
        elif near := nearly_known(line(cell)):
            what = f"The heading {quoted(line(cell))} is not known"
            grid.fault(found.row, column, what, f"Did you mean {quoted(near.capitalize())}?")
        elif plain:
            labels[column] = line(cell)[:120]
    _levels(grid, found, labels)


def _levels(grid: Grid, found: Headings, labels: dict[int, str]) -> None:
    """Every other heading is a level of the framework, low to high from left to right."""
    if len(labels) > MOST_LEVELS:
        column = sorted(labels)[MOST_LEVELS]
        what = f"The sheet has {len(labels)} columns that are no known heading"
        grid.fault(found.row, column, what, f"A framework has at most {MOST_LEVELS} levels.")
        return
    numbered = {column: NUMBERED.fullmatch(label) for column, label in labels.items()}
    values = [match[1] for match in numbered.values() if match]
    trusted = len(values) == len(labels) == len({int(value) for value in values})
    for place, (column, label) in enumerate(sorted(labels.items()), 1):
        match = numbered[column]
        value, name = (int(match[1]), match[2]) if trusted and match else (place, label)
        found.levels[column] = Level(value=value, label=name.strip())
    named = [level.label.casefold() for level in found.levels.values()]
    for column, level in found.levels.items():
        if named.count(level.label.casefold()) > 1:
            what = f"The level {quoted(level.label)} has more than one column"
            grid.fault(found.row, column, what, "Give each level a column and a name of its own.")
