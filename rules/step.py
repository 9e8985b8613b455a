"""A step: one small dated action; how its check-back stands, and what may become of it."""

from collections.abc import Mapping
from datetime import date
from typing import Final, Literal

from rules.calendar import date_words

Standing = Literal["overdue", "due", "later", "undated", "none"]

OUTCOMES: Final[Mapping[str, str]] = {"met": "Met", "adjusted": "Adjusted", "dropped": "Dropped"}
"""What a check-back ends in, with its word on the page."""

SOON_DAYS = 7
"""From so many days before it on, a check-back is due."""


def standing(due_on: date | None, today: date) -> Standing:
    """How a check-back on `due_on` stands seen from `today`, both on the district's clock."""
    if due_on is None:
        return "undated"
    if due_on < today:
        return "overdue"
    return "due" if (due_on - today).days < SOON_DAYS else "later"


def standing_words(due_on: date | None, today: date) -> str:
    """The same in words: “3 days overdue”, “due today”, “due Oct 14”."""
    if due_on is None:
        return "no date"
    days = (due_on - today).days
    if days < 0:
        return "1 day overdue" if days == -1 else f"{-days} days overdue"
    if days < 2:
        return ("due today", "due tomorrow")[days]
    return f"due {date_words(due_on, today)}"
