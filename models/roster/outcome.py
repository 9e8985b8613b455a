"""What taking a roster came to: how much of what was added, changed and ended."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import datetime
from typing import TYPE_CHECKING, Protocol

from rules.roster import Refusal

if TYPE_CHECKING:
    from models.district import District


class NotTaken(Exception):
    """The roster is well formed and does not fit what is here: carries the refusals."""

    def __init__(self, refusals: Iterable[Refusal]) -> None:
        self.refusals = tuple(refusals)
        super().__init__(" ".join(refusal.sentence for refusal in self.refusals))


class Ending(Protocol):
    """A row that is kept when what it stands for has ended."""

    ended_at: datetime | None


@dataclass
class Outcome:
    """Counts by noun. `made` is the district, if this roster made it.

    `proposed` are the roles that wait for an administrator, old and new.
    """

    at: datetime
    told: frozenset[str]
    added: Counter[str] = field(default_factory=Counter)
    changed: Counter[str] = field(default_factory=Counter)
    ended: Counter[str] = field(default_factory=Counter)
    proposed: int = 0
    district: District | None = None
    made: District | None = None

    def end(self, noun: str, row: Ending) -> None:
        """Ended is not deleted: visits and feedback keep their teacher and class."""
        if row.ended_at is None:
            row.ended_at = self.at
            self.ended[noun] += 1

    def keep(self, noun: str, row: Ending, **said: object) -> None:
        """Let a row say what the roster says; whoever had ended is back."""
        if update(row, **said, ended_at=None):
            self.changed[noun] += 1


def update(row: object, **said: object) -> bool:
    """Set what differs; whether anything did."""
    differs = {name: value for name, value in said.items() if getattr(row, name) != value}
    for name, value in differs.items():
        setattr(row, name, value)
    return bool(differs)


def made_up(source_id: str | None) -> bool:
    """Whether a key was made from a plain list, so that a real one may take its place."""
    return source_id is None or source_id.startswith(("district:", "school:", "email:"))
