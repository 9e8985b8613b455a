"""An invented district: schools, the people in them, their classes and who coaches whom."""

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from uuid import UUID

from rules.demo.chance import Chance, chance, uid
from rules.demo.names import DISTRICT, FAMILY, GIVEN, PLACES, TITLES
from rules.demo.teaching import KINDS, Kind, Lesson, timetable
from rules.roles import Role

SIZES = {"school": 1, "district": 6, "state": 60}
TEACHERS = 30
CASELOAD = 6
MAIL = "demo.example"
#: When the invented district began; its visits are of the year before the demo is made.
BEGAN = datetime(2025, 1, 6, 14, 0, tzinfo=UTC)


@dataclass(frozen=True)
class Post:
    """A role, and the index of the school where it is held (None: the district)."""

    role: Role
    school: int | None


@dataclass(frozen=True)
class Somebody:
    """An invented person; `signs_in` are the few whose sign-ins are printed."""

    id: UUID
    title: str
    given: str
    family: str
    email: str
    post: Post
    signs_in: bool = False


@dataclass(frozen=True)
class Klass:
    """An invented class, taught by one person; `students` is how many."""

    id: UUID
    school: int
    teacher: UUID
    lesson: Lesson
    students: int


@dataclass(frozen=True)
class School:
    """An invented school: who works there, by role."""

    id: UUID
    name: str
    kind: Kind
    observers: tuple[Somebody, ...]
    coaches: tuple[Somebody, ...]
    teachers: tuple[Somebody, ...]
    classes: tuple[Klass, ...]

    def caseloads(self) -> Iterator[tuple[Somebody, tuple[Somebody, ...]]]:
        """Each coach with the teachers they coach; nobody has two coaches."""
        for place, coach in enumerate(self.coaches):
            yield coach, self.teachers[place * CASELOAD : (place + 1) * CASELOAD]


@dataclass(frozen=True)
class Invention:
    """Everything but the visits."""

    name: str
    seed: int
    schools: tuple[School, ...]
    office: tuple[Somebody, ...]

    @property
    def people(self) -> list[Somebody]:
        """Everybody, the district office first."""
        return [*self.office, *(p for school in self.schools for p in _staff(school))]


def _staff(school: School) -> tuple[Somebody, ...]:
    return school.observers + school.coaches + school.teachers


# People whose names are easy to keep: the sign-ins that `flask demo` prints.
KNOWN: dict[tuple[Role, int | None], tuple[str, str, str]] = {
    (Role.OBSERVER, 0): ("Ms.", "Grace", "Holt"),
    (Role.COACH, 0): ("Mr.", "Mateo", "Reyes"),
    (Role.TEACHER, 0): ("Ms.", "Ada", "Okafor"),
    (Role.LEAD, None): ("Dr.", "Imani", "Brooks"),
    (Role.ADMINISTRATOR, None): ("Mr.", "Owen", "Quill"),
}


def invent(seed: int, size: str) -> Invention:
    """A district of one of the SIZES: same arguments, same district, down to the ids.

    Raises KeyError for a size that is not in SIZES.
    """
    people = _People(seed)
    office = tuple(people.make(Post(role, None)) for role in (Role.LEAD, Role.ADMINISTRATOR))
    second = people.make(Post(Role.ADMINISTRATOR, None))
    schools = tuple(_school(seed, place, people) for place in range(SIZES[size]))
    return Invention(DISTRICT, seed, schools, (*office, second))


def _school(seed: int, place: int, people: "_People") -> School:
    source = chance(seed, "school", place)
    kind = KINDS[place % len(KINDS)]
    round_, name = divmod(place, len(PLACES))
    teachers = tuple(people.make(Post(Role.TEACHER, place)) for _ in range(TEACHERS))
    return School(
        id=uid(BEGAN, source),
        name=f"{PLACES[name]} {kind.name}" + (f" {round_ + 1}" if round_ else ""),
        kind=kind,
        observers=tuple(people.make(Post(Role.OBSERVER, place)) for _ in range(2)),
        coaches=tuple(people.make(Post(Role.COACH, place)) for _ in range(2)),
        teachers=teachers,
        classes=tuple(_classes(kind, place, teachers, source)),
    )


def _classes(
    kind: Kind, school: int, teachers: tuple[Somebody, ...], source: Chance
) -> Iterator[Klass]:
    for place, teacher in enumerate(teachers):
        for lesson in timetable(kind, place):
            students = source.randint(17, 29)
            yield Klass(uid(BEGAN, source), school, teacher.id, lesson, students)


class _People:
    """Makes people, no two with one address."""

    def __init__(self, seed: int) -> None:
        self.source = chance(seed, "people")
        self.taken: Counter[str] = Counter(known[2].lower() for known in KNOWN.values())
        self.met: set[tuple[Role, int | None]] = set()

    def make(self, post: Post) -> Somebody:
        key = (post.role, post.school)
        if key in KNOWN and key not in self.met:
            self.met.add(key)
            title, given, family = KNOWN[key]
            return self._somebody(title, given, family, family.lower(), post, signs_in=True)
        title = self.source.weighted(TITLES)
        given, family = self.source.choice(GIVEN), self.source.choice(FAMILY)
        return self._somebody(title, given, family, self._address(given, family), post)

    def _address(self, given: str, family: str) -> str:
        plain = f"{given}.{family}".lower().replace("ö", "o").replace("ó", "o")
        self.taken[plain] += 1
        return plain if self.taken[plain] == 1 else f"{plain}{self.taken[plain]}"

    def _somebody(
        self, title: str, given: str, family: str, address: str, post: Post, signs_in: bool = False
    ) -> Somebody:
        key = uid(BEGAN, self.source)
        return Somebody(key, title, given, family, f"{address}@{MAIL}", post, signs_in)
