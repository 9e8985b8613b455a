"""The clocks of the loop: working days, the last day to share, notice, and seven in the morning."""

from datetime import UTC, date, datetime
from zoneinfo import ZoneInfo

import pytest

from rules.calendar import (
    after_working_days,
    term_of,
    terms_back,
    tomorrow_at_seven,
    working_days_between,
)
from rules.loop import due_words, late, share_by, unannounced, unopened

CHICAGO = ZoneInfo("America/Chicago")
THANKSGIVING = {date(2026, 11, 26), date(2026, 11, 27)}
MONDAY, WEDNESDAY = date(2026, 11, 23), date(2026, 11, 25)


@pytest.mark.parametrize(
    ("count", "holidays", "day"),
    [
        (0, set(), WEDNESDAY),
        (1, set(), date(2026, 11, 26)),
        (3, set(), date(2026, 11, 30)),
        (3, THANKSGIVING, date(2026, 12, 2)),
        (5, THANKSGIVING, date(2026, 12, 4)),
    ],
)
def test_working_days_pass_over_weekends_and_days_off(
    count: int, holidays: set[date], day: date
) -> None:
    assert after_working_days(WEDNESDAY, count, holidays) == day
    assert working_days_between(WEDNESDAY, day, holidays) == count


def test_nothing_lies_between_a_day_and_one_before_it() -> None:
    assert working_days_between(WEDNESDAY, MONDAY) == 0


def test_the_clock_of_sharing_starts_on_the_districts_day() -> None:
    late_evening = datetime(2026, 11, 24, 4, 30, tzinfo=UTC)  # Monday, 10:30 at night, in Chicago
    assert share_by("walkthrough", late_evening, 3, CHICAGO) == date(2026, 11, 26)
    assert share_by("evaluation", late_evening, 3, CHICAGO, THANKSGIVING) == date(2026, 11, 30)
    assert share_by("coaching", late_evening, 3, CHICAGO) is None


@pytest.mark.parametrize(
    ("today", "words"),
    [
        (MONDAY, "share by Wednesday, November 25"),
        (WEDNESDAY, "share today"),
        (date(2026, 11, 30), "was to be shared by Wednesday, November 25"),
    ],
)
def test_the_last_day_is_told_as_seen_from_today(today: date, words: str) -> None:
    assert due_words(WEDNESDAY, today) == words


def test_what_is_shared_on_the_last_day_at_night_is_in_time() -> None:
    assert late(WEDNESDAY, datetime(2026, 11, 26, 5, 59, tzinfo=UTC), CHICAGO) == ""
    said = late(WEDNESDAY, datetime(2026, 11, 26, 6, 1, tzinfo=UTC), CHICAGO)
    assert said == (
        "Shared after Wednesday, November 25, the last day for it: not to be used for evaluation."
    )
    assert late(None, datetime(2027, 1, 1, tzinfo=UTC), CHICAGO) == ""


@pytest.mark.parametrize(
    ("purpose", "needed", "told", "flagged"),
    [
        ("evaluation", 2, [MONDAY], False),
        ("evaluation", 3, [MONDAY], True),
        ("evaluation", 1, [], True),
        ("evaluation", 0, [], False),
        ("walkthrough", 3, [], False),
    ],
)
def test_an_evaluation_without_the_agreed_notice_says_so(
    purpose: str, needed: int, told: list[date], flagged: bool
) -> None:
    assert bool(unannounced(purpose, needed, told, WEDNESDAY)) == flagged


def test_nobody_is_reminded_over_a_weekend() -> None:
    friday = datetime(2026, 11, 20, 16, 0, tzinfo=UTC)
    assert not unopened(friday, datetime(2026, 11, 23, 20, 0, tzinfo=UTC), CHICAGO)
    assert unopened(friday, datetime(2026, 11, 24, 13, 0, tzinfo=UTC), CHICAGO)


def test_seven_in_the_morning_is_seven_also_when_the_clocks_change() -> None:
    before = datetime(2026, 10, 31, 22, 0, tzinfo=UTC)  # the night in which summer time ends
    assert tomorrow_at_seven(before, CHICAGO).astimezone(UTC) == datetime(
        2026, 11, 1, 13, 0, tzinfo=UTC
    )
    assert tomorrow_at_seven(datetime(2026, 10, 13, 3, 0, tzinfo=UTC), CHICAGO).date() == date(
        2026, 10, 13
    )


def test_terms_are_halves_of_a_school_year() -> None:
    assert term_of(date(2026, 7, 31)).name == "Spring 2026"
    assert [term.name for term in terms_back(date(2026, 8, 1), 3)] == [
        "Fall 2026",
        "Spring 2026",
        "Fall 2025",
    ]
