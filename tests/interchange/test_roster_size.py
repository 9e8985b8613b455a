"""A large district’s roster is read in little memory."""

import tracemalloc
from pathlib import Path

from interchange import oneroster
from tests.interchange.bundles import Made, district

MIB = 1024 * 1024


def test_a_tenth_of_a_large_district_is_read_in_little_memory(tmp_path: Path) -> None:
    """2,000 staff and 30,000 students in 30 s and 256 MiB is promised; a tenth is tried here."""
    made = large(staff=200, students=3000, classes_each=7)
    path = made.zip(tmp_path / "large.zip")
    del made
    tracemalloc.start()
    roster = oneroster.read(path)
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert (roster.students, roster.refused) == (3000, 0)
    assert sum(taught.student_count for taught in roster.classes) == 3000 * 7
    assert peak < 25 * MIB


def large(staff: int, students: int, classes_each: int) -> Made:
    """Ten schools of `staff` / 10 teachers with five classes each, and their students."""
    made = district(schools=10, teachers=staff // 10, classes=5, students=0)
    classes = [row["sourcedId"] for row in made.tables["classes"]]
    pupil = {"status": "active", "enabledUser": "true", "role": "student"}
    for number in range(students):
        key = f"00000000-0000-4000-8000-{number:012}"
        made.add("users", sourcedId=key, orgSourcedIds="school-1", givenName="A", **pupil)
        for which in range(classes_each):
            taught = classes[(number + which * 31) % len(classes)]
            made.add(
                "enrollments",
                sourcedId=f"{key}-{which}",
                status="active",
                classSourcedId=taught,
                userSourcedId=key,
                role="student",
            )
    return made
