"""One value of a file of the shelf, together with the place where it stands."""

from typing import Any, Literal


class Node:
    """One value of the file with its place; `faulty` marks a value already reported."""

    __slots__ = ("column", "fields", "items", "keys", "kind", "line", "text")

    def __init__(
        self,
        kind: Literal["text", "list", "fields", "faulty"],
        line: int,
        column: int,
        text: str | None = None,
    ) -> None:
        self.kind = kind
        self.line = line
        self.column = column
        self.text = text
        # Most values are texts: they share empty places, which nothing fills.
        self.items: list[Node] = [] if kind == "list" else _NO_ITEMS
        self.fields: dict[str, Node] = {} if kind == "fields" else _NO_FIELDS
        self.keys: dict[str, tuple[int, int]] = {} if kind == "fields" else _NO_KEYS

    def get(self, key: str) -> "Node | None":
        """The value of one field, or None where it is not written."""
        return self.fields.get(key)

    def said(self, key: str) -> str | None:
        """The text of one field, or None where there is none."""
        node = self.fields.get(key)
        return node.text if node is not None and node.kind == "text" else None

    def entries(self, key: str) -> list["Node"]:
        """The groups of fields in one list field; anything else in it is left out."""
        node = self.fields.get(key)
        return [item for item in node.items if item.kind == "fields"] if node is not None else []

    def values(self) -> Any:
        """The plain values: dict, tuple, str or None. Text stays exactly as it is written."""
        if self.kind == "fields":
            return {key: node.values() for key, node in self.fields.items()}
        if self.kind == "list":
            return tuple(node.values() for node in self.items)
        return self.text


_NO_ITEMS: list[Node] = []
_NO_FIELDS: dict[str, Node] = {}
_NO_KEYS: dict[str, tuple[int, int]] = {}
