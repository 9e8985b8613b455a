"""Each fault of a bundle is named by its file, its line, what is wrong and what to write."""

from pathlib import Path

import pytest

from interchange import oneroster
from interchange.findings import Findings
from tests.interchange.bundles import Made, district, enroll
from tests.interchange.test_oneroster import only_refusal, read

Change = dict[str, str]


@pytest.mark.parametrize(
    ("table", "key", "cells", "said"),
    [
        (
            "users",
            "teacher-1-1",
            {"role": "Wizard"},
            "users.csv, line 4: the role “Wizard” is not one OneRoster knows."
            " Write teacher, administrator, aide or student.",
        ),
        (
            "users",
            "teacher-1-1",
            {"orgSourcedIds": "school-9"},
            "users.csv, line 4: the org “school-9” is not in orgs.csv."
            " Add the org’s row, or correct orgSourcedIds.",
        ),
        (
            "users",
            "teacher-1-1",
            {"orgSourcedIds": ""},
            "users.csv, line 4: orgSourcedIds is empty."
            " Write the sourcedId of the person’s school.",
        ),
        (
            "users",
            "teacher-1-1",
            {"email": "not an address"},
            "users.csv, line 4: “not an address” is not an e-mail address."
            " Write one address, such as m.holt@example.org.",
        ),
        (
            "users",
            "teacher-1-2",
            {"email": "Teacher-1-1@juniper.example"},
            "users.csv, line 5: the e-mail “Teacher-1-1@juniper.example” is already used in"
            " line 4. Give each person their own address, or join the rows.",
        ),
        (
            "users",
            "head-2",
            {"sourcedId": "teacher-1-1"},
            "users.csv, line 11: the sourcedId “teacher-1-1” is already used in line 4."
            " Keep one of the two rows.",
        ),
        (
            "users",
            "teacher-1-1",
            {"givenName": "", "familyName": " "},
            "users.csv, line 4: the name is empty. Write givenName and familyName.",
        ),
        (
            "users",
            "teacher-1-1",
            {"status": "maybe"},
            "users.csv, line 4: the status “maybe” is not one OneRoster knows."
            " Write active or tobedeleted.",
        ),
        (
            "users",
            "teacher-1-1",
            {"enabledUser": "perhaps"},
            "users.csv, line 4: enabledUser is “perhaps”. Write true or false.",
        ),
        (
            "users",
            "teacher-1-1",
            {"familyName": "x" * 300},
            "users.csv, line 4: familyName has 300 characters, and 200 is the most. Shorten it.",
        ),
        (
            "orgs",
            "school-1",
            {"type": "circus"},
            "orgs.csv, line 3: the type “circus” is not one OneRoster knows."
            " Write district, school or department.",
        ),
        (
            "orgs",
            "school-1",
            {"type": "district"},
            "orgs.csv, line 3: this is the second district, after line 2."
            " Export one district at a time.",
        ),
        (
            "classes",
            "class-1-1-1",
            {"schoolSourcedId": "school-9"},
            "classes.csv, line 2: the school “school-9” is not in orgs.csv."
            " Write the sourcedId of a school in orgs.csv.",
        ),
        (
            "classes",
            "class-1-1-1",
            {"schoolSourcedId": "district"},
            "classes.csv, line 2: the org “district” is not a school."
            " Write the sourcedId of a school in orgs.csv.",
        ),
        (
            "classes",
            "class-1-1-1",
            {"title": "", "classCode": ""},
            "classes.csv, line 2: the title is empty. Write the name of the class.",
        ),
        (
            "enrollments",
            "in-class-1-1-1-teacher-1-1",
            {"classSourcedId": "class-9"},
            "enrollments.csv, line 2: the class “class-9” is not in classes.csv."
            " Add the class, or take this row out.",
        ),
        (
            "enrollments",
            "in-class-1-1-1-teacher-1-1",
            {"userSourcedId": "teacher-9"},
            "enrollments.csv, line 2: the teacher “teacher-9” is not among the staff in"
            " users.csv. Add the person, or take this row out.",
        ),
    ],
)
def test_a_fault_is_refused_in_one_sentence(
    tmp_path: Path, table: str, key: str, cells: Change, said: str
) -> None:
    made = district()
    made.row(table, key).update(cells)
    assert only_refusal(read(made, tmp_path)) == said


def spoil(made: Made, name: str, value: str) -> None:
    for row in made.tables["manifest"]:
        if row["propertyName"] == name:
            row["value"] = value


@pytest.mark.parametrize(
    ("name", "value", "said"),
    [
        (
            "oneroster.version",
            "1.2",
            "manifest.csv, line 3: the OneRoster version is “1.2”."
            " Export the bundle as OneRoster 1.1 CSV.",
        ),
        (
            "file.users",
            "delta",
            "manifest.csv, line 8: users.csv is sent as “delta”."
            " Export the whole roster (bulk), not only changes.",
        ),
        (
            "file.users",
            "absent",
            "manifest.csv: users.csv is said to be absent, and nothing can be read without it."
            " Export users.csv as bulk too.",
        ),
    ],
)
def test_a_manifest_that_cannot_be_followed_is_refused(
    tmp_path: Path, name: str, value: str, said: str
) -> None:
    made = district()
    spoil(made, name, value)
    assert only_refusal(read(made, tmp_path)) == said


def test_a_bundle_without_its_manifest_is_refused(tmp_path: Path) -> None:
    folder = district().folder(tmp_path / "bundle")
    (folder / "manifest.csv").unlink()
    assert only_refusal(oneroster.read(folder)) == (
        "bundle: manifest.csv is not there, and only it says which files are complete."
        " Export a OneRoster 1.1 CSV bundle, all its files at the top of the folder or zip."
    )


def test_a_file_the_manifest_names_must_be_there(tmp_path: Path) -> None:
    folder = district().folder(tmp_path / "bundle")
    (folder / "classes.csv").unlink()
    assert only_refusal(oneroster.read(folder)) == (
        "manifest.csv, line 7: it names classes.csv, which is not there."
        " Add classes.csv, or mark it absent."
    )


def test_classes_the_manifest_calls_absent_are_not_spoken_of(tmp_path: Path) -> None:
    made = district()
    spoil(made, "file.classes", "absent")
    roster = read(made, tmp_path)
    assert roster.refusals == ()
    assert roster.told == {"schools", "staff", "teaching"}


def test_a_header_without_a_needed_column_is_refused(tmp_path: Path) -> None:
    made = district()
    made.headers["users"].remove("role")
    assert only_refusal(read(made, tmp_path)).startswith(
        "users.csv, line 1: the header does not name role."
    )


def test_a_header_that_names_a_column_twice_is_refused(tmp_path: Path) -> None:
    made = district()
    made.headers["orgs"].append("name")
    assert only_refusal(read(made, tmp_path)) == (
        "orgs.csv, line 1: the header names name more than once. Keep one column of that name."
    )


def test_a_row_with_more_cells_than_the_header_is_refused_at_its_first_line(
    tmp_path: Path,
) -> None:
    made = district()
    made.row("users", "lead")["givenName"] = "Ruth\nAnn"
    folder = made.folder(tmp_path / "b")
    text = (folder / "users.csv").read_bytes().decode()
    spoiled = text.replace("Noor,Vance1x1", "Noor,van, der Vance")
    (folder / "users.csv").write_bytes(spoiled.encode())
    assert only_refusal(oneroster.read(folder)) == (
        "users.csv, line 5: the row has 19 cells where the header names 18."
        " Put a cell that contains the separator in quotation marks."
    )


def test_every_fault_is_reported_at_once_and_nothing_else_is_handed_on(tmp_path: Path) -> None:
    made = district()
    made.row("users", "teacher-1-1")["role"] = "Wizard"
    made.row("users", "teacher-1-2")["email"] = "nowhere"
    made.row("orgs", "school-2")["name"] = ""
    roster = read(made, tmp_path)
    places = [(refusal.file, refusal.line) for refusal in roster.refusals]
    assert places[:3] == [("orgs.csv", 4), ("users.csv", 4), ("users.csv", 5)]
    assert roster.refused == len(roster.refusals)
    assert (roster.schools, roster.staff, roster.classes) == ((), (), ())


def test_a_hundred_refusals_are_told_and_all_are_counted(tmp_path: Path) -> None:
    made = district()
    for number in range(150):
        enroll(made, f"class-x{number}", "school-1", "teacher-1-1", "teacher", "")
    roster = read(made, tmp_path)
    assert (len(roster.refusals), roster.refused) == (Findings.shown, 150)


def test_reading_stops_at_a_thousand_faults(tmp_path: Path) -> None:
    made = district()
    for number in range(2000):
        enroll(made, f"class-x{number}", "school-1", "teacher-1-1", "teacher", "")
    last = read(made, tmp_path).refusals[-1].sentence
    assert last.endswith(
        "reading stopped here after 1000 faults."
        " Correct the ones above first; the rest are probably the same."
    )


def test_departments_that_are_their_own_ancestors_are_refused(tmp_path: Path) -> None:
    made = district()
    for key, parent in (("a", "b"), ("b", "a")):
        made.add("orgs", sourcedId=key, name=key, type="department", parentSourcedId=parent)
    sentences = [refusal.sentence for refusal in read(made, tmp_path).refusals]
    assert "orgs.csv, line 5: it is its own ancestor. Correct its parentSourcedId." in sentences


def test_students_in_unknown_classes_are_left_out_without_saying_who(tmp_path: Path) -> None:
    made = district()
    enroll(made, "class-9", "school-1", "student-1-0", "student", "")
    roster = read(made, tmp_path)
    assert roster.refused == 0
    assert [(out.what, out.count) for out in roster.left_out] == [
        ("student enrollments in classes that are not in classes.csv", 1)
    ]
