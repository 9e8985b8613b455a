"""Tries to work out hidden cells from everything that is published, over many random districts."""

from __future__ import annotations

import argparse
import os
import random
import sys
import time
from collections import Counter, defaultdict
from collections.abc import Hashable, Iterable, Iterator, Mapping, Sequence
from concurrent.futures import ProcessPoolExecutor
from dataclasses import astuple, dataclass, field
from itertools import combinations
from math import gcd
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT))

from rules.trends import Limits, Visit, publish, safe  # noqa: E402
from rules.trends.hiding import BY, Cell  # noqa: E402

TERMS = 3
MONTHS = 5
NAIVE = 5
PRIME = (1 << 61) - 1
KINDS = (("K to 2", "3 to 5"), ("K to 2", "3 to 5", "6 to 8"), ("6 to 8",), ("9 to 12",))
SUBJECTS = ("Math", "English", "Science", "History", "Art", "Music", "Spanish")
MODELS = ("whole_class", "station_rotation", "individual_rotation", "flex", "")

Cells = Mapping[tuple[str, str], Cell | None]


@dataclass
class Teacher:
    """Somebody of an invented district; `leans` is how often a visit answers yes."""

    name: str
    school: str
    grade: str
    subject: str
    leans: float


@dataclass
class District:
    """An invented district whose people come, go and change schools between terms."""

    chance: random.Random
    teachers: list[Teacher] = field(default_factory=list)
    kinds: dict[str, tuple[str, ...]] = field(default_factory=dict)
    made: int = 0

    @classmethod
    def invent(cls, seed: int) -> District:
        """Three to eight schools, some of them small, each with its own habits."""
        chance = random.Random(seed)
        district = cls(chance)
        for number in range(chance.randint(3, 8)):
            school = f"school {number}"
            district.kinds[school] = chance.choice(KINDS)
            for _ in range(chance.choice((4, 7, 9, 14, 22, 30))):
                district.join(school)
        return district

    def join(self, school: str) -> None:
        """A new teacher."""
        self.made += 1
        habit = self.chance.choice((0.0, 0.1, 0.4, 0.6, 0.9, 1.0))
        self.teachers.append(
            Teacher(
                f"teacher {self.made}",
                school,
                self.chance.choice(self.kinds[school]),
                self.chance.choice(SUBJECTS[: self.chance.randint(2, 7)]),
                min(1.0, max(0.0, habit + self.chance.uniform(-0.2, 0.2))),
            )
        )

    def change(self) -> None:
        """Between terms some leave, some come and some change schools."""
        schools = list(self.kinds)
        for teacher in list(self.teachers):
            draw = self.chance.random()
            if draw < 0.12:
                self.teachers.remove(teacher)
                self.join(self.chance.choice(schools))
            elif draw < 0.18:
                teacher.school = self.chance.choice(schools)

    def month(self, busy: float) -> list[Visit]:
        """The shared visits of a month; months are given their name when they are counted."""
        visits = []
        for teacher in self.teachers:
            for _ in range(self.chance.choices((0, 1, 2, 4), (1 - busy, busy, 0.1, 0.02))[0]):
                observer = f"{teacher.school}, observer {self.chance.choice((1, 1, 2, 3))}"
                model = self.chance.choices(MODELS, (8, 4, 2, 1, 1))[0]
                places = ("", teacher.school, teacher.grade, teacher.subject, model)
                yes = self.chance.random() < teacher.leans
                visits.append(Visit(teacher.name, observer, teacher.school, places, yes))
        return visits

    def terms(self) -> Iterator[list[Visit]]:
        """The visits of each term as they are counted: too small a month waits for the next."""
        waiting: list[Visit] = []
        busy = self.chance.choice((0.15, 0.35, 0.7))
        for term in range(TERMS):
            counted: list[Visit] = []
            for number in range(MONTHS):
                waiting += self.month(busy)
                if safe(waiting, Limits()):
                    counted += [_in(visit, f"month {term}.{number}") for visit in waiting]
                    waiting = []
            yield counted
            self.change()


def _in(visit: Visit, month: str) -> Visit:
    return Visit(visit.teacher, visit.observer, visit.school, (month, *visit.places[1:]), visit.yes)


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
