"""The headings and kinds under which look-fors stand, in the words people read."""

from __future__ import annotations

CORE_FOUR = {
    "flexible": "Flexible content and tools",
    "targeted": "Targeted instruction",
    "reflection": "Student reflection and ownership",
    "data": "Data-driven decisions",
}
LEAP = {
    "focused": "Learner Focused",
    "led": "Learner Led",
    "demonstrated": "Learner Demonstrated",
    "connected": "Learner Connected",
}
KINDS = {"p": "Marked: seen, not seen, no chance, not applicable", "c": "Counted each time"}
ROLES = {"protects": "Protects talk", "watch_out": "A watch-out"}
PHASES = {"starting": "Starting", "growing": "Growing", "strong": "Strong"}

MOST_IN_FOCUS = 12
LONGEST_STATEMENT = 120


def group_of(core_four: str | None) -> str:
    """The heading of a look-for; those under no heading stand last, under a plain one."""
    return CORE_FOUR.get(core_four or "", "In any part of the lesson")
