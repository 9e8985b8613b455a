"""What a roster says, as plain values, whichever file it came in.

There is no shape for a student here, and there must not be: students are counted while a file is
read and the count is all that is left of them.
"""

from dataclasses import dataclass, field
from typing import Literal

Role = Literal["teacher", "observer", "coach", "lead"]


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
    """A grown-up who works with students. `email` is lower case, or empty where none was given.

    `line` is where the file says so, for complaints; two people are the same wherever they stand.
    """

    source_id: str
    given_name: str
    family_name: str
    email: str
    roles: tuple[StaffRole, ...]
    active: bool = True
    line: int | None = field(default=None, compare=False)

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
    staff_file: str = "users.csv"
    nothing: bool = False
