"""What reading a roster finds beside the roster: refusals, and counts of what was left out."""

import re
from collections import Counter
from collections.abc import Callable
from typing import NoReturn

from rules.roster import LeftOut, Refusal, Roster

ADDRESS = re.compile(r"[^@\s,;<>\"]+@[^@\s,;<>\"]+\.[^@\s,;<>\".]+")

#: Called with a file's name and the rows read so far, now and then, for whoever shows progress.
Progress = Callable[[str, int], None]


class Refused(Exception):
    """Reading cannot go on: carries the refusal that says why."""

    def __init__(self, file: str, line: int | None, what: str, remedy: str) -> None:
        self.refusal = Refusal(file, line, what, remedy)
        super().__init__(self.refusal.sentence)


class Findings:
    """What reading finds beside the roster itself: refusals, and counts of what was left out."""

    # A file with this many faults is another kind of file; reading on would only be slow.
    enough = 1000
    shown = 100

    def __init__(self) -> None:
        self.refusals: list[Refusal] = []
        self.refused = 0
        self.faulty: set[str] = set()
        self.left_out: Counter[str] = Counter()
        self.students = 0

    def refuse(self, file: str, line: int | None, what: str, remedy: str) -> None:
        self.refused += 1
        self.faulty.add(file)
        if len(self.refusals) < self.shown:
            self.refusals.append(Refusal(file, line, what, remedy))
        if self.refused >= self.enough:
            self._stop(file, line)

    def stop(self, refusal: Refusal) -> Roster:
        """The roster of a file that could not be read to its end: only the reasons."""
        self.refused += 1
        self.refusals.append(refusal)
        return self.roster()

    def roster(self) -> Roster:
        return Roster(refusals=tuple(self.refusals), refused=self.refused, left_out=self.omitted())

    def omitted(self) -> tuple[LeftOut, ...]:
        return tuple(LeftOut(what, count) for what, count in sorted(self.left_out.items()))

    def _stop(self, file: str, line: int | None) -> NoReturn:
        raise Refused(
            file,
            line,
            f"reading stopped here after {self.enough} faults.",
            "Correct the ones above first; the rest are probably the same.",
        )


def is_address(text: str) -> bool:
    """Whether the text looks like one e-mail address; only a letter to it can say more."""
    return len(text) <= 254 and bool(ADDRESS.fullmatch(text))


def quoted(value: str, longest: int = 40) -> str:
    """A value from a file, fit to stand in a sentence: short, without control characters."""
    plain = "".join(letter if letter.isprintable() else " " for letter in value).strip()
    return f"“{plain}”" if len(plain) <= longest else f"“{plain[:longest]}…”"
