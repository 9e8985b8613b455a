"""What trends show to everybody who may see them: the tables that a district published."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from sqlalchemy import Row, select

from models.base import db
from models.district import School
from models.look_for import LookFor, LookForSet, look_for_views
from models.trends.published import ALL, COVERED, ROOMS, TrendPeriod, TrendTable
from rules.trends import Rate, period_short, period_title
from rules.trends.heat import Counts, Heat, Line, heat, in_order, value_name
from rules.trends.plot import Point
from rules.trends.talk import Talk

if TYPE_CHECKING:
    from models.person import Person

LATEST = 12
"""So many months stand side by side."""


def lines(person: Person) -> list[Line]:
    """Every look-for this district ever had, in the words of the latest version of its set."""
    rows = db.session.execute(
        select(LookForSet.key, LookForSet.id, LookFor.id, LookFor.key, LookFor.statement)
        .add_columns(LookFor.core_four)
        .join(LookFor, LookFor.set_id == LookForSet.id)
        .where(LookForSet.district_id == person.district_id, LookForSet.state != "draft")
        .order_by(LookForSet.position, LookForSet.made_at, LookFor.position)
    ).all()
    sets = {str(set_id) for _, set_id, *_ in rows}
    views = look_for_views(sets, person.district.framework_id)
    found: dict[str, Line] = {}
    for shelf, _, look_for_id, key, statement, core_four in rows:
        name = f"{shelf}/{key}"
        plate = views[str(look_for_id)].plate or ""
        found[name] = Line(name, statement, plate, core_four or "")
    return list(found.values())


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

    def tables(self, periods: Iterable[str], by: str, *questions: str) -> Sequence[Row[Any]]:
        """The tables of these periods, all questions or those named, as plain rows."""
        rows = (
            TrendTable.visible_to(self.person)
            .with_only_columns(
                TrendTable.period, TrendTable.question, TrendTable.since, TrendTable.cells
            )
            .where(TrendTable.period.in_(list(periods)), TrendTable.by == by)
        )
        if questions:
            rows = rows.where(TrendTable.question.in_(questions))
        return db.session.execute(rows.order_by(TrendTable.period, TrendTable.question)).all()

    def heat(self, term: str, by: str) -> Heat:
        """Look-fors of a term told apart, or by month over all that is published."""
        if by == "month":
            return self._by_month()
        counts = {
            row.question: {value: rate(cell) for value, cell in row.cells.items()}
            for row in self.tables([term], by)
        }
        names = school_names(self.person) if by == "school" else {}
        return heat(lines(self.person), counts, columns_of(by, _values(counts), names))

    def by_school(self, term: str) -> tuple[Counts, list[tuple[str, str]]]:
        """Every question of a term school by school, and the schools by name."""
        counts = {
            row.question: {value: rate(cell) for value, cell in row.cells.items()}
            for row in self.tables([term], "school")
        }
        return counts, columns_of("school", _values(counts), school_names(self.person))

    def _by_month(self) -> Heat:
        counts: dict[str, dict[str, Rate | None]] = {}
        months = self.months[-LATEST:]
        for row in self.tables(months, ALL):
            counts.setdefault(row.question, {})[row.period] = rate(row.cells[""])
        columns = [(month, period_short(month)) for month in months]
        return heat(lines(self.person), counts, columns)

    def points(self, question: str) -> list[Point]:
        """One question month by month."""
        rows = {row.period: row for row in self.tables(self.months, ALL, question)}
        return [_point(month, rows.get(month)) for month in self.months]

    def talk(self) -> list[Talk]:
        """Verdicts month by month, then nothing else."""
        rows = self.tables(self.months, ALL, "talk:preserved", "talk:displaced")
        cells = {(row.period, row.question): row for row in rows}
        return [
            _talk(month, cells.get((month, "talk:preserved")), cells.get((month, "talk:displaced")))
            for month in self.months
        ]

    def coverage(self, term: str) -> list[tuple[str, Rate | None]]:
        """Of each school how many classrooms were visited in a term, by name."""
        names = school_names(self.person)
        rows = self.tables([term], ROOMS, COVERED)
        cells = {value: rate(cell) for row in rows for value, cell in row.cells.items()}
        return [(name, cells[value]) for value, name in columns_of("school", cells, names)]

    def totals(self, term: str) -> dict[str, Rate | None]:
        """Every question over a whole term."""
        return {row.question: rate(row.cells[""]) for row in self.tables([term], ALL)}


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
