"""A CASE package, as vendors really write them, read into what it brings."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from typing import Any

from pydantic import ValidationError

from interchange.findings import quoted
from interchange.framework.case.links import as_uuid, identifier_of
from interchange.framework.case.package import Package, package_of
from interchange.framework.case.rubrics import Rubric, rubric_of
from interchange.framework.case.statements import LONGEST_CODE, statement_of
from interchange.framework.case.tree import Tree, tree_of, twice
from interchange.framework.refusals import Fault, NotRead, refused
from interchange.framework.text import LONGEST_TEXT, line, paragraph, short_line, slug
from rules.framework import Brought, Component, Level, Outside, Rights
from rules.framework.brought import MOST_BROUGHT, in_reading_order

OURS = "crosswalk"


def read_case(value: Any, file: str) -> Brought:
    """The framework in the values of a CASE package. Raises NotRead with all that is wrong."""
    package = package_of(value, file)
    items = _items(package, file)
    tree = tree_of(package, items, file)
    rubric = rubric_of(package.rubrics, items)
    document, ours = package.document, _ours(package.document)
    title = short_line(document.get("title"))
    if not title:
        raise refused(file, "The document has no title", "Give it one.", "CFDocument.title")
    ids = _ids(items)
    return Brought(
        id=slug(line(ours.get("id")) or title),
        name=title,
        version=_version(document),
        summary=paragraph(document.get("description"))[:LONGEST_TEXT].strip() or None,
        rights=_rights(ours),
        holder=line(document.get("creator"))[:300],
        licence=_licence(document),
        source_url=_address(document.get("officialSourceURL")),
        levels=_scale(rubric.levels, _levels(ours)),
        components=in_reading_order(
            _component(name, items[name], ids, parent, rubric)
            for name, parent in tree.parents.items()
        ),
        remarks=tuple(_remarks(items, tree, rubric)),
        outside=Outside(
            document=document,
            items={ids[name]: item for name, item in items.items()},
            associations=tuple(tree.others),
            links={ids[name]: link for name, link in tree.links.items()},
            definitions=package.definitions,
            rubrics=tuple(package.rubrics),
            extensions=package.extensions,
        ),
    )


def _items(package: Package, file: str) -> dict[str, dict[str, Any]]:
    """The items by identifier, in file order."""
    faults: list[Fault] = []
    names: Counter[str] = Counter()
    found: dict[str, dict[str, Any]] = {}
    if not package.items:
        raise refused(file, "The package holds no items", "Export it with its items.", "CFItems")
    if len(package.items) > MOST_BROUGHT:
        what = f"The package holds {len(package.items):,} items, and {MOST_BROUGHT:,} is the most"
        raise refused(file, what, "Export one framework at a time.", "CFItems")
    for at, item in enumerate(package.items):
        name = identifier_of(item)
        faults += _faults(item, name, f"CFItems[{at}]", file)
        names[name] += bool(name)
        found.setdefault(name, item)
    for name in twice(names):
        what = f"The identifier {quoted(name)} belongs to {names[name]} items"
        faults.append(Fault(file, "CFItems", what, "Give each item an identifier of its own."))
    if faults:
        raise NotRead(faults)
    return found


def _faults(item: dict[str, Any], name: str, place: str, file: str) -> Iterator[Fault]:
    if not name:
        what = "The item has no identifier"
        yield Fault(file, f"{place}.identifier", what, "Export the package again.")
    if not statement_of(item).name:
        what = "The item has no statement"
        yield Fault(file, f"{place}.fullStatement", what, "Write one, or remove the item.")


def _ids(items: dict[str, dict[str, Any]]) -> dict[str, str]:
    """What each item is called here: as an export of ours said, else its identifier."""
    found = {name: as_uuid(name) for name in items}
    ours = {name: _key(_ours(item)) for name, item in items.items()}
    counted = Counter([*found.values(), *ours.values()])
    return {
        name: ours[name] if ours[name] and counted[ours[name]] == 1 else found[name]
        for name in items
    }


def _key(ours: dict[str, Any]) -> str:
    said = line(ours.get("id"))
    return said if re.fullmatch(r"[A-Za-z0-9][A-Za-z0-9._-]{0,63}", said) else ""


def _component(
    name: str,
    item: dict[str, Any],
    ids: dict[str, str],
    parent: str | None,
    rubric: Rubric,
) -> Component:
    words, ours = statement_of(item), _ours(item)
    return Component(
        id=ids[name],
        code=words.code or None,
        short=_short(ours),
        parent=ids[parent] if parent else None,
        name=words.name,
        description=words.description or None,
        note=paragraph(ours.get("note"))[:4000].strip() or None,
        kind=words.kind,
        descriptors=rubric.descriptors.get(name, ()),
        source=as_uuid(name),
        discourse_linked=ours.get("discourse_linked") is True,
    )


def _short(ours: dict[str, Any]) -> str | None:
    said = ours.get("short")
    return said if isinstance(said, str) and re.fullmatch(r"[A-Za-z0-9]{1,4}", said) else None


def _ours(group: dict[str, Any]) -> dict[str, Any]:
    """What an export of ours added to a document or an item."""
    extensions = group.get("extensions")
    found = extensions.get(OURS) if isinstance(extensions, dict) else None
    return found if isinstance(found, dict) else {}


def _rights(ours: dict[str, Any]) -> Rights | None:
    try:
        return Rights.model_validate(ours["rights"]) if "rights" in ours else None
    except ValidationError:
        return None


def _levels(ours: dict[str, Any]) -> tuple[Level, ...]:
    try:
        return tuple(Level.model_validate(each) for each in ours.get("levels", ())[:20])
    except (ValidationError, TypeError):
        return ()


def _scale(told: tuple[Level, ...], ours: tuple[Level, ...]) -> tuple[Level, ...]:
    """The levels that rubrics told; as an export of ours said, where it said those and more."""
    known = {level.value for level in ours}
    return ours if all(level.value in known for level in told) else told


def _licence(document: dict[str, Any]) -> str:
    link = document.get("licenseURI")
    return line(link.get("title") or link.get("uri") if isinstance(link, dict) else link)[:300]


def _address(value: Any) -> str | None:
    found = line(value)[:300]
    return found if re.fullmatch(r"https?://[^\s/?#]+\S*", found) else None


def _version(document: dict[str, Any]) -> str:
    """Its own version, else the year it was last changed."""
    said = line(document.get("version"))[:40].strip()
    if said:
        return said
    days = (document.get("statusStartDate"), document.get("lastChangeDateTime"))
    return next((m[0] for day in days if (m := re.match(r"\d{4}", line(day)))), "1")


def _remarks(items: dict[str, dict[str, Any]], tree: Tree, rubric: Rubric) -> Iterator[str]:
    if tree.several:
        yield (
            f"{_count(tree.several, 'item')} stood under several parents. Here each stands under "
            "the first; an export gives all of them back."
        )
    if tree.astray:
        yield (
            f"{_count(tree.astray, 'item')} stood under something that is not in this file, and "
            "now stands at the top."
        )
    aside = len(tree.others) - tree.several - tree.astray
    if aside:
        yield (
            f"{_count(aside, 'association')} with other frameworks, or of another kind, "
            f"{'is' if aside == 1 else 'are'} kept for the export and not shown."
        )
    if rubric.loose:
        yield (
            f"{_count(rubric.loose, 'rubric criterion', 'rubric criteria')} without an item "
            f"{'is' if rubric.loose == 1 else 'are'} kept for the export and not shown."
        )
    long = sum(len(line(item.get("humanCodingScheme"))) > LONGEST_CODE for item in items.values())
    if long:
        yield (
            f"{_count(long, 'code')} with more than {LONGEST_CODE} characters "
            f"{'is' if long == 1 else 'are'} shown by the end; an export gives the whole code."
        )


def _count(count: int, one: str, many: str | None = None) -> str:
    return f"{count:,} {one if count == 1 else many or one + 's'}"
