"""Works out what published cells hide: exact elimination, then ranges over every equation."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Hashable, Iterable, Iterator, Mapping, Sequence
from itertools import combinations
from math import gcd

from rules.trends import Limits, Visit
from rules.trends.hiding import BY, Cell

PRIME = (1 << 61) - 1

Cells = Mapping[tuple[str, str], Cell | None]


def everything(visits: Iterable[Visit]) -> dict[tuple[str, str], Cell]:
    """Every cell, hidden or not."""
    cells: dict[tuple[str, str], list[int]] = defaultdict(lambda: [0, 0])
    for visit in visits:
        for place in (("", ""), *zip(BY, visit.places, strict=True)):
            cells[place][0] += visit.yes
            cells[place][1] += 1
    return {place: Cell(yes, n) for place, (yes, n) in cells.items()}


class Attacker:
    """Knows every shown cell, and of every teacher how often and where she was visited.

    What she looks for is how often the answer was yes: in a hidden cell, in a pair of filters with
    few teachers, and for one teacher.
    """

    def __init__(self, visits: Sequence[Visit], cells: Cells) -> None:
        self.visits = visits
        self.cells = cells
        counted = Counter((visit.teacher, visit.places) for visit in visits)
        self.parts = list(counted)
        self.low = [0] * len(self.parts)
        self.high = list(counted.values())
        self.places: dict[tuple[str, str], set[int]] = defaultdict(set)
        for number, (_, of) in enumerate(self.parts):
            for place in (("", ""), *zip(BY, of, strict=True)):
                self.places[place].add(number)
        self.rows: list[tuple[dict[int, int], int]] = []
        self.positive: list[tuple[set[int], int, int, int]] = []
        self.reduced: list[tuple[int, list[int]]] = []
        self.columns: list[tuple[tuple[str, str], ...]] = []
        self.alike: dict[tuple[tuple[str, str], ...], set[int]] = {}

    def recovered(self) -> list[str]:
        """Everything that can be told for sure and should not."""
        self._write_down()
        self._narrow()
        self.positive = [
            (set(row), known, sum(self.low[i] for i in row), sum(self.high[i] for i in row))
            for row, known in self.rows
            if all(c == 1 for c in row.values())
        ]
        return [name for name, members in self._targets() if self._told(members)]

    def _write_down(self) -> None:
        """One equation for each shown cell, and those that elimination makes of them."""
        shown = {place: cell for place, cell in self.cells.items() if cell is not None}
        alike: dict[tuple[tuple[str, str], ...], set[int]] = defaultdict(set)
        for number, (_, places) in enumerate(self.parts):
            of = [p for p in (("", ""), *zip(BY, places, strict=True)) if p in shown]
            alike[tuple(of)].add(number)
        columns = list(alike)
        plain = [
            [int(place in column) for column in columns] + [cell.yes]
            for place, cell in shown.items()
        ]
        reduced = eliminate([list(row) for row in plain])
        self.reduced = [_modulo(row) for row in reduced]
        self.columns = columns
        self.alike = alike
        for row in (*plain, *reduced, *_differences(plain)):
            members = {
                number: value
                for value, column in zip(row, columns, strict=False)
                if value
                for number in alike[column]
            }
            self.rows.append((members, row[-1]))

    def _narrow(self) -> None:
        for _ in range(100):
            moved = [self._narrow_one(members, known) for members, known in self.rows]
            if not any(moved):
                return

    def _narrow_one(self, members: Mapping[int, int], known: int) -> bool:
        least = sum(c * (self.low[i] if c > 0 else self.high[i]) for i, c in members.items())
        most = sum(c * (self.high[i] if c > 0 else self.low[i]) for i, c in members.items())
        moved = False
        for i, c in members.items():
            own = (c * self.low[i], c * self.high[i])
            floor, ceiling = known - (most - max(own)), known - (least - min(own))
            if c < 0:
                floor, ceiling = -ceiling, -floor
            low = max(self.low[i], -(-floor // abs(c)))
            high = min(self.high[i], ceiling // abs(c))
            if (low, high) != (self.low[i], self.high[i]):
                moved = True
                least += c * (low - self.low[i]) if c > 0 else c * (high - self.high[i])
                most += c * (high - self.high[i]) if c > 0 else c * (low - self.low[i])
                self.low[i], self.high[i] = low, high
        return moved

    def _targets(self) -> Iterator[tuple[str, set[int]]]:
        small = Limits()
        for place, cell in self.cells.items():
            if cell is None:
                yield f"hidden {place}", self.places[place]
        places = [place for place in self.cells if place != ("", "")]
        for one, other in combinations(places, 2):
            if one[0] == other[0]:
                continue
            members = self.places[one] & self.places[other]
            if not members:
                continue
            teachers = {self.parts[i][0] for i in members}
            schools = {self.parts[i][1][1] for i in members}
            few = small.inside if len(schools) == 1 else small.beyond
            if len(teachers) < few:
                yield f"few in {one} and {other}", members
        own: dict[Hashable, set[int]] = defaultdict(set)
        for number, (teacher, _) in enumerate(self.parts):
            own[teacher].add(number)
        for teacher, members in own.items():
            yield f"{teacher}", members

    def _told(self, members: set[int]) -> bool:
        """Whether the sum over these can only be one number."""
        least, most = sum(self.low[i] for i in members), sum(self.high[i] for i in members)
        low, high = least, most
        for row, known, row_low, row_high in self.positive:
            if not row.isdisjoint(members):
                inside = members & row
                if len(inside) == len(members):
                    high = min(high, known - (row_low - least))
                low = max(low, known - (row_high - sum(self.high[i] for i in inside)))
        return low >= high or self._determined(members)

    def _determined(self, members: set[int]) -> bool:
        """Whether some sum of equations is exactly this group (in numbers modulo PRIME)."""
        wanted = []
        for column in self.columns:
            inside = members & self.alike[column]
            if inside and len(inside) < len(self.alike[column]):
                return False
            wanted.append(int(bool(inside)))
        for pivot, row in self.reduced:
            if wanted[pivot]:
                scale = wanted[pivot]
                wanted = [(a - scale * b) % PRIME for a, b in zip(wanted, row, strict=True)]
        return not any(wanted)


Row = list[int]
"""Whole numbers, one for each column, and last what they come to."""


def _differences(rows: Sequence[Row]) -> Iterator[Row]:
    """Every group less every group inside it."""
    masks = [sum(1 << at for at, value in enumerate(row[:-1]) if value) for row in rows]
    for one, whole in zip(rows, masks, strict=True):
        for other, part in zip(rows, masks, strict=True):
            if one is not other and whole & part == part:
                yield [a - b for a, b in zip(one, other, strict=True)]


def eliminate(rows: list[Row]) -> list[Row]:
    """The rows in reduced form, exactly: each is as small as whole numbers can make it."""
    done: list[Row] = []
    for column in range(len(rows[0]) - 1 if rows else 0):
        found = next((row for row in rows if row[column]), None)
        if found is None:
            continue
        rows.remove(found)
        head = found if found[column] > 0 else [-value for value in found]
        rows = [_less(row, head, column) for row in rows]
        done = [_less(row, head, column) for row in done] + [head]
    return done


def _less(row: Row, head: Row, column: int) -> Row:
    """The row without this column."""
    if not row[column]:
        return row
    times, of = head[column], row[column]
    less = [times * a - of * b for a, b in zip(row, head, strict=True)]
    shared = gcd(*less)
    return [value // shared for value in less] if shared > 1 else less


def _modulo(row: Row) -> tuple[int, Row]:
    """The place of a row's head, and the row modulo PRIME without its sum, the head being 1."""
    place = next(i for i, value in enumerate(row) if value)
    scale = pow(row[place], -1, PRIME)
    return place, [value * scale % PRIME for value in row[:-1]]
