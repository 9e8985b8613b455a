"""Makes OneRoster 1.1 bundles of invented people, well-formed or spoiled in one place."""

import csv
import io
import zipfile
from collections.abc import Iterable, Mapping
from pathlib import Path

COLUMNS = {
    "manifest": "propertyName value",
    "orgs": "sourcedId status dateLastModified name type identifier parentSourcedId",
    "academicSessions": (
        "sourcedId status dateLastModified title type startDate endDate parentSourcedId schoolYear"
    ),
    "courses": (
        "sourcedId status dateLastModified schoolYearSourcedId title courseCode grades"
        " orgSourcedId subjects subjectCodes"
    ),
    "classes": (
        "sourcedId status dateLastModified title grades courseSourcedId classCode classType"
        " location schoolSourcedId termSourcedIds subjects subjectCodes periods"
    ),
    "users": (
        "sourcedId status dateLastModified enabledUser orgSourcedIds role username userIds"
        " givenName familyName middleName identifier email sms phone agentSourcedIds grades"
        " password"
    ),
    "enrollments": (
        "sourcedId status dateLastModified classSourcedId schoolSourcedId userSourcedId role"
        " primary beginDate endDate"
    ),
    "demographics": "sourcedId status dateLastModified birthDate sex",
}
HEADERS = {name: columns.split() for name, columns in COLUMNS.items()}
ABSENT = ["categories", "classResources", "courseResources", "lineItems", "resources", "results"]
Table = list[dict[str, str]]


class Made:
    """A bundle as tables of cells; write it as a folder or a zip once it is as you want it."""

    def __init__(self, tables: Mapping[str, Table]) -> None:
        self.tables = {name: [dict(row) for row in table] for name, table in tables.items()}
        self.headers = {name: list(HEADERS[name]) for name in self.tables}

    def row(self, table: str, source_id: str) -> dict[str, str]:
        return next(row for row in self.tables[table] if row["sourcedId"] == source_id)

    def add(self, table: str, **cells: str) -> None:
        self.tables[table].append(cells)

    def drop(self, table: str, source_id: str) -> None:
        self.tables[table].remove(self.row(table, source_id))

    def text(self, table: str, delimiter: str = ",", newline: str = "\r\n") -> str:
        out = io.StringIO()
        header = self.headers[table]
        writer = csv.DictWriter(
            out, header, "", extrasaction="ignore", delimiter=delimiter, lineterminator=newline
        )
        writer.writeheader()
        writer.writerows(self.tables[table])
        return out.getvalue()

    def folder(self, path: Path, encoding: str = "utf-8", **style: str) -> Path:
        path.mkdir(parents=True, exist_ok=True)
        for name in self.tables:
            (path / f"{name}.csv").write_bytes(self.text(name, **style).encode(encoding))
        return path

    def zip(self, path: Path, inside: str = "") -> Path:
        with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
            for name in self.tables:
                archive.writestr(f"{inside}{name}.csv", self.text(name))
        return path


def manifest(files: Iterable[str]) -> Table:
    said = {"manifest.version": "1.0", "oneroster.version": "1.1"}
    said |= {f"file.{name}": "bulk" for name in files if name != "manifest"}
    said |= {f"file.{name}": "absent" for name in ABSENT}
    said["source.systemName"] = "Invented SIS"
    return [{"propertyName": key, "value": value} for key, value in said.items()]


def header_only() -> Made:
    tables: dict[str, Table] = {name: [] for name in HEADERS}
    tables["manifest"] = manifest(HEADERS)
    return Made(tables)


def district(schools: int = 2, teachers: int = 3, classes: int = 2, students: int = 4) -> Made:
    """A district: `teachers` a school, `classes` a teacher, `students` a class.

    The keys say what they are: `school-1`, `teacher-1-2` (second at school 1), `class-1-2-1`.
    """
    made = header_only()
    _org(made, "district", "Juniper Bend Unified School District", "district", "")
    _user(made, "lead", "administrator", "district", "Ruth", "Adeyemi")
    for number in range(1, schools + 1):
        _school(made, f"{number}", teachers, classes, students)
    return made


def _school(made: Made, number: str, teachers: int, classes: int, students: int) -> None:
    school = f"school-{number}"
    _org(made, school, f"Juniper School {number}", "school", "district")
    _user(made, f"head-{number}", "administrator", school, "Imre", f"Holloway{number}")
    for place in range(1, teachers + 1):
        teacher = f"teacher-{number}-{place}"
        _user(made, teacher, "teacher", school, "Noor", f"Vance{number}x{place}")
        for which in range(1, classes + 1):
            _class(made, f"class-{number}-{place}-{which}", school, teacher, students)
    for student in range(students):
        _user(made, f"student-{number}-{student}", "student", school, "Child", f"Secret{student}")
        made.add("demographics", sourcedId=f"student-{number}-{student}", birthDate="2014-02-03")


def _org(made: Made, key: str, name: str, kind: str, parent: str) -> None:
    made.add("orgs", sourcedId=key, status="active", name=name, type=kind, parentSourcedId=parent)


def _user(made: Made, key: str, role: str, org: str, given: str, family: str) -> None:
    made.add(
        "users",
        sourcedId=key,
        status="active",
        enabledUser="true",
        orgSourcedIds=org,
        role=role,
        username=f"user.{key}",
        userIds="{Fed:canary-userids}",
        givenName=given,
        familyName=family,
        identifier="canary-identifier",
        email=f"{key}@juniper.example",
        sms="canary-sms",
        phone="canary-phone",
        password="canary-password",
    )


def _class(made: Made, key: str, school: str, teacher: str, students: int) -> None:
    made.add(
        "classes",
        sourcedId=key,
        status="active",
        title=f"Math {key}",
        grades="07",
        courseSourcedId="course-math",
        classType="scheduled",
        location="114",
        schoolSourcedId=school,
        periods="3",
    )
    if not made.tables["courses"]:
        made.add("courses", sourcedId="course-math", status="active", subjects="Mathematics")
    enroll(made, key, school, teacher, "teacher", "true")
    for student in range(students):
        enroll(made, key, school, f"student-{school[7:]}-{student}", "student", "")


def enroll(made: Made, taught: str, school: str, user: str, role: str, primary: str) -> None:
    made.add(
        "enrollments",
        sourcedId=f"in-{taught}-{user}",
        status="active",
        classSourcedId=taught,
        schoolSourcedId=school,
        userSourcedId=user,
        role=role,
        primary=primary,
    )
