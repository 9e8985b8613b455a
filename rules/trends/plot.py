"""A line with its band over months, as paths in a box of 100 by 60: no font, no color, no pixel."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import groupby

from rules.trends.band import Rate

WIDE, HIGH = 100, 60


@dataclass(frozen=True, slots=True)
class Point:
    """One month; without a rate where it stays hidden or nobody looked."""

    title: str
    short: str
    rate: Rate | None
    since: str = ""
    """The first month in it, where small months before it are counted here."""


@dataclass(frozen=True, slots=True)
class Plot:
    """What the page draws: a band, a line broken where a month is missing, and dots."""

    points: tuple[Point, ...]
    band: str
    line: str
    dots: str

    @property
    def known(self) -> tuple[Point, ...]:
        """The months with a rate."""
        return tuple(point for point in self.points if point.rate)


def plot(points: Sequence[Point]) -> Plot:
    """Draw points from left to right, 100 percent at the top."""
    step = WIDE / max(1, len(points) - 1)
    placed = [(round(i * step, 1), point.rate) for i, point in enumerate(points)]
    runs = [
        [(x, rate) for x, rate in run if rate]
        for known, run in groupby(placed, key=lambda one: one[1] is not None)
        if known
    ]
    return Plot(
        points=tuple(points),
        band=" ".join(_around(run) for run in runs if len(run) > 1),
        line=" ".join(
            _path([(x, rate.percent) for x, rate in run]) for run in runs if len(run) > 1
        ),
        dots=" ".join(f"M{x} {_y(rate.percent)}h0" for run in runs for x, rate in run),
    )


def _around(run: Sequence[tuple[float, Rate]]) -> str:
    upper = [(x, rate.high) for x, rate in run]
    lower = [(x, rate.low) for x, rate in reversed(run)]
    return f"{_path([*upper, *lower])}Z"


def _path(places: Sequence[tuple[float, int]]) -> str:
    return "M" + "L".join(f"{x} {_y(percent)}" for x, percent in places)


def _y(percent: int) -> float:
    return round(HIGH - HIGH * percent / 100, 1)
