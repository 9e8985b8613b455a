"""The questions a published table answers about a visit, each with yes or no."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from rules.discourse import VERDICT_WORDS
from rules.trends.marks import gap, substituted

LOOKED_FOR = frozenset({"seen", "not_seen", "in_focus"})
"""Marks of a look-for that was looked for; no chance and not applicable are neither yes nor no."""
FIRM = ("preserved", "at_risk", "displaced")
REASONS: Final[Mapping[str, str]] = {
    "headphone_room": "Half or more in headphones",
    "solo_device_room": "Half or more alone on a device",
    "listening_room": "Half or more listening as a group",
    "no_talk_structure": "No talk structure recorded",
    "no_peer_talk": "Almost no talk with a classmate",
    "topics_thin": "Too few students on the same topic",
    "topics_fragmented": "Topics scattered over the room",
    "planned_not_seen": "Talk planned for later, not seen yet",
}


@dataclass(frozen=True, slots=True)
class Record:
    """What is kept of one shared visit; `marks` are by look-for key."""

    marks: Mapping[str, str]
    verdict: str
    reasons: Sequence[str]
    same_day: bool
    read: bool
    answered: bool


@dataclass(frozen=True, slots=True)
class Question:
    """Something that was so or was not; `ask` answers None where a visit does not count."""

    key: str
    words: str
    ask: Callable[[Record], bool | None]
    told_apart: bool = True
    """Whether it is told apart by school, grade, subject and model, or in total only."""
    later: bool = False
    """Whether it is answered by what became of the feedback, and not by the visit itself."""


def _verdict(verdict: str) -> Callable[[Record], bool | None]:
    return lambda record: record.verdict == verdict if record.verdict in FIRM else None


def _reason(reason: str) -> Callable[[Record], bool | None]:
    return lambda record: reason in record.reasons if record.verdict in FIRM else None


def _firm(record: Record) -> bool | None:
    return None if record.verdict == "not_applicable" else record.verdict in FIRM


QUESTIONS: Final = (
    Question("talk:preserved", VERDICT_WORDS["preserved"], _verdict("preserved")),
    Question("talk:displaced", VERDICT_WORDS["displaced"], _verdict("displaced")),
    Question("talk:firm", "Enough evidence for a verdict", _firm, told_apart=False),
    *(
        Question(f"why:{code}", words, _reason(code), told_apart=False)
        for code, words in REASONS.items()
    ),
    Question(
        "pair:gap", "The need is known, and the work does not follow it", lambda r: gap(r.marks)
    ),
    Question(
        "alarm:substitution",
        "Devices in use, with task, talk and choice unchanged",
        lambda r: substituted(r.marks),
    ),
    Question("loop:same_day", "Shared on the day of the visit", lambda r: r.same_day, later=True),
    Question("loop:read", "Read by the teacher", lambda r: r.read, later=True),
    Question("loop:answered", "Answered by the teacher", lambda r: r.answered, later=True),
)
"""Beside these, every look-for is a question of its own: was it seen where it was looked for?"""


def answers(record: Record) -> Iterator[tuple[str, bool]]:
    """Every question this visit answers, with its answer."""
    for question in QUESTIONS:
        answer = question.ask(record)
        if answer is not None:
            yield question.key, answer
    for key, mark in record.marks.items():
        if mark in LOOKED_FOR:
            yield key, mark == "seen"


LATER: Final = tuple(question.key for question in QUESTIONS if question.later)
KEPT: Final = tuple(question.key for question in QUESTIONS if not question.later)


def answered_inside(
    marks: Mapping[str, str], verdict: str, reasons: Sequence[str]
) -> dict[str, bool]:
    """What the visit answers by itself, whatever becomes of its feedback."""
    record = Record(marks, verdict, reasons, same_day=False, read=False, answered=False)
    return {key: yes for key, yes in answers(record) if key not in LATER}
