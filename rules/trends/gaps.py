"""Where a visitor and a teacher saw different things in the same minutes, look-for by look-for."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from rules.trends.heat import Line

Marks = Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Gap:
    """One look-for over visits of which the teacher shared her own view, as counts of visits."""

    line: Line
    both: int
    visitor: int
    """Seen by the visitor only."""
    teacher: int
    """Seen by the teacher only; that the visitor left it untapped is not “not there”."""

    @property
    def apart(self) -> int:
        """In how many visits only one of them saw it."""
        return self.visitor + self.teacher


def gaps(lines: Iterable[Line], pairs: Sequence[tuple[Marks, Marks]]) -> list[Gap]:
    """The look-fors that somebody saw, those furthest apart first.

    `pairs` are a visitor's marks and the teacher's own of the same visit, by look-for. Where the
    teacher marked nothing, there are no two views to compare.
    """
    counted: dict[str, Counter[tuple[bool, bool]]] = {}
    for visitor, teacher in pairs:
        for key, mark in teacher.items():
            if mark in ("seen", "not_seen") and key in visitor:
                seen = visitor[key] == "seen", mark == "seen"
                counted.setdefault(key, Counter())[seen] += 1
    found = [
        Gap(line, told[True, True], told[True, False], told[False, True])
        for line in lines
        if (told := counted.get(line.key))
    ]
    return sorted((gap for gap in found if gap.both or gap.apart), key=lambda gap: -gap.apart)
