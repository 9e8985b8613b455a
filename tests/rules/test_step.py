"""How a check-back stands, seen from a day."""

from datetime import date

import pytest

from rules.step import standing, standing_words

TODAY = date(2026, 12, 29)


@pytest.mark.parametrize(
    ("due_on", "stands", "words"),
    [
        (None, "undated", "no date"),
        (date(2026, 12, 26), "overdue", "3 days overdue"),
        (date(2026, 12, 28), "overdue", "1 day overdue"),
        (date(2026, 12, 29), "due", "due today"),
        (date(2026, 12, 30), "due", "due tomorrow"),
        (date(2027, 1, 4), "due", "due Jan 4, 2027"),
        (date(2027, 1, 5), "later", "due Jan 5, 2027"),
    ],
)
def test_a_check_back_is_overdue_due_or_later(due_on: date | None, stands: str, words: str) -> None:
    assert standing(due_on, TODAY) == stands
    assert standing_words(due_on, TODAY) == words
