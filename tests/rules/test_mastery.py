"""Phases of mastery from evidence: starting, growing, strong."""

import pytest

from rules.mastery import Sighting, mastery

SEEN, HEARD = Sighting("seen"), Sighting("seen", student=True)
NOT_SEEN, UNTAPPED = Sighting("not_seen"), Sighting(None)
NO_CHANCE = Sighting("no_chance", student=True)


@pytest.mark.parametrize(
    ("visits", "phase"),
    [
        ([], "starting"),
        ([SEEN], "starting"),
        ([SEEN, NOT_SEEN, UNTAPPED, NOT_SEEN, SEEN], "starting"),  # the fifth is too long ago
        ([SEEN, NOT_SEEN, NOT_SEEN, SEEN], "growing"),
        ([SEEN, SEEN], "growing"),
        ([SEEN, SEEN, SEEN, SEEN], "growing"),  # no student’s word stands behind it
        ([SEEN, SEEN, SEEN, Sighting("not_seen", student=True)], "growing"),
        ([SEEN, HEARD, SEEN, NOT_SEEN], "strong"),
        ([HEARD, NO_CHANCE, SEEN, NO_CHANCE, SEEN], "strong"),
        ([NO_CHANCE, NO_CHANCE, NO_CHANCE], "starting"),
    ],
)
def test_a_phase_follows_from_the_last_four_visits(visits: list[Sighting], phase: str) -> None:
    assert mastery(visits).phase == phase


def test_a_phase_says_the_counts_it_rests_on() -> None:
    assert mastery([]).because == "No visit yet in which it could be seen"
    assert mastery([SEEN]).because == "Seen in the last visit"
    assert mastery([UNTAPPED, NOT_SEEN]).because == "No sighting in the last 2 visits"
    assert mastery([SEEN, NOT_SEEN]).because == "Seen in 1 of the last 2 visits"
    assert mastery([HEARD] * 3).because == (
        "Seen in 3 of the last 3 visits, with students’ own words"
    )
    assert mastery([SEEN] * 3).because == (
        "Seen in 3 of the last 3 visits, no student’s own words yet"
    )
