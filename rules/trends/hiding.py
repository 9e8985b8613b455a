"""Which cells of the published tables are shown: all tables of a term are hidden as one system.

Whatever can be worked out from what is shown (a total less the cells beside it, a grade band less
the schools inside it, a term less its months) must itself be a group that could be shown. Where it
is not, or where the range left to one teacher closes, one more cell is hidden, and all is looked
at again; so it is where groups that lie across each other tell together what none may tell alone.
docs/decisions/0030 says why this is enough, and benchmarks/attacker.py tries to break it.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import combinations

from rules.trends.elimination import Elimination
from rules.trends.group import Limits, Visit, safe
from rules.trends.ranges import closes, plain

BY = ("month", "school", "grade", "subject", "model")
"""What visits are told apart by; each is one table of a term, and months come out first."""
MOST = 4000
"""So many groups may be worked out; where there are more, cells are hidden until there are not."""

Place = tuple[str, str]
TOTAL: Place = ("", "")


@dataclass(frozen=True, slots=True)
class Cell:
    """Seen in `yes` of `n` visits."""

    yes: int
    n: int


@dataclass(frozen=True)
class Tables:
    """One question in one term: its total, and for each way of telling apart the cells.

    None is a cell that stays hidden: which of the reasons holds is not said either.
    """

    total: Cell | None
    cells: Mapping[str, Mapping[str, Cell | None]]


def publish(visits: Sequence[Visit], limits: Limits, *, months: Collection[str] = ()) -> Tables:
    """Decide what of a term may be shown, given the `months` shown already."""
    return _Term(visits, limits, months).decide()


@dataclass
class _Block:
    """A set of visits whose count is known, as bits over atoms, and the cells it comes from."""

    mask: int
    comes_from: frozenset[Place] = frozenset()


@dataclass
class _Term:
    visits: Sequence[Visit]
    limits: Limits
    months: Collection[str]
    atoms: list[list[Visit]] = field(default_factory=list)
    masks: dict[Place, int] = field(default_factory=lambda: defaultdict(int))
    shown: set[Place] = field(default_factory=set)
    judged: dict[int, bool] = field(default_factory=dict)

    def __post_init__(self) -> None:
        grouped: dict[tuple[str, ...], list[Visit]] = defaultdict(list)
        for visit in self.visits:
            grouped[visit.places].append(visit)
        for number, (places, atom) in enumerate(sorted(grouped.items())):
            self.atoms.append(atom)
            self.masks[TOTAL] |= 1 << number
            for by, value in zip(BY, places, strict=True):
                self.masks[by, value] |= 1 << number

    def decide(self) -> Tables:
        fixed = {("month", month) for month in self.months if ("month", month) in self.masks}
        self.shown = {TOTAL} | fixed | {place for place in self._cells() if self._safe_at(place)}
        if not self._safe_at(TOTAL):
            return self._tables(total=False)
        while (place := self._too_much()) is not None:
            if place == TOTAL:
                return self._tables(total=False)
            self.shown.discard(place)
        exact = self._exact()
        # what can be worked out is known: hiding it would only look like hiding
        self.shown |= {place for place in self._cells() if exact.tells(self.masks[place])}
        return self._tables(total=True)

    def _cells(self) -> Iterator[Place]:
        return (place for place in self.masks if place[0] not in ("", "month"))

    def _too_much(self) -> Place | None:
        """A cell to hide because, with it, too much could be worked out; None where all is well."""
        known = self._known()
        if len(known) >= MOST:
            return self._smallest(self.shown)
        for block in known.values():
            if not self._safe(block.mask):
                return self._smallest(block.comes_from)
        told = {mask: self._yes(mask) for mask in known}
        atom = closes(plain(told, len(self.atoms)), self.atoms)
        return self._across(told) if atom is None else self._smallest(self._around(1 << atom))

    def _across(self, told: Mapping[int, int]) -> Place | None:
        """The same for what is told only by groups that lie across each other."""
        exact = self._exact()
        for mask in self._small_groups():
            if exact.tells(mask):
                return self._smallest(self._around(mask))
        equations = [*plain(told, len(self.atoms)), *exact.equations()]
        atom = closes(equations, self.atoms)
        return None if atom is None else self._smallest(self._around(1 << atom))

    def _exact(self) -> Elimination:
        known = [(self.masks[place], self._yes(self.masks[place])) for place in sorted(self.shown)]
        return Elimination(known, len(self.atoms))

    def _small_groups(self) -> Iterator[int]:
        """Hidden cells, and what two cells have in common, where nobody may know their count."""
        hidden = {self.masks[place] for place in self._cells() if place not in self.shown}
        pairs = {
            self.masks[one] & self.masks[other]
            for one, other in combinations(self.masks, 2)
            if one[0] != other[0]
        }
        return (mask for mask in sorted(hidden | pairs) if mask and not self._safe(mask))

    def _around(self, mask: int) -> Iterator[Place]:
        """The shown cells that this group has a part in."""
        return (place for place in self.shown if self.masks[place] & mask)

    def _smallest(self, places: Iterable[Place]) -> Place:
        """The cell that costs least to hide; the total where only what is fixed is left."""
        free = [place for place in places if place[0] not in ("", "month")]
        return min(free, key=lambda p: (self._n(self.masks[p]), p)) if free else TOTAL

    def _known(self) -> dict[int, _Block]:
        """Every group that can be worked out by taking shown cells out of others."""
        known = {self.masks[p]: _Block(self.masks[p], frozenset({p})) for p in sorted(self.shown)}
        tables: dict[str, list[Place]] = defaultdict(list)
        for place in sorted(self.shown - {TOTAL}):
            tables[place[0]].append(place)
        todo = list(known.values())
        while todo and len(known) < MOST:
            block = todo.pop()
            for table in tables.values():
                for found in self._apart(block, table):
                    if found.mask and found.mask not in known:
                        known[found.mask] = found
                        todo.append(found)
        return known

    def _apart(self, block: _Block, table: list[Place]) -> Iterator[_Block]:
        """What is left of a group without the cells inside it, and of the cells around it."""
        within = [p for p in table if self.masks[p] & ~block.mask == 0]
        yield _Block(block.mask & ~self._union(within), block.comes_from | set(within))
        around = [p for p in table if self.masks[p] & block.mask]
        cover = self._union(around)
        if block.mask & ~cover == 0:
            yield _Block(cover & ~block.mask, block.comes_from | set(around))

    def _union(self, places: Iterable[Place]) -> int:
        union = 0
        for place in places:
            union |= self.masks[place]
        return union

    def _safe_at(self, place: Place) -> bool:
        return self._safe(self.masks[place])

    def _safe(self, mask: int) -> bool:
        if mask not in self.judged:
            self.judged[mask] = safe(self._of(mask), self.limits)
        return self.judged[mask]

    def _of(self, mask: int) -> Iterator[Visit]:
        for atom in bits(mask):
            yield from self.atoms[atom]

    def _n(self, mask: int) -> int:
        return sum(len(self.atoms[atom]) for atom in bits(mask))

    def _yes(self, mask: int) -> int:
        return sum(visit.yes for visit in self._of(mask))

    def _tables(self, *, total: bool) -> Tables:
        cells: dict[str, dict[str, Cell | None]] = {by: {} for by in BY[1:]}
        for by, value in sorted(self._cells()):
            cells[by][value] = self._cell((by, value)) if total else None
        return Tables(self._cell(TOTAL) if total else None, cells)

    def _cell(self, place: Place) -> Cell | None:
        if place not in self.shown:
            return None
        return Cell(self._yes(self.masks[place]), self._n(self.masks[place]))


def bits(mask: int) -> Iterator[int]:
    """The places of the ones in a number, lowest first."""
    while mask:
        low = mask & -mask
        yield low.bit_length() - 1
        mask ^= low
