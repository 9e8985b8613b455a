"""The letter: the plain values that a page and a PDF show of one shared version."""

from base64 import b64encode
from dataclasses import dataclass, field

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
    flags: tuple[str, ...] = ()
    """Why it is not to be used for evaluation, one sentence each."""
    marks: tuple[tuple[str, str], ...] = ()
    """Look-for id and mark, for a self-view to stand beside."""

    @property
    def long(self) -> bool:
        """Return whether the evidence will not fit one page beside what stands next to it."""
        return sum(_height(row) for row in self.rows) > ONE_PAGE


def _height(row: Row) -> float:
    """Return how many lines a row takes, the space between rows and a bar counted as lines."""
    words = len(row.text) + len(row.detail)
    lines = 1 + words // LETTERS + -(-len(row.said) // LETTERS) + (row.bar is not None)
    return lines + 0.67


def _readable(color: str) -> bool:
    """Return whether #rrggbb has a contrast of 4.5 or more on white (WCAG 2.2, 1.4.3)."""
    digits = color.removeprefix("#")
    if len(digits) != 6 or any(digit not in "0123456789abcdefABCDEF" for digit in digits):
        return False
    parts = [int(digits[at : at + 2], 16) / 255 for at in (0, 2, 4)]
    linear = [p / 12.92 if p <= 0.04045 else ((p + 0.055) / 1.055) ** 2.4 for p in parts]
    light = 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]
    return 1.05 / (light + 0.05) >= 4.5
