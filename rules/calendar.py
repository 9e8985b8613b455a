"""How days and times are told, on a clock that is given."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, datetime, time
from zoneinfo import ZoneInfo


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
