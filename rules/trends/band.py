"""How sure a count can be, and which band a grade belongs to."""

from __future__ import annotations

import re
from dataclasses import dataclass
from math import sqrt

SURE = 1.959964  # two-sided 95 %
BANDS = ("K to 2", "3 to 5", "6 to 8", "9 to 12")
EARLY = frozenset({"k", "kg", "pk", "tk", "ec", "it", "pr", "prek"})


@dataclass(frozen=True, slots=True)
class Rate:
    """Seen in `yes` of `n` visits."""

    yes: int
    n: int

    @property
    def percent(self) -> int:
        """Whole percent, halves upward; 0 of nothing."""
        return (200 * self.yes + self.n) // (2 * self.n) if self.n else 0

    @property
    def low(self) -> int:
        """The lower end of the plausible range, in percent."""
        return round(100 * self._range()[0])

    @property
    def high(self) -> int:
        """The upper end of the plausible range, in percent."""
        return round(100 * self._range()[1])

    @property
    def step(self) -> int:
        """Which of six steps of color: under 15, 30, 45, 60, 75 percent, and above."""
        return min(5, self.percent // 15)

    def _range(self) -> tuple[float, float]:
        """Wilson's interval (1927), which stays between 0 and 1 and is honest for small n."""
        if not self.n:
            return 0.0, 1.0
        share, square = self.yes / self.n, SURE * SURE
        middle = share + square / (2 * self.n)
        reach = SURE * sqrt(share * (1 - share) / self.n + square / (4 * self.n * self.n))
        whole = 1 + square / self.n
        return max(0.0, (middle - reach) / whole), min(1.0, (middle + reach) / whole)


def grade_band(grade: str) -> str:
    """The band of a roster's grade (“07”, “KG”, “9-12”); empty where none can be read."""
    text = grade.strip().casefold()
    if text in EARLY:
        return BANDS[0]
    numbers = [int(found) for found in re.findall(r"\d+", text)]
    if text[:1] == "k" and numbers:
        numbers.append(0)
    if not numbers or max(numbers) > 12:
        return ""
    bands = {_band(number) for number in numbers}
    return bands.pop() if len(bands) == 1 else ""


def _band(number: int) -> str:
    return BANDS[0 if number <= 2 else 1 if number <= 5 else 2 if number <= 8 else 3]
