"""Brings a part of a package into the exact shape of CASE 1.1, and loses nothing of it."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Mapping
from datetime import datetime
from typing import Any

from interchange.framework.case import terms
from interchange.framework.case.links import as_uuid, identifier_of
from interchange.framework.text import line


def conform(raw: Mapping[str, Any], shape: Mapping[str, str], *, at: datetime) -> dict[str, Any]:
    """`raw` with the fields of `shape` in their kinds, and everything else under `extensions`.

    `identifier`, `uri` and `lastChangeDateTime` are always there; `at` stands for a missing time.
    """
    extra = raw.get("extensions")
    foreign = dict(extra) if isinstance(extra, dict) else {"extensions": extra} if extra else {}
    found: dict[str, Any] = {}
    for key, value in raw.items():
        if key == "extensions" or value is None:
            continue
        shaped = _shaped(value, shape[key], at) if key in shape else None
        if shaped is None:
            foreign[key] = value
        else:
            found[key] = shaped
    found["identifier"] = as_uuid(identifier_of(raw))
    found.setdefault("uri", f"urn:uuid:{found['identifier']}")
    found.setdefault("lastChangeDateTime", stamp(at))
    if foreign:
        # The one place where the standard wants a list.
        found["extensions"] = [foreign] if shape is terms.CRITERION_LEVEL else foreign
    return found


def stamp(at: datetime) -> str:
    """An instant as CASE writes it."""
    return at.strftime("%Y-%m-%dT%H:%M:%S+00:00")


def link(title: str, identifier: str, uri: str = "") -> dict[str, Any]:
    """One part pointing at another."""
    return {"title": title, "identifier": identifier, "uri": uri or f"urn:uuid:{identifier}"}


def _text(value: Any) -> str | None:
    if isinstance(value, bool) or not isinstance(value, str | int | float):
        return None
    return value if isinstance(value, str) else json.dumps(value)


def _texts(value: Any) -> list[str] | None:
    values = value if isinstance(value, list) else [value]
    return values if all(isinstance(each, str) for each in values) else None


def _link(value: Any) -> dict[str, Any] | None:
    if not isinstance(value, str | dict):
        return None
    said = value if isinstance(value, dict) else {}
    if set(said) - {"title", "identifier", "uri", "targetType"}:
        return None
    named = said.get("identifier")
    identifier = named if isinstance(named, str) and named else identifier_of(value)
    address = said.get("uri") or (value if isinstance(value, str) else "")
    if not identifier or not isinstance(address, str):
        return None
    uri = address if ":" in address else f"urn:uuid:{as_uuid(identifier)}"
    found = link(line(said.get("title")) or identifier, identifier, uri)
    return found | {k: v for k, v in said.items() if k == "targetType" and isinstance(v, str)}


def _links(value: Any) -> list[dict[str, Any]] | None:
    found = [_link(each) for each in (value if isinstance(value, list) else [value])]
    return [each for each in found if each is not None] if None not in found else None


def _whole(value: Any) -> int | None:
    if isinstance(value, str) and re.fullmatch(r"\s*-?\d{1,9}\s*", value):
        return int(value)
    number = isinstance(value, int | float) and not isinstance(value, bool)
    return int(value) if number and value == int(value) else None


def _number(value: Any) -> float | None:
    if isinstance(value, str) and re.fullmatch(r"\s*-?\d{1,9}(\.\d{1,6})?\s*", value):
        return float(value)
    return value if isinstance(value, int | float) and not isinstance(value, bool) else None


def _shaped(value: Any, kind: str, at: datetime) -> Any:
    """The value in its kind, or None where it cannot have it."""
    rows = _ROWS.get(kind)
    if rows is None:
        return _SHAPED[kind](value)
    if not isinstance(value, list) or not all(isinstance(each, dict) for each in value):
        return None
    return [conform(each, rows, at=at) for each in value]


_ROWS = {
    terms.CRITERIA: terms.CRITERION,
    terms.CRITERION_LEVELS: terms.CRITERION_LEVEL,
}
_SHAPED: dict[str, Callable[[Any], Any]] = {
    terms.TEXT: _text,
    terms.TEXTS: _texts,
    terms.LINK: _link,
    terms.LINKS: _links,
    terms.WHOLE: _whole,
    terms.NUMBER: _number,
}
