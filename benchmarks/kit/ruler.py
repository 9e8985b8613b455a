"""What every measurement shares: acts timed in turns, and ratios printed beside their goals."""

from __future__ import annotations

import os
import statistics
import time
from collections.abc import Callable, Sequence

ROUNDS = 7


def in_turn(*acts: Callable[[], object], rounds: int = ROUNDS) -> list[float]:
    """Median seconds of each act, taken A B A B after one round to warm up."""
    times: list[list[float]] = [[] for _ in acts]
    for lap in range(rounds + 1):
        for index, act in enumerate(acts):
            began = time.perf_counter()
            act()
            if lap:
                times[index].append(time.perf_counter() - began)
    return [statistics.median(each) for each in times]


def repeated(act: Callable[[], object], times: int) -> Callable[[], None]:
    """The act so many times in a row, so that a hiccup of the machine weighs little."""

    def many() -> None:
        for _ in range(times):
            act()

    return many


def percentile(values: Sequence[float], share: float) -> float:
    """The value that this share of all values does not exceed; 0 where there are none."""
    ordered = sorted(values)
    return ordered[min(len(ordered) - 1, int(share * len(ordered)))] if ordered else 0.0


def verdict(value: float, *, at_most: float | None = None, at_least: float | None = None) -> str:
    """The goal in words, and whether it is met."""
    if at_most is not None:
        return f"goal ≤ {at_most:g}, {'met' if value <= at_most else 'MISSED'}"
    if at_least is not None:
        return f"goal ≥ {at_least:g}, {'met' if value >= at_least else 'MISSED'}"
    return ""


def table(head: Sequence[str], rows: Sequence[Sequence[str]]) -> None:
    """Print rows in columns: words to the left, figures to the right."""
    lines = [head, *rows]
    widths = [max(len(line[column]) for line in lines) for column in range(len(head))]
    for line in lines:
        cells = [cell.rjust(width) for cell, width in zip(line[1:], widths[1:], strict=True)]
        print("  ".join([line[0].ljust(widths[0]), *cells]).rstrip(), flush=True)


def busy() -> str:
    """How busy this machine is, since every figure depends on it."""
    return f"{os.cpu_count()} cores, load {os.getloadavg()[0]:.1f}"
