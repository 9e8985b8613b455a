"""Says in words for a person, and with its line, what a shape refused."""

from collections.abc import Iterator
from difflib import get_close_matches
from typing import Any

from pydantic import BaseModel, ValidationError

from rules.framework.faults import MOST_SHOWN, Fault, quoted
from rules.framework.node import Node
from rules.framework.shapes import Alignment, Component, Descriptor, Level, LookFor, Rights

INNER: dict[str, tuple[type[BaseModel], str, str]] = {
    "rights": (Rights, "the rights", ""),
    "levels": (Level, "level", "label"),
    "components": (Component, "component", "id"),
    "look_fors": (LookFor, "look-for", "key"),
    "alignments": (Alignment, "alignment", "look_for"),
}

# What people write for a field of ours in other files of this sort.
ALSO_CALLED = {
    "license": "licence",
    "nodes": "components",
    "lookfors": "look_fors",
    "title": "name",
    "label": "name",
    "statement": "name",
    "discourse": "discourse_linked",
    "notice": "required_notice",
    "url": "source_url",
}


def faults_of(error: ValidationError, root: Node, shape: type[BaseModel], file: str) -> list[Fault]:
    """Each refusal of a shape as a fault with the line of the value, key or group it is about.

    Values that the tree already reported are passed over.
    """
    return list(_faults(error, root, shape, file))


def _faults(
    error: ValidationError, root: Node, shape: type[BaseModel], file: str
) -> Iterator[Fault]:
    refusals = error.errors(include_url=False, include_input=False)
    meant: set[tuple[int | str, ...]] = set()
    for number, refusal in enumerate(r for r in refusals if r["type"] == "extra_forbidden"):
        loc = refusal["loc"]
        owner, place = _owner(loc, root, shape)
        # Guessing what was meant is slow, so only as many are guessed as are shown.
        near, remedy = _guess(str(loc[-1]), owner, number < MOST_SHOWN)
        meant.add((*loc[:-1], near))
        what = f"{quoted(str(loc[-1]))} is not a field of {place}"
        yield Fault(file, *_key(root, loc), what, remedy)
    for refusal in refusals:
        loc = refusal["loc"]
        node, line, column = _find(root, loc)
        if _said_already(refusal, node) or loc in meant:
            continue
        what, remedy = _words(refusal, loc, root, shape, node)
        yield Fault(file, line, column, what, remedy)


def _said_already(refusal: Any, node: Node) -> bool:
    """Reported by the tree, by another fault, or a list whose entries are each refused."""
    kind = refusal["type"]
    return (
        node.kind == "faulty"
        or kind == "extra_forbidden"
        or (kind == "too_short" and bool(node.items))
    )


def _key(root: Node, loc: tuple[int | str, ...]) -> tuple[int, int]:
    group, line, column = _find(root, loc[:-1])
    return group.keys.get(str(loc[-1]), (line, column))


def _find(root: Node, loc: tuple[int | str, ...]) -> tuple[Node, int, int]:
    """The value at a path, or the nearest group around it, and where to point.

    A list, a group or an empty value is pointed at by its field's name, not by what follows it.
    """
    node, line, column = root, root.line, root.column
    for step in loc:
        if isinstance(step, int) and step < len(node.items):
            node = node.items[step]
            line, column = node.line, node.column
        elif isinstance(step, str) and step in node.fields:
            line, column = node.keys[step]
            node = node.fields[step]
            if node.text is not None:
                line, column = node.line, node.column
        else:
            break
    return node, line, column


def _owner(
    loc: tuple[int | str, ...], root: Node, shape: type[BaseModel]
) -> tuple[type[BaseModel], str]:
    """The shape a field belongs to and how to call it in a sentence: “component “3b””."""
    if len(loc) > 3 and loc[2] == "descriptors":
        return Descriptor, f"a descriptor of {_owner(loc[:3], root, shape)[1]}"
    inner = INNER.get(str(loc[0])) if len(loc) > 1 else None
    if inner is None:
        return shape, "the file"
    owner, noun, naming = inner
    if not naming:
        return owner, noun
    group, _, _ = _find(root, loc[:2])
    said = group.said(naming)
    number = loc[1] + 1 if isinstance(loc[1], int) else loc[1]
    return owner, f"{noun} {quoted(said)}" if said else f"{noun} number {number}"


def _words(
    refusal: Any, loc: tuple[int | str, ...], root: Node, shape: type[BaseModel], node: Node
) -> tuple[str, str]:
    owner, place = _owner(loc, root, shape)
    name = str(next((step for step in reversed(loc) if isinstance(step, str)), "kind"))
    field = f"{quoted(name)} of {place}"
    kind = refusal["type"]
    context = refusal.get("ctx", {})
    if kind == "fault":
        return context["what"].replace("{field}", field), context["remedy"]
    if kind == "missing":
        said = owner.model_fields[name].description or "its value"
        return f"{quoted(name)} is missing from {place}", f"Add a line “{name}: …”: {said}."
    if kind == "literal_error":
        choices = _choices(context["expected"])
        return f"{field} is {_shown(node)}", f"Write one of: {choices}."
    if kind == "too_short":
        return f"{field} is an empty list", "Write at least one entry under it."
    if kind == "too_long":
        most = context["max_length"]
        return f"{field} has more than {most:,} entries", "Split the file."
    if kind == "tuple_type":
        return f"{field} must be a list", "Start each entry with a hyphen and a space."
    if kind in ("model_type", "dict_type"):
        return f"{_thing(loc, place)} must be a group of fields", "Write it as “name: value” lines."
    if kind == "bool_type":
        return f"{field} is {_shown(node)}", "Write true or false."
    return f"{field} cannot be {_shown(node)}", "Look at the example in frameworks/README.md."


def _thing(loc: tuple[int | str, ...], place: str) -> str:
    return place[0].upper() + place[1:] if len(loc) > 1 else quoted(str(loc[0]))


def _shown(node: Node) -> str:
    if node.kind == "list":
        return "a list"
    if node.kind == "fields":
        return "a group of fields"
    return "empty" if node.text is None else quoted(node.text)


def _choices(expected: str) -> str:
    return expected.replace("'", "").replace(" or ", ", ")


def _guess(name: str, owner: type[BaseModel], guess: bool) -> tuple[str, str]:
    """The field that was probably meant, or the empty text; and what to do."""
    hidden = {"position"} | ({"framework"} if owner is Alignment else set())
    fields = [field for field in owner.model_fields if field not in hidden]
    near = ALSO_CALLED.get(name.lower(), "")
    if near not in fields:
        near = next(iter(get_close_matches(name.lower(), fields, 1, 0.7) if guess else []), "")
    if near:
        return near, f"Did you mean {quoted(near)}?"
    return "", f"Remove it, or use one of: {', '.join(fields)}."
