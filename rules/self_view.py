"""The self-view: a teacher's own marks beside the observer's and what students said."""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from rules.feedback import LookForView
from rules.feedback.report import QUESTIONS, Report

MARKS = {
    "seen": "seen",
    "not_seen": "not seen",
    "no_chance": "no chance to see",
    "not_applicable": "not applicable",
}
ANSWERS = {"clear": "clear", "partly": "partly", "not_yet": "not yet"}
MOST = 12
"""Look-fors asked about: the focus of a visit is never longer."""

Voices = Mapping[str, Mapping[str, int]]
"""What students said: question (now, going, how) → answer (clear, partly, not_yet) → how many."""
HIDDEN = "not shown: too few answered it, or nearly all alike"


@dataclass(frozen=True)
class Row:
    """One line of the comparison.

    `students` are what the observer heard, in words, empty where nobody was asked; `tickets` what
    students answered by themselves, empty where there was no sheet.
    """

    label: str
    plate: str
    own: str
    observer: str
    students: str
    differs: bool
    tickets: str = ""


@dataclass(frozen=True)
class ThreeWay:
    """Look-fors and the three questions as the teacher, the observer and students saw them."""

    look_fors: tuple[Row, ...]
    questions: tuple[Row, ...]

    @property
    def differing(self) -> int:
        """On how many look-fors the two saw it differently."""
        return sum(row.differs for row in self.look_fors)


def three_way(
    marks: Mapping[str, str],
    answers: Mapping[str, str],
    report: Report,
    look_fors: Mapping[str, LookForView],
    voices: Sequence[Voices] = (),
    tickets: Voices | None = None,
) -> ThreeWay:
    """Lay the teacher's marks and answers beside a shared report and the students' voices.

    `marks` is look-for id → mark, `answers` question → answer. A look-for the observer did not
    tap reads “not tapped”, which is not “not seen”. Each of `voices` is added to the others;
    `tickets` stand by themselves, since the same students may have answered both ways.
    """
    theirs = dict(report.marks)
    return ThreeWay(
        look_fors=tuple(
            _look_for(look_fors[key], mark, theirs.get(key))
            for key, mark in marks.items()
            if key in look_fors
        ),
        questions=questions(answers, voices, tickets),
    )


def questions(
    answers: Mapping[str, str], voices: Sequence[Voices], tickets: Voices | None
) -> tuple[Row, ...]:
    """Lay the three questions side by side: her own answers, what the observer heard, tickets.

    A question that is not among `tickets` is hidden; None where there was no sheet.
    """
    heard = _together(voices)
    return tuple(
        Row(
            label=words,
            plate="",
            own=ANSWERS.get(answers.get(key, ""), "no answer"),
            observer="",
            students=_counts(heard.get(key, {})),
            differs=False,
            tickets="" if tickets is None else _counts(tickets.get(key, {})) or HIDDEN,
        )
        for key, words, _ in QUESTIONS
    )


def _look_for(view: LookForView, own: str, theirs: str | None) -> Row:
    return Row(
        label=view.statement,
        plate=view.plate or "",
        own=MARKS.get(own, own),
        observer=MARKS.get(theirs or "", "not tapped"),
        students="",
        differs=theirs is not None and theirs != own,
    )


def heard(report: Report) -> Voices:
    """What students answered when the observer asked them, out of a shared report."""
    codes = {words: code for code, words in ANSWERS.items()}
    asked = {words: given for words, _, given in report.answers}
    return {
        key: Counter(codes[one] for one in asked.get(words, ()) if one in codes)
        for key, words, _ in QUESTIONS
    }


def _together(voices: Sequence[Voices]) -> dict[str, Counter[str]]:
    total: dict[str, Counter[str]] = {}
    for one in voices:
        for question, counts in one.items():
            total.setdefault(question, Counter()).update(counts)
    return total


def _counts(counts: Mapping[str, int]) -> str:
    return ", ".join(
        f"{counts[code]} {words}" for code, words in ANSWERS.items() if counts.get(code)
    )
