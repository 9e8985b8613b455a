"""Where visitor, teacher and students saw different things in the same minutes, as counts."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from rules.feedback.report import QUESTIONS
from rules.trends.band import Rate
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


Told = Mapping[str, Mapping[str, int]]
"""What students answered: question, then answer, then how many; a hidden question is not there."""


@dataclass(frozen=True, slots=True)
class Answered:
    """One of the three questions over classes where teacher and students both answered it."""

    words: str
    teachers: Rate
    """In how many of these classes the teacher thought it was clear to students."""
    students: Rate
    """How many of their students said that it was."""


def answered(pairs: Sequence[tuple[Mapping[str, str], Told]]) -> list[Answered]:
    """The three questions, each over the classes in which both sides can be told.

    `pairs` are a teacher's own answers and what students of that class said by themselves.
    """
    found = []
    for key, words, _ in QUESTIONS:
        both = [(own[key], told[key]) for own, told in pairs if key in own and key in told]
        if both:
            thought = sum(own == "clear" for own, _ in both)
            clear = sum(counts.get("clear", 0) for _, counts in both)
            students = sum(sum(counts.values()) for _, counts in both)
            found.append(Answered(words, Rate(thought, len(both)), Rate(clear, students)))
    return found
