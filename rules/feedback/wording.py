"""Wording: the small turns of phrase that draft sentences are made of."""

from collections.abc import Iterable, Sequence
from datetime import datetime

from rules.feedback.evidence import Clock

LONGEST_QUOTE = 140
# Counts that differ by no more than this read better as a range.
LEVEL = 2
NUMBER_WORDS = (
    "no", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten",
    "eleven", "twelve",
)  # fmt: skip
TIMES_WORDS = {1: "once", 2: "twice"}
OPENERS = "“‘\"'"
CLOSERS = "”’\"'"


def number(count: int) -> str:
    """Return a count in words up to twelve, in digits above."""
    return NUMBER_WORDS[count] if 0 <= count < len(NUMBER_WORDS) else str(count)


def times(count: int) -> str:
    """Return how often: once, twice, three times, 12 times."""
    return TIMES_WORDS.get(count, f"{number(count)} times")


def people(count: int, of: int) -> str:
    """Return a count of people before anything else: "11 of 24 students"."""
    return f"{count} of {of} student{'' if of == 1 else 's'}"


def listed(parts: Sequence[str]) -> str:
    """Return parts as a plain list: "a", "a and b", "a, b and c"."""
    if len(parts) < 2:
        return "".join(parts)
    return f"{', '.join(parts[:-1])} and {parts[-1]}"


def capital(text: str) -> str:
    """Return text with its first letter upper case and the rest untouched."""
    return text[:1].upper() + text[1:]


def lowered(text: str) -> str:
    """Return text ready to follow other words: lower first letter, names of letters kept."""
    first = text.split(" ", 1)[0]
    if first == "I" or first[1:] != first[1:].lower():
        return text
    return text[:1].lower() + text[1:]


def a(noun: str) -> str:
    """Return a noun with its article: "a seminar", "an inner circle"."""
    return f"{'an' if noun[:1].lower() in 'aeiou' else 'a'} {noun}"


def clause(text: str) -> str:
    """Return a phrase without surrounding space or closing full stop."""
    return text.strip().rstrip(".").rstrip()


def unquoted(words: str) -> str:
    """Return somebody's words on one line and without quotation marks around them."""
    return " ".join(words.split()).lstrip(OPENERS).rstrip(CLOSERS)


def quote(words: str) -> str | None:
    """Return somebody's words in curly quotation marks, or None where they are too long."""
    bare = unquoted(words)
    if not bare or len(bare) > LONGEST_QUOTE:
        return None
    return f"“{bare}”" if bare[-1] in ".?!…" else f"“{bare}.”"


def when(moments: Iterable[datetime], clock: Clock) -> str:
    """Return when something was seen, opening a sentence: "At 10:07 and 10:12"."""
    ordered = sorted(moments)
    shown = list(dict.fromkeys(clock(moment) for moment in ordered))
    if len(shown) == 1 and len(ordered) > 1:
        return f"{capital(times(len(ordered)))} at {shown[0]}"
    if len(ordered) < 3:
        return f"At {listed(shown)}"
    return f"{capital(times(len(ordered)))} between {shown[0]} and {shown[-1]}"


def series(counts: Sequence[tuple[int, int, datetime]], clock: Clock) -> str:
    """Return counts over time: "11 of 24 students at 10:06, 4 at 10:11 and 3 at 10:15".

    Each count is (students, of how many, when). Many counts, or counts that hardly differ, are
    given as lowest to highest: "from 10:06 to 10:15, 25 to 26 of 28 students".
    """
    values = [count for count, _, _ in counts]
    if len(counts) > 4 or (len(counts) > 2 and max(values) - min(values) <= LEVEL):
        return _span(counts, clock)
    parts, before = [], None
    for count, of, at in counts:
        shown = people(count, of) if before is None else str(count)
        if before not in (None, of):
            shown = f"{count} of {of}"
        parts.append(f"{shown} at {clock(at)}")
        before = of
    return listed(parts)


def extent(values: Sequence[int]) -> str:
    """Return the lowest and highest of some counts: "1 to 3", or "3" where they agree."""
    low, high = min(values), max(values)
    return str(low) if low == high else f"{low} to {high}"


def were(values: Sequence[int]) -> str:
    """Return how many, with the verb that fits: "no student was", "1 was", "at most 2 were"."""
    low, high = min(values), max(values)
    if high == 0:
        return "no student was"
    if low == 0:
        return f"at most {high} {be([high])}"
    return f"{extent(values)} {be(values)}"


def be(values: Sequence[int]) -> str:
    """Return "was" for one person or none, "were" for more."""
    return "was" if max(values) < 2 else "were"


def _span(counts: Sequence[tuple[int, int, datetime]], clock: Clock) -> str:
    of = extent([total for _, total, _ in counts])
    values = extent([count for count, _, _ in counts])
    first, last = clock(counts[0][2]), clock(counts[-1][2])
    return f"from {first} to {last}, {values} of {of} students"
