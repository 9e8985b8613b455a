"""Phases of mastery of a look-for, from evidence: starting, growing, strong.

A phase says where a practice stands in these visits. It is private to teacher and coach, it is
never a rating, and the teacher may move it with a reason.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final, Literal

Phase = Literal["starting", "growing", "strong"]

PHASES: Final[tuple[Phase, ...]] = ("starting", "growing", "strong")
VISITS = 4
GROWING = 2
STRONG = 3


@dataclass(frozen=True)
class Sighting:
    """What one visit holds on one look-for.

    `mark` is that of the visit, or None where the look-for was not tapped. `student` says whether
    a student's own words or answers in that visit stand behind it.
    """

    mark: str | None
    student: bool = False


@dataclass(frozen=True)
class Mastery:
    """A phase with the counts behind it: seen in `seen` of the last `of` visits."""

    phase: Phase
    seen: int
    of: int
    because: str


def mastery(sightings: Sequence[Sighting]) -> Mastery:
    """The phase of one look-for from its visits, newest first.

    The last four visits count in which it could be seen: those marked “no chance to see” or “not
    applicable” are stepped over. Seen in two of them is growing; seen in three, with a student's
    words or answers in at least one of the three, is strong. Everything else is starting.
    """
    looked = [one for one in sightings if one.mark not in ("no_chance", "not_applicable")][:VISITS]
    seen = [one for one in looked if one.mark == "seen"]
    heard = any(one.student for one in seen)
    phase = _phase(len(seen), heard=heard)
    return Mastery(phase, len(seen), len(looked), _because(len(seen), len(looked), heard=heard))


def _phase(seen: int, *, heard: bool) -> Phase:
    if seen >= STRONG and heard:
        return "strong"
    return "growing" if seen >= GROWING else "starting"


def _because(seen: int, of: int, *, heard: bool) -> str:
    if not of:
        return "No visit yet in which it could be seen"
    if of == 1:
        return "Seen in the last visit" if seen else "No sighting in the last visit"
    if not seen:
        return f"No sighting in the last {of} visits"
    told = f"Seen in {seen} of the last {of} visits"
    if seen >= STRONG:
        told += ", with students’ own words" if heard else ", no student’s own words yet"
    return told
