"""How days and times are told."""

from datetime import UTC, datetime
from zoneinfo import ZoneInfo

import pytest

from rules.calendar import clock, day, month, near_day, short_day

CHICAGO = ZoneInfo("America/Chicago")
NOW = datetime(2026, 11, 21, 4, 30, tzinfo=UTC)
"""Friday, November 20, 10:30 in the evening in Chicago."""


@pytest.mark.parametrize(
    ("at", "told"),
    [
        (datetime(2026, 10, 13, 15, 6, tzinfo=UTC), "10:06"),
        (datetime(2026, 10, 13, 17, 0, tzinfo=UTC), "12:00"),
        (datetime(2026, 10, 13, 18, 15, tzinfo=UTC), "1:15"),
        (datetime(2026, 12, 1, 6, 5, tzinfo=UTC), "12:05"),
    ],
)
def test_times_of_day_are_the_schools(at: datetime, told: str) -> None:
    assert clock(at, CHICAGO) == told


def test_a_day_is_the_districts_and_not_the_servers() -> None:
    late = datetime(2026, 10, 14, 3, 0, tzinfo=UTC)
    assert day(late, CHICAGO) == "Tuesday, October 13"
    assert short_day(late, CHICAGO) == "Oct 13, 2026"


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
