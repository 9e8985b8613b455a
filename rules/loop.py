"""The clocks of the loop: when feedback is to be shared, and what a missed day means."""

from collections.abc import Collection
from datetime import date, datetime
from zoneinfo import ZoneInfo

from rules.calendar import after_working_days, weekday_words, working_days_between

SHARE_WITHIN = (3, 5, 10)
"""Working days among which a district chooses; the middle one unless it does."""
UNOPENED_AFTER = 2
"""Working days after which the observer is told that nobody has opened it."""
ON_THE_CLOCK = ("walkthrough", "evaluation")
"""Purposes whose feedback must be shared in time; coaching is never evidence for anything."""


def share_by(
    purpose: str | None,
    visited: datetime,
    within: int,
    zone: ZoneInfo,
    holidays: Collection[date] = (),
) -> date | None:
    """The last day to share feedback of a visit, on the district's clock; None without a clock."""
    if purpose not in ON_THE_CLOCK:
        return None
    return after_working_days(visited.astimezone(zone).date(), within, holidays)


def due_words(by: date, today: date) -> str:
    """When it is to be shared, seen from today: “share today”, “share by Tuesday, October 20”."""
    if by < today:
        return f"was to be shared by {weekday_words(by)}"
    return "share today" if by == today else f"share by {weekday_words(by)}"


def late(by: date | None, shared: datetime, zone: ZoneInfo) -> str:
    """One sentence if feedback is shared after its day, else nothing."""
    if by is None or shared.astimezone(zone).date() <= by:
        return ""
    return f"Shared after {weekday_words(by)}, the last day for it: not to be used for evaluation."


def unannounced(
    purpose: str | None,
    needed: int,
    told: Collection[date],
    visited: date,
    holidays: Collection[date] = (),
) -> str:
    """One sentence if an evaluation visit lacks the notice a district asks for, else nothing.

    `needed` is in working days, 0 where the district asks for none; `told` are the dates on which
    the teacher was told of a planned evaluation visit.
    """
    if purpose != "evaluation" or not needed:
        return ""
    if any(working_days_between(day, visited, holidays) >= needed for day in told):
        return ""
    days = "a working day" if needed == 1 else f"{needed} working days"
    return f"Not announced {days} before: not to be used for evaluation."


def unopened(
    shared: datetime, now: datetime, zone: ZoneInfo, holidays: Collection[date] = ()
) -> bool:
    """Whether two working days have passed since feedback was shared."""
    first, last = shared.astimezone(zone).date(), now.astimezone(zone).date()
    return working_days_between(first, last, holidays) >= UNOPENED_AFTER
