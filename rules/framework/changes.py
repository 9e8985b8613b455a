"""What a new version of a framework changes: added, removed, reworded, moved."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from difflib import SequenceMatcher


@dataclass(frozen=True)
class Part:
    """One component as a comparison sees it; `key` says which it is in both versions."""

    key: str
    plate: str
    name: str
    parent: str | None = None
    words: tuple[str, ...] = ()


@dataclass(frozen=True)
class Changes:
    """Each component that is not what it was, once, by the greatest of its changes.

    `reworded` are before and after; `moved` stand elsewhere with the same words.
    """

    added: tuple[Part, ...] = ()
    removed: tuple[Part, ...] = ()
    reworded: tuple[tuple[Part, Part], ...] = ()
    moved: tuple[Part, ...] = ()

    @property
    def none(self) -> bool:
        """Whether the two are the same."""
        return not (self.added or self.removed or self.reworded or self.moved)


def changes(before: Iterable[Part], after: Iterable[Part]) -> Changes:
    """The changes from one version to the next, each list in reading order.

    A component is moved where it stands under another parent, or in another order among those
    siblings that stand in both.
    """
    was = {part.key: part for part in before}
    now = {part.key: part for part in after}
    both = [key for key in now if key in was]
    reworded = [key for key in both if _said(was[key]) != _said(now[key])]
    moved = _moved(was, now, both)
    return Changes(
        added=tuple(part for key, part in now.items() if key not in was),
        removed=tuple(part for key, part in was.items() if key not in now),
        reworded=tuple((was[key], now[key]) for key in reworded),
        moved=tuple(now[key] for key in both if key in moved and key not in set(reworded)),
    )


def _said(part: Part) -> tuple[str, ...]:
    return part.plate, part.name, *part.words


def _moved(was: dict[str, Part], now: dict[str, Part], both: list[str]) -> set[str]:
    moved = {key for key in both if was[key].parent != now[key].parent}
    before, after = _siblings(was, now, moved), _siblings(now, was, moved)
    for parent, keys in after.items():
        blocks = SequenceMatcher(None, before.get(parent, []), keys, False).get_matching_blocks()
        still = {keys[block.b + at] for block in blocks for at in range(block.size)}
        moved |= set(keys) - still
    return moved


def _siblings(
    parts: dict[str, Part], others: dict[str, Part], moved: set[str]
) -> dict[str | None, list[str]]:
    """Those that stand in both versions under the same parent, in order."""
    found: dict[str | None, list[str]] = {}
    for key, part in parts.items():
        if key in others and key not in moved:
            found.setdefault(part.parent, []).append(key)
    return found
