"""Which sweeps count: enough of the room, not more than the room, and not too soon."""

import math
from collections.abc import Mapping
from dataclasses import dataclass

from rules.discourse.given import CheckInput, SweepInput
from rules.discourse.thresholds import DEFAULT, Thresholds
from rules.discourse.vocabulary import CATEGORIES


@dataclass(frozen=True)
class Look:
    """One sweep ready to be judged: when (milliseconds), who did what, and of how many."""

    at_ms: int
    counts: tuple[int, ...]
    present: int | None

    @property
    def total(self) -> int:
        """Students counted in this sweep."""
        return sum(self.counts)

    def count(self, categories: tuple[str, ...]) -> int:
        """Students in any of these categories."""
        return sum(self.counts[CATEGORIES.index(name)] for name in categories)


def judge_sweeps(given: CheckInput, thresholds: Thresholds = DEFAULT) -> tuple[str, ...]:
    """For each sweep, in the order given: `valid`, `over`, `short`, `too_soon` or `no_present`."""
    return tuple(outcome for _, outcome in judged(given, thresholds))


def sweep_note(outcome: str, total: int, present: int | None, thresholds: Thresholds) -> str:
    """Why a sweep does not count, as the phone shows it; empty where it counts."""
    match outcome:
        case "over":
            return f"not counted: {total} of {present}"
        case "short":
            needed = math.ceil((present or 0) * thresholds.min_coverage - 1e-9)
            return f"needs {needed} of {present} to count"
        case "too_soon":
            return "too soon after the last one"
        case "no_present":
            return "needs the number of students present"
        case _:
            return ""


def judged(given: CheckInput, thresholds: Thresholds) -> list[tuple[Look, str]]:
    """Every sweep with its outcome, in the order given."""
    looks = [_look(sweep, given.n) for sweep in given.sweeps]
    outcomes = [""] * len(looks)
    last_ms: int | None = None
    # Ties in time are settled by content, so that the order of a list never matters.
    for i in sorted(range(len(looks)), key=lambda i: _order(looks[i])):
        look = looks[i]
        outcomes[i] = _coverage(look, thresholds)
        if outcomes[i] != "valid":
            continue
        if last_ms is not None and look.at_ms - last_ms < thresholds.min_gap_s * 1000:
            outcomes[i] = "too_soon"
        else:
            last_ms = look.at_ms
    return list(zip(looks, outcomes, strict=True))


def valid_looks(given: CheckInput, thresholds: Thresholds) -> list[Look]:
    """The sweeps that count, first to last."""
    looks = [look for look, outcome in judged(given, thresholds) if outcome == "valid"]
    return sorted(looks, key=_order)


def last_present(given: CheckInput) -> int | None:
    """n, or the number present at the last sweep that says so where n was never recorded."""
    if given.n is not None:
        return given.n
    looks = sorted((_look(sweep, None) for sweep in given.sweeps), key=_order)
    said = [look.present for look in looks if look.present is not None]
    return said[-1] if said else None


def _look(sweep: SweepInput, n: int | None) -> Look:
    own = sweep[2] if len(sweep) == 3 else None
    counts: Mapping[str, int] = sweep[1]
    return Look(
        # Whole milliseconds: a span of exactly four minutes must not be lost to a binary fraction.
        at_ms=math.floor(sweep[0] * 1000 + 0.5),
        counts=tuple(counts.get(name, 0) for name in CATEGORIES),
        present=n if own is None else own,
    )


def _order(look: Look) -> tuple[int, int, tuple[int, ...]]:
    return look.at_ms, -1 if look.present is None else look.present, look.counts


def _coverage(look: Look, thresholds: Thresholds) -> str:
    if not look.present:
        return "no_present" if look.present is None else "over"
    if look.total > look.present + 1:
        return "over"
    # Dividing keeps exact fractions exact; multiplying .8 by N would not.
    return "valid" if look.total / look.present >= thresholds.min_coverage else "short"
