"""Tries to work out hidden cells from everything that is published, over many random districts."""

from __future__ import annotations

import argparse
import os
import sys
import time
from collections.abc import Iterable, Sequence
from concurrent.futures import ProcessPoolExecutor
from dataclasses import astuple, dataclass

from benchmarks.kit.recovery import Attacker, Cells, everything
from benchmarks.kit.terms import District
from rules.trends import Limits, Visit, publish
from rules.trends.hiding import Cell

NAIVE = 5


def ours(visits: Sequence[Visit]) -> Cells:
    """Every cell of a term as we publish it, with its months."""
    months = {visit.places[0] for visit in visits}
    tables = publish(visits, Limits(), months=months)
    cells = dict(everything(visits))
    shown: dict[tuple[str, str], Cell | None] = dict.fromkeys(cells)
    shown["", ""] = tables.total
    shown |= {("month", month): cells["month", month] for month in months}
    for by, table in tables.cells.items():
        shown |= {(by, value): cell for value, cell in table.items()}
    return shown


def naive(visits: Sequence[Visit]) -> Cells:
    """The usual way: every cell with at least five visits, and the total."""
    return {place: cell if cell.n >= NAIVE else None for place, cell in everything(visits).items()}


@dataclass
class Score:
    """What came of attacking some districts."""

    districts: int = 0
    leaking: int = 0
    recovered: int = 0
    cells: int = 0
    shown: int = 0
    visits: int = 0
    visits_shown: int = 0

    def add(self, terms: Iterable[tuple[Sequence[Visit], Cells]]) -> None:
        """Attack one district."""
        found = 0
        for visits, cells in terms:
            found += len(Attacker(visits, cells).recovered())
            told_apart = {p: c for p, c in cells.items() if p[0] not in ("", "month")}
            sizes = everything(visits)
            self.cells += len(told_apart)
            self.shown += sum(cell is not None for cell in told_apart.values())
            self.visits += sum(sizes[p].n for p in told_apart)
            self.visits_shown += sum(sizes[p].n for p, c in told_apart.items() if c is not None)
        self.districts += 1
        self.recovered += found
        self.leaking += bool(found)

    def plus(self, other: Score) -> Score:
        """Both together."""
        return Score(*(a + b for a, b in zip(astuple(self), astuple(other), strict=True)))

    def line(self, name: str) -> str:
        """The score in one line."""
        share = 100 * self.shown / max(1, self.cells)
        weight = 100 * self.visits_shown / max(1, self.visits)
        return (
            f"{name}: {self.recovered:,} recovered in {self.leaking:,} of {self.districts:,} "
            f"districts; {share:.0f} % of cells shown, holding {weight:.0f} % of visits"
        )


Attack = tuple[int, bool]
"""A district to invent, and whether to attack it as is usual, too."""


def attack(one: Attack) -> tuple[Score, Score]:
    """Attack a district as we publish it, and perhaps as is usual."""
    seed, naive_too = one
    mine, usual = Score(), Score()
    terms = [visits for visits in District.invent(seed).terms() if visits]
    mine.add((visits, ours(visits)) for visits in terms)
    if naive_too:
        usual.add((visits, naive(visits)) for visits in terms)
    return mine, usual


def together(scores: Iterable[tuple[Score, Score]]) -> tuple[Score, Score]:
    """What came of all attacks."""
    mine, usual = Score(), Score()
    for ours_, theirs in scores:
        mine, usual = mine.plus(ours_), usual.plus(theirs)
    return mine, usual


def main() -> None:
    """Attack, and say what came of it."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--districts", type=int, default=1000)
    parser.add_argument("--naive", type=int, default=100, help="how many in the usual way, too")
    parser.add_argument("--first", type=int, default=0, help="the first seed")
    parser.add_argument("--processes", type=int, default=os.cpu_count())
    asked = parser.parse_known_args()[0]
    began = time.perf_counter()
    attacks = [(asked.first + number, number < asked.naive) for number in range(asked.districts)]
    with ProcessPoolExecutor(asked.processes) as processes:
        mine, usual = together(processes.map(attack, attacks, chunksize=8))
    print(mine.line("hidden as one system"))
    if usual.districts:
        print(usual.line(f"naive, fewer than {NAIVE} visits"))
    spent = time.perf_counter() - began
    print(f"goal: 0 recovered · {spent:.0f} s in {asked.processes} processes")
    sys.exit(1 if mine.recovered else 0)


if __name__ == "__main__":
    main()
