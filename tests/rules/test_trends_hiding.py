"""Which counts may be shown: groups, totals, schools inside bands; and an attacker who tries."""

from __future__ import annotations

from collections.abc import Iterable

import pytest

from benchmarks.kit.recovery import Attacker, everything
from rules.trends import Limits, Visit, publish, safe

LIMITS = Limits()


def visits(
    school: str,
    teachers: int,
    yes: int,
    *,
    grade: str = "6 to 8",
    month: str = "2026-10",
    observers: int = 2,
    prefix: str = "",
) -> list[Visit]:
    """One visit to each teacher of a school; the first `yes` answer yes."""
    places = (month, school, grade, "Math", "flex")
    return [
        Visit(
            f"{prefix}{school} {n}",
            f"{school} observer {n % observers}",
            school,
            places,
            n < yes,
        )
        for n in range(teachers)
    ]


def district(*schools: Iterable[Visit]) -> list[Visit]:
    return [visit for school in schools for visit in school]


def test_six_teachers_inside_a_school_may_be_counted_and_five_may_not() -> None:
    assert safe(visits("A", 6, 3), LIMITS)
    assert not safe(visits("A", 5, 2), LIMITS)


def test_ten_teachers_beyond_a_school_may_be_counted_and_nine_may_not() -> None:
    assert safe(district(visits("A", 5, 2), visits("B", 5, 2)), LIMITS)
    assert not safe(district(visits("A", 5, 2), visits("B", 4, 2)), LIMITS)


def test_many_visits_to_few_teachers_are_few() -> None:
    assert not safe(visits("A", 5, 2) * 20, LIMITS)


@pytest.mark.parametrize("yes", [0, 1, 7, 8])
def test_all_the_same_and_all_but_one_are_hidden(yes: int) -> None:
    assert not safe(visits("A", 8, yes), LIMITS)


def test_one_teacher_whose_visits_all_differ_from_the_rest_is_all_but_one() -> None:
    odd = [Visit("A 0", "other", "A", visits("A", 1, 1)[0].places, True)] * 3
    assert not safe([*visits("A", 8, 1), *odd], LIMITS)


def test_one_observers_visits_are_hers_alone() -> None:
    assert not safe(visits("A", 8, 4, observers=1), LIMITS)


def test_an_observer_who_takes_out_her_own_visits_still_sees_three_teachers() -> None:
    group = visits("A", 8, 4)
    lopsided = [
        Visit(v.teacher, "one" if n < 6 else "two", v.school, v.places, v.yes)
        for n, v in enumerate(group)
    ]
    assert safe(group, LIMITS)
    assert not safe(lopsided, LIMITS)


def test_a_school_that_takes_out_its_own_visits_still_sees_three_teachers() -> None:
    assert not safe(district(visits("A", 9, 4), visits("B", 2, 1)), LIMITS)


def test_a_district_may_only_raise_its_limits() -> None:
    assert Limits.raised({"inside": 8}).inside == 8
    with pytest.raises(ValueError, match="only raise it above 6"):
        Limits.raised({"inside": 5})
    with pytest.raises(ValueError, match="is no limit"):
        Limits.raised({"inner": 9})


def test_one_small_school_takes_another_with_it_so_that_no_total_gives_it_away() -> None:
    tables = publish(
        district(visits("A", 12, 5), visits("B", 9, 4), visits("C", 11, 5), visits("D", 4, 2)),
        LIMITS,
        months=["2026-10"],
    )
    shown = {school for school, cell in tables.cells["school"].items() if cell}
    assert tables.total is not None
    assert shown == {"A", "C"}


def test_a_grade_band_less_the_schools_inside_it_gives_nothing_away() -> None:
    of = district(
        visits("A", 12, 5, grade="K to 2"),
        visits("B", 4, 2, grade="K to 2"),
        visits("C", 12, 5, grade="9 to 12"),
        visits("D", 12, 5, grade="9 to 12"),
        visits("E", 7, 3, grade="9 to 12"),
    )
    tables = publish(of, LIMITS, months=["2026-10"])
    cells = {("school", s): c for s, c in tables.cells["school"].items()}
    cells |= {("grade", g): c for g, c in tables.cells["grade"].items()}
    assert not (cells["grade", "K to 2"] and cells["school", "A"])
    assert any(cells.values())


def test_the_attacker_finds_what_a_careless_table_gives_away() -> None:
    """Without this the attack on our own tables would prove nothing."""
    of = district(visits("A", 12, 5), visits("B", 12, 4), visits("D", 3, 2))
    careless = {
        place: cell if place != ("school", "D") else None for place, cell in everything(of).items()
    }
    assert any("hidden ('school', 'D')" in found for found in Attacker(of, careless).recovered())
