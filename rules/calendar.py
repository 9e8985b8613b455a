"""How days and times are told, on a clock that is given; which days schools work."""

from __future__ import annotations

from collections.abc import Callable, Collection
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

SATURDAY = 5
SEVEN = time(7)


def day(at: datetime, zone: ZoneInfo) -> str:
    """“Tuesday, October 14” in `zone`, for an aware instant."""
    local = at.astimezone(zone)
    return f"{local:%A, %B} {local.day}"


def short_day(at: datetime, zone: ZoneInfo) -> str:
    """“Oct 14, 2026”: with the year, for lists that reach back."""
    local = at.astimezone(zone)
    return f"{local:%b} {local.day}, {local.year}"


def date_words(on: date, today: date | None = None) -> str:
    """“Oct 14, 2026”, for a day that is on no clock; “Oct 14” in the year of `today`."""
    year = "" if today and on.year == today.year else f", {on.year}"
    return f"{on:%b} {on.day}{year}"


def near_day(at: datetime, now: datetime, zone: ZoneInfo) -> str:
    """“today”, “yesterday”, “Oct 14” in this year, else “Oct 14, 2025”, seen from `now`."""
    local, today = at.astimezone(zone).date(), now.astimezone(zone).date()
    near = {0: "today", 1: "yesterday"}.get((today - local).days)
    if near:
        return near
    return f"{local:%b} {local.day}" if local.year == today.year else short_day(at, zone)


def time_words(at: time) -> str:
    """“10:06”, “1:15”: a time of day as `clock` tells it."""
    return f"{at.hour % 12 or 12}:{at:%M}"


def month(at: datetime, zone: ZoneInfo) -> str:
    """“October 2026” in `zone`."""
    return f"{at.astimezone(zone):%B %Y}"


def clock(at: datetime, zone: ZoneInfo) -> str:
    """“10:06”, “1:15”: schools write times of day without a.m. and p.m."""
    local = at.astimezone(zone)
    return f"{local.hour % 12 or 12}:{local:%M}"


def clock_of(zone: ZoneInfo) -> Callable[[datetime], str]:
    """The clock of one zone, for rules that know no zones."""
    return lambda at: clock(at, zone)


def weekday_words(on: date) -> str:
    """“Tuesday, October 14” of a plain date."""
    return f"{on:%A, %B} {on.day}"


def works(on: date, holidays: Collection[date] = ()) -> bool:
    """Whether schools work on this date: no Saturday, no Sunday, none of `holidays`."""
    return on.weekday() < SATURDAY and on not in holidays


def after_working_days(first: date, count: int, holidays: Collection[date] = ()) -> date:
    """The date `count` working days after `first`; `first` itself never counts."""
    on = first
    while count > 0:
        on += timedelta(days=1)
        count -= works(on, holidays)
    return on


def working_days_between(first: date, last: date, holidays: Collection[date] = ()) -> int:
    """How many working days come after `first`, up to and with `last`; 0 where none does."""
    days = (last - first).days
    return sum(works(first + timedelta(days=n), holidays) for n in range(1, days + 1))


def tomorrow_at_seven(at: datetime, zone: ZoneInfo) -> datetime:
    """Seven in the morning of the next day in `zone`, whatever the clocks do that night."""
    tomorrow = at.astimezone(zone).date() + timedelta(days=1)
    return datetime.combine(tomorrow, SEVEN, tzinfo=zone)


@dataclass(frozen=True, slots=True)
class Term:
    """Half a school year: its name and its first and last date."""

    name: str
    first: date
    last: date


def term_of(on: date) -> Term:
    """The half year that holds a date: fall from August, spring from January through July."""
    if on.month >= 8:
        return Term(f"Fall {on.year}", date(on.year, 8, 1), date(on.year, 12, 31))
    return Term(f"Spring {on.year}", date(on.year, 1, 1), date(on.year, 7, 31))


def terms_back(on: date, count: int) -> tuple[Term, ...]:
    """The term of a date and those before it, latest first."""
    found = [term_of(on)]
    while len(found) < count:
        found.append(term_of(found[-1].first - timedelta(days=1)))
    return tuple(found)
