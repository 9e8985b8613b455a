"""Discourse verdicts over time, as counts, with what stood behind them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from rules.discourse.moves import DO_NOT_BLEND, MOVES, Move
from rules.trends.band import Rate
from rules.trends.question import REASONS

PARTS = ("preserved", "at_risk", "displaced")


@dataclass(frozen=True, slots=True)
class Talk:
    """The verdicts of one period; None for what stays hidden."""

    title: str
    preserved: Rate | None
    displaced: Rate | None
    since: str = ""

    @property
    def whole(self) -> bool:
        """Whether both are known of the same visits, so that “at risk” is the rest."""
        return bool(self.preserved and self.displaced and self.preserved.n == self.displaced.n)

    @property
    def at_risk(self) -> Rate | None:
        """The rest, where it can be known."""
        if not (self.whole and self.preserved and self.displaced):
            return None
        return Rate(self.preserved.n - self.preserved.yes - self.displaced.yes, self.preserved.n)

    @property
    def parts(self) -> tuple[tuple[str, Rate | None], ...]:
        """The three verdicts in their order."""
        return tuple(zip(PARTS, (self.preserved, self.at_risk, self.displaced), strict=True))

    @property
    def bar(self) -> tuple[tuple[str, float, float, int], ...]:
        """Verdict, start, width in percent, and count of each part of a bar; empty if unknown."""
        if not self.whole:
            return ()
        found, start = [], 0.0
        for verdict, rate in self.parts:
            if rate and rate.yes:
                wide = round(100 * rate.yes / rate.n, 2)
                found.append((verdict, round(start, 2), wide, rate.yes))
                start += wide
        return tuple(found)


@dataclass(frozen=True, slots=True)
class Reason:
    """Why talk was not kept, how often, and what protects it."""

    words: str
    rate: Rate | None
    moves: tuple[Move, ...]


def reasons(cells: Mapping[str, Rate | None]) -> list[Reason]:
    """The reasons by how often they stood behind a verdict; those hidden come last."""
    found = [
        Reason(words, cells[f"why:{code}"], MOVES.get(code, ()))
        for code, words in REASONS.items()
        if f"why:{code}" in cells
    ]
    return sorted(found, key=lambda one: (one.rate is None, -(one.rate.yes if one.rate else 0)))


def always() -> Move:
    """The move that fits any reason."""
    return DO_NOT_BLEND


def counts_of(verdicts: Iterable[str]) -> tuple[Rate, Rate]:
    """Preserved and displaced of firm verdicts."""
    firm = [verdict for verdict in verdicts if verdict in PARTS]
    return Rate(firm.count("preserved"), len(firm)), Rate(firm.count("displaced"), len(firm))
