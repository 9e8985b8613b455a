"""A plain CSV of staff, for districts without OneRoster: one line for each person and role.

The header names `name` (or `given name` and `family name`), `email`, `role` and `school`, in any
order and any case; `district` is needed once, for the first import. Roles are teacher, observer
(also principal, assistant principal), coach and lead. A person with several roles has several
lines. Such a list adds and changes; it never ends anybody, for it may be one school's list of many.
"""

from dataclasses import dataclass
from pathlib import Path
from typing import IO

from interchange.bundle import MAX_FILE, MIB
from interchange.findings import Findings, Progress, Refused, is_address, quoted
from interchange.table import Columns, Row, rows
from rules.roster import Org, Role, Roster, Staff, StaffRole

COLUMNS = Columns(
    required=("email", "role"),
    optional=("name", "given name", "family name", "school", "district", "sourcedId"),
)
HEADER = "name, email, role, school"
ROLES: dict[str, Role] = {
    "teacher": "teacher",
    "observer": "observer",
    "principal": "observer",
    "assistant principal": "observer",
    "vice principal": "observer",
    "coach": "coach",
    "instructional coach": "coach",
    "lead": "lead",
    "district lead": "lead",
}
LONGEST = 200


@dataclass(frozen=True)
class _Folder:
    path: Path

    def open(self, file: str) -> IO[bytes]:
        return (self.path / file).open("rb")


def read(path: Path, progress: Progress | None = None) -> Roster:
    """The roster in a plain CSV of staff; what is wrong with it is in `refusals`.

    Source ids are made of what the file has: `email:` and the address for a person, `school:` and
    the name in lower case for a school, `district:` and the name for the district.
    """
    findings = Findings()
    try:
        return _read(path, findings, progress)
    except Refused as refused:
        return findings.stop(refused.refusal)


def _read(path: Path, findings: Findings, progress: Progress | None) -> Roster:
    if not path.is_file():
        raise Refused(str(path), None, "there is no such file.", "Check the path.")
    if path.stat().st_size > MAX_FILE:
        what = f"the file has more than {MAX_FILE // MIB} MiB."
        raise Refused(path.name, None, what, "A list of staff is far smaller.")
    reading = _Reading(path.name, findings)
    for row in rows(_Folder(path.parent), path.name, COLUMNS, findings, progress):
        reading.take(row)
    return findings.roster() if findings.refused else reading.roster()


class _Reading:
    """What the lines read so far add up to."""

    def __init__(self, file: str, findings: Findings) -> None:
        self.file = file
        self.findings = findings
        self.district: Org | None = None
        self.schools: dict[str, Org] = {}
        self.names: dict[str, tuple[int, str, str]] = {}
        self.roles: dict[str, dict[StaffRole, None]] = {}

    def roster(self) -> Roster:
        staff = tuple(
            Staff(f"email:{email}", given, family, email, tuple(self.roles[email]), True, line)
            for email, (line, given, family) in self.names.items()
        )
        schools = tuple(self.schools.values())
        return Roster(self.district, schools, staff, staff_file=self.file, nothing=not staff)

    def take(self, row: Row) -> None:
        if row["sourcedId"]:
            # Most of its lines may be students, so that not one more of them is looked at.
            what = "this is one file of a OneRoster bundle."
            raise Refused(self.file, None, what, "Give the folder or zip of the whole bundle.")
        email = self._email(row)
        name = self._name(row)
        role = self._role(row)
        self._district(row)
        if email and name and role and self._same_name(row, email, name):
            self.names.setdefault(email, (row.line, *name))
            self.roles.setdefault(email, {})[role] = None

    def _refuse(self, row: Row, what: str, remedy: str) -> None:
        self.findings.refuse(self.file, row.line, what, remedy)

    def _email(self, row: Row) -> str:
        email = row["email"].lower()
        if not is_address(email):
            what = f"{quoted(email)} is not an e-mail address." if email else "the e-mail is empty."
            self._refuse(row, what, "Write one address, such as m.holt@example.org.")
            return ""
        return email

    def _name(self, row: Row) -> tuple[str, str] | None:
        given, family = row["given name"], row["family name"]
        if not (given or family):
            given, family = _split(row["name"])
        if not (given or family):
            self._refuse(row, "the name is empty.", f"The columns are: {HEADER}.")
            return None
        if max(len(given), len(family)) > LONGEST:
            self._refuse(row, f"the name has more than {LONGEST} characters.", "Shorten it.")
            return None
        return given, family

    def _same_name(self, row: Row, email: str, name: tuple[str, str]) -> bool:
        line, *known = self.names.get(email, (row.line, *name))
        if tuple(known) != name:
            what = f"the e-mail {quoted(email)} stands beside another name in line {line}."
            self._refuse(row, what, "Give each person their own address and one spelling.")
        return tuple(known) == name

    def _role(self, row: Row) -> StaffRole | None:
        said = row["role"].lower().replace("-", " ")
        if said not in ROLES:
            what = f"the role {quoted(row['role'])} is not one a roster can give."
            self._refuse(row, what, "Write teacher, observer, coach or lead.")
            return None
        role = ROLES[said]
        school = self._school(row)
        if school is None and role != "lead":
            self._refuse(row, "the school is empty.", "Write the name of the person’s school.")
            return None
        return StaffRole(None if role == "lead" else school, role, proposed=role != "teacher")

    def _school(self, row: Row) -> str | None:
        name = row["school"]
        if not name:
            return None
        if len(name) > LONGEST:
            self._refuse(row, f"the school has more than {LONGEST} characters.", "Shorten it.")
        return self.schools.setdefault(
            name.casefold(), Org(f"school:{name.casefold()}", name)
        ).source_id

    def _district(self, row: Row) -> None:
        name = row["district"]
        if not name:
            return
        if self.district is None:
            self.district = Org(f"district:{name.casefold()}", name)
        elif self.district.name != name:
            what = f"the district is {quoted(name)} here and {quoted(self.district.name)} above."
            self._refuse(row, what, "Import one district at a time.")


def _split(name: str) -> tuple[str, str]:
    """A name as given and family: at the comma of “Holt, Maya”, else before the last word."""
    family, comma, given = name.partition(",")
    if comma:
        return given.strip(), family.strip()
    *first, last = name.split() or [""]
    return " ".join(first), last
