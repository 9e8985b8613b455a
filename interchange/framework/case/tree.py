"""Which item stands under which, and in what order, from the associations of a package."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from interchange.findings import quoted
from interchange.framework.case.links import identifier_of
from interchange.framework.case.package import Package
from interchange.framework.refusals import refused
from interchange.framework.text import line, short_line

DEEPEST = 16


@dataclass
class Tree:
    """The items by identifier in reading order, each with its parent.

    `links` are the associations that made the tree, by child; `others` are all the rest.
    """

    parents: dict[str, str | None] = field(default_factory=dict)
    links: dict[str, dict[str, Any]] = field(default_factory=dict)
    others: list[dict[str, Any]] = field(default_factory=list)
    several: int = 0
    astray: int = 0


def tree_of(package: Package, items: Mapping[str, dict[str, Any]], file: str) -> Tree:
    """The tree of these items (by identifier, in file order). Raises NotRead for a circle."""
    tree = Tree()
    document = identifier_of(package.document)
    above: dict[str, str | None] = {}
    for link in package.associations:
        child, parent = (
            identifier_of(link.get(f"{end}NodeURI")) for end in ("origin", "destination")
        )
        if not _is_child_of(link) or child not in items or child == document:
            tree.others.append(link)
        elif child in above:
            tree.several += above[child] != (parent if parent in items else None)
            tree.others.append(link)
        elif parent in items or parent == document:
            above[child] = parent if parent in items else None
            tree.links[child] = link
        else:
            tree.astray += 1
            tree.others.append(link)
    _place(tree, items, above, file)
    return tree


def _is_child_of(link: dict[str, Any]) -> bool:
    said = link.get("associationType")
    return isinstance(said, str) and re.sub(r"[^a-z]", "", said.lower()) == "ischildof"


def _place(
    tree: Tree, items: Mapping[str, dict[str, Any]], above: Mapping[str, str | None], file: str
) -> None:
    below: dict[str | None, list[str]] = {}
    for name in items:
        below.setdefault(above.get(name), []).append(name)
    for names in below.values():
        names.sort(key=lambda name: order(tree.links.get(name, {}), items[name]))
    for name, depth in _walked(below):
        if depth > DEEPEST:
            what = f"{_called(items[name])} stands more than {DEEPEST} levels deep"
            raise refused(file, what, "No rubric is that deep: look at the isChildOf associations.")
        tree.parents[name] = above.get(name)
    lost = next((name for name in items if name not in tree.parents), None)
    if lost is not None:
        what = f"{_called(items[lost])} stands under itself, directly or by way of others"
        remedy = "Remove one of the isChildOf associations of this circle."
        raise refused(file, what, remedy)


def _called(item: dict[str, Any]) -> str:
    words = line(item.get("humanCodingScheme")) or short_line(item.get("fullStatement"))
    return f"The item {quoted(words)}"


def _walked(below: Mapping[str | None, list[str]]) -> Iterator[tuple[str, int]]:
    waiting = [(name, 1) for name in reversed(below.get(None, []))]
    while waiting:
        name, depth = waiting.pop()
        yield name, depth
        waiting += [(child, depth + 1) for child in reversed(below.get(name, []))]


def order(link: dict[str, Any], item: dict[str, Any]) -> tuple[Any, ...]:
    """Sequence number first, then list enumeration; what has neither stays in file order."""
    number = _whole(link.get("sequenceNumber"))
    listed = line(item.get("listEnumeration"))
    return number is None, number or 0, not listed, _natural(listed)


def _whole(value: Any) -> int | None:
    if isinstance(value, str) and re.fullmatch(r"\s*-?\d{1,9}\s*", value):
        return int(value)
    return int(value) if isinstance(value, int | float) and not isinstance(value, bool) else None


def _natural(text: str) -> tuple[tuple[int, int, str], ...]:
    parts = re.findall(r"\d+|\D+", text.casefold())
    return tuple((0, int(part[:9]), "") if part.isdigit() else (1, 0, part) for part in parts)


def twice(names: Counter[str]) -> list[str]:
    """The names that were given more than once."""
    return [name for name, count in names.items() if count > 1]
