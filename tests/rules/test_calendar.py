"""How days and times are told."""

from datetime import UTC, datetime
from zoneinfo import ZoneInfo

import pytest

from rules.calendar import clock, day, short_day

CHICAGO = ZoneInfo("America/Chicago")


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
