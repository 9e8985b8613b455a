"""OneRoster bundles are read liberally, and what is wrong with them is said exactly."""

from dataclasses import fields
from pathlib import Path

import pytest

from interchange import oneroster
from interchange.oneroster import classes, orgs, users
from rules.roster import Org, Roster, RosterClass, Staff, StaffRole
from tests.interchange.bundles import Made, district, enroll, header_only

SAMPLE = Path(__file__).parent.parent / "data" / "oneroster" / "juniper-bend"


def read(made: Made, tmp_path: Path) -> Roster:
    return oneroster.read(made.folder(tmp_path / "bundle"))


def only_refusal(roster: Roster) -> str:
    assert roster.refused == 1, [refusal.sentence for refusal in roster.refusals]
    assert not roster.staff
    assert not roster.classes
    return roster.refusals[0].sentence


def person(roster: Roster, key: str) -> Staff:
    return next(person for person in roster.staff if person.source_id == key)


def class_(roster: Roster, key: str) -> RosterClass:
    return next(found for found in roster.classes if found.source_id == key)


def test_a_whole_bundle_is_read(tmp_path: Path) -> None:
    roster = read(district(), tmp_path)
    assert roster.refusals == ()
    assert roster.district == Org("district", "Juniper Bend Unified School District")
    assert [school.name for school in roster.schools] == ["Juniper School 1", "Juniper School 2"]
    assert len(roster.staff) == 1 + 2 * (1 + 3)
    assert len(roster.classes) == 2 * 3 * 2
    assert roster.students == 2 * 4
    assert roster.told == {"schools", "staff", "classes", "teaching"}
    assert not roster.nothing


def test_a_zip_reads_like_its_folder_also_with_one_folder_around_the_files(tmp_path: Path) -> None:
    made = district()
    expected = read(made, tmp_path)
    assert oneroster.read(made.zip(tmp_path / "flat.zip")) == expected
    assert oneroster.read(made.zip(tmp_path / "inside.zip", "export 2026/")) == expected


def test_a_class_has_its_subject_grade_period_room_teacher_and_number_of_students(
    tmp_path: Path,
) -> None:
    assert class_(read(district(students=5), tmp_path), "class-1-2-1") == RosterClass(
        source_id="class-1-2-1",
        school="school-1",
        name="Math class-1-2-1",
        subject="Mathematics",
        grade="7",
        period="3",
        room="114",
        teachers=("teacher-1-2",),
        student_count=5,
    )


def test_an_administrator_of_a_school_is_proposed_as_observer_and_of_the_district_as_lead(
    tmp_path: Path,
) -> None:
    roster = read(district(), tmp_path)
    assert person(roster, "head-1").roles == (StaffRole("school-1", "observer", proposed=True),)
    assert person(roster, "lead").roles == (StaffRole(None, "lead", proposed=True),)
    assert person(roster, "teacher-1-1").roles == (StaffRole("school-1", "teacher"),)


def test_files_with_only_their_headers_are_nothing_to_do(tmp_path: Path) -> None:
    roster = read(header_only(), tmp_path)
    assert roster.nothing
    assert roster.refused == 0


def test_the_primary_teacher_comes_first_whatever_the_order_of_the_rows(tmp_path: Path) -> None:
    made = district()
    made.tables["enrollments"].insert(0, {})
    enroll(made, "class-1-1-1", "school-1", "teacher-1-3", "teacher", "false")
    made.tables["enrollments"].insert(0, made.tables["enrollments"].pop())
    roster = read(made, tmp_path)
    assert class_(roster, "class-1-1-1").teachers == ("teacher-1-1", "teacher-1-3")


def test_a_teacher_belongs_to_every_school_in_which_they_have_a_class(tmp_path: Path) -> None:
    made = district()
    made.row("users", "teacher-1-1")["orgSourcedIds"] = "district"
    enroll(made, "class-2-1-1", "school-2", "teacher-1-1", "teacher", "false")
    assert person(read(made, tmp_path), "teacher-1-1").roles == (
        StaffRole("school-1", "teacher"),
        StaffRole("school-2", "teacher"),
    )


def test_somebody_in_a_department_works_at_the_school_it_belongs_to(tmp_path: Path) -> None:
    made = district()
    made.add("orgs", sourcedId="math", name="Math", type="department", parentSourcedId="school-2")
    made.row("users", "head-1")["orgSourcedIds"] = "math"
    assert person(read(made, tmp_path), "head-1").roles[0].school == "school-2"


@pytest.mark.parametrize(
    ("table", "cells"),
    [
        ("users", {"status": "tobedeleted"}),
        ("users", {"status": "inactive"}),
        ("users", {"enabledUser": "false"}),
    ],
)
def test_staff_who_are_to_be_deleted_or_disabled_come_as_inactive(
    tmp_path: Path, table: str, cells: dict[str, str]
) -> None:
    made = district()
    made.row(table, "teacher-1-1").update(cells)
    roster = read(made, tmp_path)
    assert not person(roster, "teacher-1-1").active
    assert class_(roster, "class-1-1-1").teachers == ()


def test_classes_and_enrollments_that_ended_do_not_count(tmp_path: Path) -> None:
    made = district(students=4)
    made.row("classes", "class-1-1-1")["status"] = "tobedeleted"
    made.row("enrollments", "in-class-1-2-1-student-1-0")["status"] = "tobedeleted"
    roster = read(made, tmp_path)
    assert not class_(roster, "class-1-1-1").active
    assert class_(roster, "class-1-2-1").student_count == 3


def test_aides_and_parents_are_left_out_and_counted(tmp_path: Path) -> None:
    made = district()
    made.row("users", "head-1")["role"] = "aide"
    made.row("users", "head-2")["role"] = "Parent"
    enroll(made, "class-1-1-1", "school-1", "head-1", "aide", "")
    roster = read(made, tmp_path)
    assert {(out.what, out.count) for out in roster.left_out} == {
        ("aides", 1),
        ("parents", 1),
        ("enrollments of aides and others", 1),
    }
    assert roster.refused == 0


def test_an_address_in_the_user_name_stands_in_for_an_empty_email(tmp_path: Path) -> None:
    made = district()
    made.row("users", "teacher-1-1").update(email="", username="N.Vance@juniper.example")
    made.row("users", "teacher-1-2").update(email="")
    roster = read(made, tmp_path)
    assert person(roster, "teacher-1-1").email == "n.vance@juniper.example"
    assert person(roster, "teacher-1-2").email == ""


@pytest.mark.parametrize(
    ("said", "meant"),
    [("KG", "K"), ("01", "1"), ("10", "10"), ("06,07", "6, 7"), ("PK", "PK"), ("", "")],
)
def test_grades_read_as_people_say_them(tmp_path: Path, said: str, meant: str) -> None:
    made = district()
    made.row("classes", "class-1-1-1")["grades"] = said
    assert class_(read(made, tmp_path), "class-1-1-1").grade == meant


# Students


def test_nothing_of_a_student_but_their_number_is_kept(tmp_path: Path) -> None:
    kept = repr(read(district(), tmp_path))
    assert "Holloway1" in kept
    for secret in ("student-", "Child", "Secret", "2014-02-03"):
        assert secret not in kept


def test_no_password_telephone_or_identifier_leaves_the_file(tmp_path: Path) -> None:
    assert "canary" not in repr(read(district(), tmp_path))


def test_only_columns_that_are_needed_are_ever_read() -> None:
    every = (users.COLUMNS, orgs.COLUMNS, classes.CLASSES, classes.COURSES, classes.ENROLLMENTS)
    asked = {name for columns in every for name in columns.all}
    assert asked.isdisjoint(
        {"password", "phone", "sms", "identifier", "userIds", "agentSourcedIds", "middleName"}
    )


def test_demographics_are_never_opened(tmp_path: Path) -> None:
    folder = district().folder(tmp_path / "bundle")
    (folder / "demographics.csv").write_bytes(b"\0\xff not a table at all")
    assert oneroster.read(folder).refused == 0


def test_no_shape_of_a_roster_has_room_for_a_student() -> None:
    names = {field.name for shape in (Roster, RosterClass, Staff) for field in fields(shape)}
    assert {name for name in names if "student" in name} == {"students", "student_count"}


# How others write


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "cp1252", "utf-16"])
def test_every_common_encoding_is_read(tmp_path: Path, encoding: str) -> None:
    made = district()
    made.row("users", "teacher-1-1")["familyName"] = "Peña–Núñez"
    roster = oneroster.read(made.folder(tmp_path / "b", encoding=encoding))
    assert roster.refusals == ()
    assert person(roster, "teacher-1-1").family_name == "Peña–Núñez"


@pytest.mark.parametrize("delimiter", [",", ";", "\t", "|"])
@pytest.mark.parametrize("newline", ["\n", "\r\n", "\r"])
def test_any_separator_and_line_ending_is_read(
    tmp_path: Path, delimiter: str, newline: str
) -> None:
    made = district()
    made.row("classes", "class-1-1-1")["grades"] = "06,07"
    roster = oneroster.read(made.folder(tmp_path / "b", delimiter=delimiter, newline=newline))
    assert roster.refusals == ()
    assert class_(roster, "class-1-1-1").grade == "6, 7"


def test_headers_may_have_another_case_spaces_order_and_columns_of_their_own(
    tmp_path: Path,
) -> None:
    expected = read(district(), tmp_path)
    folder = district().folder(tmp_path / "other")
    text = (folder / "users.csv").read_text()
    header, rest = text.split("\n", 1)
    header = header.replace("sourcedId", " SOURCED ID ").replace("givenName", "Given_Name")
    lines = [f"x,{line}" for line in rest.splitlines()]
    (folder / "users.csv").write_text("\n".join([f"metadata.vendor,{header.strip()}", *lines]))
    assert oneroster.read(folder) == expected


def test_quoted_line_breaks_spaces_and_control_characters_are_cleaned(tmp_path: Path) -> None:
    made = district()
    made.row("classes", "class-1-1-1")["title"] = "  Math\r\n7 \x07 honors "
    assert class_(read(made, tmp_path), "class-1-1-1").name == "Math 7 honors"


def test_rows_without_their_empty_tail_and_blank_lines_are_read(tmp_path: Path) -> None:
    folder = district().folder(tmp_path / "b")
    lines = (folder / "orgs.csv").read_text().splitlines()
    lines.insert(2, "")
    lines[1] = lines[1].rstrip(",")
    (folder / "orgs.csv").write_text("\n\n" + "\n".join(lines) + "\n\n")
    assert oneroster.read(folder).refusals == ()


def test_file_names_in_another_case_are_read(tmp_path: Path) -> None:
    folder = district().folder(tmp_path / "b")
    (folder / "users.csv").rename(folder / "Users.CSV")
    assert oneroster.read(folder).refusals == ()


def test_the_sample_that_comes_with_the_tests_is_read() -> None:
    roster = oneroster.read(SAMPLE)
    assert roster.refusals == ()
    assert (len(roster.schools), len(roster.staff), len(roster.classes)) == (2, 7, 6)
    assert roster.students == 9
