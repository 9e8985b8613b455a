"""`flask roster import`: reasons for each refusal, counts in the last line, all or nothing."""

from __future__ import annotations

from pathlib import Path

import pytest
from click.testing import Result
from flask import Flask
from sqlalchemy import create_engine, func, inspect, select, text

from models.act import Act
from models.base import Model, db
from models.district import District
from models.framework import Framework
from models.look_for import LookForSet
from models.person import Person
from tests.interchange.bundles import district, header_only

SAMPLE = Path(__file__).parent.parent / "data" / "oneroster" / "juniper-bend"


def run(app: Flask, *words: object) -> Result:
    db.session.rollback()
    result = app.test_cli_runner().invoke(args=["roster", "import", *map(str, words)])
    db.session.rollback()
    return result


def last_line(result: Result) -> str:
    return result.output.splitlines()[-1]


def people() -> int:
    return db.session.scalar(select(func.count()).select_from(Person)) or 0


def test_a_bundle_is_imported_once_and_then_changes_nothing(bare: Flask) -> None:
    first = run(bare, SAMPLE)
    assert first.exit_code == 0, first.output
    assert last_line(first) == "added 16 changed 0 ended 0 refused 0"
    assert "added: 6 classes, 1 district, 7 people, 2 schools" in first.output
    assert "left out: aides, 1" in first.output
    assert "students: 9 counted; nothing else of them was kept" in first.output
    assert "proposed roles that wait for an administrator to agree: 3" in first.output
    again = run(bare, SAMPLE)
    assert (again.exit_code, last_line(again)) == (0, "added 0 changed 0 ended 0 refused 0")
    assert people() == 7


def test_a_zip_is_imported_like_its_folder(bare: Flask, tmp_path: Path) -> None:
    made = district()
    assert last_line(run(bare, made.zip(tmp_path / "roster.zip"))) == (
        "added 24 changed 0 ended 0 refused 0"
    )
    assert last_line(run(bare, made.folder(tmp_path / "roster"))) == (
        "added 0 changed 0 ended 0 refused 0"
    )


def test_changes_and_endings_are_counted(bare: Flask, tmp_path: Path) -> None:
    made = district()
    run(bare, made.folder(tmp_path / "one"))
    made.row("users", "teacher-1-1")["familyName"] = "Vance-Holm"
    made.row("users", "teacher-2-3")["status"] = "tobedeleted"
    made.row("classes", "class-1-1-1")["location"] = "Gym"
    made.drop("classes", "class-1-2-2")
    made.tables["enrollments"] = [
        row for row in made.tables["enrollments"] if row["classSourcedId"] != "class-1-2-2"
    ]
    result = run(bare, made.folder(tmp_path / "two"))
    # the classes of the teacher who left have lost their teacher: two more changes
    assert last_line(result) == "added 0 changed 4 ended 2 refused 0"
    assert "changed: 3 classes, 1 person" in result.output
    assert "ended: 1 class, 1 person" in result.output


def test_a_dry_run_says_the_same_and_changes_nothing(bare: Flask) -> None:
    dry = run(bare, SAMPLE, "--dry-run")
    assert dry.exit_code == 0
    assert last_line(dry) == "added 16 changed 0 ended 0 refused 0"
    assert "would be added" in dry.output
    for table in Model.metadata.sorted_tables:
        assert db.session.scalar(select(func.count()).select_from(table)) == 0, table.name


def test_the_first_import_gives_the_district_the_shelf(bare: Flask) -> None:
    run(bare, SAMPLE)
    made = db.session.scalars(select(District)).one()
    assert made.name == "Juniper Bend Unified School District"
    own = db.session.get_one(Framework, made.framework_id)
    assert own.key == "crosswalk-default"
    assert db.session.scalar(select(func.count()).select_from(LookForSet))


def test_an_import_that_changed_something_leaves_a_row_in_the_audit_trail(bare: Flask) -> None:
    run(bare, SAMPLE)
    run(bare, SAMPLE)
    assert [act.act for act in db.session.scalars(select(Act))] == ["import roster"]


def test_one_fault_refuses_the_whole_bundle(bare: Flask, tmp_path: Path) -> None:
    made = district()
    made.row("users", "teacher-1-1")["role"] = "Wizard"
    result = run(bare, made.folder(tmp_path / "b"))
    assert result.exit_code == 1
    assert result.output.splitlines() == [
        "users.csv, line 4: the role “Wizard” is not one OneRoster knows."
        " Write teacher, administrator, aide or student.",
        "nothing was changed",
        "added 0 changed 0 ended 0 refused 1",
    ]
    assert people() == 0


def test_what_does_not_fit_the_district_here_is_refused(app: Flask) -> None:
    before = people()
    result = run(app, SAMPLE)
    assert result.exit_code == 1
    assert "this database belongs to “Cedar Falls”" in result.output
    assert last_line(result) == "added 0 changed 0 ended 0 refused 1"
    assert people() == before


def test_files_with_only_headers_are_nothing_to_do(bare: Flask, tmp_path: Path) -> None:
    result = run(bare, header_only().folder(tmp_path / "empty"))
    assert result.exit_code == 0
    assert "nothing to do" in result.output
    assert last_line(result) == "added 0 changed 0 ended 0 refused 0"


def test_a_plain_list_of_staff_is_imported(bare: Flask, tmp_path: Path) -> None:
    path = tmp_path / "staff.csv"
    path.write_text(
        "Name,Email,Role,School,District\n"
        "Maya Holt,m.holt@juniper.example,Principal,Saltgrass Middle,Juniper Bend\n"
        "Noor Vance,n.vance@juniper.example,Teacher,Saltgrass Middle,\n"
    )
    assert last_line(run(bare, path)) == "added 4 changed 0 ended 0 refused 0"
    assert last_line(run(bare, path)) == "added 0 changed 0 ended 0 refused 0"


def test_one_file_of_a_bundle_is_refused_before_a_student_is_read(bare: Flask) -> None:
    result = run(bare, SAMPLE / "users.csv")
    assert result.exit_code == 1
    assert result.output.splitlines()[0] == (
        "users.csv: this is one file of a OneRoster bundle."
        " Give the folder or zip of the whole bundle."
    )


def test_wrong_use_exits_with_2(bare: Flask) -> None:
    assert run(bare).exit_code == 2
    assert run(bare, SAMPLE, "--sideways").exit_code == 2


def test_a_path_that_leads_nowhere_is_refused(bare: Flask, tmp_path: Path) -> None:
    result = run(bare, tmp_path / "nowhere")
    assert (result.exit_code, last_line(result)) == (1, "added 0 changed 0 ended 0 refused 1")


def test_a_database_without_tables_is_named_with_its_remedy(
    bare: Flask, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("blueprints.roster.inspect", lambda _: inspect(create_engine("sqlite://")))
    result = run(bare, SAMPLE)
    assert result.exit_code == 1
    assert "The database has no tables yet. Run: flask db upgrade" in result.output


def test_nothing_of_a_student_is_in_the_database(bare: Flask, tmp_path: Path) -> None:
    """Every cell of every table is read: no student’s key, name, address or birth date."""
    run(bare, district().folder(tmp_path / "b"))
    kept = ""
    for table in Model.metadata.sorted_tables:
        kept += repr([tuple(row) for row in db.session.execute(select(table))])
    assert "Holloway1" in kept
    for secret in ("student-1-0", "Secret0", "2014-02-03", "canary"):
        assert secret not in kept
    assert db.session.scalar(text("SELECT sum(student_count) FROM classes")) == 12 * 4
