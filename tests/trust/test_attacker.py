"""Random districts against a program that works out what published tables hide."""

import pytest

from benchmarks.attacker import attack, together

ONCE_TOLD = (248, 400, 418)
"""Districts in which something could be worked out before groups were looked at across."""


@pytest.mark.long
def test_fifty_districts_give_nothing_away_where_the_usual_way_leaks_in_most() -> None:
    seeds = [*ONCE_TOLD, *range(2000, 2047)]
    mine, usual = together(attack((seed, 2000 <= seed < 2004)) for seed in seeds)
    assert mine.recovered == 0, mine.line("ours")
    assert mine.shown > mine.cells / 4, "hiding everything is no answer"
    assert usual.leaking == usual.districts
