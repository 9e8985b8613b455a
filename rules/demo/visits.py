"""A year of visits: who walked into whose room, when, for what, and what kind of room it was."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from itertools import pairwise
from uuid import UUID
from zoneinfo import ZoneInfo

from rules.demo.chance import Chance, chance, uid
from rules.demo.district import Invention, Klass, School, Somebody
from rules.demo.rooms import ANYWHERE, HOW_MANY, LEANINGS

#: How many visits a teacher had in the year; a few had none yet.
OFTEN = {0: 4, 2: 10, 3: 22, 4: 28, 5: 22, 6: 14}
COACHED = {3: 30, 4: 40, 5: 30}
EVALUATED = 0.06
YEAR = timedelta(days=365)
# Ms. Okafor's year, oldest first: what the demo is there to show.
STORY = ("headphones", "stations", "lecture", "stations", "partners", "groups")


@dataclass(frozen=True)
class Visit:
    """One visit. `room` is a key of ROOMS, and `at` an aware instant.

    `ending` is "unread" or "draft" where the story asks for it, else empty: chance decides.
    """

    id: UUID
    seed: int
    observer: Somebody
    teacher: Somebody
    klass: Klass
    purpose: str
    at: datetime
    room: str
    ending: str = ""


def visits(invention: Invention, until: datetime, zone: ZoneInfo) -> list[Visit]:
    """Every visit of the year before `until` (aware), oldest first, on school days only."""
    days = school_days(until.astimezone(zone).date())
    found = [
        visit
        for school in invention.schools
        for place, teacher in enumerate(school.teachers)
        for visit in _of_teacher(invention, school, place, teacher, days, zone)
    ]
    return sorted(found, key=lambda visit: (visit.at, visit.id))


def school_days(today: date) -> list[date]:
    """The school days of the year before today, oldest first."""
    days = (today - timedelta(days=back) for back in range(YEAR.days, 0, -1))
    return [day for day in days if _is_school_day(day)]


def _is_school_day(day: date) -> bool:
    if day.weekday() > 4:
        return False
    summer = (6, 12) < (day.month, day.day) < (8, 15)
    winter = (day.month, day.day) > (12, 20) or (day.month, day.day) < (1, 4)
    thanksgiving = day.month == 11 and 22 <= day.day <= 28 and day.weekday() in (3, 4)
    return not (summer or winter or thanksgiving)


def _of_teacher(
    invention: Invention,
    school: School,
    place: int,
    teacher: Somebody,
    days: list[date],
    zone: ZoneInfo,
) -> Iterator[Visit]:
    source = chance(invention.seed, "visits", teacher.email)
    lean = source.weighted(HOW_MANY)
    classes = [klass for klass in school.classes if klass.teacher == teacher.id]
    plans = list(_plans(school, place, teacher, days, source))
    story = _story(school, place, teacher)
    for turn, (day, observer, purpose) in enumerate(plans):
        klass = classes[0] if teacher.signs_in else source.choice(classes)
        at = _moment(day, klass, zone, source)
        room = _room(lean, turn / max(1, len(plans) - 1), purpose == "coaching", source)
        if teacher.signs_in:
            room = STORY[min(turn, len(STORY) - 1)]
        key = uid(at, source)
        ending = story if turn == len(plans) - 1 else ""
        yield Visit(key, invention.seed, observer, teacher, klass, purpose, at, room, ending)


def _story(school: School, place: int, teacher: Somebody) -> str:
    """How the newest visit must stand: one for its teacher to read, one for its author to share."""
    if teacher.signs_in:
        return "unread"
    return "draft" if school.teachers[0].signs_in and place == 2 else ""


def _plans(
    school: School, place: int, teacher: Somebody, days: list[date], source: Chance
) -> list[tuple[date, Somebody, str]]:
    """Days, visitors and purposes, oldest first; never two visits to a teacher on one day."""
    first, second = school.observers
    coach = next((c for c, coached in school.caseloads() if teacher in coached), None)
    story = _story(school, place, teacher)
    often = len(STORY) - 2 if story else source.weighted(OFTEN)
    coached = 0 if coach is None else 2 if story else source.weighted(COACHED)
    chosen = _spread(days, often + coached, source)
    if story:
        chosen[-1] = days[-1]
    turns = source.sample(range(len(chosen) - bool(story)), coached)
    # The principal visits most rooms of her half of the staff list, her assistant the others.
    own, other = (first, second) if place % 2 == 0 else (second, first)
    plans = []
    for turn, day in enumerate(chosen):
        if coach is not None and turn in turns:
            plans.append((day, coach, "coaching"))
            continue
        purpose = "evaluation" if coach is None and source.random() < EVALUATED else "walkthrough"
        visitor = own if story or source.random() < 0.85 else other
        plans.append((day, visitor, purpose))
    return plans


def _spread(days: list[date], many: int, source: Chance) -> list[date]:
    """So many different days, one in each stretch of the year."""
    if not many:
        return []
    cuts = [round(len(days) * turn / many) for turn in range(many + 1)]
    return [source.choice(days[a:b]) for a, b in pairwise(cuts)]


def _moment(day: date, klass: Klass, zone: ZoneInfo, source: Chance) -> datetime:
    begins = datetime.combine(day, klass.lesson.begins, zone)
    return begins + timedelta(minutes=source.randint(4, 22), seconds=source.randint(0, 59))


def _room(lean: str, through: float, coached: bool, source: Chance) -> str:
    """A kind of room by the teacher's leaning; where there is coaching, talk grows by and by."""
    weights = {**ANYWHERE, **LEANINGS[lean]}
    if coached or (lean != "talks" and source.random() < 0.15 * through):
        weights |= {"partners": weights.get("partners", 0) + 4 * through}
        weights |= {"groups": weights.get("groups", 0) + 2 * through}
    return source.weighted(weights)
