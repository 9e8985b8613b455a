"""Which classrooms were visited, and at which hours and weekdays nobody has been."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import TYPE_CHECKING

from sqlalchemy import select

from models.base import db
from models.district import School
from models.reach import Reach
from models.walkthrough import Walkthrough
from rules.roles import Role

if TYPE_CHECKING:
    from models.person import Person

DAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday")
LATELY = timedelta(days=365)
EARLIEST, LATEST = 7, 16


@dataclass(frozen=True)
class Coverage:
    """One school, over the visits somebody may open."""

    school: School
    rooms: int
    visited: int
    hours: Sequence[tuple[str, Sequence[int]]]
    """Each hour of the day with the visits begun in it, Monday to Friday."""
    periods: Sequence[tuple[str, int]]
    """Each class period of the roster, and the visits made in it."""

    @property
    def unseen(self) -> list[str]:
        """Class periods in which nobody has been."""
        return [period for period, count in self.periods if not count]

    @property
    def days(self) -> list[str]:
        """Weekdays on which nobody has been."""
        return [day for i, day in enumerate(DAYS) if not any(row[i] for _, row in self.hours)]


def coverage(person: Person, *, at: datetime) -> list[Coverage]:
    """The schools where somebody visits, over the last year."""
    reach = Reach.of(person)
    walks = db.session.scalars(
        Walkthrough.visible_to(person).where(
            Walkthrough.started_at > at - LATELY,
            # coaching is in no count, not even in a coach's own
            Walkthrough.purpose == "walkthrough",
        )
    ).unique()
    seen = list(walks)
    return [
        _one(school, reach, [w for w in seen if w.school_id == school.id])
        for school in reach.schools
    ]


def _one(school: School, reach: Reach, walks: list[Walkthrough]) -> Coverage:
    zone = reach.person.district.zone
    rooms = {t.id for t in reach.teachers if reach.school_of(t) == school.id}
    if school.id not in reach.person.school_ids(Role.OBSERVER):
        rooms &= reach.caseload
    local = [walk.started_at.astimezone(zone) for walk in walks if walk.started_at]
    met = Counter((when.hour, when.weekday()) for when in local)
    hours = [
        (f"{hour % 12 or 12}:00", [met[hour, day] for day in range(len(DAYS))])
        for hour in range(EARLIEST, LATEST)
    ]
    told = Counter(walk.school_class.period for walk in walks if walk.school_class)
    periods = sorted({c.period for c in reach.classes if c.school_id == school.id and c.period})
    return Coverage(
        school=school,
        rooms=len(rooms),
        visited=len({walk.teacher_id for walk in walks} & rooms),
        hours=[row for row in hours if any(row[1])] or hours[1:8],
        periods=[(period, told[period]) for period in periods],
    )


def schools_visited(person: Person) -> Sequence[School]:
    """The schools for which somebody may ask to be told."""
    ids = person.school_ids(Role.OBSERVER, Role.COACH)
    return db.session.scalars(select(School).where(School.id.in_(ids)).order_by(School.name)).all()
