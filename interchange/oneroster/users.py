"""users.csv: staff are kept, students are counted, everyone else is left out."""

from dataclasses import dataclass, replace

from interchange.findings import is_address, quoted
from interchange.oneroster.orgs import Orgs
from interchange.oneroster.reading import Reading, several
from interchange.table import Columns, Row
from rules.roster import Role, RosterClass, Staff, StaffRole

# What is not named here never leaves the row: no password, telephone, identifier or user ids.
COLUMNS = Columns(
    required=("sourcedId", "role", "orgSourcedIds", "givenName", "familyName", "email"),
    optional=("status", "enabledUser", "username"),
)
TEACHERS = {"teacher"}
# 1.2 tells administrators apart by name; 1.1 only by where they are.
ADMINISTRATORS = {"administrator", "principal", "siteadministrator", "districtadministrator"}
ELSEWHERE = {
    "aide": "aides",
    "counselor": "counselors",
    "guardian": "guardians",
    "parent": "parents",
    "proctor": "proctors",
    "relative": "relatives",
    "systemadministrator": "system administrators",
}
YES = {"", "true", "1", "yes"}
NO = {"false", "0", "no"}


@dataclass(frozen=True)
class People:
    """`staff` by source id; `others` are the ids of aides and the like, who may be in a class."""

    staff: dict[str, Staff]
    others: frozenset[str]

    def with_schools_of(self, classes: tuple[RosterClass, ...]) -> tuple[Staff, ...]:
        """Everyone, where a teacher also belongs to each school in which they have a class."""
        schools: dict[str, dict[str, None]] = {}
        for taught in (found for found in classes if found.active):
            for teacher in taught.teachers:
                schools.setdefault(teacher, {})[taught.school] = None
        return tuple(_teaching(person, schools) for person in self.staff.values())


def _teaching(person: Staff, schools: dict[str, dict[str, None]]) -> Staff:
    if not any(role.role == "teacher" for role in person.roles):
        return person
    taught = tuple(StaffRole(school, "teacher") for school in schools.get(person.source_id, ()))
    kept = tuple(
        role for role in person.roles if role not in taught and (role.school or not taught)
    )
    return replace(person, roles=kept + taught)


def read_users(reading: Reading, orgs: Orgs) -> People:
    staff: dict[str, Staff] = {}
    others: set[str] = set()
    emails: dict[str, int] = {}
    for row in reading.rows("users", COLUMNS):
        role = "".join(letter for letter in row["role"].lower() if letter.isalpha())
        if role == "student":
            reading.findings.students += reading.active("users", row)
        elif role in ELSEWHERE:
            reading.leave_out(ELSEWHERE[role])
            others.add(row["sourcedId"])
        elif role not in TEACHERS | ADMINISTRATORS:
            what = f"the role {quoted(row['role'])} is not one OneRoster knows."
            reading.refuse("users", row, what, "Write teacher, administrator, aide or student.")
        elif person := _person(reading, row, role, orgs, emails):
            staff[person.source_id] = person
    return People(staff, frozenset(others))


def _person(
    reading: Reading, row: Row, role: str, orgs: Orgs, emails: dict[str, int]
) -> Staff | None:
    active = reading.active("users", row) and _enabled(reading, row)
    key = reading.key("users", row)
    given, family = (reading.text("users", row, name) for name in ("givenName", "familyName"))
    if not active:
        return Staff(key, given, family, "", (), False, row.line) if key else None
    if not (given or family):
        reading.refuse("users", row, "the name is empty.", "Write givenName and familyName.")
    email = _email(reading, row, emails)
    roles = _roles(reading, row, role, orgs)
    return Staff(key, given, family, email, roles, True, row.line) if key else None


def _enabled(reading: Reading, row: Row) -> bool:
    said = row["enabledUser"].lower()
    if said not in YES | NO:
        what = f"enabledUser is {quoted(row['enabledUser'])}."
        reading.refuse("users", row, what, "Write true or false.")
    return said not in NO


def _email(reading: Reading, row: Row, emails: dict[str, int]) -> str:
    """The address in lower case; the user name stands in where it is one and email is empty."""
    said = row["email"] or (row["username"] if is_address(row["username"]) else "")
    email = said.lower()
    if email and not is_address(email):
        what = f"{quoted(said)} is not an e-mail address."
        reading.refuse("users", row, what, "Write one address, such as m.holt@example.org.")
    elif email and (first := emails.setdefault(email, row.line)) != row.line:
        what = f"the e-mail {quoted(said)} is already used in line {first}."
        reading.refuse("users", row, what, "Give each person their own address, or join the rows.")
    return email


def _roles(reading: Reading, row: Row, role: str, orgs: Orgs) -> tuple[StaffRole, ...]:
    roles: dict[StaffRole, None] = {}
    for org in several(row["orgSourcedIds"]):
        if org not in orgs.homes:
            what = f"the org {quoted(org)} is not in orgs.csv."
            remedy = "Add the org’s row, or correct orgSourcedIds."
            reading.refuse_dangling("users", row, "orgs", what, remedy)
            continue
        school = orgs.homes[org]
        if school is None or orgs.schools[school].active:
            roles[StaffRole(school, *_role(role, school))] = None
    if not row["orgSourcedIds"]:
        what = "orgSourcedIds is empty."
        reading.refuse("users", row, what, "Write the sourcedId of the person’s school.")
    return tuple(roles)


def _role(role: str, school: str | None) -> tuple[Role, bool]:
    """Who administers a school is proposed as its observer; the district, as its lead."""
    if role in TEACHERS:
        return "teacher", False
    return ("lead", True) if school is None else ("observer", True)
