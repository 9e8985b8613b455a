"""Turns the bytes of one YAML file into a small tree that knows its lines, within fixed limits.

We follow the parser's events instead of letting it build values: an alias is then never expanded,
a tag never obeyed, and depth and size are refused before anything has grown.
"""

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any, Literal

import yaml

from rules.framework import syntax
from rules.framework.faults import Fault, Faults, quoted
from rules.framework.node import Node

MOST_BYTES = 1024 * 1024
MOST_DEPTH = 12
MOST_NODES = 60_000
MOST_MARKS = 10
LONGEST_KEY = 64

NULLS = frozenset({"", "~", "null", "Null", "NULL"})

# The C parser reads a hostile megabyte in well under a second; the pure Python one may not.
_Loader: Any = getattr(yaml, "CSafeLoader", yaml.SafeLoader)


class _Stop(Exception):
    """The file breaks a limit: one fault and nothing further is read."""


@dataclass(eq=False)
class _Gardener:
    """Grows the tree event by event, keeping a list of what had to be refused."""

    file: str
    faults: list[Fault] = field(default_factory=list)
    open: list[Node] = field(default_factory=list)
    waiting: list[Node | None] = field(default_factory=list)
    root: Node | None = None
    documents: int = 0
    nodes: int = 0
    marks: list[Fault] = field(default_factory=list)
    tagged: list[Node] = field(default_factory=list)

    def fault(self, line: int, column: int, what: str, remedy: str) -> None:
        self.faults.append(Fault(self.file, line, column, what, remedy))

    def mark(self, line: int, column: int, what: str, remedy: str) -> None:
        """An anchor, alias or tag; a file made of them is refused in one sentence."""
        self.marks.append(Fault(self.file, line, column, what, remedy))
        self.faults.append(self.marks[-1])
        if len(self.marks) > MOST_MARKS:
            first = self.marks[0]
            what = f"The file has more than {MOST_MARKS} anchors, aliases or tags, the first here"
            self.stop(first.line, first.column, what, "Write each value out where it is needed.")

    def stop(self, line: int, column: int, what: str, remedy: str) -> None:
        self.faults = [Fault(self.file, line, column, what, remedy)]
        raise _Stop

    def follow(self, events: Iterator[Any]) -> None:
        for event in events:
            mark = event.start_mark
            line, column = mark.line + 1, mark.column + 1
            if isinstance(event, yaml.events.NodeEvent):
                self.count(line, column)
                self.place(self.node(event, line, column))
            elif isinstance(event, yaml.events.CollectionEndEvent):
                self.close()
            elif isinstance(event, yaml.events.DocumentStartEvent):
                self.start(line, column)

    def start(self, line: int, column: int) -> None:
        self.documents += 1
        if self.documents > 1:
            self.stop(
                line,
                column,
                "A second document starts here",
                "Keep one document in a file and move the rest to a file of its own.",
            )

    def count(self, line: int, column: int) -> None:
        self.nodes += 1
        if self.nodes > MOST_NODES:
            self.stop(
                line,
                column,
                f"The file holds more than {MOST_NODES:,} values",
                "Split it into smaller frameworks or sets.",
            )

    def node(self, event: Any, line: int, column: int) -> Node:
        if isinstance(event, yaml.events.AliasEvent):
            self.mark(
                line,
                column,
                f"The alias {quoted(f'*{event.anchor}')} points at another part of the file",
                "Write the value out where it is needed.",
            )
            return Node("faulty", line, column)
        self.refuse_marks(event, line, column)
        if isinstance(event, yaml.events.ScalarEvent):
            if event.tag is not None:
                return Node("faulty", line, column)
            null = not event.style and event.implicit[0] and event.value in NULLS
            return Node("text", line, column, None if null else event.value)
        kind: Literal["list", "fields"] = (
            "list" if isinstance(event, yaml.events.SequenceStartEvent) else "fields"
        )
        node = Node(kind, line, column)
        if event.tag is not None:
            self.tagged.append(node)
        return node

    def refuse_marks(self, event: Any, line: int, column: int) -> None:
        if event.anchor is not None:
            self.mark(
                line,
                column,
                f"The anchor {quoted(f'&{event.anchor}')} is not allowed",
                "Remove it and write the value out wherever it is needed.",
            )
        if event.tag is not None:
            self.mark(
                line,
                column,
                f"The tag {quoted(event.tag.replace('tag:yaml.org,2002:', '!!'))} is not allowed",
                "Remove it; plain values, lists and fields are all this format has.",
            )

    def place(self, node: Node) -> None:
        if not self.open:
            self.root = node
        elif self.open[-1].kind == "list":
            self.open[-1].items.append(node)
        elif self.waiting[-1] is None:
            self.waiting[-1] = node
        else:
            self.pair(self.open[-1], self.waiting[-1], node)
            self.waiting[-1] = None
        if node.kind in ("list", "fields"):
            self.open.append(node)
            self.waiting.append(None)
            if len(self.open) > MOST_DEPTH:
                self.stop(
                    node.line,
                    node.column,
                    f"The file is nested more than {MOST_DEPTH} levels deep",
                    "Write components as one flat list, each with the id of its parent.",
                )

    def close(self) -> None:
        node = self.open.pop()
        self.waiting.pop()
        if node in self.tagged:
            node.kind = "faulty"

    def pair(self, group: Node, key: Node, value: Node) -> None:
        at = key.line, key.column
        if key.kind == "faulty":
            return
        if key.kind != "text" or not key.text or len(key.text) > LONGEST_KEY:
            self.fault(*at, "A field’s name must be a short word", "Write it as “name: value”.")
        elif key.text == "<<":
            self.fault(
                *at,
                "The merge key “<<” is not allowed",
                "Write the merged fields out in each place.",
            )
        elif key.text in group.fields:
            self.fault(
                *at,
                f"The field {quoted(key.text)} is written twice, first on line "
                f"{group.keys[key.text][0]}",
                "Keep one of the two.",
            )
        else:
            group.fields[key.text] = value
            group.keys[key.text] = at


def grow(data: bytes, file: str) -> tuple[Node | None, list[Fault]]:
    """The tree of one file and what had to be refused in it.

    data: the file's bytes, any size; file: the name to show in faults.
    The tree is None where the text cannot be followed to its end; it may be returned beside faults
    so that everything wrong can be told at once. Never raises for what the bytes hold.
    """
    try:
        text = _text(data, file)
    except Faults as stopped:
        return None, list(stopped.faults)
    gardener = _Gardener(file)
    try:
        gardener.follow(yaml.parse(text, Loader=_Loader))
    except _Stop:
        return None, gardener.faults
    except yaml.YAMLError as error:
        return None, [*gardener.faults, syntax.fault_of(error, text, file)]
    if gardener.root is None:
        return None, [_empty(file)]
    return gardener.root, gardener.faults


def _text(data: bytes, file: str) -> str:
    if len(data) > MOST_BYTES:
        raise Faults([too_large(file)])
    if not data.strip():
        raise Faults([_empty(file)])
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        before = data[: error.start]
        column = error.start - (before.rfind(b"\n") + 1)
        what = f"The byte 0x{data[error.start]:02x} is not UTF-8 text"
        remedy = "Save the file as plain text with the encoding UTF-8."
        line = before.count(b"\n") + 1
        raise Faults([Fault(file, line, column + 1, what, remedy)]) from error


def too_large(file: str) -> Fault:
    """The fault of a file over the size that is read at all."""
    what = f"The file is larger than {MOST_BYTES // 1024:,} KiB and was not read"
    return Fault(file, 1, 1, what, "Split it, or check that it is the file you meant.")


def _empty(file: str) -> Fault:
    remedy = "Start with “kind: framework”, “kind: look-for set” or “kind: alignments”."
    return Fault(file, 1, 1, "The file is empty", remedy)
