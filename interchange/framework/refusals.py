"""Why a framework's file cannot be taken: what, where in the file, and what to do."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

MOST_SHOWN = 50


@dataclass(frozen=True)
class Fault:
    """One thing wrong; `place` is a cell, a line or a path in the file, or empty for all of it.

    `what` has no full stop, `remedy` is a whole sentence.
    """

    file: str
    place: str
    what: str
    remedy: str

    def __str__(self) -> str:
        where = f"{self.file}, {self.place}" if self.place else self.file
        return f"{where}: {self.what}. {self.remedy}"


class NotRead(ValueError):
    """Raised where a file cannot be taken as it stands; carries what is wrong, in file order."""

    def __init__(self, faults: Iterable[Fault]) -> None:
        found = list(dict.fromkeys(faults))
        self.faults = tuple(found[:MOST_SHOWN])
        if len(found) > MOST_SHOWN:
            what = f"{len(found) - MOST_SHOWN} more faults follow"
            remedy = "Mend the ones above first; the rest are probably the same."
            self.faults += (Fault(found[0].file, "", what, remedy),)
        super().__init__("\n".join(str(fault) for fault in self.faults))


def refused(file: str, what: str, remedy: str, place: str = "") -> NotRead:
    """One fault that ends the reading."""
    return NotRead([Fault(file, place, what, remedy)])
