"""Writes a framework in the form of the shelf, so that it can be read again."""

from __future__ import annotations

from typing import Any

import yaml

from rules.framework.brought import Brought
from rules.framework.shapes import Component

_Dumper: Any = getattr(yaml, "CSafeDumper", yaml.SafeDumper)
WIDTH = 100


def to_yaml(brought: Brought) -> str:
    """The framework as a file of `kind: framework`; its rights must be stated."""
    assert brought.rights is not None
    values: dict[str, Any] = {
        "kind": "framework",
        "id": brought.id,
        "name": brought.name,
        "version": brought.version,
    }
    if brought.summary:
        values["summary"] = brought.summary
    values["rights"] = brought.rights.model_dump(mode="json")
    if brought.levels:
        values["levels"] = [level.model_dump() for level in brought.levels]
    values["components"] = [_component(component) for component in brought.components]
    return str(yaml.dump(values, Dumper=_Dumper, sort_keys=False, allow_unicode=True, width=WIDTH))


def _component(component: Component) -> dict[str, Any]:
    values: dict[str, Any] = {"id": component.id}
    if component.code or not component.short:
        values["code"] = component.code
    if component.short:
        values["short"] = component.short
    said = component.model_dump(exclude={"id", "code", "short", "position", "descriptors"})
    values |= {key: value for key, value in said.items() if value not in (None, False)}
    if component.descriptors:
        values["descriptors"] = [each.model_dump() for each in component.descriptors]
    return values
