"""Calendar files (iCalendar, RFC 5545): check-backs as visits in anybody’s calendar.

The door to icalendar. A calendar is seen by more people than coaching is, so an entry says
“Check-back visit” and holds an address that asks for a sign-in: no teacher, no step, no word.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from uuid import UUID
from zoneinfo import ZoneInfo

from icalendar import Calendar, Event, vDuration

SUMMARY = "Check-back visit"
PRODUCT = "-//Crosswalk//Check-backs//EN"
MINUTES = 15
"""How long a visit is in the calendar; a check-back without a time is a note on its day."""
A_YEAR = timedelta(days=366)


@dataclass(frozen=True, slots=True)
class CheckBack:
    """One check-back: `id` is stable, `sequence` grows with each change, `at` is the local time."""

    id: UUID
    on: date
    at: time | None
    sequence: int
    changed_at: datetime
    cancelled: bool
    url: str


def calendar_file(check_backs: Sequence[CheckBack], zone: ZoneInfo) -> bytes:
    """Write check-backs on the clock of `zone`; the same ones give the same bytes."""
    calendar = Calendar()
    calendar.add("prodid", PRODUCT)
    calendar.add("version", "2.0")
    calendar.add("method", "PUBLISH")
    days = [one.on for one in check_backs]
    for one in check_backs:
        calendar.add_component(_event(one, zone))
    if days:
        # the clock changes of these years, and not of a century
        around = min(days) - A_YEAR, max(days) + A_YEAR
        calendar.add_missing_timezones(first_date=around[0], last_date=around[1])
    return bytes(calendar.to_ical())


def _event(one: CheckBack, zone: ZoneInfo) -> Event:
    event = Event()
    event.add("uid", f"{one.id}@crosswalk")
    event.add("sequence", one.sequence)
    event.add("dtstamp", one.changed_at)
    event.add("summary", SUMMARY)
    event.add("url", one.url)
    event.add("class", "PRIVATE")
    event.add("status", "CANCELLED" if one.cancelled else "CONFIRMED")
    event.add("transp", "TRANSPARENT" if one.at is None else "OPAQUE")
    if one.at is None:
        event.add("dtstart", one.on)
        return event
    event.add("dtstart", datetime.combine(one.on, one.at, zone))
    event["duration"] = vDuration(timedelta(minutes=MINUTES))
    return event
