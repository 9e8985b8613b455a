"""Days near to now are told as people tell them, on the school’s clock."""

from datetime import UTC, datetime
from zoneinfo import ZoneInfo

import pytest

from rules.calendar import month, near_day

CHICAGO = ZoneInfo("America/Chicago")
NOW = datetime(2026, 11, 21, 4, 30, tzinfo=UTC)
"""Friday, November 20, 10:30 in the evening in Chicago."""


@pytest.mark.parametrize(
    ("at", "words"),
    [
        (datetime(2026, 11, 21, 3, 0, tzinfo=UTC), "today"),
        (datetime(2026, 11, 20, 3, 0, tzinfo=UTC), "yesterday"),
        (datetime(2026, 11, 18, 15, 0, tzinfo=UTC), "Nov 18"),
        (datetime(2026, 1, 1, 5, 59, tzinfo=UTC), "Dec 31, 2025"),
        (datetime(2026, 11, 22, 15, 0, tzinfo=UTC), "Nov 22"),
    ],
)
def test_a_day_is_told_from_now(at: datetime, words: str) -> None:
    assert near_day(at, NOW, CHICAGO) == words


def test_a_visit_belongs_to_the_month_of_the_school() -> None:
    assert month(datetime(2026, 11, 1, 4, 0, tzinfo=UTC), CHICAGO) == "October 2026"
