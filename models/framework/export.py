"""A framework as a value again, with all that came in: what an export writes."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from models.framework.component import Component
from models.framework.framework import Framework
from rules.framework import Brought, Descriptor, Level, Outside, Rights
from rules.framework import Component as Part
from rules.framework.brought import in_reading_order


def as_brought(framework: Framework) -> Brought:
    """The framework in the shape that files are read into (loaded with `everything`)."""
    keys = {component.id: component.key for component in framework.components}
    kept = {c.key: c.outside for c in framework.components}
    return Brought(
        id=framework.key,
        name=framework.name,
        version=framework.version,
        summary=framework.summary or None,
        rights=rights_of(framework),
        levels=tuple(Level(**level) for level in framework.levels),
        components=in_reading_order(_part(c, keys) for c in framework.components),
        outside=Outside(
            items={key: part["item"] for key, part in kept.items() if "item" in part},
            links={key: part["link"] for key, part in kept.items() if "link" in part},
            **{name: _frozen(part) for name, part in framework.outside.items()},
        ),
    )


def rights_of(framework: Framework) -> Rights | None:
    """Who may use it, or None where nobody has said so yet."""
    return Rights.model_validate(framework.rights) if framework.rights_stated else None


def _frozen(part: Any) -> Any:
    return tuple(part) if isinstance(part, list) else part


def _part(component: Component, keys: dict[UUID, str]) -> Part:
    return Part(
        id=component.key,
        code=component.code or None,
        short=component.short or None,
        kind=component.kind,
        parent=keys.get(component.parent_id) if component.parent_id else None,
        name=component.name,
        description=component.description or None,
        note=component.note or None,
        descriptors=tuple(Descriptor(**each) for each in component.descriptors),
        source=component.source,
        discourse_linked=component.discourse_linked,
    )
