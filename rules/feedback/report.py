"""The report: everything a shared letter shows, as plain values for the page and the PDF."""

from base64 import b64encode
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from rules.capture import Observed
from rules.discourse import (
    CATEGORIES,
    CATEGORY_WORDS,
    RULE_VERSION,
    VERDICT_WORDS,
    Check,
    Thresholds,
    reason_sentence,
    verdict_sentence,
)
from rules.feedback.evidence import Clock, Evidence, LookForView
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
# Lines that one page holds beside the framework, and letters in each of them.
ONE_PAGE, LETTERS = 46, 36
HOUSE_COLOR = "#0e5a52"
PNG, JPEG = b"\x89PNG\r\n\x1a\n", b"\xff\xd8\xff"


@dataclass(frozen=True)
class Brand:
    """A district's own name, color and logo; a color too pale to read gives way to ours."""

    name: str = "Crosswalk"
    color: str = HOUSE_COLOR
    logo: bytes | None = None

    @property
    def ink(self) -> str:
        """Return the color as #rrggbb where words in it can be read on white, else ours."""
        return self.color.lower() if _readable(self.color) else HOUSE_COLOR

    @property
    def logo_url(self) -> str | None:
        """Return a PNG or JPEG logo as a data address, None where there is none we can show."""
        kinds = {PNG: "png", JPEG: "jpeg"}
        kind = next((kinds[head] for head in kinds if (self.logo or b"").startswith(head)), None)
        if self.logo is None or kind is None:
            return None
        return f"data:image/{kind};base64,{b64encode(self.logo).decode()}"


@dataclass(frozen=True)
class Cover:
    """Who, where and when, already in words of the district's zone and language.

    `day` is "Tuesday, October 14", `short_day` "October 14"; `minutes` the length of the visit.
    """

    teacher: str
    observer: str
    class_name: str
    class_line: str
    day: str
    short_day: str
    began: str
    ended: str
    minutes: int
    purpose: str = "walkthrough"
    lang: str = "en"
    paper: str = "letter"
    brand: Brand = field(default_factory=Brand)


@dataclass(frozen=True)
class Reply:
    """What the teacher answered: who, when and in which words; kind says reply or context."""

    who: str
    when: str
    text: str
    kind: str = "reply"


@dataclass(frozen=True)
class Line:
    """One sentence as it is read, in its paragraphs, with the numbers of its evidence."""

    text: str
    numbers: tuple[int, ...]
    by: str

    @property
    def paragraphs(self) -> tuple[str, ...]:
        """Return the text in its paragraphs, empty lines left out."""
        return tuple(part.strip() for part in self.text.splitlines() if part.strip())


@dataclass(frozen=True)
class Bar:
    """One sweep as a bar: students in each category, in the order of the count."""

    number: int
    label: str
    clock: str
    counts: tuple[tuple[str, str, int], ...]
    total: int
    present: int | None
    counted: bool
    note: str

    @property
    def words(self) -> str:
        """Return the bar in words, for those who hear it."""
        parts = [f"{count} {word.lower()}" for _, word, count in self.counts if count]
        return f"{self.label} at {self.clock}, {self.total} students: {', '.join(parts)}"


@dataclass(frozen=True)
class Row:
    """One row of the evidence; `used` where a sentence of the letter rests on it."""

    number: int
    used: bool
    strong: bool
    clock: str
    text: str
    said: str
    plate: str | None
    detail: str
    bar: Bar | None


@dataclass(frozen=True)
class Verdict:
    """The verdict that stands, by code and word; `by_rule` too, where the observer differs."""

    code: str
    word: str
    span: str
    why: tuple[str, ...]
    by_rule: str | None = None
    override_reason: str | None = None


@dataclass(frozen=True)
class Report:
    """A shared letter and the evidence behind it."""

    cover: Cover
    title: str
    kicker: str
    footer: str
    strengths: tuple[Line, ...]
    discourse: tuple[Line, ...]
    step: Line | None
    question: Line | None
    verdict: Verdict | None
    bars: tuple[Bar, ...]
    legend: tuple[tuple[str, str], ...]
    rows: tuple[Row, ...]
    components: tuple[tuple[str | None, str, str], ...]
    asked: str
    students: tuple[str, ...]
    answers: tuple[tuple[str, str, tuple[str, ...]], ...]
    not_applicable: tuple[str, ...]
    replies: tuple[Reply, ...]
    version: int
    history: tuple[str, ...]
    rights: tuple[str, ...]

    @property
    def long(self) -> bool:
        """Return whether the evidence will not fit one page beside what stands next to it."""
        return sum(_height(row) for row in self.rows) > ONE_PAGE


def _height(row: Row) -> float:
    """Return how many lines a row takes, the space between rows and a bar counted as lines."""
    words = len(row.text) + len(row.detail)
    lines = 1 + words // LETTERS + -(-len(row.said) // LETTERS) + (row.bar is not None)
    return lines + 0.67


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
) -> Report:
    """Return everything the page and the PDF show of one shared version.

    `history` has one line for each earlier version ("October 15: a count was corrected"),
    `rights` the notices of the frameworks and sets used. `levels_possible` says that levels can
    exist for this purpose in this district: then the footer makes no promise about ratings.
    """
    numbers = {event: row.number for row in evidence for event in row.events}
    used = {numbers[e] for s in sentences for e in s.evidence if e in numbers}
    bars = {row.number: _bar(row, clock) for row in evidence if row.kind == "sweep"}
    shown = tuple(bars[row.number] for row in evidence if row.kind == "sweep" and row.counted)
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
        bars=shown,
        legend=_legend(tuple(bars.values())),
        rows=tuple(
            _row(r, used=r.number in used, bar=bars.get(r.number), clock=clock) for r in evidence
        ),
        components=_components(observed, look_fors),
        asked=_asked(len(observed.students)),
        students=tuple(one.student for one in observed.students),
        answers=_answers(observed),
        not_applicable=_not_applicable(observed, look_fors),
        replies=tuple(replies),
        version=version,
        history=tuple(history),
        rights=tuple(rights),
    )


def _readable(color: str) -> bool:
    """Return whether #rrggbb has a contrast of 4.5 or more on white (WCAG 2.2, 1.4.3)."""
    digits = color.removeprefix("#")
    if len(digits) != 6 or any(digit not in "0123456789abcdefABCDEF" for digit in digits):
        return False
    parts = [int(digits[at : at + 2], 16) / 255 for at in (0, 2, 4)]
    linear = [p / 12.92 if p <= 0.04045 else ((p + 0.055) / 1.055) ** 2.4 for p in parts]
    light = 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]
    return 1.05 / (light + 0.05) >= 4.5


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


def _row(row: Evidence, *, used: bool, bar: Bar | None, clock: Clock) -> Row:
    return Row(
        number=row.number,
        used=used,
        strong=row.kind == "student",
        clock=_clocks(row, clock),
        text=row.text,
        said=unquoted(row.said),
        plate=row.plate,
        detail="" if row.kind == "structure" else _detail(row),
        bar=bar,
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


__all__ = ["RULE_VERSION", "Brand", "Cover", "Reply", "Report", "report"]
