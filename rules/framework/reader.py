"""Opens the files of the shelf: one, some, or the whole folder, with every fault at once."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import TypeAlias

from pydantic import ValidationError

from rules.framework import checks, wording
from rules.framework.faults import Fault, Faults, in_order, quoted
from rules.framework.field_kinds import FILE_ID
from rules.framework.node import Node
from rules.framework.shapes import (
    MOST_IN_FOCUS,
    Alignments,
    Framework,
    LookForSet,
    Shelf,
)
from rules.framework.tree import MOST_BYTES, grow, too_large

SHELF = Path(__file__).resolve().parents[2] / "frameworks"

Content: TypeAlias = Framework | LookForSet | Alignments
SHAPES: dict[str, type[Framework] | type[LookForSet] | type[Alignments]] = {
    "framework": Framework,
    "look-for set": LookForSet,
    "alignments": Alignments,
}
TELLING = {"components": "framework", "look_fors": "look-for set", "alignments": "alignments"}


@dataclass
class _Opened:
    """One file as far as it could be read."""

    file: str
    faults: list[Fault]
    root: Node | None = None
    kind: str = ""
    content: Content | None = None
    known: checks.Known | None = None


def read(path: Path) -> Content:
    """The framework, look-for set or alignments of one file, checked by itself.

    Raises Faults with everything wrong in it. What an alignments file names in other files is
    checked by read_shelf and check_files.
    """
    return _content(_open(path))


def read_bytes(data: bytes, name: str) -> Content:
    """The same for a file that was sent to us; `name` is shown in faults. Raises Faults."""
    return _content(_examine(data, name))


def read_shelf(folder: Path = SHELF) -> Shelf:
    """Every *.yaml file of a folder, checked one by one and against each other.

    Raises Faults with everything wrong in all of them.
    """
    opened = [_open(path) for path in sorted(folder.glob("*.yaml"))]
    faults = [fault for each in opened for fault in each.faults]
    faults += _together(opened, None)
    if faults:
        raise Faults(faults)
    contents = [each.content for each in opened]
    return Shelf(
        frameworks=tuple(each for each in contents if isinstance(each, Framework)),
        sets=tuple(each for each in contents if isinstance(each, LookForSet)),
        alignments=tuple(
            tie for each in contents if isinstance(each, Alignments) for tie in each.alignments
        ),
    )


def check_files(paths: Iterable[Path | str]) -> list[Fault]:
    """Everything wrong in these files, file by file in the order given, from top to bottom.

    Alignments may name what stands in the other files given or on the shelf that is shipped;
    the files given come first. Nothing is changed. An empty list means they can be used.
    """
    opened = [_open(Path(path)) for path in dict.fromkeys(map(str, paths))]
    across = list(_together(opened, SHELF))
    return [
        fault
        for each in opened
        for fault in in_order([*each.faults, *(f for f in across if f.file == each.file)])
    ]


def _content(opened: _Opened) -> Content:
    if opened.faults or opened.content is None:
        raise Faults(opened.faults)
    return opened.content


def _open(path: Path) -> _Opened:
    name = str(path)
    try:
        if not path.is_file():
            what = "There is a folder here" if path.is_dir() else "There is no file here"
            return _Opened(name, [Fault(name, 1, 1, what, "Give the path of a .yaml file.")])
        with path.open("rb") as file:
            data = file.read(MOST_BYTES + 1)
    except (OSError, ValueError) as error:
        reason = getattr(error, "strerror", None) or "the path is not usable"
        what = f"The file cannot be opened: {reason}"
        return _Opened(name, [Fault(name, 1, 1, what, "Check its path and its permissions.")])
    return _examine(data, name)


def _examine(data: bytes, file: str) -> _Opened:
    if len(data) > MOST_BYTES:
        return _Opened(file, [too_large(file)])
    root, faults = grow(data, file)
    if root is None:
        return _Opened(file, faults)
    if root.kind != "fields":
        return _Opened(file, faults or [_not_fields(root, file)])
    kind, about_kind = _kind(root, file)
    if not kind:
        return _Opened(file, faults or about_kind)
    faults += about_kind
    content, refused = _shaped(root, kind, file)
    faults += [*refused, *_own_word(root, kind, file), *checks.inside(root, kind, file)]
    known = checks.known(root, kind, file)
    return _Opened(file, in_order(faults), root, kind, content, known)


def _not_fields(root: Node, file: str) -> Fault:
    what = f"The file is {'a list' if root.kind == 'list' else 'a single text'} at the top"
    remedy = "Start with fields: “kind: framework”, then id, name, version and rights."
    return Fault(file, root.line, root.column, what, remedy)


def _kind(root: Node, file: str) -> tuple[str, list[Fault]]:
    """The kind of file, guessed from its fields where it is not written, so that checks go on."""
    said = root.said("kind")
    if said in SHAPES:
        return said, []
    line, column = root.keys.get("kind", (root.line, root.column))
    if "kind" in root.fields:
        what = f"The kind {quoted(said)} is not known" if said else "The kind is not a text"
    else:
        what = "“kind” is missing from the file"
    remedy = "Write “kind: framework”, “kind: look-for set” or “kind: alignments”."
    guess = next((kind for field, kind in TELLING.items() if field in root.fields), "")
    return guess, [Fault(file, line, column, what, remedy)]


def _shaped(root: Node, kind: str, file: str) -> tuple[Content | None, list[Fault]]:
    shape = SHAPES[kind]
    values = {**root.values(), "kind": kind}
    try:
        return _placed(shape.model_validate(values)), []
    except ValidationError as error:
        return None, wording.faults_of(error, root, shape, file)


def _placed(content: Content) -> Content:
    """Components know their place in the file; alignments know the framework of theirs."""
    if isinstance(content, Framework):
        components = tuple(
            component.model_copy(update={"position": position})
            for position, component in enumerate(content.components)
        )
        return content.model_copy(update={"components": components})
    if isinstance(content, Alignments):
        ties = tuple(
            tie.model_copy(update={"framework": content.framework}) for tie in content.alignments
        )
        return content.model_copy(update={"alignments": ties})
    return content


def _own_word(root: Node, kind: str, file: str) -> Iterator[Fault]:
    """Alignments take their framework from the top of the file, never one by one."""
    if kind != "alignments":
        return
    for entry in root.entries("alignments"):
        if "framework" in entry.keys:
            what = "“framework” is written in a single alignment"
            remedy = "Write it once, at the top of the file."
            yield Fault(file, *entry.keys["framework"], what, remedy)


def _together(opened: list[_Opened], shelf: Path | None) -> Iterator[Fault]:
    offered: dict[str, checks.Known] = {}
    for each in opened:
        if each.known is not None and each.known.id in offered:
            yield _same_id(each, offered[each.known.id])
        elif each.known is not None:
            offered[each.known.id] = each.known
    yield from _too_much_focus(opened)
    for each in opened:
        if each.kind == "alignments" and each.root is not None:
            if shelf is not None:
                _borrow(each.root, offered, shelf)
            yield from checks.between(each.root, each.file, offered)


def _same_id(each: _Opened, first: checks.Known) -> Fault:
    node = each.root.get("id") if each.root else None
    line, column = (node.line, node.column) if node else (1, 1)
    what = f"The id {quoted(first.id)} is already used by {first.file}"
    return Fault(each.file, line, column, what, "Give this file an id of its own.")


def _too_much_focus(opened: list[_Opened]) -> Iterator[Fault]:
    sets = [each for each in opened if each.kind == "look-for set" and each.root is not None]
    chosen = [(each.file, entry) for each in sets for entry in checks.focused(each.root or _NONE)]
    if len({file for file, _ in chosen}) > 1 and len(chosen) > MOST_IN_FOCUS:
        file, entry = chosen[MOST_IN_FOCUS]
        what = f"Together these sets have {len(chosen)} look-fors with “focus: true”"
        remedy = f"Keep at most {MOST_IN_FOCUS} across all sets."
        yield Fault(file, entry.line, entry.column, what, remedy)


_NONE = Node("fields", 1, 1)


def _borrow(root: Node, offered: dict[str, checks.Known], shelf: Path) -> None:
    """Adds what the shipped shelf offers under the ids that an alignments file names."""
    sets = root.get("sets")
    named = [root.said("framework"), *(node.text for node in (sets.items if sets else []))]
    for name in named:
        if name and name not in offered and len(name) <= 64 and FILE_ID.fullmatch(name):
            known = _open(shelf / f"{name}.yaml").known
            if known is not None:
                offered[known.id] = known
