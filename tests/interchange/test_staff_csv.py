"""A plain CSV of staff is enough for a district without OneRoster."""

from pathlib import Path

import pytest

from interchange import staff_csv
from rules.roster import Org, Roster, Staff, StaffRole
from tests.interchange.test_oneroster import only_refusal

HEADER = "Name,Email,Role,School,District\n"


def read(tmp_path: Path, text: str, encoding: str = "utf-8") -> Roster:
    (tmp_path / "staff.csv").write_bytes(text.encode(encoding))
    return staff_csv.read(tmp_path / "staff.csv")


def test_a_list_of_staff_is_read(tmp_path: Path) -> None:
    roster = read(
        tmp_path,
        HEADER + "Maya Holt,M.Holt@juniper.example,Principal,Saltgrass Middle,Juniper Bend\n"
        '"Vance, Noor Ann",n.vance@juniper.example,teacher,SALTGRASS  middle,\n'
        "Noor Ann Vance,n.vance@juniper.example,coach,Cottonwood,\n"
        "Ruth Adeyemi,r.adeyemi@juniper.example,District-Lead,,\n",
    )
    assert roster.refusals == ()
    assert roster.district == Org("district:juniper bend", "Juniper Bend")
    assert roster.schools == (
        Org("school:saltgrass middle", "Saltgrass Middle"),
        Org("school:cottonwood", "Cottonwood"),
    )
    holt, vance, adeyemi = roster.staff
    assert holt.roles == (StaffRole("school:saltgrass middle", "observer", proposed=True),)
    assert vance == Staff(
        "email:n.vance@juniper.example",
        "Noor Ann",
        "Vance",
        "n.vance@juniper.example",
        (
            StaffRole("school:saltgrass middle", "teacher"),
            StaffRole("school:cottonwood", "coach", proposed=True),
        ),
    )
    assert adeyemi.roles == (StaffRole(None, "lead", proposed=True),)


def test_a_list_of_staff_ends_nobody(tmp_path: Path) -> None:
    assert read(tmp_path, HEADER + "A B,a@b.example,teacher,C,\n").told == frozenset()


def test_semicolons_and_old_windows_letters_are_read(tmp_path: Path) -> None:
    text = "given name;family name;e-mail;role;school\nTomás;Núñez;t@b.example;teacher;C\n"
    roster = read(tmp_path, text, "cp1252")
    assert roster.staff[0].name == "Tomás Núñez"


def test_a_list_without_rows_is_nothing_to_do(tmp_path: Path) -> None:
    assert read(tmp_path, HEADER).nothing


@pytest.mark.parametrize(
    ("line", "said"),
    [
        (
            "A B,a@b.example,administrator,C,",
            "the role “administrator” is not one a roster can give."
            " Write teacher, observer, coach or lead.",
        ),
        (
            "A B,nowhere,teacher,C,",
            "“nowhere” is not an e-mail address. Write one address, such as m.holt@example.org.",
        ),
        (
            "A B,,teacher,C,",
            "the e-mail is empty. Write one address, such as m.holt@example.org.",
        ),
        (
            ",a@b.example,teacher,C,",
            "the name is empty. The columns are: name, email, role, school.",
        ),
        (
            "A B,a@b.example,teacher,,",
            "the school is empty. Write the name of the person’s school.",
        ),
        (
            "Other Name,x@b.example,observer,C,",
            "the e-mail “x@b.example” stands beside another name in line 2."
            " Give each person their own address and one spelling.",
        ),
        (
            "A B,a@b.example,teacher,C,Elsewhere",
            "the district is “Elsewhere” here and “Here” above. Import one district at a time.",
        ),
    ],
)
def test_a_line_that_cannot_be_used_is_refused(tmp_path: Path, line: str, said: str) -> None:
    roster = read(tmp_path, HEADER + "X Y,x@b.example,teacher,C,Here\n" + line + "\n")
    assert only_refusal(roster) == f"staff.csv, line 3: {said}"


def test_another_kind_of_table_is_refused(tmp_path: Path) -> None:
    assert only_refusal(read(tmp_path, "a,b\n1,2\n")) == (
        "staff.csv, line 1: the header does not name email, role."
        " The first line must name: email, role."
    )


def test_a_file_that_is_not_there_is_refused(tmp_path: Path) -> None:
    assert "there is no such file." in only_refusal(staff_csv.read(tmp_path / "no.csv"))
