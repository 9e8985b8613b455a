"""The nine letters of a ticket: eight drawn by chance, and one that tells a slip of the finger."""

from __future__ import annotations

import hmac

from rules.room import LETTERS

LENGTH = 9
DRAWN = LENGTH - 1
SPACE = len(LETTERS) ** DRAWN
"""How many tickets there can be: 18 to the eighth, some 11 billion, 33.4 bits."""
# each shares no factor with 18, so that any one wrong letter changes the sum
_WEIGHTS = (1, 5, 7, 11, 13, 17, 1, 5)


def draw(key: bytes, number: int) -> str:
    """Return ticket `number` of a sheet; whoever has not the sheet's key cannot tell it."""
    drawn = int.from_bytes(hmac.digest(key, number.to_bytes(4), "sha256")) % SPACE
    letters = ""
    for _ in range(DRAWN):
        drawn, place = divmod(drawn, len(LETTERS))
        letters += LETTERS[place]
    return letters + _check(letters)


def read(typed: str) -> str | None:
    """Return the nine letters somebody typed, without case or gaps; None where one is wrong."""
    letters = "".join(typed.split()).replace("-", "").upper()
    if len(letters) != LENGTH or not set(letters) <= set(LETTERS):
        return None
    return letters if letters[-1] == _check(letters[:-1]) else None


def spaced(letters: str) -> str:
    """Return “BCD FGH JKM”: three at a time, as a reader copies them."""
    return " ".join(letters[at : at + 3] for at in range(0, len(letters), 3))


def _check(letters: str) -> str:
    pairs = zip(_WEIGHTS, letters, strict=True)
    return LETTERS[sum(weight * LETTERS.index(one) for weight, one in pairs) % len(LETTERS)]
