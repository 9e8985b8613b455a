"""One CFItem in our words: its code, name, description and kind; and which of these changed."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from interchange.framework.text import LONGEST_TEXT, line, paragraph, short_line

LONGEST_CODE = 16
LONGEST_KIND = 60


@dataclass(frozen=True)
class Statement:
    """What an item says."""

    code: str
    name: str
    description: str
    kind: str


def statement_of(item: dict[str, Any]) -> Statement:
    """The words of an item; what is longer than we show is cut, and the item itself kept aside.

    A short statement is the name. A long one is the description, and its name is the abbreviated
    statement or the first line.
    """
    full = paragraph(item.get("fullStatement"))[:LONGEST_TEXT].strip()
    short = short_line(item.get("abbreviatedStatement"))
    name = short or short_line(full) or short_line(item.get("alternativeLabel"))
    kind = line(item.get("CFItemType")) or _title(item.get("CFItemTypeURI"))
    return Statement(
        code=_code(line(item.get("humanCodingScheme"))),
        name=name,
        description=full if full != name else "",
        kind=kind[:LONGEST_KIND].strip() or "component",
    )


def _title(link: Any) -> str:
    return line(link.get("title")) if isinstance(link, dict) else ""


def _code(code: str) -> str:
    """A long code keeps its end, which tells it from its neighbors: “K.CC.A.1”."""
    if len(code) <= LONGEST_CODE:
        return code
    end = code[-LONGEST_CODE:]
    return end.partition(".")[2].strip() or end.strip()


def changed(
    item: dict[str, Any], *, code: str, name: str, description: str, kind: str
) -> dict[str, Any]:
    """The fields of an item that must be written anew so that it says these words."""
    was = statement_of(item)
    fields: dict[str, Any] = {}
    if code != was.code:
        fields["humanCodingScheme"] = code or None
    if (name, description) != (was.name, was.description):
        fields["fullStatement"] = description or name
        derived = not description or name == short_line(description)
        fields["abbreviatedStatement"] = None if derived else name
    if kind != was.kind:
        fields |= {"CFItemType": kind, "CFItemTypeURI": None}
    return fields
