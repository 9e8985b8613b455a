"""What must fit together inside one file of the shelf, and between its files.

These checks read the tree and not the finished shapes, so that one missing field elsewhere does
not hide what else is wrong.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from itertools import islice

from rules.framework.faults import Fault, quoted
from rules.framework.node import Node
from rules.framework.shapes import MOST_IN_FOCUS

UNIQUE = {
    "components": ("id", "component"),
    "look_fors": ("key", "look-for"),
    "levels": ("value", "level"),
}


@dataclass(frozen=True)
class Known:
    """What other files may refer to in one file: its kind, its id, the ids of its entries."""

    file: str
    kind: str
    id: str
    entries: frozenset[str]


def known(root: Node, kind: str, file: str) -> Known | None:
    """What a file offers to others, or None where it has no id to be called by."""
    name = root.said("id")
    if name is None:
        return None
    field, naming = {"framework": ("components", "id"), "look-for set": ("look_fors", "key")}.get(
        kind, ("", "")
    )
    found = (entry.said(naming) for entry in root.entries(field))
    return Known(file, kind, name, frozenset(key for key in found if key))


def inside(root: Node, kind: str, file: str) -> Iterator[Fault]:
    """What does not fit inside one file: repeated ids, parents, roles, pairs written twice."""
    for field, (naming, noun) in UNIQUE.items():
        yield from _repeated(root, field, naming, noun, file)
    if kind == "framework":
        yield from _parents(root, file)
        yield from _components(root, file)
    elif kind == "look-for set":
        yield from _roles(root, file)
        yield from _focus(root, file)
    else:
        yield from _pairs(root, file)


def _at(file: str, group: Node, field: str, what: str, remedy: str) -> Fault:
    node = group.get(field)
    if node is None or node.text is None:
        line, column = group.keys.get(field, (group.line, group.column))
    else:
        line, column = node.line, node.column
    return Fault(file, line, column, what, remedy)


def _repeated(root: Node, field: str, naming: str, noun: str, file: str) -> Iterator[Fault]:
    first: dict[str, int] = {}
    for entry in root.entries(field):
        said = entry.said(naming)
        if said is None:
            continue
        if said in first:
            what = f"The {noun} {naming} {quoted(said)} is used twice, first on line {first[said]}"
            remedy = f"Give each {noun} {'an' if naming == 'id' else 'a'} {naming} of its own."
            yield _at(file, entry, naming, what, remedy)
        else:
            first[said] = entry.line


def _parents(root: Node, file: str) -> Iterator[Fault]:
    entries: dict[str, Node] = {}
    for entry in root.entries("components"):
        entries.setdefault(entry.said("id") or "", entry)
    parents = {name: entry.said("parent") for name, entry in entries.items() if name}
    for entry in root.entries("components"):
        parent = entry.said("parent")
        if parent is not None and parent not in parents:
            what = f"The parent {quoted(parent)} is not a component of this file"
            yield _at(file, entry, "parent", what, _listed(parents, "Write the id of"))
    for name in _in_cycles(parents):
        what = f"The component {quoted(name)} is its own parent, directly or by way of others"
        remedy = "Give one of them a parent further up, or none."
        yield _at(file, entries[name], "parent", what, remedy)


def _listed(names: Mapping[str, object], start: str) -> str:
    some = ", ".join(islice(names, 6))
    return f"{start} one that is there ({some}{', …' if len(names) > 6 else ''})."


def _in_cycles(parents: Mapping[str, str | None]) -> Iterator[str]:
    """One member of each circle, in time linear in the components."""
    settled: set[str] = set()
    for start in parents:
        path: dict[str, None] = {}
        name: str | None = start
        while name is not None and name in parents and name not in settled and name not in path:
            path[name] = None
            name = parents[name]
        if name is not None and name in path:
            yield name
        settled.update(path)


def _components(root: Node, file: str) -> Iterator[Fault]:
    rights = root.get("rights")
    names_only = rights is not None and rights.said("basis") == "names_only"
    values = {level.said("value") for level in root.entries("levels")}
    for entry in root.entries("components"):
        if not (entry.get("code") or entry.get("short")) and entry.said("id"):
            what = f"The component {quoted(entry.said('id') or '')} has neither code nor short"
            remedy = (
                "Write “code: …” as the framework prints it, or “short: …” of up to 4 letters, "
                "or “code: null” where it has none."
            )
            yield Fault(file, entry.line, entry.column, what, remedy)
        if names_only:
            yield from _words_of_others(entry, file)
        yield from _descriptors(entry, values, file)


def _words_of_others(entry: Node, file: str) -> Iterator[Fault]:
    for field in ("description", "descriptors"):
        if entry.said(field) or entry.entries(field):
            what = f"A {field.rstrip('s')} stands in a file whose basis is names_only"
            remedy = "Remove it, or set the basis to full_text or own_words if you hold the rights."
            yield _at(file, entry, field, what, remedy)


def _descriptors(entry: Node, values: set[str | None], file: str) -> Iterator[Fault]:
    first: set[str] = set()
    for descriptor in entry.entries("descriptors"):
        level = descriptor.said("level")
        if level is None:
            continue
        if level not in values:
            what = f"The level {quoted(level)} is not a level of this framework"
            yield _at(file, descriptor, "level", what, "Write the value of one of “levels”.")
        if level in first:
            what = f"The level {quoted(level)} is described twice in one component"
            yield _at(file, descriptor, "level", what, "Keep one of the two.")
        first.add(level)


def _roles(root: Node, file: str) -> Iterator[Fault]:
    for entry in root.entries("look_fors"):
        if entry.said("role") != "watch_out":
            continue
        if entry.said("strength_phrase"):
            what = "A watch-out cannot have a strength_phrase"
            remedy = "Move the sentence to “observation_phrase” and say only what was seen."
            yield _at(file, entry, "strength_phrase", what, remedy)
        elif not entry.get("observation_phrase"):
            what = f"The watch-out {quoted(entry.said('key') or '')} has no observation_phrase"
            remedy = "Add a line “observation_phrase: …” that says only what was seen."
            yield Fault(file, entry.line, entry.column, what, remedy)


def focused(root: Node) -> list[Node]:
    """The look-fors of a set that belong to the focus a new walk starts with."""
    return [entry for entry in root.entries("look_fors") if entry.said("focus") == "true"]


def _focus(root: Node, file: str) -> Iterator[Fault]:
    for entry in focused(root)[MOST_IN_FOCUS : MOST_IN_FOCUS + 1]:
        what = f"This is look-for number {MOST_IN_FOCUS + 1} with “focus: true”"
        remedy = f"Keep at most {MOST_IN_FOCUS} and remove the line from the others."
        yield _at(file, entry, "focus", what, remedy)


def _pairs(root: Node, file: str) -> Iterator[Fault]:
    first: dict[tuple[str, str], int] = {}
    for entry in root.entries("alignments"):
        look_for, component = entry.said("look_for"), entry.said("component")
        if look_for is None or component is None:
            continue
        if (look_for, component) in first:
            line = first[look_for, component]
            what = f"{quoted(look_for)} is tied to {quoted(component)} twice, first on line {line}"
            yield _at(file, entry, "look_for", what, "Keep one of the two.")
        first.setdefault((look_for, component), entry.line)


def between(root: Node, file: str, others: Mapping[str, Known]) -> Iterator[Fault]:
    """What an alignments file names that is not there.

    others: what the other files offer, by id. A framework or set that is missing altogether is
    said once, and nothing more about its entries.
    """
    framework = _called(root.get("framework"), "framework", others)
    if isinstance(framework, tuple):
        yield Fault(file, *framework)
    sets = root.get("sets")
    found = [_called(node, "look-for set", others) for node in (sets.items if sets else [])]
    yield from (Fault(file, *each) for each in found if isinstance(each, tuple))
    present = [each for each in found if isinstance(each, Known)]
    keys = dict.fromkeys(sorted(key for each in present for key in each.entries))
    parts = dict.fromkeys(sorted(framework.entries if isinstance(framework, Known) else ()))
    for entry in root.entries("alignments"):
        component, look_for = entry.said("component"), entry.said("look_for")
        if isinstance(framework, Known) and component and component not in parts:
            what = f"{quoted(component)} is not a component of {quoted(framework.id)}"
            yield _at(file, entry, "component", what, _listed(parts, "Write the id of"))
        if present and len(present) == len(found) and look_for and look_for not in keys:
            what = f"{quoted(look_for)} is not a look-for of {_sets(present)}"
            yield _at(file, entry, "look_for", what, _listed(keys, "Write the key of"))


def _sets(present: list[Known]) -> str:
    return ", ".join(quoted(each.id) for each in present)


def _called(
    node: Node | None, kind: str, others: Mapping[str, Known]
) -> Known | tuple[int, int, str, str] | None:
    if node is None or node.text is None:
        return None
    other = others.get(node.text)
    if other is None:
        what = f"There is no {kind} {quoted(node.text)} among these files or on the shelf"
        remedy = f"Check its id, or give the file of that {kind} as well."
        return node.line, node.column, what, remedy
    if other.kind != kind:
        what = f"{quoted(node.text)} is of kind {quoted(other.kind)}"
        return node.line, node.column, what, f"Write the id of a {kind} here."
    return other
