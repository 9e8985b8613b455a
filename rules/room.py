"""Rooms and their four letters: which names are one room, how rooms are ordered, letters drawn."""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Sequence

LETTERS = "BCDFGHJKMNPQRTVWXZ"
"""No vowels, so that no word arises; no I, L, O, S, U or Y, which pass for digits or each other."""
LENGTH = 4
_TRIES_APART = 500
_TRIES = 20_000


class NoCodeLeft(RuntimeError):
    """Every code that was drawn is taken: a district has some hundred thousand."""


def room_key(name: str) -> str:
    """What makes two names one room: letters and digits, without case or stray spaces."""
    return " ".join(name.split()).casefold()


def room_order(name: str) -> tuple[tuple[int, str], ...]:
    """A sort key that puts Room 9 before Room 10, and rooms with words after those with numbers."""
    parts = re.findall(r"\d+|[^\d\s]+", room_key(name))
    return tuple((int(part), "") if part.isdecimal() else (1 << 62, part) for part in parts)


def draw_code(
    taken: Collection[str], near: Collection[str], choose: Callable[[Sequence[str]], str]
) -> str:
    """Draw four letters that nobody has.

    `taken`: every code of the district. `near`: those of the same school, from which a new one
    differs in two letters while that can be had, so that one slip of a finger never opens the
    room next door. `choose` picks one of a sequence (`secrets.choice`). Raises NoCodeLeft.
    """
    for tried in range(_TRIES):
        code = "".join(choose(LETTERS) for _ in range(LENGTH))
        if code in taken:
            continue
        if tried >= _TRIES_APART or all(apart(code, other) > 1 for other in near):
            return code
    raise NoCodeLeft("No four letters are left in this district for another room.")


def apart(one: str, other: str) -> int:
    """In how many places two codes differ."""
    return sum(a != b for a, b in zip(one, other, strict=True))
