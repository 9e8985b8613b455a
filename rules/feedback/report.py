"""The report: from evidence and sentences to the plain values of the letter."""

from collections.abc import Collection, Mapping, Sequence

from rules.capture import Observed
from rules.discourse import (
    CATEGORIES,
    CATEGORY_WORDS,
    VERDICT_WORDS,
    Check,
    Thresholds,
    reason_sentence,
    verdict_sentence,
)
from rules.feedback.evidence import Clock, Evidence, LookForView
from rules.feedback.letter import Bar, Brand, Cover, Line, Reply, Report, Row, Verdict
from rules.feedback.scene import Sentence, Slot, counted
from rules.feedback.wording import capital, number, times, unquoted

NO_RATING = "no rating is given or stored"
PURPOSE_WORDS = {
    "walkthrough": "Feedback from a classroom walkthrough",
    "coaching": "Feedback from a coaching visit",
    "evaluation": "Feedback from an evaluation visit",
}
ANSWER_WORDS = {"clear": "clear", "partly": "partly", "not_yet": "not yet", None: "not asked"}
QUESTIONS = (
    ("now", "Where are you now?", "Now"),
    ("going", "Where are you going?", "Going"),
    ("how", "How will you get there?", "How"),
)


def report(
    cover: Cover,
    observed: Observed,
    check: Check,
    evidence: tuple[Evidence, ...],
    sentences: Sequence[Sentence],
    look_fors: Mapping[str, LookForView],
    *,
    clock: Clock,
    replies: Sequence[Reply] = (),
    version: int = 1,
    history: Sequence[str] = (),
    rights: Sequence[str] = (),
    levels_possible: bool = False,
    flags: Sequence[str] = (),
) -> Report:
    """Return everything the page and the PDF show of one shared version.

    `history` has one line for each earlier version ("October 15: a count was corrected"),
    `rights` the notices of the frameworks and sets used. `levels_possible` says that levels can
    exist for this purpose in this district: then the footer makes no promise about ratings.
    `flags` say why it is not to be used for evaluation.
    """
    numbers = {event: row.number for row in evidence for event in row.events}
    used = {numbers[e] for s in sentences for e in s.evidence if e in numbers}
    bars = tuple(_bar(row, clock) for row in evidence if row.kind == "sweep")
    return Report(
        cover=cover,
        title=f"Feedback for {cover.teacher}, {cover.class_name}, {cover.short_day}",
        kicker=PURPOSE_WORDS.get(cover.purpose, "Feedback from a classroom visit"),
        footer=_footer(cover, levels_possible=levels_possible),
        strengths=_lines(sentences, "strength", numbers),
        discourse=_lines(sentences, "discourse", numbers),
        step=_one(sentences, "step", numbers),
        question=_one(sentences, "question", numbers),
        verdict=_verdict(observed, check, cover),
        bars=tuple(bar for bar in bars if bar.counted),
        legend=_legend(bars),
        rows=rows(evidence, clock=clock, used=used),
        components=_components(observed, look_fors),
        asked=_asked(len(observed.students)),
        students=tuple(one.student for one in observed.students),
        answers=_answers(observed),
        not_applicable=_not_applicable(observed, look_fors),
        replies=tuple(replies),
        version=version,
        history=tuple(history),
        rights=tuple(rights),
        flags=tuple(flags),
        marks=tuple((mark.look_for, mark.mark) for mark in observed.marks),
    )


def _footer(cover: Cover, *, levels_possible: bool) -> str:
    minutes = f"{number(cover.minutes)} minute{'' if cover.minutes == 1 else 's'}"
    promise = "" if levels_possible else f"; {NO_RATING}"
    about = f"{cover.teacher}, {cover.class_name}, {cover.short_day}"
    return f"{about}. {capital(minutes)} of one lesson{promise}."


def _lines(
    sentences: Sequence[Sentence], slot: Slot, numbers: Mapping[str, int]
) -> tuple[Line, ...]:
    return tuple(
        Line(s.text, tuple(sorted({numbers[e] for e in s.evidence if e in numbers})), s.by)
        for s in sentences
        if s.slot == slot
    )


def _one(sentences: Sequence[Sentence], slot: Slot, numbers: Mapping[str, int]) -> Line | None:
    return next(iter(_lines(sentences, slot, numbers)), None)


def _bar(row: Evidence, clock: Clock) -> Bar:
    counts = row.counts or {}
    return Bar(
        number=row.number,
        label=row.text,
        clock=clock(row.at),
        counts=tuple((name, CATEGORY_WORDS[name], counts.get(name, 0)) for name in CATEGORIES),
        total=counted(row),
        present=row.present,
        counted=row.counted,
        note=row.detail,
    )


def _legend(bars: tuple[Bar, ...]) -> tuple[tuple[str, str], ...]:
    """Return the categories that occur, so that the legend names nothing that is not there."""
    met = {name for bar in bars for name, _, count in bar.counts if count}
    return tuple((name, word) for name, word in CATEGORY_WORDS.items() if name in met)


def rows(
    evidence: Sequence[Evidence], *, clock: Clock, used: Collection[int] = ()
) -> tuple[Row, ...]:
    """Return evidence as it is read, in order; `used` are the numbers some sentence rests on."""
    return tuple(_row(piece, used=piece.number in used, clock=clock) for piece in evidence)


def _row(row: Evidence, *, used: bool, clock: Clock) -> Row:
    return Row(
        number=row.number,
        used=used,
        strong=row.kind == "student",
        clock=_clocks(row, clock),
        text=row.text,
        said=unquoted(row.said),
        plate=row.plate,
        detail="" if row.kind == "structure" else _detail(row),
        bar=_bar(row, clock) if row.kind == "sweep" else None,
    )


def _clocks(row: Evidence, clock: Clock) -> str:
    first, last = clock(row.at), clock(row.until)
    return first if first == last else f"{first} to {last}"


def _detail(row: Evidence) -> str:
    if row.kind in ("look_for", "uptake") and row.mark in (None, "seen"):
        taps = len(row.events) - bool(row.said)
        return times(taps) if taps > 1 else ""
    return row.detail


def _verdict(observed: Observed, check: Check, cover: Cover) -> Verdict | None:
    """Return the verdict with its reasons; None where nothing about talk was recorded at all."""
    if not observed.sweeps and observed.override is None and check.verdict != "not_applicable":
        return None
    override = observed.override
    code = override.verdict if override else check.verdict
    return Verdict(
        code=code,
        word=VERDICT_WORDS[code],
        span=_span(check, cover),
        why=_why(check),
        by_rule=VERDICT_WORDS[check.verdict] if override else None,
        override_reason=override.reason if override else None,
    )


def _span(check: Check, cover: Cover) -> str:
    if check.confidence == "one sighting":
        return "one sighting"
    if check.for_now:
        return "for now"
    return f"in these {number(cover.minutes)} minutes" if cover.minutes > 1 else "this time"


def _why(check: Check) -> tuple[str, ...]:
    """Return why the rule answered so: its sentence, each reason, and the rule's own name."""
    said = [verdict_sentence(check)]
    said += [reason_sentence(code, check) for code in check.reasons]
    lines = list(dict.fromkeys(line for line in said if line))
    if check.student_moments:
        lines.append("A student-moment is one student in one sweep.")
    lines.append("It describes this room in these minutes, not a teacher.")
    rule = f"Rule {check.rule_version}"
    if check.thresholds != Thresholds():
        rule += ", with thresholds set by the district"
    return (*lines, f"{rule}.")


def _components(
    observed: Observed, look_fors: Mapping[str, LookForView]
) -> tuple[tuple[str | None, str, str], ...]:
    """Return the components met, in plates, names and how often, the most met first."""
    met: dict[tuple[str | None, str], int] = {}
    for mark in observed.marks:
        view = look_fors.get(mark.look_for)
        if mark.mark == "seen" and view and view.component_name and view.role != "watch_out":
            key = (view.plate, view.component_name)
            met[key] = met.get(key, 0) + len(mark.taps)
    ordered = sorted(met.items(), key=lambda item: (-item[1], item[0][0] or "", item[0][1]))
    return tuple((plate, name, _often(count)) for (plate, name), count in ordered)


def _often(count: int) -> str:
    return "once" if count == 1 else f"{count} times"


def _asked(students: int) -> str:
    who = "one student" if students == 1 else f"{number(students)} students"
    return f"What {who} could say"


def _answers(observed: Observed) -> tuple[tuple[str, str, tuple[str, ...]], ...]:
    if not observed.students:
        return ()
    return tuple(
        (words, short, tuple(ANSWER_WORDS.get(getattr(one, key), "") for one in observed.students))
        for key, words, short in QUESTIONS
    )


def _not_applicable(observed: Observed, look_fors: Mapping[str, LookForView]) -> tuple[str, ...]:
    marks = [mark.look_for for mark in observed.marks if mark.mark == "not_applicable"]
    return tuple(look_fors[key].statement for key in marks if key in look_fors)


__all__ = [
    "Bar",
    "Brand",
    "Cover",
    "Line",
    "Reply",
    "Report",
    "Row",
    "Verdict",
    "report",
    "rows",
]
