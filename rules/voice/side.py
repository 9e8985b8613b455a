"""Students' answers beside what others saw: the three questions, and the check on interests."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from rules.feedback.report import QUESTIONS as THREE
from rules.voice.tally import ANSWERS, Told

WORDS = {"clear": "Clear", "partly": "Partly", "not_yet": "Not yet"}
INTEREST_WORDS = {"clear": "Yes", "partly": "A little", "not_yet": "Not yet"}


@dataclass(frozen=True, slots=True)
class Question:
    """One question: its words, and each answer with how many gave it; none where it is hidden."""

    key: str
    words: str
    counts: tuple[tuple[str, int], ...]

    @property
    def total(self) -> int:
        """How many answered it."""
        return sum(count for _, count in self.counts)


def three(told: Told) -> tuple[Question, ...]:
    """Return the three questions as a closed sheet tells them."""
    return tuple(Question(key, words, _counts(told, key, WORDS)) for key, words, _ in THREE)


def interests(told: Told, seen: Sequence[object]) -> Question | None:
    """Return what students said of their interests; None without a look-for to stand beside it.

    Never one without the other: a count of students alone would judge a teacher, and a look-for
    alone would leave out the only ones who know.
    """
    if not seen:
        return None
    words = "Does your teacher know what interests you?"
    return Question("interests", words, _counts(told, "interests", INTEREST_WORDS))


def _counts(told: Told, key: str, words: Mapping[str, str]) -> tuple[tuple[str, int], ...]:
    if key not in told:
        return ()
    return tuple((words[answer], told[key][answer]) for answer in ANSWERS)
