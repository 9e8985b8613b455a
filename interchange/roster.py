"""What a roster says, as plain values, whichever file it came in.

There is no shape for a student here, and there must not be: students are counted while a file is
read and the count is all that is left of them.
"""

import re
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass
from typing import Literal, NoReturn

Role = Literal["teacher", "observer", "coach", "lead"]

ADDRESS = re.compile(r"[^@\s,;<>\"]+@[^@\s,;<>\"]+\.[^@\s,;<>\".]+")

#: Called with a file's name and the rows read so far, now and then, for whoever shows progress.
Progress = Callable[[str, int], None]


@dataclass(frozen=True)
class Org:
    """A district or a school; `source_id` is the sender's own key for it."""

    source_id: str
    name: str
    active: bool = True


@dataclass(frozen=True)
class StaffRole:
    """A role at a school, or in the whole district where `school` is None.

    `school` is a source id. `proposed` means that a person must agree before it opens anything.
    """

    school: str | None
    role: Role
    proposed: bool = False


@dataclass(frozen=True)
class Staff:
    """A grown-up who works with students. `email` is lower case, or empty where none was given."""

    source_id: str
    given_name: str
    family_name: str
    email: str
    roles: tuple[StaffRole, ...]
    active: bool = True

    @property
    def name(self) -> str:
        return f"{self.given_name} {self.family_name}".strip()


@dataclass(frozen=True)
class RosterClass:
    """A class as it is taught: `school` and `teachers` are source ids, the primary teacher first.

    Anything the file did not say is an empty string, and `student_count` is a number of students.
    """

    source_id: str
    school: str
    name: str
    subject: str = ""
    grade: str = ""
    period: str = ""
    room: str = ""
    teachers: tuple[str, ...] = ()
    student_count: int = 0
    active: bool = True


@dataclass(frozen=True)
class Refusal:
    """Why something cannot be read: `line` is None where the whole file is meant."""

    file: str
    line: int | None
    what: str
    remedy: str

    @property
    def sentence(self) -> str:
        place = self.file if self.line is None else f"{self.file}, line {self.line}"
        return f"{place}: {self.what} {self.remedy}"


@dataclass(frozen=True)
class LeftOut:
    """Rows that were understood and have no place here, such as parents: a kind and how many."""

    what: str
    count: int


@dataclass(frozen=True)
class Roster:
    """All that a roster said.

    `told` names the parts it speaks for completely (`schools`, `staff`, `classes`, and `teaching`
    for who teaches them): whoever is missing from such a part has ended. `refused` counts every
    refusal, `refusals` holds the first of them. Where `refused` is not 0, nothing of the roster
    should be applied.
    """

    district: Org | None = None
    schools: tuple[Org, ...] = ()
    staff: tuple[Staff, ...] = ()
    classes: tuple[RosterClass, ...] = ()
    refusals: tuple[Refusal, ...] = ()
    refused: int = 0
    left_out: tuple[LeftOut, ...] = ()
    students: int = 0
    told: frozenset[str] = frozenset()
    nothing: bool = False


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
