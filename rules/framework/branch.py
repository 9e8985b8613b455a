"""One level of a large framework: what stands above it, its parts, and how many those have."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Generic, Protocol, TypeVar

MANY = 200
"""From so many components on, a framework is shown one level at a time."""
MOST_FOUND = 60


class Part(Protocol):
    """What a component needs to be found: a name and a plate."""

    @property
    def id(self) -> object:
        """What the parts under it call it."""

    @property
    def plate(self) -> str:
        """Its code, or our short form."""

    @property
    def name(self) -> str:
        """Its words."""


Of = TypeVar("Of", bound=Part)
Branches = Mapping[Any, Sequence[Of]]


@dataclass(frozen=True)
class Branch(Generic[Of]):
    """Parts beside each other. above: from the top down to the one they stand under."""

    above: tuple[Of, ...]
    parts: tuple[Of, ...]
    sizes: Mapping[object, int]
    more: int = 0

    @property
    def groups(self) -> frozenset[object]:
        """The ids of those that have parts of their own."""
        return frozenset(key for key, size in self.sizes.items() if size)

    @classmethod
    def under(cls, branches: Branches[Of], name: str) -> Branch[Of] | None:
        """The parts of the component of this name, "" being the top; None where it has none.

        branches: the components of a framework by what they stand under, None being the top.
        """
        key = next((key for key in branches if key is not None and str(key) == name), None)
        if name and key is None:
            return None
        return cls._of(branches, tuple(_above(branches, key)), tuple(branches.get(key, ())))

    @classmethod
    def holding(cls, branches: Branches[Of], words: str) -> Branch[Of]:
        """The components in whose code and name each of these words stands, the first sixty."""
        wanted = words.casefold().split()
        found = [
            part
            for parts in branches.values()
            for part in parts
            if all(word in f"{part.plate} {part.name}".casefold() for word in wanted)
        ]
        more = max(0, len(found) - MOST_FOUND)
        return cls._of(branches, (), tuple(found[:MOST_FOUND]), more)

    @classmethod
    def _of(
        cls, branches: Branches[Of], above: tuple[Of, ...], parts: tuple[Of, ...], more: int = 0
    ) -> Branch[Of]:
        sizes = {part.id: len(branches.get(part.id, ())) for part in parts}
        return cls(above, parts, sizes, more)


def _above(branches: Branches[Of], key: Any) -> Iterator[Of]:
    """From the top down to the component with this key."""
    stands = {part.id: (part, parent) for parent, parts in branches.items() for part in parts}
    path: list[Of] = []
    while key is not None:
        part, key = stands[key]
        path.append(part)
    yield from reversed(path)
