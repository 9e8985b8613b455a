"""What a contestant showed on the phone, and the table that is printed of it."""

from __future__ import annotations

import statistics
from collections.abc import Mapping
from dataclasses import dataclass, field

from benchmarks.kit import ruler

HEAD = (
    *("", "to first use", "first paint", "tap to paint (p95)", "tap to durable (p95)"),
    "offline start",
)
NEVER = "never"


@dataclass
class Readings:
    """What one contestant showed over all rounds, in milliseconds and bytes."""

    bytes: list[float] = field(default_factory=list)
    first_paint: list[float] = field(default_factory=list)
    first_use: list[float] = field(default_factory=list)
    paint: list[float] = field(default_factory=list)
    durable: list[float] = field(default_factory=list)
    marked: list[float] = field(default_factory=list)
    offline: list[float] = field(default_factory=list)
    check: list[float] = field(default_factory=list)
    fold: list[float] = field(default_factory=list)


def rows(found: Mapping[str, Readings], absent: Mapping[str, str]) -> list[list[str]]:
    """One line a contestant, with the 95th percentile where single taps may be slow."""
    there = [
        [
            name,
            f"{median(one.bytes) / 1000:,.1f} kB",
            f"{median(one.first_paint) / 1000:.2f} s",
            _taps(one.paint),
            _taps(one.durable),
            f"{median(one.offline) / 1000:.2f} s" if one.offline else "",
        ]
        for name, one in found.items()
    ]
    gone = [[name, "not measured", "", "", "", ""] for name in absent]
    return there + gone


def _taps(values: list[float]) -> str:
    if not values:
        return NEVER
    return f"{median(values):,.0f} ms ({ruler.percentile(values, 0.95):,.0f})"


def median(values: list[float]) -> float:
    """The middle one; not a number where there are none."""
    return statistics.median(values) if values else float("nan")


def goals(mine: Readings, least: Readings) -> list[list[str]]:
    """Ratios to the floor, beside what they should be."""

    def line(what: str, value: float, at_most: float, unit: str = "") -> list[str]:
        return [what, f"{value:.2f}{unit}", ruler.verdict(value, at_most=at_most)]

    def ratio(what: str, of: str, at_most: float) -> list[str]:
        return line(what, median(getattr(mine, of)) / median(getattr(least, of)), at_most)

    def told(what: str, value: float) -> list[str]:
        return [what, f"{value:.2f}", ""]

    return [
        line("kB to first use, kit included", median(mine.bytes) / 1000, 60),
        ratio("first paint / floor", "first_paint", 1.1),
        ratio("tap to paint / floor", "paint", 1.15),
        ratio("tap to durable / floor", "durable", 1.2),
        line("tap to paint, p95, ms", ruler.percentile(mine.paint, 0.95), 50),
        told("tap to paint, p95, ms, floor", ruler.percentile(least.paint, 0.95)),
        ratio("offline cold start / floor", "offline", 1.5),
        line("live check, ms a tap", median(mine.check), 2),
        told("fold of all events, ms a tap", median(mine.fold)),
        told("tap to the mark kept beside it, ms", median(mine.marked)),
        told("first look-for to tap, s", median(mine.first_use) / 1000),
        told("first look-for to tap, s, floor", median(least.first_use) / 1000),
    ]
