"""A published table as plain rows, for files."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping

from rules.trends.band import Rate
from rules.trends.heat import Heat
from rules.trends.question import QUESTIONS

HEADINGS = ("Term", "What", "Component", "Told apart by", "Value", "Yes", "Visits", "Percent")
HIDDEN = "few"
ROOMS_VISITED = "Classrooms visited, of all"

Row = tuple[str | int, ...]


def rows(
    term: str,
    by: str,
    heat: Heat,
    totals: Mapping[str, Rate | None],
    coverage: Iterable[tuple[str, Rate | None]] = (),
) -> Iterator[Row]:
    """Every cell on its own row under HEADINGS; a hidden one says so and holds nothing else."""
    for question in QUESTIONS:
        if question.key in totals:
            yield term, question.words, "", "", "All", *_numbers(totals[question.key])
    for school, rate in coverage:
        yield term, ROOMS_VISITED, "", "school", school, *_numbers(rate)
    for _, lines in heat.groups:
        for line, squares in lines:
            for (_, name), square in zip(heat.columns, squares, strict=True):
                if square.few or square.rate:
                    yield term, line.statement, line.plate, by, name, *_numbers(square.rate)


def _numbers(rate: Rate | None) -> tuple[str | int, ...]:
    return (rate.yes, rate.n, rate.percent) if rate else (HIDDEN, HIDDEN, HIDDEN)
