"""Groups that lie across each other tell together what none of them tells alone."""

from rules.trends import Visit
from rules.trends.elimination import Elimination
from rules.trends.ranges import closes

A, B, C, D = 1, 2, 4, 8


def test_three_pairs_tell_each_of_three() -> None:
    exact = Elimination([(A | B, 3), (B | C, 4), (A | C, 5)], 3)
    assert [exact.tells(group) for group in (A, B, C, A | B | C)] == [True] * 4
    assert [([*of.items()], yes) for of, yes in exact.equations()] == [
        ([(0, 1)], 2),
        ([(1, 1)], 1),
        ([(2, 1)], 3),
    ]


def test_what_lies_in_the_same_groups_cannot_be_told_apart() -> None:
    exact = Elimination([(A | B, 3), (A | B | C | D, 9)], 4)
    assert exact.tells(C | D)
    assert not exact.tells(A)
    assert not exact.tells(A | C)


def test_a_group_across_two_others_tells_nothing_by_itself() -> None:
    exact = Elimination([(A | B, 3), (B | C, 4)], 3)
    assert not any(exact.tells(group) for group in (A, B, C, A | C))


def visits(teacher: str, count: int) -> list[Visit]:
    return [Visit(teacher, "observer", "school", ("", "", "", "", ""), yes=True)] * count


def test_a_difference_closes_ranges_that_sums_leave_open() -> None:
    atoms = [visits("one", 2), visits("two", 2)]
    assert closes([({0: 1, 1: 1}, 2)], atoms) is None
    assert closes([({0: 1, 1: -1}, 1)], atoms) is None, "2 and 1, or 1 and 0"
    assert closes([({0: 1, 1: -1}, 2)], atoms) == 0, "only 2 and 0"
    assert closes([({0: 1, 1: -1}, 1), ({0: 1, 1: 2}, 4)], atoms) == 0, "only 2 and 1"


def test_what_counts_twice_is_halved() -> None:
    atoms = [visits("one", 3), visits("two", 2)]
    assert closes([({0: 2, 1: 1}, 4)], atoms) is None, "2 and 0, or 1 and 2"
    assert closes([({0: 2, 1: 1}, 4), ({1: 1}, 2)], atoms) == 0
    assert closes([({0: 2, 1: 1}, 7)], atoms) == 0, "only 3 and 1: half a visit is none"
