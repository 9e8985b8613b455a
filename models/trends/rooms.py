"""What trends show to who may read visits row by row: those visits, counted in any way."""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from functools import cached_property
from typing import TYPE_CHECKING, Any
from uuid import UUID

from sqlalchemy import Row, Text, cast, exists, select

from models.base import db
from models.event import Event
from models.feedback import Feedback, Reply
from models.look_for import look_for_keys
from models.self_view import SelfView
from models.trends.fact import Fact
from models.trends.reading import LATEST, columns_of, lines, school_names
from rules.capture import fold
from rules.trends import Rate, Record, period_short, period_title
from rules.trends.gaps import Gap, gaps
from rules.trends.heat import Counts, Heat, heat, rates, tally
from rules.trends.marks import KNOWING, ORGANIZING
from rules.trends.plot import Point
from rules.trends.question import LOOKED_FOR
from rules.trends.talk import Talk, counts_of

if TYPE_CHECKING:
    from models.person import Person

COLUMNS = (
    *(Fact.walkthrough_id, Fact.school_id, Fact.teacher_id, Fact.subject, Fact.grade, Fact.model),
    *(Fact.month, Fact.started_at, Fact.shared_at, Fact.verdict, Fact.reasons),
    cast(Fact.marks, Text).label("marks"),
)
"""What is read of each fact; marks are read as text, and only where they are asked for."""

TAKEN: dict[str, Callable[[Row[Any]], str]] = {
    "school": lambda fact: str(fact.school_id),
    "grade": lambda fact: fact.grade,
    "subject": lambda fact: fact.subject,
    "model": lambda fact: fact.model,
    "month": lambda fact: fact.month or "",
}
"""What a fact is told apart by."""


MOST_QUOTES = 6


@dataclass(frozen=True, slots=True)
class Quote:
    """A visit in which a look-for was seen: its notes on that, and words of students."""

    walkthrough_id: UUID
    at: datetime
    notes: Sequence[str]
    said: Sequence[str]


@dataclass(frozen=True)
class Rooms:
    """The shared visits somebody may read row by row: hers to count in any way, on screen only."""

    person: Person
    facts: Sequence[Row[Any]]

    @classmethod
    def of(cls, person: Person) -> Rooms:
        """All of them."""
        rows = Fact.visible_to(person).with_only_columns(*COLUMNS)
        return cls(person, db.session.execute(rows).all())

    @cached_property
    def loops(self) -> Mapping[UUID, tuple[bool, bool]]:
        """By visit: whether its feedback was read, and whether it was answered."""
        return _loops(self.person)

    def only(self, **wanted: str) -> Rooms:
        """Those with these values; an empty one asks for nothing."""
        facts = [
            fact
            for fact in self.facts
            if all(TAKEN[by](fact) == value for by, value in wanted.items() if value)
        ]
        return replace(self, facts=facts)

    def within(self, months: Iterable[str]) -> Rooms:
        """Those shared in these months."""
        wanted = set(months)
        return replace(self, facts=[fact for fact in self.facts if fact.month in wanted])

    def without(self, missing: Iterable[str]) -> Rooms:
        """Those of which these were not recorded."""
        names = list(missing)
        facts = [fact for fact in self.facts if not any(TAKEN[name](fact) for name in names)]
        return replace(self, facts=facts)

    def quotes(self, question: str) -> Sequence[Quote]:
        """Where a look-for was seen lately, with what was written about it."""
        seen = [fact for fact in self.facts if _mark(fact, question) == "seen"]
        return _quotes(seen[: -MOST_QUOTES - 1 : -1], question)

    def values(self, by: str) -> list[tuple[str, str]]:
        """What these visits can be told apart by, named."""
        found = {TAKEN[by](fact) for fact in self.facts}
        if by == "month":
            return [(month, period_short(month)) for month in sorted(found)]
        return columns_of(by, found, school_names(self.person) if by == "school" else {})

    def heat(self, by: str) -> Heat:
        """Look-fors told apart."""
        columns = self.values(by)[-LATEST:] if by == "month" else self.values(by)
        counts = tally((TAKEN[by](fact), json.loads(fact.marks)) for fact in self.facts)
        return heat(lines(self.person), counts, columns)

    def by_school(
        self,
    ) -> tuple[Counts, list[tuple[str, str]], dict[tuple[str, str], int]]:
        """Every question school by school, the schools, and in how many rooms it was asked."""
        asked: dict[tuple[str, str], set[UUID]] = defaultdict(set)
        marked = [(fact, str(fact.school_id), json.loads(fact.marks)) for fact in self.facts]
        for fact, school, marks in marked:
            for question, mark in marks.items():
                if mark in LOOKED_FOR:
                    asked[question, school].add(fact.teacher_id)
        counts = tally((school, marks) for _, school, marks in marked)
        return counts, self.values("school"), {key: len(rooms) for key, rooms in asked.items()}

    def points(self, question: str) -> list[Point]:
        """One question month by month."""
        counts = tally(
            (fact.month, {question: mark})
            for fact in self.facts
            if (mark := _mark(fact, question)) is not None
        )
        cells = counts.get(question, {})
        months = [month for month, _ in self.values("month")]
        return [Point(period_title(m), period_title(m)[:3], cells.get(m)) for m in months]

    def talk(self) -> list[Talk]:
        """Verdicts month by month."""
        found = []
        for month, title in self.values("month"):
            verdicts = [fact.verdict for fact in self.facts if fact.month == month]
            kept, lost = counts_of(verdicts)
            if kept.n:
                found.append(Talk(title, kept, lost))
        return found

    def totals(self) -> dict[str, Rate | None]:
        """Every question beside look-fors, and the pair of knowing and organizing, over all."""
        pair = tally(("", _pair(fact)) for fact in self.facts)
        found = {question: cells[""] for question, cells in pair.items()}
        return found | rates(self.record(fact) for fact in self.facts)

    def gaps(self) -> list[Gap]:
        """Where teachers who shared their own view of these visits saw something else."""
        marks = {fact.walkthrough_id: fact.marks for fact in self.facts}
        rows = SelfView.visible_to(self.person).where(
            SelfView.shared_at.is_not(None), SelfView.teacher_id != self.person.id
        )
        views = [one for one in db.session.scalars(rows) if one.walkthrough_id in marks]
        keys = look_for_keys({look_for for view in views for look_for in view.marks})
        pairs = [
            (
                json.loads(marks[view.walkthrough_id]),
                {keys[one]: mark for one, mark in view.marks.items() if one in keys},
            )
            for view in views
        ]
        return gaps(lines(self.person), pairs) if pairs else []

    @property
    def teachers(self) -> int:
        """How many classrooms these are."""
        return len({fact.teacher_id for fact in self.facts})

    def record(self, fact: Row[Any]) -> Record:
        """A fact as questions read it."""
        zone, shared = self.person.district.zone, fact.shared_at
        read, answered = self.loops.get(fact.walkthrough_id, (False, False))
        return Record(
            marks=json.loads(fact.marks),
            verdict=fact.verdict,
            reasons=fact.reasons,
            same_day=shared is not None
            and shared.astimezone(zone).date() == fact.started_at.astimezone(zone).date(),
            read=read,
            answered=answered,
        )


def _mark(fact: Row[Any], question: str) -> str | None:
    """What a look-for was marked; most facts do not name it at all, and are not read."""
    return json.loads(fact.marks).get(question) if f'"{question}"' in fact.marks else None


def _pair(fact: Row[Any]) -> dict[str, str]:
    found = {question: _mark(fact, question) for question in (KNOWING, ORGANIZING)}
    return {question: mark for question, mark in found.items() if mark is not None}


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


def _loops(person: Person) -> dict[UUID, tuple[bool, bool]]:
    answered = exists().where(Reply.feedback_id == Feedback.id).label("answered")
    rows = db.session.execute(
        select(Feedback.walkthrough_id, Feedback.opened_at, answered)
        .join(Fact, Fact.walkthrough_id == Feedback.walkthrough_id)
        .where(Fact.open_to(person))
    )
    return {walk: (opened is not None, replied) for walk, opened, replied in rows}
