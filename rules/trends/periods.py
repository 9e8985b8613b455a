"""Months and terms by name: “2026-10”, “2026-fall”, on the clock of a district.

A shared visit belongs to the month in which it was first shared: a server's day, which no phone
that comes back late can move, so that nothing arrives in a month that is closed.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime
from zoneinfo import ZoneInfo

FALL = range(8, 13)
SPRING = range(1, 8)
MONTHS = (
    *("January", "February", "March", "April", "May", "June"),
    *("July", "August", "September", "October", "November", "December"),
)


def month_of(at: datetime, zone: ZoneInfo) -> str:
    """The month of an aware instant, as “2026-10”."""
    return f"{at.astimezone(zone):%Y-%m}"


def same_day(one: datetime, other: datetime, zone: ZoneInfo) -> bool:
    """Whether two aware instants fall on one day."""
    return one.astimezone(zone).date() == other.astimezone(zone).date()


def term_of(month: str) -> str:
    """The term a month belongs to: fall from August, spring from January to July."""
    year, number = _read(month)
    return f"{year}-{'fall' if number in FALL else 'spring'}"


def months_of(term: str) -> tuple[str, ...]:
    """The months of a term, first to last; ValueError for anything else."""
    year, _, name = term.partition("-")
    if name not in ("fall", "spring") or len(year) != 4 or not year.isdecimal():
        raise ValueError(f"“{term}” is no term: write 2026-fall or 2026-spring.")
    return tuple(f"{year}-{number:02}" for number in (FALL if name == "fall" else SPRING))


def months_between(first: str, last: str) -> Iterator[str]:
    """Every month from `first` to `last`, both included; none where `last` is earlier."""
    year, number = _read(first)
    while f"{year}-{number:02}" <= last:
        yield f"{year}-{number:02}"
        year, number = (year, number + 1) if number < 12 else (year + 1, 1)


def terms_between(first: str, last: str) -> tuple[str, ...]:
    """The terms from the month `first` to the month `last`, oldest first."""
    return tuple(dict.fromkeys(term_of(month) for month in months_between(first, last)))


def closed(month: str, at: datetime, zone: ZoneInfo) -> bool:
    """Whether a month is over at `at`; only then may it be counted for others."""
    return month < month_of(at, zone)


def period_title(period: str) -> str:
    """“October 2026” for a month, “Fall 2026” for a term."""
    year, _, name = period.partition("-")
    if name.isdecimal():
        return f"{MONTHS[int(name) - 1]} {year}"
    return f"{name.capitalize()} {year}"


def period_short(month: str) -> str:
    """“Oct 2026” for a month, where columns are narrow."""
    year, number = _read(month)
    return f"{MONTHS[number - 1][:3]} {year}"


def _read(month: str) -> tuple[int, int]:
    return int(month[:4]), int(month[5:])
