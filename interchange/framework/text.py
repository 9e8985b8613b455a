"""Words from other systems made fit to show: one line, or lines; never markup, never controls."""

from __future__ import annotations

import re
import unicodedata
from typing import Any

LONGEST_NAME = 300
LONGEST_TEXT = 20_000
CONTROLS = re.compile(r"[\x00-\x09\x0b-\x1f\x7f-\x9f\u2028\u2029]")


def paragraph(value: Any) -> str:
    """Text with its lines as they were and everything else as one kind of space."""
    if isinstance(value, int | float) and not isinstance(value, bool):
        value = str(value)
    if not isinstance(value, str):
        return ""
    lines = value.replace("\r\n", "\n").replace("\r", "\n")
    return CONTROLS.sub(" ", lines).strip()


def line(value: Any) -> str:
    """Text on one line, with single spaces."""
    return " ".join(paragraph(value).split())


def short_line(value: Any, most: int = LONGEST_NAME) -> str:
    """The first line of a text, cut at a word where it is longer than a name can be."""
    first = next(iter(paragraph(value).splitlines()), "")
    found = " ".join(first.split())
    return found if len(found) <= most else found[: most - 1].rsplit(" ", 1)[0] + "…"


def slug(words: str, most: int = 64) -> str:
    """Small letters, digits and hyphens out of any words; “framework” where nothing is left."""
    plain = unicodedata.normalize("NFKD", words).encode("ascii", "ignore").decode().lower()
    return re.sub(r"[^a-z0-9]+", "-", plain).strip("-")[:most].strip("-") or "framework"
