"""Room names and the letters that stand for them."""

from __future__ import annotations

import random
from collections.abc import Callable, Sequence

import pytest

from rules.room import LETTERS, NoCodeLeft, apart, draw_code, room_key, room_order

Choose = Callable[[Sequence[str]], str]


def drawn(count: int, seed: int = 1) -> list[str]:
    """So many codes of one school, drawn one after another."""
    choose: Choose = random.Random(seed).choice
    codes: list[str] = []
    for _ in range(count):
        codes.append(draw_code(set(codes), codes, choose))
    return codes


def test_codes_are_four_letters_of_which_none_is_a_vowel_or_passes_for_a_digit() -> None:
    codes = drawn(200)
    assert {len(code) for code in codes} == {4}
    assert set("".join(codes)) <= set(LETTERS)
    assert set(LETTERS).isdisjoint("AEIOUYLS0123456789")


def test_one_slip_of_a_finger_never_opens_another_room_of_the_school() -> None:
    codes = drawn(200)
    assert min(apart(a, b) for i, a in enumerate(codes) for b in codes[:i]) >= 2


def test_what_another_school_of_the_district_has_is_not_drawn_again() -> None:
    answers = iter("BBBBCCCC")
    assert draw_code({"BBBB"}, [], lambda _: next(answers)) == "CCCC"


def test_a_neighbour_is_taken_when_nothing_farther_is_to_be_had() -> None:
    assert draw_code({"BBBB"}, ["BBBC", "BBBD"], lambda _: "C") == "CCCC"
    endless: Choose = lambda letters: letters[0]  # noqa: E731
    assert draw_code(set(), ["BBBC"], endless) == "BBBB"


def test_a_district_without_a_code_left_says_so() -> None:
    with pytest.raises(NoCodeLeft, match="No four letters are left"):
        draw_code({"BBBB"}, [], lambda letters: letters[0])


def test_a_room_is_the_same_however_it_is_spaced_or_capitalized() -> None:
    assert room_key("  Media   Center ") == room_key("media center")
    assert room_key("114") != room_key("114B")
    assert room_key("   ") == ""


def test_rooms_stand_in_the_order_of_the_corridor() -> None:
    names = ["Gym", "110", "12B", "9", "12", "A-10", "A-9"]
    assert sorted(names, key=room_order) == ["9", "12", "12B", "110", "A-9", "A-10", "Gym"]
