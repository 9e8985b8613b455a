"""The published tables: made once when a month or a term is closed, and never changed."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from datetime import datetime
from typing import TYPE_CHECKING, Any
from uuid import UUID

from sqlalchemy import ForeignKey, Select, func, select
from sqlalchemy.orm import Mapped, mapped_column

from models.base import Model, db, write_new
from models.person import teaching
from models.trends.counted import Counted
from models.trends.fact import Fact
from rules.trends import (
    QUESTIONS,
    Cell,
    Limits,
    answers,
    closed,
    month_of,
    months_between,
    months_of,
    publish,
    safe,
    term_of,
)
from rules.trends.coverage import covered

if TYPE_CHECKING:
    from models.district import District
    from models.person import Person

ALL = "all"
ROOMS, COVERED = "rooms", "coverage"
"""The one table that counts classrooms and not visits."""
WAITS = 12
"""For so many months a group too small to show waits for others; then it is left out for good."""
IN_TOTAL_ONLY = frozenset(question.key for question in QUESTIONS if not question.told_apart)


class TrendPeriod(Model):
    """A month or a term that was counted: which, when, and under which limits."""

    __tablename__ = "trend_periods"

    district_id: Mapped[UUID] = mapped_column(ForeignKey("districts.id"), primary_key=True)
    period: Mapped[str] = mapped_column(primary_key=True)
    limits: Mapped[dict[str, Any]]
    made_at: Mapped[datetime]

    @classmethod
    def visible_to(cls, person: Person) -> Select[tuple[TrendPeriod]]:
        """What a district published, oldest first."""
        return select(cls).where(cls.district_id == person.district_id).order_by(cls.period)

    @classmethod
    def claim(cls, district: District, period: str, limits: Limits, *, at: datetime) -> bool:
        """Begin to count a period; False where somebody else has."""
        row = {
            "district_id": district.id,
            "period": period,
            "limits": limits.as_dict(),
            "made_at": at,
        }
        return bool(write_new(cls, [row]))


class TrendTable(Model):
    """One question in one period, told apart by one thing; a cell that is hidden is null."""

    __tablename__ = "trend_tables"

    district_id: Mapped[UUID] = mapped_column(ForeignKey("districts.id"), primary_key=True)
    period: Mapped[str] = mapped_column(primary_key=True)
    by: Mapped[str] = mapped_column(primary_key=True)
    question: Mapped[str] = mapped_column(primary_key=True)
    since: Mapped[str]
    """The first month whose visits are in it: small months wait for the next."""
    cells: Mapped[dict[str, Any]]

    @classmethod
    def visible_to(cls, person: Person) -> Select[tuple[TrendTable]]:
        """Everybody who may see trends at all may see what is published."""
        return select(cls).where(cls.district_id == person.district_id)


def due(district: District, *, at: datetime) -> list[str]:
    """The months that are closed and not yet counted, oldest first."""
    last = db.session.scalar(
        select(func.max(TrendPeriod.period)).where(
            TrendPeriod.district_id == district.id,
            func.length(TrendPeriod.period) == len("2026-10"),
        )
    )
    first = last or _first_month(district)
    if first is None:
        return []
    return [
        month
        for month in months_between(first, month_of(at, district.zone))
        if closed(month, at, district.zone) and month != last
    ]


def _first_month(district: District) -> str | None:
    return db.session.scalar(select(func.min(Fact.month)).where(Fact.district_id == district.id))


def publish_due(district: District, *, at: datetime) -> list[str]:
    """Count every closed month and term that is not counted yet; which. The caller commits."""
    made = []
    limits = Limits.raised(district.small_groups)
    for month in due(district, at=at):
        if not TrendPeriod.claim(district, month, limits, at=at):
            continue
        Counted.take(district.id, month)
        _publish_month(district, month, limits)
        made.append(month)
        term = term_of(month)
        if month == months_of(term)[-1] and TrendPeriod.claim(district, term, limits, at=at):
            _publish_term(district, term, limits)
            _publish_coverage(district, term, limits)
            made.append(term)
    return made


Answered = dict[str, list[tuple[Counted, bool]]]


def _answered(rows: Iterable[Counted]) -> Answered:
    """Every question with the visits that answer it."""
    found: Answered = defaultdict(list)
    for row in rows:
        for key, yes in answers(row.record):
            found[key].append((row, yes))
    return found


def _publish_month(district: District, month: str, limits: Limits) -> None:
    """What of a month can be shown, together with what waited for it."""
    *_, first = _back(month, WAITS)
    waited = _last_shown(district)
    for key, found in _answered(Counted.between(district.id, first, month)).items():
        group = [(row, yes) for row, yes in found if row.month > waited.get(key, "")]
        if not group or group[-1][0].month != month:
            continue
        visits = [row.visit(month, yes=yes) for row, yes in group]
        cell = Cell(sum(v.yes for v in visits), len(visits)) if safe(visits, limits) else None
        _store(district, month, ALL, key, group[0][0].month, {"": cell})


def _back(month: str, how_many: int) -> Sequence[str]:
    """The months up to this one, latest first."""
    year, number = int(month[:4]), int(month[5:])
    months = (year * 12 + number - 1 - back for back in range(how_many))
    return [f"{one // 12}-{one % 12 + 1:02}" for one in months]


def _last_shown(district: District) -> dict[str, str]:
    """The last month in which each question was shown."""
    rows = db.session.scalars(
        select(TrendTable)
        .where(TrendTable.district_id == district.id, TrendTable.by == ALL)
        .order_by(TrendTable.period)
    )
    return {row.question: row.period for row in rows if _is_month(row.period) and row.cells[""]}


def _is_month(period: str) -> bool:
    return period[5:].isdecimal()


def _publish_term(district: District, term: str, limits: Limits) -> None:
    """The tables of a term, of exactly the visits that its months have shown."""
    months = _months_shown(district, term)
    if not months:
        return
    first = min(row.since for row in months)
    answered = _answered(Counted.between(district.id, first, max(row.period for row in months)))
    runs: dict[str, list[TrendTable]] = defaultdict(list)
    for row in months:
        runs[row.question].append(row)
    for key, of in runs.items():
        visits = [
            row.visit(run.period, yes=yes)
            for row, yes in answered[key]
            for run in of
            if run.since <= row.month <= run.period
        ]
        tables = publish(visits, limits, months=[run.period for run in of])
        since = min(run.since for run in of)
        _store(district, term, ALL, key, since, {"": tables.total})
        if key not in IN_TOTAL_ONLY:
            for by, cells in tables.cells.items():
                _store(district, term, by, key, since, cells)


def _months_shown(district: District, term: str) -> Sequence[TrendTable]:
    rows = db.session.scalars(
        select(TrendTable).where(
            TrendTable.district_id == district.id,
            TrendTable.by == ALL,
            TrendTable.period.in_(months_of(term)),
        )
    )
    return [row for row in rows if row.cells[""]]


def _publish_coverage(district: District, term: str, limits: Limits) -> None:
    """How many classrooms of each school were visited in a term."""
    months = months_of(term)
    visited: dict[str, set[UUID]] = defaultdict(set)
    for row in Counted.between(district.id, months[0], months[-1]):
        visited[str(row.school_id)].add(row.teacher_id)
    rooms: dict[str, set[UUID]] = defaultdict(set)
    for school_id, teacher_id in db.session.execute(teaching(district.id)):
        rooms[str(school_id)].add(teacher_id)
    if visited:
        _store(district, term, ROOMS, COVERED, months[0], covered(visited, rooms, limits))


def _store(
    district: District,
    period: str,
    by: str,
    question: str,
    since: str,
    cells: dict[str, Cell | None] | Any,
) -> None:
    db.session.add(
        TrendTable(
            district_id=district.id,
            period=period,
            by=by,
            question=question,
            since=since,
            cells={value: [cell.yes, cell.n] if cell else None for value, cell in cells.items()},
        )
    )
