"""What known counts tell together, exactly, where groups lie across each other.

Groups are bits over atoms. Atoms that lie in the same groups cannot be told from each other, so
they make one column; each group is an equation over columns, in whole numbers.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from math import gcd

Row = list[int]
"""A whole number for each column, and last what they come to."""
Equation = tuple[Mapping[int, int], int]
"""How often each atom counts, and how many yes that comes to."""


class Elimination:
    """The equations that known groups make of each other.

    `known` are groups as (bits over atoms, how many yes); `atoms` says how many atoms there are.
    """

    def __init__(self, known: Sequence[tuple[int, int]], atoms: int) -> None:
        alike: dict[int, list[int]] = defaultdict(list)
        for atom in range(atoms):
            alike[sum(1 << at for at, (mask, _) in enumerate(known) if mask >> atom & 1)].append(
                atom
            )
        self.columns = list(alike.values())
        self.masks = [sum(1 << atom for atom in column) for column in self.columns]
        plain = [[int(mask & own > 0) for own in self.masks] + [yes] for mask, yes in known]
        self.rows = _reduced(plain)

    def tells(self, group: int) -> bool:
        """Whether some sum of known groups is exactly this one."""
        wanted = []
        for own in self.masks:
            if group & own not in (0, own):
                return False
            wanted.append(int(group & own > 0))
        wanted.append(0)
        for row in self.rows:
            wanted = _less(wanted, row, _place(row))
        return not any(wanted[:-1])

    def equations(self) -> Iterator[Equation]:
        """Each equation over atoms."""
        for row in self.rows:
            yield (
                {
                    atom: value
                    for value, column in zip(row, self.columns, strict=False)
                    if value
                    for atom in column
                },
                row[-1],
            )


def _reduced(rows: Iterable[Row]) -> list[Row]:
    """The rows in reduced form: no head of one row occurs in another."""
    done: list[Row] = []
    for new in rows:
        row = new
        for head in done:
            row = _less(row, head, _place(head))
        if not any(row[:-1]):
            continue
        place = _place(row)
        done = [_less(other, row, place) for other in done] + [row]
    return done


def _place(row: Row) -> int:
    return next(at for at, value in enumerate(row) if value)


def _less(row: Row, head: Row, place: int) -> Row:
    """The row without the column in which `head` begins, in the smallest whole numbers."""
    if not row[place]:
        return row
    times, of = head[place], row[place]
    less = [times * a - of * b for a, b in zip(row, head, strict=True)]
    shared = gcd(*less) or 1
    return [value // shared for value in less]
