"""What a set and its look-fors are called inside: keys and versions that nothing else has."""

from __future__ import annotations

import re
from collections.abc import Collection
from itertools import count

LONGEST = 48


def set_key(name: str, taken: Collection[str]) -> str:
    """“Talk in labs” gives talk-in-labs; where that is taken, talk-in-labs-2."""
    stem = re.sub(r"[^a-z0-9]+", "-", name.casefold()).strip("-")[:LONGEST].strip("-") or "set"
    if stem not in taken:
        return stem
    return next(key for n in count(2) if (key := f"{stem}-{n}") not in taken)


def look_for_key(beside: Collection[str], name: str, taken: Collection[str]) -> str:
    """The next number under the letters of those beside it, or two letters of a new set’s name."""
    stem = next((re.sub(r"\d+$", "", key) for key in beside), "") or _letters(name)
    return next(key for n in count(1) if (key := f"{stem}{n:02}") not in taken)


def _letters(name: str) -> str:
    """“Talk in labs” gives TI."""
    letters = [word[0].upper() for word in re.findall(r"[A-Za-z]+", name)]
    return "".join(letters[:2]) if len(letters) > 1 else "LF"


def next_version(version: str, taken: Collection[str]) -> str:
    """“1” is followed by “1.1”, “1.2”: a number of the shelf is never taken by a district."""
    shipped = version.partition(".")[0]
    return next(key for n in count(1) if (key := f"{shipped}.{n}") not in taken)
