"""How one part of a package points at another: by a text, or by title, identifier and address."""

from __future__ import annotations

import re
from typing import Any
from uuid import NAMESPACE_URL, uuid5

UUID_TEXT = re.compile(
    r"[0-9a-fA-F]{8}-[0-9a-fA-F]{4}-[0-9a-fA-F]{4}-[0-9a-fA-F]{4}-[0-9a-fA-F]{12}"
)


def identifier_of(link: Any) -> str:
    """What a link, or a part of a package itself, is called; empty where it says nothing.

    The last UUID of an address counts, else the address without its end.
    """
    if isinstance(link, dict):
        return identifier_of(link.get("identifier")) or identifier_of(link.get("uri"))
    if isinstance(link, int) and not isinstance(link, bool):
        return str(link)
    if not isinstance(link, str):
        return ""
    found = UUID_TEXT.findall(link)
    return found[-1].lower() if found else link.strip().rstrip("/").rsplit("/", 1)[-1]


def as_uuid(identifier: str) -> str:
    """The identifier where it is a UUID, else always the same UUID made from it."""
    if UUID_TEXT.fullmatch(identifier):
        return identifier.lower()
    return str(uuid5(NAMESPACE_URL, identifier))
