"""Counting answers so that no order is left, and telling only what gives nobody away."""

from __future__ import annotations

import struct
from collections.abc import Mapping
from dataclasses import dataclass

QUESTIONS = ("now", "going", "how", "interests")
ANSWERS = ("clear", "partly", "not_yet")
FEWEST = 5
"""With fewer students nothing is told and nothing is kept."""
_SHAPE = struct.Struct(f">{len(QUESTIONS) * len(ANSWERS) + 1}H")

Told = Mapping[str, Mapping[str, int]]
"""Question → answer → how many students; a question that is hidden is not there."""


@dataclass(frozen=True, slots=True)
class Tally:
    """How often each answer was given: thirteen numbers, whoever answered and in what order."""

    answered: int = 0
    counts: tuple[int, ...] = (0,) * (len(QUESTIONS) * len(ANSWERS))

    def plus(self, answers: Mapping[str, str]) -> Tally:
        """Return the tally with one student more; a question left out counts nowhere."""
        given = [answers.get(question) == answer for question in QUESTIONS for answer in ANSWERS]
        counts = tuple(count + more for count, more in zip(self.counts, given, strict=True))
        return Tally(self.answered + 1, counts)

    def of(self, question: str) -> dict[str, int]:
        """Return answer → how many, for one question."""
        first = QUESTIONS.index(question) * len(ANSWERS)
        return dict(zip(ANSWERS, self.counts[first : first + len(ANSWERS)], strict=True))

    def packed(self) -> bytes:
        """Return the numbers in as many bytes as any other tally takes."""
        return _SHAPE.pack(self.answered, *self.counts)

    @classmethod
    def unpacked(cls, kept: bytes) -> Tally:
        """Return what `packed` gave."""
        answered, *counts = _SHAPE.unpack(kept)
        return cls(answered, tuple(counts))


@dataclass(frozen=True, slots=True)
class Result:
    """What a closed sheet tells: how many answered, and the questions that hide nobody badly."""

    answered: int
    told: Told


def results(tally: Tally) -> Result | None:
    """Return what may be told of a tally; None where fewer than five answered at all."""
    if tally.answered < FEWEST:
        return None
    counted = {question: tally.of(question) for question in QUESTIONS}
    return Result(
        tally.answered, {name: counts for name, counts in counted.items() if told(counts)}
    )


def told(counts: Mapping[str, int]) -> bool:
    """Return whether counts give nobody away: five answered, and two differ from the rest.

    All the same answer would tell what each student said. All but one would tell it to that one,
    and to a teacher who can guess who it was.
    """
    total = sum(counts.values())
    return total >= FEWEST and max(counts.values()) <= total - 2
