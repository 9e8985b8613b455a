"""Random districts whose people come and go, and what their visits of three terms come to."""

from __future__ import annotations

import random
from collections.abc import Iterator
from dataclasses import dataclass, field

from rules.trends import Limits, Visit, safe

TERMS = 3
MONTHS = 5
KINDS = (("K to 2", "3 to 5"), ("K to 2", "3 to 5", "6 to 8"), ("6 to 8",), ("9 to 12",))
SUBJECTS = ("Math", "English", "Science", "History", "Art", "Music", "Spanish")
MODELS = ("whole_class", "station_rotation", "individual_rotation", "flex", "")


@dataclass
class Teacher:
    """Somebody of an invented district; `leans` is how often a visit answers yes."""

    name: str
    school: str
    grade: str
    subject: str
    leans: float


@dataclass
class District:
    """An invented district whose people come, go and change schools between terms."""

    chance: random.Random
    teachers: list[Teacher] = field(default_factory=list)
    kinds: dict[str, tuple[str, ...]] = field(default_factory=dict)
    made: int = 0

    @classmethod
    def invent(cls, seed: int) -> District:
        """Three to eight schools, some of them small, each with its own habits."""
        chance = random.Random(seed)
        district = cls(chance)
        for number in range(chance.randint(3, 8)):
            school = f"school {number}"
            district.kinds[school] = chance.choice(KINDS)
            for _ in range(chance.choice((4, 7, 9, 14, 22, 30))):
                district.join(school)
        return district

    def join(self, school: str) -> None:
        """A new teacher."""
        self.made += 1
        habit = self.chance.choice((0.0, 0.1, 0.4, 0.6, 0.9, 1.0))
        self.teachers.append(
            Teacher(
                f"teacher {self.made}",
                school,
                self.chance.choice(self.kinds[school]),
                self.chance.choice(SUBJECTS[: self.chance.randint(2, 7)]),
                min(1.0, max(0.0, habit + self.chance.uniform(-0.2, 0.2))),
            )
        )

    def change(self) -> None:
        """Between terms some leave, some come and some change schools."""
        schools = list(self.kinds)
        for teacher in list(self.teachers):
            draw = self.chance.random()
            if draw < 0.12:
                self.teachers.remove(teacher)
                self.join(self.chance.choice(schools))
            elif draw < 0.18:
                teacher.school = self.chance.choice(schools)

    def month(self, busy: float) -> list[Visit]:
        """The shared visits of a month; months are given their name when they are counted."""
        visits = []
        for teacher in self.teachers:
            for _ in range(self.chance.choices((0, 1, 2, 4), (1 - busy, busy, 0.1, 0.02))[0]):
                observer = f"{teacher.school}, observer {self.chance.choice((1, 1, 2, 3))}"
                model = self.chance.choices(MODELS, (8, 4, 2, 1, 1))[0]
                places = ("", teacher.school, teacher.grade, teacher.subject, model)
                yes = self.chance.random() < teacher.leans
                visits.append(Visit(teacher.name, observer, teacher.school, places, yes))
        return visits

    def terms(self) -> Iterator[list[Visit]]:
        """The visits of each term as they are counted: too small a month waits for the next."""
        waiting: list[Visit] = []
        busy = self.chance.choice((0.15, 0.35, 0.7))
        for term in range(TERMS):
            counted: list[Visit] = []
            for number in range(MONTHS):
                waiting += self.month(busy)
                if safe(waiting, Limits()):
                    counted += [_in(visit, f"month {term}.{number}") for visit in waiting]
                    waiting = []
            yield counted
            self.change()


def _in(visit: Visit, month: str) -> Visit:
    return Visit(visit.teacher, visit.observer, visit.school, (month, *visit.places[1:]), visit.yes)
