"""What marks of one visit say together: knowing without organizing, and mere substitution."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

KNOWING, ORGANIZING = "knowing-and-organizing/KO01", "knowing-and-organizing/KO02"
DEVICE: Final = "substitution/SU01"
CHANGED: Final = ("substitution/SU02", "substitution/SU03", "substitution/SU04")


def gap(marks: Mapping[str, str]) -> bool | None:
    """The need is known, and the work does not follow it; None where one was not marked."""
    known, organized = marks.get(KNOWING), marks.get(ORGANIZING)
    if known not in ("seen", "not_seen") or organized not in ("seen", "not_seen"):
        return None
    return known == "seen" and organized == "not_seen"


def substituted(marks: Mapping[str, str]) -> bool | None:
    """Devices in use, and task, talk and choice each marked not seen; untapped is no mark."""
    if marks.get(DEVICE) != "seen":
        return None
    return all(marks.get(key) == "not_seen" for key in CHANGED)
