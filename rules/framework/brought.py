"""What a file brings into a district, whichever format it came in."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import Any

from pydantic import Field

from rules.framework.field_kinds import FileId, Line, Paragraph, Passage
from rules.framework.shapes import (
    MOST_LEVELS,
    Component,
    Framework,
    Level,
    Rights,
    Shape,
)

MOST_BROUGHT = 8_000


class Outside(Shape):
    """What another system wrote and we have no place for, kept so that an export gives it back.

    All of it is in that system's own form. `items` is by component id; `document`, `definitions`,
    `rubrics` and `extensions` are the parts of a CASE package; `associations` are those that lead
    out of our tree.
    """

    document: dict[str, Any] = Field(default_factory=dict)
    items: dict[str, dict[str, Any]] = Field(default_factory=dict)
    associations: tuple[dict[str, Any], ...] = ()
    links: dict[str, dict[str, Any]] = Field(default_factory=dict)
    definitions: dict[str, Any] = Field(default_factory=dict)
    rubrics: tuple[dict[str, Any], ...] = ()
    extensions: dict[str, Any] = Field(default_factory=dict)


class Brought(Shape):
    """One framework as it was read: what the preview shows, a draft is made of, and exports write.

    `rights` is None where the file does not say who may use it; `holder` and `licence` are then as
    much as it says. `remarks` are sentences about what was set aside, and why.
    """

    id: FileId
    name: Line
    version: Line
    summary: Passage | None = None
    rights: Rights | None = None
    holder: str = ""
    licence: str = ""
    source_url: str | None = None
    levels: tuple[Level, ...] = Field(default=(), max_length=MOST_LEVELS)
    components: tuple[Component, ...] = Field(min_length=1, max_length=MOST_BROUGHT)
    remarks: tuple[Paragraph, ...] = ()
    outside: Outside = Outside()

    def branches(self) -> dict[str | None, list[Component]]:
        """The components by what they stand under, in order; None holds the top."""
        found: dict[str | None, list[Component]] = {}
        for component in self.components:
            found.setdefault(component.parent, []).append(component)
        return found

    @classmethod
    def of(cls, framework: Framework) -> Brought:
        """A framework of the shelf in this shape."""
        return cls(
            id=framework.id,
            name=framework.name,
            version=framework.version,
            summary=framework.summary,
            rights=framework.rights,
            levels=framework.levels,
            components=in_reading_order(framework.components),
        )


def in_reading_order(components: Iterable[Component]) -> tuple[Component, ...]:
    """The components each after its parent, siblings as they were, numbered by their place.

    A parent that is not among them is none; a circle is left out.
    """
    parts = list(components)
    known = {component.id for component in parts}
    below: dict[str | None, list[Component]] = {}
    for component in parts:
        below.setdefault(component.parent if component.parent in known else None, []).append(
            component
        )
    found: list[Component] = []
    waiting = below.get(None, [])[::-1]
    while waiting:
        component = waiting.pop()
        found.append(component.model_copy(update={"position": len(found)}))
        waiting += below.get(component.id, [])[::-1]
    return tuple(found)


def rights_from(
    name: str,
    *,
    holder: str,
    licence: str,
    basis: str,
    notice: str,
    on: date,
    source_url: str | None = None,
) -> Rights:
    """What a person said about who may use a framework, on this day."""
    who, terms = " ".join(holder.split()), " ".join(licence.split())
    return Rights.model_validate(
        {
            "holder": who,
            "licence": terms,
            "basis": basis,
            "source_url": source_url,
            "required_notice": notice.replace("\r\n", "\n").strip() or f"{name} © {who}. {terms}.",
            "checked_on": on,
        }
    )


def with_rights(
    brought: Brought, *, holder: str, licence: str, basis: str, notice: str, on: date
) -> Brought:
    """The same, with what a person said about who may use it."""
    rights = rights_from(
        brought.name,
        holder=holder,
        licence=licence,
        basis=basis,
        notice=notice,
        on=on,
        source_url=brought.source_url,
    )
    return brought.model_copy(update={"rights": rights})


NAMES = frozenset(
    {"identifier", "uri", "lastChangeDateTime", "humanCodingScheme", "listEnumeration"}
)


def allowed(brought: Brought) -> Brought:
    """What the rights let us keep: of a framework whose names alone may be shown, only these."""
    if brought.rights is None or brought.rights.basis != "names_only":
        return brought
    components = tuple(
        c.model_copy(update={"description": None, "descriptors": ()}) for c in brought.components
    )
    names = {component.id: component.name for component in components}
    items = {
        id_: {key: value for key, value in item.items() if key in NAMES}
        | {"fullStatement": names[id_]}
        for id_, item in brought.outside.items.items()
    }
    document = {
        k: v for k, v in brought.outside.document.items() if k not in ("description", "notes")
    }
    kept = brought.outside.model_copy(
        update={"document": document, "items": items, "rubrics": (), "definitions": {}}
    )
    return brought.model_copy(update={"components": components, "outside": kept, "summary": None})
