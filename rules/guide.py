"""The guide on paper: look-fors under their headings, at most twelve a page."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from math import ceil, floor
from textwrap import wrap

from rules.look_for import CORE_FOUR, group_of

MOST_A_PAGE = 12


CARD_WIDE, CARD_HIGH = 490, 500
"""Points that the list on a wall card may take, on the narrower of the two papers."""
LETTER = 0.54
"""Width of a letter of the card’s face, in its own size."""


@dataclass(frozen=True)
class Line:
    """One look-for as it stands in the guide."""

    statement: str
    strong: str
    plate: str
    component: str
    core_four: str | None = None
    talk: bool = False


@dataclass(frozen=True)
class Group:
    """A heading and the look-fors under it; without a heading where there is only one group."""

    name: str
    lines: tuple[Line, ...]


def groups(lines: Iterable[Line]) -> tuple[Group, ...]:
    """Under the Core Four in their order, then what is under none of them."""
    every = list(lines)
    order = [*CORE_FOUR, None]
    found = [
        Group(group_of(code), tuple(line for line in every if line.core_four == code))
        for code in order
    ]
    kept = tuple(group for group in found if group.lines)
    return (Group("", kept[0].lines),) if len(kept) == 1 else kept


def pages(lines: Iterable[Line]) -> tuple[tuple[Group, ...], ...]:
    """Pages of at most twelve look-fors, as even as their groups allow.

    A group stays whole where it can; one with more than a page holds goes on under its heading.
    """
    every = groups(lines)
    total = sum(len(group.lines) for group in every)
    if total <= MOST_A_PAGE:
        return (every,) if every else ()
    even = ceil(total / ceil(total / MOST_A_PAGE))
    found: list[list[Group]] = [[]]
    for group in _cut(every):
        here = sum(len(each.lines) for each in found[-1])
        size = len(group.lines)
        if here and (here + size > MOST_A_PAGE or here >= even):
            found.append([])
        found[-1].append(group)
    return tuple(tuple(page) for page in found)


def _cut(every: Sequence[Group]) -> Iterable[Group]:
    for group in every:
        count = ceil(len(group.lines) / MOST_A_PAGE)
        size = ceil(len(group.lines) / count)
        for start in range(0, len(group.lines), size):
            yield Group(group.name, group.lines[start : start + size])


def card_size(lines: Sequence[Line]) -> float:
    """The largest size in points, from 40 down to 9, at which these look-fors fit one wall card."""
    for half_points in range(80, 18, -1):
        size = half_points / 2
        if sum(_height(line, size) for line in lines) <= CARD_HIGH:
            return size
    return 9.0


def _height(line: Line, size: float) -> float:
    wide = CARD_WIDE - max(size * 2.6, 46) - 8
    rows = len(wrap(line.statement, floor(wide / (size * LETTER))))
    return size * (1.28 * rows + 0.76) + 0.75
