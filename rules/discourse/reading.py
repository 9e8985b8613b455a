"""What a check answers: the verdict with everything needed to show and explain it."""

from collections.abc import Mapping
from dataclasses import dataclass

from rules.discourse.thresholds import RULE_VERSION, Thresholds
from rules.discourse.vocabulary import SHARE_CATEGORIES


@dataclass(frozen=True)
class Portion:
    """So many of so many."""

    count: int
    of: int

    @property
    def exact(self) -> float:
        """The unrounded share, 0 where there is nothing to share."""
        return self.count / self.of if self.of else 0.0

    @property
    def share(self) -> float | None:
        """The share to four places, None where there is nothing to share."""
        return round(self.count / self.of, 4) if self.of else None

    @property
    def percent(self) -> int:
        """Whole percent, halves upward, by whole-number arithmetic."""
        return (200 * self.count + self.of) // (2 * self.of) if self.of else 0

    def as_dict(self) -> dict[str, int]:
        """Plain values."""
        return {"count": self.count, "of": self.of}


@dataclass(frozen=True)
class TopicGroups:
    """How many students share a topic: groups of k_mass hold a range of approaches."""

    verdict: str
    topics: int = 0
    largest: int = 0
    in_mass: Portion = Portion(0, 0)
    in_four: Portion = Portion(0, 0)
    effective_topics: float = 0.0
    k_mass: int = 0
    k_thin: int = 0
    partly: bool = False

    def as_dict(self) -> dict[str, object]:
        """The keys of the published vectors; `partly` only where it is true."""
        if self.verdict == "not_recorded":
            return {"verdict": self.verdict}
        shown: dict[str, object] = {
            "verdict": self.verdict,
            "topics": self.topics,
            "largest": self.largest,
            "share_in_mass": self.in_mass.share,
            "share_in_four": self.in_four.share,
            "effective_topics": self.effective_topics,
            "k_mass": self.k_mass,
        }
        return shown | {"partly": True} if self.partly else shown


@dataclass(frozen=True)
class NextLook:
    """What would make the verdict firm: `sweeps`, going back at the `plan`, or `answers`.

    `after_s` is counted like the seconds of the sweeps given; `minutes` from the first that counts.
    """

    kind: str
    sweeps: int = 0
    after_s: float | None = None
    minutes: int | None = None
    planned: str | None = None
    questions: tuple[str, ...] = ()

    def as_dict(self) -> dict[str, object]:
        """Plain values."""
        return {
            "kind": self.kind,
            "sweeps": self.sweeps,
            "after_s": self.after_s,
            "minutes": self.minutes,
            "planned": self.planned,
            "questions": list(self.questions),
        }


@dataclass(frozen=True)
class Check:
    """One visit's verdict on academic talk, with its reasons, numbers and the rule used.

    `for_now` marks a live reading, and a displaced verdict while a question in `unanswered`
    (structure, uptake) was neither recorded nor answered.
    """

    verdict: str
    confidence: str | None
    reasons: tuple[str, ...]
    valid_sweeps: int
    counts: Mapping[str, int]
    portions: Mapping[str, Portion]
    lows: Mapping[str, Portion]
    highs: Mapping[str, Portion]
    topics: TopicGroups
    span_s: float
    first_s: float | None
    last_s: float | None
    present: int | None
    phase: str
    structure: str | None
    uptake: int
    planned: str | None
    unanswered: tuple[str, ...]
    sighting: Portion | None
    thresholds: Thresholds
    for_now: bool = False
    next_look: NextLook | None = None
    explain: str = ""
    rule_version: str = RULE_VERSION

    @property
    def student_moments(self) -> int:
        """Students counted in all the sweeps that count."""
        return sum(self.counts.values())

    @property
    def shares(self) -> dict[str, float | None]:
        """The five shares to four places, None where no sweep counts."""
        return {name: portion.share for name, portion in self.portions.items()}

    def expected(self) -> dict[str, object]:
        """Exactly the keys of the published vectors."""
        shown: dict[str, object] = {"verdict": self.verdict}
        if self.confidence is not None:
            shown["confidence"] = self.confidence
        shown["reasons"] = list(self.reasons)
        if self.verdict == "not_applicable":
            return shown
        shown["valid_sweeps"] = self.valid_sweeps
        shown["student_moments"] = self.student_moments
        return shown | self.shares | {"topics": self.topics.as_dict()}

    def as_dict(self) -> dict[str, object]:
        """Everything as plain values: the shape the phone's own check returns."""
        return {
            "verdict": self.verdict,
            "confidence": self.confidence,
            "reasons": list(self.reasons),
            "for_now": self.for_now,
            "unanswered": list(self.unanswered),
            "valid_sweeps": self.valid_sweeps,
            "student_moments": self.student_moments,
            "span_s": self.span_s,
            "first_s": self.first_s,
            "last_s": self.last_s,
            "present": self.present,
            "phase": self.phase,
            "structure": self.structure,
            "uptake": self.uptake,
            "planned": self.planned,
            "counts": dict(self.counts),
            "shares": self.shares,
            "portions": {name: self.portions[name].as_dict() for name in SHARE_CATEGORIES},
            "lows": {name: portion.as_dict() for name, portion in self.lows.items()},
            "highs": {name: portion.as_dict() for name, portion in self.highs.items()},
            "sighting": self.sighting.as_dict() if self.sighting else None,
            "topics": self.topics.as_dict(),
            "in_mass": self.topics.in_mass.as_dict(),
            "in_four": self.topics.in_four.as_dict(),
            "k_thin": self.topics.k_thin,
            "next_look": self.next_look.as_dict() if self.next_look else None,
            "explain": self.explain,
            "rule_version": self.rule_version,
            "thresholds": self.thresholds.as_dict(),
        }
