"""What invented schools teach, and when."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import time


@dataclass(frozen=True)
class Kind:
    """A kind of school: its grades, and the subjects its teachers share out."""

    name: str
    grades: tuple[str, ...]
    subjects: tuple[str, ...]
    whole_day: bool = False  # one teacher keeps one group of students for all subjects


@dataclass(frozen=True)
class Lesson:
    """What a class is called and where it stands in the week."""

    name: str
    subject: str
    grade: str
    period: str
    room: str

    @property
    def begins(self) -> time:
        """When the lesson begins, on the school's clock."""
        minutes = 8 * 60 + 30 + (int(self.period) - 1) * 50
        return time(minutes // 60, minutes % 60)


MIDDLE = Kind(
    "Middle School",
    ("7", "6", "8"),
    ("Math", "Science", "English", "Social Studies", "Art"),
)
ELEMENTARY = Kind(
    "Elementary School",
    ("3", "4", "K", "5", "1", "2"),
    ("Reading", "Math", "Science", "Writing"),
    whole_day=True,
)
HIGH = Kind(
    "High School",
    ("9", "10", "11", "12"),
    ("Algebra", "Biology", "English", "US History", "Chemistry", "Spanish"),
)
KINDS = (MIDDLE, ELEMENTARY, ELEMENTARY, HIGH, MIDDLE, ELEMENTARY)
PERIODS = ("3", "1", "2", "5", "6")


def timetable(kind: Kind, place: int) -> Iterator[Lesson]:
    """The lessons of the teacher at this place in the staff list, their best-known first."""
    room = str(114 + (place // 10) * 100 + (place % 10) * 3)
    grade = kind.grades[place % len(kind.grades)]
    if kind.whole_day:
        for subject, period in zip(kind.subjects, ("1", "2", "4", "6"), strict=True):
            yield Lesson(f"{subject} {grade}", subject, grade, period, room)
        return
    subject = kind.subjects[place % len(kind.subjects)]
    for turn, period in enumerate(PERIODS):
        own = kind.grades[(place + turn // 3) % len(kind.grades)]
        yield Lesson(f"{subject} {own}", subject, own, period, room)
