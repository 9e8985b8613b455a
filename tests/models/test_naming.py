"""Keys and versions of look-fors: made of their words, and never taken twice."""

from __future__ import annotations

import pytest

from models.look_for.naming import look_for_key, next_version, set_key


@pytest.mark.parametrize(
    ("name", "taken", "key"),
    [
        ("Talk in labs", (), "talk-in-labs"),
        ("Talk in labs", ("talk-in-labs",), "talk-in-labs-2"),
        ("Talk in labs", ("talk-in-labs", "talk-in-labs-2"), "talk-in-labs-3"),
        ("¿¡", (), "set"),
        ("x" * 60, (), "x" * 48),
    ],
)
def test_a_set_is_called_by_its_name(name: str, taken: tuple[str, ...], key: str) -> None:
    assert set_key(name, taken) == key


@pytest.mark.parametrize(
    ("beside", "name", "taken", "key"),
    [
        (["BL01"], "Core Four", {"BL01", "BL02"}, "BL03"),
        ([], "Talk in labs", (), "TI01"),
        ([], "Talk", (), "LF01"),
        ([], "42", (), "LF01"),
    ],
)
def test_a_look_for_takes_the_next_number_beside_the_others(
    beside: list[str], name: str, taken: set[str], key: str
) -> None:
    assert look_for_key(beside, name, taken) == key


def test_a_district_counts_behind_the_number_of_the_shelf() -> None:
    assert next_version("1", {"1"}) == "1.1"
    assert next_version("1.1", {"1", "1.1"}) == "1.2"
