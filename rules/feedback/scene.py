"""The scene of a draft: one walk's evidence, its check and its wording, looked at together."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Any, Literal

from rules.capture import Observed
from rules.discourse import Check
from rules.feedback.evidence import Clock, Evidence, LookForView

Slot = Literal["strength", "discourse", "step", "question"]
Author = Literal["rules", "person"]

TALK = ("peer", "teacher")
SOLO = ("device", "headphones")


@dataclass(frozen=True)
class Sentence:
    """One sentence of feedback: its place, its words, the events behind it, and why it is here.

    `by` says who worded it: "rules" sentences always carry evidence, a person's may have none.
    """

    slot: Slot
    text: str
    evidence: tuple[str, ...]
    because: str
    by: Author

    def as_dict(self) -> dict[str, Any]:
        """The sentence in plain values, to be kept."""
        return {**vars(self), "evidence": [*self.evidence]}


@dataclass(frozen=True)
class Scene:
    """Everything a draft may look at, and nothing else."""

    observed: Observed
    check: Check
    rows: tuple[Evidence, ...]
    look_fors: Mapping[str, LookForView]
    clock: Clock

    @cached_property
    def looks(self) -> tuple[Evidence, ...]:
        """Return the sweeps that count for the check, in order."""
        return tuple(row for row in self.rows if row.kind == "sweep" and row.counted)

    @cached_property
    def verdict(self) -> str:
        """Return the verdict that stands: the observer's where there is one."""
        override = self.observed.override
        return override.verdict if override else self.check.verdict

    def of_kind(self, kind: str) -> tuple[Evidence, ...]:
        """Return the rows of one kind, in order."""
        return tuple(row for row in self.rows if row.kind == kind)

    def seen(self, look_for: str) -> tuple[Evidence, ...]:
        """Return the rows in which this look-for was marked seen, in order."""
        return tuple(r for r in self.rows if r.look_for == look_for and r.mark == "seen")


def counted(row: Evidence, *categories: str) -> int:
    """Return how many students a sweep put into these categories, all of them if none named."""
    counts = row.counts or {}
    return sum(counts.get(name, 0) for name in categories or tuple(counts))


def events_of(rows: tuple[Evidence, ...] | list[Evidence]) -> tuple[str, ...]:
    """Return the ids of all events behind some rows, each once, in order."""
    return tuple(dict.fromkeys(event for row in rows for event in row.events))
