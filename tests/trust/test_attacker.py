"""Random districts against a program that works out what published tables hide."""

import pytest

from benchmarks.attacker import attack, together


@pytest.mark.long
def test_fifty_districts_give_nothing_away_where_the_usual_way_leaks_in_most() -> None:
    mine, usual = together(attack((seed, seed < 2004)) for seed in range(2000, 2050))
    assert mine.recovered == 0, mine.line("ours")
    assert mine.shown > mine.cells / 4, "hiding everything is no answer"
    assert usual.leaking == usual.districts
