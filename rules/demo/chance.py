"""Chance that repeats: the same seed and place give the same draws on every machine and Python."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from hashlib import sha256
from typing import TypeVar
from uuid import UUID

Choice = TypeVar("Choice")
BITS = (1 << 64) - 1


class Chance:
    """Draws by SplitMix64 (Steele, Lea & Flood 2014): small, even, and nothing to keep secret."""

    def __init__(self, state: int) -> None:
        self.state = state & BITS

    def bits(self) -> int:
        """64 bits."""
        self.state = (self.state + 0x9E3779B97F4A7C15) & BITS
        mixed = ((self.state ^ (self.state >> 30)) * 0xBF58476D1CE4E5B9) & BITS
        mixed = ((mixed ^ (mixed >> 27)) * 0x94D049BB133111EB) & BITS
        return mixed ^ (mixed >> 31)

    def random(self) -> float:
        """A number from 0 up to, but not, 1."""
        return (self.bits() >> 11) / (1 << 53)

    def uniform(self, low: float, high: float) -> float:
        """A number between two."""
        return low + (high - low) * self.random()

    def randint(self, low: int, high: int) -> int:
        """A whole number from low to high, both included."""
        return low + int(self.random() * (high - low + 1))

    def choice(self, values: Sequence[Choice]) -> Choice:
        """One of the values, each as likely."""
        return values[self.randint(0, len(values) - 1)]

    def sample(self, values: Sequence[Choice], many: int) -> list[Choice]:
        """So many different ones of the values."""
        left = list(values)
        return [left.pop(self.randint(0, len(left) - 1)) for _ in range(many)]

    def weighted(self, weights: Mapping[Choice, float]) -> Choice:
        """One of the keys, as often as its weight says."""
        rest = self.random() * sum(weights.values())
        for value, weight in weights.items():
            rest -= weight
            if rest < 0:
                return value
        return value


def chance(seed: int, *place: object) -> Chance:
    """A source of chance for one place, so that a change in one leaves the others as they are."""
    name = ":".join(map(str, (seed, *place)))
    return Chance(int.from_bytes(sha256(name.encode()).digest()[:8]))


def uid(at: datetime, source: Chance) -> UUID:
    """A UUIDv7 of a moment (aware), as a phone would have made it then."""
    value = (int(at.timestamp() * 1000) << 80) | (source.bits() << 16) | (source.bits() >> 48)
    value = (value & ~(0xF << 76)) | (0x7 << 76)
    value = (value & ~(0x3 << 62)) | (0x2 << 62)
    return UUID(int=value)
