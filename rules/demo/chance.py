"""Chance that repeats: the same seed and place give the same draw on every machine."""

from collections.abc import Mapping
from datetime import datetime
from random import Random
from typing import TypeVar
from uuid import UUID

Choice = TypeVar("Choice")


def chance(seed: int, *place: object) -> Random:
    """A source of chance for one place, so that a change in one leaves the others as they are."""
    return Random(":".join(map(str, (seed, *place))))  # noqa: S311 (invented people, not secrets)


def uid(at: datetime, source: Random) -> UUID:
    """A UUIDv7 of a moment (aware), as a phone would have made it then."""
    value = (int(at.timestamp() * 1000) << 80) | source.getrandbits(80)
    value = (value & ~(0xF << 76)) | (0x7 << 76)
    value = (value & ~(0x3 << 62)) | (0x2 << 62)
    return UUID(int=value)


def weighted(weights: Mapping[Choice, float], source: Random) -> Choice:
    """One of the keys, as often as its weight says."""
    return source.choices(list(weights), list(weights.values()))[0]
