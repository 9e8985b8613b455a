"""What trends show to everybody who may see them: the tables that a district published."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cache, cached_property
from typing import TYPE_CHECKING, Any

from sqlalchemy import Row, Select, bindparam, select

from models.alignment import Alignment
from models.base import db, gathered
from models.district import School
from models.framework import Component
from models.look_for import LookFor, LookForSet
from models.trends.published import ALL, COVERED, ROOMS, TrendPeriod, TrendTable
from rules.trends import Rate, period_short, period_title
from rules.trends.heat import Counts, Heat, Line, heat, in_order, value_name
from rules.trends.plot import Point
from rules.trends.talk import Talk

if TYPE_CHECKING:
    from models.person import Person

Cells = Mapping[str, Sequence[int] | None]
LATEST = 12
"""So many months stand side by side."""


def lines(person: Person) -> list[Line]:
    """Every look-for this district ever had, in the words of the latest version of its set."""
    district, framework = person.district_id, person.district.framework_id
    rows = db.session.execute(_lines(), {"district": district, "framework": framework})
    found: dict[str, Line] = {}
    for shelf, key, statement, core_four, plate in rows:
        name = f"{shelf}/{key}"
        found[name] = Line(name, statement, plate or "", core_four or "")
    return list(found.values())


@cache
def _lines() -> Select[tuple[str, str, str, str | None, str | None]]:
    ties = (
        select(Alignment.look_for_id, Alignment.position, Component.plate)
        .join(Component, Component.id == Alignment.component_id)
        .where(Component.framework_id == bindparam("framework"))
        .subquery()
    )
    return (
        select(LookForSet.key, LookFor.key, LookFor.statement, LookFor.core_four, ties.c.plate)
        .join(LookFor, LookFor.set_id == LookForSet.id)
        .outerjoin(ties, ties.c.look_for_id == LookFor.id)
        .where(LookForSet.district_id == bindparam("district"), LookForSet.state != "draft")
        # the last row of a look-for is kept: its latest version, with the first of its ties
        .order_by(LookForSet.position, LookForSet.made_at, LookFor.position, LookFor.key)
        .order_by(ties.c.position.desc())
    )


def school_names(person: Person) -> dict[str, str]:
    """Every school of the district, also those that are closed: tables keep theirs."""
    rows = select(School.id, School.name).where(School.district_id == person.district_id)
    return {str(school): name for school, name in db.session.execute(rows)}


@dataclass(frozen=True)
class Published:
    """Everything a district published, by period."""

    person: Person
    periods: Sequence[str]

    @classmethod
    def to(cls, person: Person) -> Published:
        """What this person may see of it: all, like everybody who may see trends."""
        rows = db.session.scalars(TrendPeriod.visible_to(person))
        return cls(person, [row.period for row in rows])

    @property
    def months(self) -> list[str]:
        """Counted months, oldest first."""
        return [period for period in self.periods if period[5:].isdecimal()]

    @property
    def terms(self) -> list[str]:
        """Counted terms, oldest first."""
        terms = [period for period in self.periods if not period[5:].isdecimal()]
        return sorted(terms, key=lambda term: (term[:4], term.endswith("fall")))

    @cached_property
    def told_terms(self) -> list[str]:
        """Counted terms of which something could be shown, then the others; each latest first."""
        if len(self.terms) < 2:
            return self.terms
        rows = (
            TrendTable.visible_to(self.person)
            .with_only_columns(TrendTable.period)
            .where(TrendTable.period.in_(self.terms), TrendTable.by == ALL)
        )
        told = set(db.session.scalars(rows.distinct()))
        latest = self.terms[::-1]
        return sorted(latest, key=lambda term: term not in told)

    def _tables(
        self, periods: Iterable[str], by: str, about: Iterable[Line] = ()
    ) -> dict[str, Mapping[str, Cells]]:
        """By period the cells of every question, or of these look-fors alone."""
        rows = (
            TrendTable.visible_to(self.person)
            .with_only_columns(TrendTable.period, gathered(TrendTable.question, TrendTable.cells))
            .where(TrendTable.period.in_(list(periods)), TrendTable.by == by)
            .group_by(TrendTable.period)
        )
        if keys := [line.key for line in about]:
            rows = rows.where(TrendTable.question.in_(keys))
        return dict(db.session.execute(rows).tuples().all())

    def _months(self, *questions: str) -> Sequence[Row[Any]]:
        """Some questions month by month, each with the first month in it."""
        rows = (
            TrendTable.visible_to(self.person)
            .with_only_columns(
                TrendTable.period, TrendTable.question, TrendTable.since, TrendTable.cells
            )
            .where(TrendTable.period.in_(self.months), TrendTable.by == ALL)
            .where(TrendTable.question.in_(questions))
        )
        return db.session.execute(rows).all()

    def _counts(
        self, term: str, by: str, about: Iterable[Line] = ()
    ) -> dict[str, dict[str, Rate | None]]:
        tables = self._tables([term], by, about).get(term, {})
        return {
            question: {value: rate(cell) for value, cell in cells.items()}
            for question, cells in tables.items()
        }

    def heat(self, term: str, by: str) -> Heat:
        """Look-fors of a term told apart, or by month over all that is published."""
        about = lines(self.person)
        if by == "month":
            return self._by_month(about)
        counts = self._counts(term, by, about)
        names = school_names(self.person) if by == "school" else {}
        return heat(about, counts, columns_of(by, _values(counts), names))

    def by_school(self, term: str) -> tuple[Counts, list[tuple[str, str]]]:
        """Every question of a term school by school, and the schools by name."""
        counts = self._counts(term, "school")
        return counts, columns_of("school", _values(counts), school_names(self.person))

    def _by_month(self, about: Sequence[Line]) -> Heat:
        counts: dict[str, dict[str, Rate | None]] = {}
        months = self.months[-LATEST:]
        for month, tables in self._tables(months, ALL, about).items():
            for question, cells in tables.items():
                counts.setdefault(question, {})[month] = rate(cells[""])
        columns = [(month, period_short(month)) for month in months]
        return heat(about, counts, columns)

    def points(self, question: str) -> list[Point]:
        """One question month by month."""
        rows = {row.period: row for row in self._months(question)}
        return [_point(month, rows.get(month)) for month in self.months]

    def talk(self) -> list[Talk]:
        """Verdicts month by month, then nothing else."""
        rows = self._months("talk:preserved", "talk:displaced")
        cells = {(row.period, row.question): row for row in rows}
        return [
            _talk(month, cells.get((month, "talk:preserved")), cells.get((month, "talk:displaced")))
            for month in self.months
        ]

    def coverage(self, term: str) -> list[tuple[str, Rate | None]]:
        """Of each school how many classrooms were visited in a term, by name."""
        names = school_names(self.person)
        cells = self._counts(term, ROOMS).get(COVERED, {})
        return [(name, cells[value]) for value, name in columns_of("school", cells, names)]

    def totals(self, term: str) -> dict[str, Rate | None]:
        """Every question over a whole term."""
        return self.totals_of(term)[term]

    def totals_of(self, *terms: str) -> dict[str, dict[str, Rate | None]]:
        """The same of several terms."""
        tables = self._tables(terms, ALL)
        return {
            term: {question: rate(cells[""]) for question, cells in tables.get(term, {}).items()}
            for term in terms
        }


def rate(cell: Sequence[int] | None) -> Rate | None:
    """A stored cell as a rate."""
    return Rate(*cell) if cell else None


def _point(month: str, row: Row[Any] | None) -> Point:
    title = period_title(month)
    if row is None:
        return Point(title, title[:3], None)
    since = period_title(row.since) if row.since != month else ""
    return Point(title, title[:3], rate(row.cells[""]), since)


def _talk(month: str, kept: Row[Any] | None, lost: Row[Any] | None) -> Talk:
    since = kept.since if kept and kept.since != month else ""
    return Talk(
        title=period_short(month),
        preserved=rate(kept.cells[""]) if kept else None,
        displaced=rate(lost.cells[""]) if lost else None,
        since=period_short(since) if since else "",
    )


def _values(counts: Mapping[str, Mapping[str, object]]) -> set[str]:
    return {value for cells in counts.values() for value in cells}


def columns_of(by: str, values: Iterable[str], names: Mapping[str, str]) -> list[tuple[str, str]]:
    """Values told apart, in order, with the names they are shown by."""
    if by == "school":
        return sorted(
            ((v, names.get(v, "A school")) for v in values), key=lambda c: c[1].casefold()
        )
    return [(value, value_name(by, value)) for value in in_order(values)]
