"""Coverage: which components have look-fors, which are left unblended on purpose, which happen.

A component is *held* when a look-for is aligned to it, or when somebody decided, with a reason,
to protect it or to refrain from blending it: that is a plan, not an absence. Everything else is
open. What was seen in visits is told first, because practice comes before paper.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

STANCES = {
    "protect": "Protected",
    "balance": "Balanced",
    "refrain": "Not blended on purpose",
}
STANCE_MEANS = {
    "protect": "It stays as strong as it is; devices may work around it, never instead of it.",
    "balance": "Part of it is blended and part is not, and the plan says which.",
    "refrain": "It is taught without devices or separate paths.",
}
COUNTS_AS_ALIGNED = ("protect", "refrain")
"""A balanced component is blended in part, so it still needs a look-for for that part."""


@dataclass(frozen=True)
class Part:
    """One component as coverage needs it."""

    id: str
    parent: str | None
    plate: str
    name: str
    discourse_linked: bool = False


@dataclass(frozen=True)
class Decision:
    """A stance in force."""

    component: str
    stance: str
    unit: str
    reason: str
    where: str = ""

    @property
    def words(self) -> str:
        """“Not blended on purpose, in Fractions, Lincoln Middle School”."""
        places = [f"in {self.unit}" if self.unit else "", self.where]
        return ", ".join([STANCES[self.stance], *(place for place in places if place)])


@dataclass(frozen=True)
class Sightings:
    """In how many visits, to how many rooms, something was seen."""

    visits: int = 0
    rooms: int = 0


@dataclass(frozen=True)
class Row:
    """What is known about one component: look-fors by key, decisions, sightings."""

    part: Part
    look_fors: tuple[str, ...] = ()
    decisions: tuple[Decision, ...] = ()
    seen: Sightings = Sightings()

    @property
    def aligned(self) -> bool:
        """Whether a look-for or a decision holds it."""
        return bool(self.look_fors) or self.on_purpose

    @property
    def on_purpose(self) -> bool:
        """Whether it is protected, or left unblended for a reason."""
        return any(each.stance in COUNTS_AS_ALIGNED for each in self.decisions)


@dataclass(frozen=True)
class Coverage:
    """A framework’s components in order, each with what holds it; and look-fors without one."""

    rows: tuple[Row, ...]
    loose: tuple[str, ...]

    @property
    def happening(self) -> tuple[Row, ...]:
        """Seen in visits, the most often seen first."""
        seen = [row for row in self.rows if row.seen.visits]
        return tuple(sorted(seen, key=lambda row: -row.seen.visits))

    @property
    def on_purpose(self) -> tuple[Row, ...]:
        """With a decision that counts as alignment."""
        return tuple(row for row in self.rows if row.on_purpose)

    @property
    def held(self) -> tuple[Row, ...]:
        """Aligned by look-for or by decision."""
        return tuple(row for row in self.rows if row.aligned)

    @property
    def open(self) -> tuple[Row, ...]:
        """Neither a look-for nor a decision that counts: a gap, or work still to do."""
        return tuple(row for row in self.rows if not row.aligned)


def coverage(
    parts: Iterable[Part],
    ties: Iterable[tuple[str, str]],
    look_fors: Iterable[str],
    decisions: Iterable[Decision] = (),
    seen: Mapping[str, tuple[frozenset[str], frozenset[str]]] | None = None,
) -> Coverage:
    """What holds each component that can be observed.

    parts: every component of the framework, in order; those with children are headings and are
    left out unless a look-for is tied to them. ties: (look-for, component) pairs. seen: for each
    look-for the visits and the rooms in which it was seen; a visit in which two look-fors of a
    component were seen counts once.
    """
    every = list(parts)
    headings = {part.parent for part in every}
    tied: dict[str, list[str]] = {}
    for look_for, component in ties:
        tied.setdefault(component, []).append(look_for)
    said: dict[str, list[Decision]] = {}
    for decision in decisions:
        said.setdefault(decision.component, []).append(decision)
    rows = tuple(
        Row(
            part,
            tuple(tied.get(part.id, ())),
            tuple(said.get(part.id, ())),
            _sightings(tied.get(part.id, ()), seen or {}),
        )
        for part in every
        if part.id not in headings or part.id in tied or part.id in said
    )
    bound = {look_for for row in rows for look_for in row.look_fors}
    return Coverage(rows, tuple(each for each in look_fors if each not in bound))


def _sightings(
    look_fors: Iterable[str], seen: Mapping[str, tuple[frozenset[str], frozenset[str]]]
) -> Sightings:
    visits: set[str] = set()
    rooms: set[str] = set()
    for look_for in look_fors:
        of_visits, of_rooms = seen.get(look_for, (frozenset(), frozenset()))
        visits |= of_visits
        rooms |= of_rooms
    return Sightings(len(visits), len(rooms))
