"""classes.csv with courses.csv and enrollments.csv: what is taught, where, by whom, to how many."""

from collections import Counter
from dataclasses import dataclass, field

from interchange.findings import quoted
from interchange.oneroster.orgs import Orgs
from interchange.oneroster.reading import Reading, several
from interchange.oneroster.users import People
from interchange.table import Columns, Row
from rules.roster import RosterClass

CLASSES = Columns(
    required=("sourcedId", "title", "schoolSourcedId"),
    optional=(
        "status",
        "grades",
        "courseSourcedId",
        "classCode",
        "location",
        "subjects",
        "periods",
    ),
)
COURSES = Columns(required=("sourcedId",), optional=("status", "title", "grades", "subjects"))
ENROLLMENTS = Columns(
    required=("classSourcedId", "userSourcedId", "role"), optional=("status", "primary")
)
GRADES = {"KG": "K", "OTHER": "", "UG": ""}  # the rest of the codes read as people say them


@dataclass(frozen=True)
class _Course:
    title: str
    subject: str
    grade: str


@dataclass
class _Taught:
    """Who teaches each class, the primary teacher first, and how many students it has."""

    primary: dict[str, dict[str, None]] = field(default_factory=dict)
    beside: dict[str, dict[str, None]] = field(default_factory=dict)
    students: Counter[str] = field(default_factory=Counter)

    def teachers(self, key: str) -> tuple[str, ...]:
        return tuple({**self.primary.get(key, {}), **self.beside.get(key, {})})


def read_classes(reading: Reading, orgs: Orgs, people: People) -> tuple[RosterClass, ...]:
    courses = _read_courses(reading)
    found: dict[str, RosterClass] = {}
    for row in reading.rows("classes", CLASSES):
        if taught := _class(reading, row, orgs, courses):
            found[taught.source_id] = taught
    enrolled = _read_enrollments(reading, found, people)
    return tuple(_with_people(taught, enrolled) for taught in found.values())


def _with_people(found: RosterClass, enrolled: _Taught) -> RosterClass:
    return RosterClass(
        found.source_id,
        found.school,
        found.name,
        found.subject,
        found.grade,
        found.period,
        found.room,
        enrolled.teachers(found.source_id),
        enrolled.students[found.source_id],
        found.active,
    )


def _read_courses(reading: Reading) -> dict[str, _Course]:
    return {
        row["sourcedId"]: _Course(row["title"], _listed(row["subjects"]), _grades(row["grades"]))
        for row in reading.rows("courses", COURSES)
    }


def _class(
    reading: Reading, row: Row, orgs: Orgs, courses: dict[str, _Course]
) -> RosterClass | None:
    active = reading.active("classes", row)
    key = reading.key("classes", row)
    school = _school(reading, row, orgs) if active else ""
    course = courses.get(row["courseSourcedId"])
    if course is None:
        if row["courseSourcedId"] and courses and active:
            reading.leave_out("names of courses that are not in courses.csv")
        course = _Course("", "", "")
    name = reading.text("classes", row, "title") or course.title or row["classCode"]
    if not name and active:
        reading.refuse("classes", row, "the title is empty.", "Write the name of the class.")
    home = orgs.schools.get(school)
    return (
        RosterClass(
            source_id=key,
            school=school,
            name=name,
            subject=_listed(reading.text("classes", row, "subjects")) or course.subject,
            grade=_grades(reading.text("classes", row, "grades")) or course.grade,
            period=_listed(reading.text("classes", row, "periods")),
            room=reading.text("classes", row, "location"),
            active=active and (home is None or home.active),
        )
        if key
        else None
    )


def _school(reading: Reading, row: Row, orgs: Orgs) -> str:
    said = row["schoolSourcedId"]
    school = orgs.homes.get(said)
    if said not in orgs.homes:
        what = f"the school {quoted(said)} is not in orgs.csv." if said else "it names no school."
        remedy = "Write the sourcedId of a school in orgs.csv."
        reading.refuse_dangling("classes", row, "orgs", what, remedy)
    elif school is None:
        what = f"the org {quoted(said)} is not a school."
        reading.refuse("classes", row, what, "Write the sourcedId of a school in orgs.csv.")
    return school or ""


def _read_enrollments(reading: Reading, classes: dict[str, RosterClass], people: People) -> _Taught:
    taught = _Taught()
    if not classes:
        return taught
    for row in reading.rows("enrollments", ENROLLMENTS):
        role = row["role"].lower()
        if role == "student":
            _count(reading, row, classes, taught)
        elif role != "teacher":
            reading.leave_out("enrollments of aides and others")
        elif reading.active("enrollments", row):
            _add_teacher(reading, row, classes, people, taught)
    return taught


def _count(reading: Reading, row: Row, classes: dict[str, RosterClass], taught: _Taught) -> None:
    """One more student in the class. Whose row it is is never looked at."""
    if not reading.active("enrollments", row):
        return
    if row["classSourcedId"] in classes:
        taught.students[row["classSourcedId"]] += 1
    else:
        reading.leave_out("student enrollments in classes that are not in classes.csv")


def _add_teacher(
    reading: Reading,
    row: Row,
    classes: dict[str, RosterClass],
    people: People,
    taught: _Taught,
) -> None:
    key, teacher = row["classSourcedId"], row["userSourcedId"]
    if key not in classes:
        what = f"the class {quoted(key)} is not in classes.csv."
        remedy = "Add the class, or take this row out."
        reading.refuse_dangling("enrollments", row, "classes", what, remedy)
    elif teacher in people.others:
        reading.leave_out("enrollments of aides and others")
    elif teacher not in people.staff:
        what = f"the teacher {quoted(teacher)} is not among the staff in users.csv."
        remedy = "Add the person, or take this row out."
        reading.refuse_dangling("enrollments", row, "users", what, remedy)
    elif people.staff[teacher].active:
        first = row["primary"].lower() in ("true", "1", "yes")
        (taught.primary if first else taught.beside).setdefault(key, {})[teacher] = None


def _listed(cell: str) -> str:
    return ", ".join(several(cell))


def _grades(cell: str) -> str:
    """Grades as people say them: `09` is 9, `KG` is K, `06,07` is 6, 7."""
    grades = (GRADES.get(grade.upper(), grade.lstrip("0") or grade) for grade in several(cell))
    return ", ".join(dict.fromkeys(grade for grade in grades if grade))
