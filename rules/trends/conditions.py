"""What a school needs in place before pacing widens, and two checks on the rest."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from rules.trends.band import Rate
from rules.trends.heat import Counts, Line

PACING: Final = "flexible-pacing"
LEAST_VISITS = 3
LEAST_TEACHERS = 6
ALL_SIX = 6


@dataclass(frozen=True, slots=True)
class Condition:
    """One condition at one school: "in place", "not yet", "few", or "" where nobody looked."""

    state: str
    rate: Rate | None = None


@dataclass(frozen=True, slots=True)
class Gauge:
    """Flexible pacing at one school."""

    school: str
    conditions: tuple[tuple[Line, Condition], ...]

    @property
    def in_place(self) -> int:
        """How many of the conditions are in place, as far as is known."""
        return sum(condition.state == "in place" for _, condition in self.conditions)

    @property
    def looked_for(self) -> bool:
        """Whether anybody has looked for one of them at this school."""
        return any(condition.state for _, condition in self.conditions)

    @property
    def sentence(self) -> str:
        """What the school can do about pacing, and what is missing."""
        of = len(self.conditions)
        if of >= ALL_SIX and self.in_place == of:
            return f"All {of} conditions are in place: widen pacing, a little at a time."
        missing = [line.statement for line, one in self.conditions if one.state != "in place"]
        return f"Not enough in place to widen pacing yet: {self.in_place} of {of}. " + (
            f"Begin with: {missing[0]}." if missing else ""
        )


def gauges(
    lines: Sequence[Line],
    counts: Counts,
    schools: Sequence[tuple[str, str]],
    teachers: Mapping[tuple[str, str], int] | None = None,
) -> list[Gauge]:
    """One gauge a school; empty where the look-fors are not on the district's shelf.

    `teachers` says in how many teachers' rooms a look-for was looked for at a school; published
    cells come without, since none is shown with fewer than six.
    """
    six = [line for line in lines if line.shelf == PACING]
    found = []
    for value, name in schools:
        conditions = []
        for line in six:
            cells = counts.get(line.key, {})
            rooms = teachers.get((line.key, value), 0) if teachers is not None else LEAST_TEACHERS
            conditions.append((line, _condition(cells, value, rooms)))
        if conditions:
            found.append(Gauge(name, tuple(conditions)))
    return found


def _condition(cells: Mapping[str, Rate | None], value: str, rooms: int) -> Condition:
    if value not in cells:
        return Condition("")
    rate = cells[value]
    if rate is None:
        return Condition("few")
    enough = rate.n >= LEAST_VISITS and rooms >= LEAST_TEACHERS and 2 * rate.yes >= rate.n
    return Condition("in place" if enough else "not yet", rate)
