"""What an entry that is kept aside was, in words for its author, and what can be done about it."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from rules.capture import EVENT_KINDS, MARKS

LONGEST_SHOWN = 300
FIXED = frozenset({"started", "finished", "reopened", "undone"})
"""Kinds of which there is no second version to choose: they frame a visit."""
REMEDIES = {
    "conflict": "Two versions of one entry came to school. Choose the one that is right.",
    "quarantined": "When what it names has been put right, try again. Until then it is kept here.",
    "refused": "It cannot be stored as it is. Write down what matters, then set it aside.",
}


def what(body: object, look_fors: Mapping[str, str]) -> str:
    """One line that says what somebody tapped or wrote; `look_fors` are statements by id."""
    if not isinstance(body, dict):
        return "Something that is not an entry"
    kind = str(body.get("kind", ""))
    data = body.get("data")
    words = EVENT_KINDS.get(kind, "An entry that is not known here")
    said = _detail(kind, data if isinstance(data, dict) else {}, look_fors)
    return f"{words}: {said}" if said else words


def when(body: object) -> datetime | None:
    """When the phone says it was, if it says so."""
    try:
        at = datetime.fromisoformat(str(body["at"]))  # type: ignore[index]
    except (TypeError, KeyError, ValueError):
        return None
    return at if at.utcoffset() is not None and 2000 <= at.year <= 2200 else None


def has_versions(kind: str) -> bool:
    """Whether its author may put the second version in the place of the first."""
    return kind in EVENT_KINDS and kind not in FIXED


def instead(first: Mapping[str, Any], second: Mapping[str, Any], *, ids: list[str]) -> list[Any]:
    """Two events that take the first version back and write the second in its place.

    Both stand at the instant of the first, so that a finished visit stays finished; their
    device sorts behind every phone’s.
    """
    ground = {
        "walkthrough": first["walkthrough"],
        "device": f"repair-{ids[0]}",
        "at": first["at"],
    }
    undone = {"id": ids[0], "seq": 1, "kind": "undone", "data": {"event": first["id"]}}
    written = {"id": ids[1], "seq": 2, "kind": second["kind"], "data": second["data"]}
    return [ground | undone, ground | written]


def _detail(kind: str, data: Mapping[str, Any], look_fors: Mapping[str, str]) -> str:
    if kind in {"look_for_marked", "look_for_counted"}:
        statement = look_fors.get(str(data.get("look_for")), "a look-for not known here")
        mark = MARKS.get(str(data.get("mark")), "")
        return _short(f"{statement}. {mark}" if mark else statement)
    if kind == "note_written":
        return f"“{_short(data.get('text', ''))}”"
    if kind == "sweep_taken" and isinstance(data.get("counts"), dict):
        counts = [n for n in data["counts"].values() if isinstance(n, int)]
        return f"{sum(counts)} students counted"
    if kind == "student_asked" and data.get("quote"):
        return f"“{_short(data['quote'])}”"
    if kind == "topics_grouped" and isinstance(data.get("sizes"), list):
        return f"{len(data['sizes'])} groups"
    return ""


def _short(value: object) -> str:
    text = "".join(c if c.isprintable() or c == "\n" else "�" for c in str(value))
    text = text.encode("utf-8", "replace").decode()
    return text if len(text) <= LONGEST_SHOWN else f"{text[:LONGEST_SHOWN]}…"
