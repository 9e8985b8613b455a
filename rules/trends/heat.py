"""A heat map: look-fors down, one way of telling apart across, every cell with its count."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from rules.discourse.vocabulary import MODELS
from rules.roles import Role
from rules.trends.band import BANDS, Rate

APART: Final[Mapping[str, str]] = {
    "school": "school",
    "grade": "grade band",
    "subject": "subject",
    "model": "blended model",
    "month": "month",
}
"""How a published heat map can be told apart, in words."""
OBSERVERS: Final[Mapping[str, str]] = {Role.OBSERVER: "Observers", Role.COACH: "Coaches"}
"""The groups of those who visit; somebody who was ever both is an observer."""
ROW_BY_ROW: Final[Mapping[str, str]] = {**APART, "observer": "observer group"}
"""How visits can be told apart by somebody who may read them one by one."""
GROUPS: Final[Mapping[str, str]] = {
    "flexible": "Flexible content and tools",
    "targeted": "Targeted instruction",
    "reflection": "Reflection and ownership",
    "data": "Data-driven decisions",
    "": "Beside the core four",
}
NOT_RECORDED: Final = "Not recorded"
NAMED: Final[Mapping[str, Mapping[str, str]]] = {"model": MODELS, "observer": OBSERVERS}
"""Values that are shown by other words than they are kept by."""

Counts = Mapping[str, Mapping[str, Rate | None]]
"""By question, then by value: a rate, or None for a cell that stays hidden."""


@dataclass(frozen=True, slots=True)
class Line:
    """A look-for as trends name it; `key` is “core-four/BL01”."""

    key: str
    statement: str
    plate: str = ""
    group: str = ""

    @property
    def shelf(self) -> str:
        """The set it belongs to."""
        return self.key.partition("/")[0]

    @property
    def code(self) -> str:
        """Its key within the set."""
        return self.key.partition("/")[2]


@dataclass(frozen=True, slots=True)
class Square:
    """One cell; `few` where it stays hidden, and no rate where nobody looked."""

    rate: Rate | None = None
    few: bool = False


Row = tuple[Line, tuple[Square, ...]]


@dataclass(frozen=True, slots=True)
class Heat:
    """The whole map: names of columns, and under each group its rows."""

    columns: tuple[tuple[str, str], ...]
    groups: tuple[tuple[str, tuple[Row, ...]], ...]

    def only(self, words: str) -> Heat:
        """The columns with these words in their name."""
        kept = [
            at for at, (_, name) in enumerate(self.columns) if words.casefold() in name.casefold()
        ]
        groups = [
            (group, tuple((line, tuple(squares[at] for at in kept)) for line, squares in rows))
            for group, rows in self.groups
        ]
        return Heat(tuple(self.columns[at] for at in kept), tuple(groups))

    @property
    def shown(self) -> tuple[tuple[str, tuple[Row, ...]], ...]:
        """The rows in which some cell has a number, under their groups."""
        found = ((group, tuple(row for row in rows if _tells(row))) for group, rows in self.groups)
        return tuple((group, rows) for group, rows in found if rows)

    @property
    def folded(self) -> tuple[Line, ...]:
        """Look-fors of which every cell stays hidden: a page names them in one place."""
        return tuple(row[0] for _, rows in self.groups for row in rows if not _tells(row))

    @property
    def some_few(self) -> bool:
        """Whether any cell stays hidden, so that the legend says why."""
        return any(s.few for _, rows in self.groups for _, squares in rows for s in squares)


def _tells(row: Row) -> bool:
    return any(square.rate for square in row[1])


def heat(lines: Iterable[Line], counts: Counts, columns: Sequence[tuple[str, str]]) -> Heat:
    """Lay counts out; look-fors that nobody looked for anywhere are left out."""
    rows: dict[str, list[tuple[Line, tuple[Square, ...]]]] = {group: [] for group in GROUPS}
    for line in lines:
        cells = counts.get(line.key, {})
        if cells:
            squares = tuple(_square(cells, value) for value, _ in columns)
            rows[line.group if line.group in GROUPS else ""].append((line, squares))
    kept = ((GROUPS[group], tuple(found)) for group, found in rows.items() if found)
    return Heat(tuple(columns), tuple(kept))


def _square(cells: Mapping[str, Rate | None], value: str) -> Square:
    if value not in cells:
        return Square()
    rate = cells[value]
    return Square(few=True) if rate is None else Square(rate)


def value_name(by: str, value: str) -> str:
    """A column's name where it is no school and no month."""
    if by in NAMED:
        return NAMED[by].get(value, NOT_RECORDED)
    return value or NOT_RECORDED


def in_order(values: Iterable[str]) -> list[str]:
    """Columns in the order people expect; what was not recorded comes last."""
    place = {name: number for number, name in enumerate((*BANDS, *MODELS, *OBSERVERS))}
    return sorted(set(values), key=lambda v: (not v, place.get(v, len(place)), v.casefold()))
