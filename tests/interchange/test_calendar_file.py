"""Check-backs in a calendar file: read back by a calendar, and silent about everything else."""

from dataclasses import replace
from datetime import UTC, date, datetime, time
from uuid import UUID
from zoneinfo import ZoneInfo

from icalendar import Calendar

from interchange.calendar_file import CheckBack, calendar_file

CHICAGO = ZoneInfo("America/Chicago")
ONE = CheckBack(
    id=UUID(int=7),
    on=date(2026, 12, 1),
    at=time(10, 5),
    sequence=2,
    changed_at=datetime(2026, 11, 1, 12, 0, tzinfo=UTC),
    cancelled=False,
    url="https://crosswalk.example/steps/7,8;9",
)


def read(*check_backs: CheckBack) -> Calendar:
    """As a calendar reads it."""
    return Calendar.from_ical(calendar_file(check_backs, CHICAGO))


def test_a_calendar_reads_the_time_on_the_districts_clock() -> None:
    [event] = read(ONE).walk("VEVENT")
    assert event.decoded("dtstart").astimezone(UTC) == datetime(2026, 12, 1, 16, 5, tzinfo=UTC)
    [zone] = read(ONE).walk("VTIMEZONE")
    assert zone["tzid"] == "America/Chicago"


def test_a_check_back_without_a_time_is_a_day() -> None:
    [event] = read(replace(ONE, at=None)).walk("VEVENT")
    assert event.decoded("dtstart") == date(2026, 12, 1)


def test_what_is_closed_is_cancelled_under_the_same_id() -> None:
    [event] = read(replace(ONE, cancelled=True, sequence=3)).walk("VEVENT")
    assert (event["uid"], event["sequence"], event["status"]) == (
        f"{UUID(int=7)}@crosswalk",
        3,
        "CANCELLED",
    )


def test_lines_end_and_fold_as_the_standard_says_and_an_address_stays_whole() -> None:
    long = replace(ONE, url="https://crosswalk.example/" + "steps/" * 30)
    body = calendar_file([long], CHICAGO)
    assert all(len(line) <= 75 for line in body.split(b"\r\n"))
    assert b"\n" not in body.replace(b"\r\n", b"")
    [event] = read(long).walk("VEVENT")
    assert event["url"] == long.url


def test_the_same_check_backs_give_the_same_bytes_and_none_give_an_empty_calendar() -> None:
    assert calendar_file([ONE], CHICAGO) == calendar_file([ONE], CHICAGO)
    assert read().walk("VEVENT") == []
