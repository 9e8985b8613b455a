"""The same findings in three wordings: for staff, for families, for the board."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from rules.trends.band import Rate
from rules.trends.heat import Line

READERS: Final[Mapping[str, str]] = {
    "staff": "For staff",
    "families": "For families",
    "board": "For the board",
}
MOST_NAMED = 3


@dataclass(frozen=True, slots=True)
class Findings:
    """What a term showed: totals by question, and look-fors with theirs."""

    term: str
    totals: Mapping[str, Rate | None]
    lines: Sequence[Line]

    @property
    def seen(self) -> list[tuple[Line, Rate]]:
        """Look-fors that could be shown, most often seen first; watch-outs are not among them."""
        found = [(line, rate) for line in self.lines if (rate := self.totals.get(line.key))]
        kept = [(line, rate) for line, rate in found if line.shelf != "watch-outs"]
        return sorted(kept, key=lambda one: (-one[1].percent, one[0].key))

    @property
    def least(self) -> list[tuple[Line, Rate]]:
        """Those least often seen, the least first; none of those named as seen most often."""
        return self.seen[MOST_NAMED:][: -MOST_NAMED - 1 : -1]


def paragraphs(findings: Findings, reader: str) -> list[str]:
    """The findings for one kind of reader, as plain sentences without names of tools."""
    said = {"staff": _staff, "families": _families, "board": _board}[reader](findings)
    return [sentence for sentence in said if sentence] or [
        f"For {findings.term} nothing can be shown without picking somebody out."
    ]


def _staff(of: Findings) -> list[str]:
    kept, lost = of.totals.get("talk:preserved"), of.totals.get("talk:displaced")
    read, answered = of.totals.get("loop:read"), of.totals.get("loop:answered")
    return [
        _counted(
            kept,
            "In {term}, talk about the content was kept in {yes} of {n} visits that had "
            "enough evidence to tell ({range}).",
            of,
        ),
        _counted(
            lost,
            "In {yes} of {n} it was displaced: students worked alone on devices and "
            "nobody was heard building on another’s idea.",
            of,
        ),
        _named("Seen most often, where it was looked for: ", of.seen[:MOST_NAMED]),
        _named("Worth a common look: ", of.least),
        _counted(read, "Feedback was read after {yes} of {n} visits.", of),
        _counted(answered, "Teachers answered after {yes} of {n}.", of),
        "These are counts of minutes in rooms, and speak of no person.",
    ]


def _families(of: Findings) -> list[str]:
    kept = of.totals.get("talk:preserved")
    return [
        _counted(
            kept,
            "Students learn from talking with each other. In {term}, visitors found that "
            "talk in {yes} of the {n} lessons where they stayed long enough to tell.",
            of,
        ),
        _named("What they often saw: ", of.seen[:MOST_NAMED]),
        "Visitors stay a few minutes, look at what students do, and tell the teacher what they "
        "saw. No student is named, recorded or rated.",
    ]


def _board(of: Findings) -> list[str]:
    kept, lost = of.totals.get("talk:preserved"), of.totals.get("talk:displaced")
    same_day, read = of.totals.get("loop:same_day"), of.totals.get("loop:read")
    return [
        _counted(kept, "{term}: talk about the content was kept in {yes} of {n} visits "
                 "({percent} %, {range}).", of),
        _counted(lost, "It gave way to solitary work on devices in {yes} of {n} ({percent} %).",
                 of),
        _counted(same_day, "Teachers received feedback on the day of the visit in {yes} of {n} "
                 "cases.", of),
        _counted(read, "They had read it in {yes} of {n} when the month was counted.", of),
        _named("Practice the district can build on: ", of.seen[:MOST_NAMED]),
        _named("Where support would help most: ", of.least),
        "Figures rest on shared walkthroughs only. Small groups are left out so that no teacher "
        "can be picked out, and no school or teacher is ranked.",
    ]  # fmt: skip


def _counted(rate: Rate | None, words: str, of: Findings) -> str:
    if rate is None:
        return ""
    return words.format(
        term=of.term,
        yes=rate.yes,
        n=rate.n,
        percent=rate.percent,
        range=f"plausibly {rate.low} to {rate.high} %",
    )


def _named(words: str, found: Sequence[tuple[Line, Rate]]) -> str:
    if not found:
        return ""
    each = [f"{line.statement} ({rate.yes} of {rate.n})" for line, rate in found]
    return f"{words}{'; '.join(each)}."
