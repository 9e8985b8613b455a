"""What trends show to who may read visits row by row: those visits, counted in any way."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime
from functools import cached_property
from typing import TYPE_CHECKING, Any
from uuid import UUID

from sqlalchemy import ColumnElement, Row, Select, and_, func, select
from sqlalchemy.orm import InstrumentedAttribute

from models.base import db
from models.event import Event
from models.look_for import look_for_keys
from models.person import RoleGrant
from models.trends.answers import IN_A_PART, Answers, Place, in_parts, read, sums
from models.trends.fact import Fact
from models.trends.reading import LATEST, columns_of, lines, school_names
from models.trends.sides import Sides, sides
from rules.capture import fold
from rules.trends import Rate, period_short, period_title
from rules.trends.conditions import PACING
from rules.trends.heat import Counts, Heat, heat
from rules.trends.marks import KNOWING, ORGANIZING
from rules.trends.plot import Point
from rules.trends.question import FIRM, KEPT, LATER
from rules.trends.talk import Talk

if TYPE_CHECKING:
    from models.person import Person

APART_BY: Mapping[str, InstrumentedAttribute[Any]] = {
    "school": Fact.school_id,
    "grade": Fact.grade,
    "subject": Fact.subject,
    "model": Fact.model,
    "month": Fact.month,
    "observer": Fact.observer_id,
}
"""What visits are told apart by; observers by the group they belong to."""
AFTERWARDS = (Fact.same_day, Fact.read, Fact.answered)
"""What became of the feedback, in the order of LATER."""
VISITS = (func.count(), *(func.count().filter(column) for column in AFTERWARDS))
"""How many visits, and of how many each of these is true."""
OVER_ALL = {*KEPT, *LATER, KNOWING, ORGANIZING}
"""The questions that are shown over all visits, and not look-for by look-for."""


Told = dict[str, dict[str, Rate]]
"""By what visits are told apart by, then by question."""

MOST_QUOTES = 6


@dataclass(frozen=True, slots=True)
class Quote:
    """A visit in which a look-for was seen: its notes on that, and words of students."""

    walkthrough_id: UUID
    at: datetime
    notes: Sequence[str]
    said: Sequence[str]


@dataclass(frozen=True, eq=False)
class Rooms:
    """The shared visits somebody may read row by row: hers to count in any way, on screen only."""

    person: Person
    where: tuple[ColumnElement[bool], ...]
    """What they have in common; the database finds them, and counts them."""
    _told: dict[str, Told] = field(default_factory=dict, init=False)

    @classmethod
    def of(cls, person: Person) -> Rooms:
        """All of them."""
        return cls(person, (Fact.open_to(person),))

    def only(self, **wanted: str) -> Rooms:
        """Those with these values; an empty one asks for nothing."""
        return self._which(*(self._is(by, value) for by, value in wanted.items() if value))

    def _is(self, by: str, value: str) -> ColumnElement[bool]:
        if by == "observer":
            return Fact.observer_id.in_([one for one, of in self._observers.items() if of == value])
        return APART_BY[by] == (UUID(value) if by == "school" else value)

    def within(self, months: Iterable[str]) -> Rooms:
        """Those shared in these months."""
        return self._which(Fact.month.in_(list(months)))

    def without(self, missing: Iterable[str]) -> Rooms:
        """Those of which these were not recorded."""
        return self._which(*(APART_BY[name] == "" for name in missing))

    def _which(self, *asked: ColumnElement[bool]) -> Rooms:
        return replace(self, where=(*self.where, *asked))

    @cached_property
    def _size(self) -> tuple[int, int]:
        visits, teachers = func.count(), func.count(Fact.teacher_id.distinct())
        row = db.session.execute(select(visits, teachers).select_from(Fact).where(*self.where))
        return row.one()._tuple()

    @property
    def visits(self) -> int:
        """How many they are."""
        return self._size[0]

    @property
    def teachers(self) -> int:
        """How many classrooms these are."""
        return self._size[1]

    @cached_property
    def _found(self) -> Mapping[str, set[Any]]:
        """What there is to tell apart by, each value once, as facts keep it."""
        rows = db.session.execute(select(*APART_BY.values()).where(*self.where).distinct()).all()
        return {by: {row[at] for row in rows} for at, by in enumerate(APART_BY)}

    @cached_property
    def _observers(self) -> Mapping[UUID, str]:
        """Who made these visits, each with the group they belong to."""
        return RoleGrant.groups_of(self._found["observer"])

    def _value(self, by: str, kept: Any) -> str:
        """A value of a fact as pages ask for it."""
        return self._observers[kept] if by == "observer" else str(kept)

    def values(self, by: str) -> list[tuple[str, str]]:
        """What these visits can be told apart by, named."""
        return self._named(by, {self._value(by, kept) for kept in self._found[by]})

    def _named(self, by: str, found: Iterable[str]) -> list[tuple[str, str]]:
        if by == "month":
            return [(month, period_short(month)) for month in sorted(found)]
        return columns_of(by, found, school_names(self.person) if by == "school" else {})

    @cached_property
    def _places(self) -> Mapping[str, int]:
        return Place.of(self.person.district_id)

    def _apart(self, by: str) -> Told:
        """Every question, told apart by one thing; what was counted once is not counted again."""
        if by not in self._told:
            found = self._told[by] = defaultdict(dict)
            for (kept,), answered in self._groups(self._places, APART_BY[by]):
                told = found[self._value(by, kept)]
                for question in told.keys() & answered.keys():  # two observers of one group
                    answered[question] = _together((told[question], answered[question]))
                told |= answered
        return self._told[by]

    def _groups(
        self, places: Mapping[str, int], *told: InstrumentedAttribute[Any]
    ) -> Iterator[tuple[Sequence[Any], dict[str, Rate]]]:
        """Groups of visits with what was asked in them, one part of the questions after another."""
        for part, bits in in_parts(places).items():
            table = (Answers if part else Fact).__tablename__
            counts = select(*told, *VISITS, *sums(table, bits)).where(*self.where)
            for row in db.session.execute(_beside(part, counts).group_by(*told)):
                values, counted = row[: len(told)], row[len(told) :]
                answered = read(bits, counted[len(VISITS) :])
                if not part:
                    answered |= _loop(*counted[: len(VISITS)])
                yield values, answered

    def heat(self, by: str) -> Heat:
        """Look-fors told apart."""
        told = self._apart(by)
        counted: dict[str, dict[str, Rate | None]] = defaultdict(dict)
        for value, answered in told.items():
            for question, rate in answered.items():
                counted[question][value] = rate
        columns = self._named(by, told)
        return heat(lines(self.person), counted, columns[-LATEST:] if by == "month" else columns)

    def pacing(self) -> tuple[Counts, list[tuple[str, str]], dict[tuple[str, str], int]]:
        """Flexible pacing school by school, the schools, and in how many rooms it was asked."""
        met: dict[tuple[str, str], list[Rate]] = defaultdict(list)
        places = self._only(f"{PACING}/")
        for (school, _), answered in self._groups(places, Fact.school_id, Fact.teacher_id):
            for question in answered.keys() & places.keys():
                met[question, str(school)].append(answered[question])
        counted: dict[str, dict[str, Rate | None]] = defaultdict(dict)
        for (question, school), rooms in met.items():
            counted[question][school] = _together(rooms)
        return counted, self.values("school"), {key: len(rooms) for key, rooms in met.items()}

    def points(self, question: str) -> list[Point]:
        """One question month by month."""
        found = {
            month: answered.get(question)
            for (month,), answered in self._groups(self._only(question), Fact.month)
        }
        months = [month for month, _ in self.values("month")]
        return [Point(period_title(m), period_title(m)[:3], found.get(m)) for m in months]

    def _only(self, start: str) -> Mapping[str, int]:
        """The places of the questions that begin so."""
        return {one: place for one, place in self._places.items() if one.startswith(start)}

    def talk(self) -> list[Talk]:
        """Verdicts month by month."""
        rows = (
            select(Fact.month, Fact.verdict, func.count())
            .where(*self.where, Fact.verdict.in_(FIRM))
            .group_by(Fact.month, Fact.verdict)
        )
        found: dict[str, Counter[str]] = defaultdict(Counter)
        for month, verdict, n in db.session.execute(rows):
            found[str(month)][verdict] = n
        return [
            Talk(
                period_short(month),
                Rate(of["preserved"], of.total()),
                Rate(of["displaced"], of.total()),
            )
            for month, of in sorted(found.items())
        ]

    def totals(self) -> dict[str, Rate | None]:
        """Every question beside look-fors, and the pair of knowing and organizing, over all."""
        # however visits were told apart, together they are the same
        told = next(iter(self._told.values()), None) or self._apart("month")
        found: dict[str, list[Rate]] = defaultdict(list)
        for answered in told.values():
            for question, rate in answered.items():
                if question in OVER_ALL:
                    found[question].append(rate)
        return {question: _together(rates) for question, rates in found.items()}

    def quotes(self, question: str) -> Sequence[Quote]:
        """Where a look-for was seen lately, with what was written about it."""
        place = self._places.get(question)
        if place is None:
            return []
        part, bit = divmod(place, IN_A_PART)
        yes = Answers.yes if part else Fact.yes
        seen = (
            _beside(part, select(Fact.walkthrough_id, Fact.started_at))
            .where(*self.where, yes.bitwise_and(1 << bit) != 0)
            .order_by(Fact.started_at.desc(), Fact.walkthrough_id.desc())
            .limit(MOST_QUOTES)
        )
        return _quotes(db.session.execute(seen).all(), question)

    def sides(self) -> Sides:
        """The same visits as their teachers and students saw them, where that is open."""
        return sides(self.person, self.where)


def _beside(part: int, facts: Select[Any]) -> Select[Any]:
    """Facts beside one part of their answers; they hold the first one themselves."""
    if not part:
        return facts
    more = and_(Answers.walkthrough_id == Fact.walkthrough_id, Answers.part == part)
    return facts.join(Answers, more)


def _together(rates: Sequence[Rate]) -> Rate:
    return Rate(sum([rate.yes for rate in rates]), sum([rate.n for rate in rates]))


def _loop(visits: int, *after: int) -> dict[str, Rate]:
    return {key: Rate(yes, visits) for key, yes in zip(LATER, after, strict=True)}


def _quotes(facts: Sequence[Row[Any]], question: str) -> list[Quote]:
    events = Event.of([fact.walkthrough_id for fact in facts])
    found = []
    for fact in facts:
        observed = fold(events[fact.walkthrough_id])
        named = look_for_keys([key for note in observed.notes for key in note.look_fors])
        words = [
            note.text
            for note in observed.notes
            if question in {named.get(key) for key in note.look_fors}
        ]
        said = [asked.quote for asked in observed.students if asked.quote]
        found.append(Quote(fact.walkthrough_id, fact.started_at, words[:2], said[:1]))
    return found
