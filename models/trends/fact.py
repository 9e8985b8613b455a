"""One narrow row for each walkthrough, by which trends find and group; written as events arrive."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from datetime import datetime
from functools import cache
from types import MappingProxyType
from typing import TYPE_CHECKING, Any
from uuid import UUID

from sqlalchemy import (
    BigInteger,
    ForeignKey,
    Index,
    Row,
    Select,
    and_,
    bindparam,
    delete,
    exists,
    false,
    or_,
    select,
    update,
)
from sqlalchemy.orm import Mapped, mapped_column

from models.base import Model, db, given, write_or_renew
from models.coaching import Caseload
from models.district import District, SchoolClass
from models.look_for import look_for_keys
from models.trends.answers import Answers, in_bits
from models.trends.marked import Marked
from rules.roles import Role
from rules.trends import grade_band, month_of, same_day

if TYPE_CHECKING:
    from sqlalchemy import ColumnElement

    from models.person import Person
    from models.walkthrough import Walkthrough
    from rules.capture import Observed
    from rules.discourse import Check

COUNTED_PURPOSE = "walkthrough"
"""Only these visits leave a fact. Coaching leaves none, so that no count can hold it."""


HEARD = ("read", "answered")
"""What a fact learns from its feedback. Events that come late leave it as it is."""


class Fact(Model):
    """What one walkthrough says to trends. A retracted visit has no fact."""

    __tablename__ = "trend_facts"
    __table_args__ = (
        Index("ix_trend_facts_district_id_month", "district_id", "month"),
        # holds all that a school is asked for: its visits are read side by side, and no row is
        Index(
            "ix_trend_facts_school_id",
            *("school_id", "month", "subject", "grade", "model", "teacher_id", "verdict"),
            *("same_day", "read", "answered", "asked", "yes", "observer_id"),
        ),
        Index("ix_trend_facts_teacher_id", "teacher_id"),
        Index("ix_trend_facts_observer_id", "observer_id", "school_id"),
    )

    walkthrough_id: Mapped[UUID] = mapped_column(ForeignKey("walkthroughs.id"), primary_key=True)
    district_id: Mapped[UUID] = mapped_column(ForeignKey("districts.id"))
    school_id: Mapped[UUID] = mapped_column(ForeignKey("schools.id"))
    teacher_id: Mapped[UUID] = mapped_column(ForeignKey("people.id"))
    observer_id: Mapped[UUID] = mapped_column(ForeignKey("people.id"))
    class_id: Mapped[UUID | None] = mapped_column(ForeignKey("classes.id"))
    subject: Mapped[str]
    grade: Mapped[str]
    """The band of the grade, as rules/trends/band.py reads it."""
    model: Mapped[str]
    phase: Mapped[str]
    started_at: Mapped[datetime]
    shared_at: Mapped[datetime | None]
    month: Mapped[str | None]
    """The month in which it was shared, on the district's clock."""
    same_day: Mapped[bool] = mapped_column(default=False)
    """Whether it was shared on the day of the visit, on the same clock."""
    read: Mapped[bool] = mapped_column(default=False)
    """Whether the teacher has opened the feedback by now."""
    answered: Mapped[bool] = mapped_column(default=False)
    rule_version: Mapped[str]
    verdict: Mapped[str]
    asked: Mapped[int] = mapped_column(BigInteger)
    """The questions this visit answers, a bit each; models/trends/answers.py knows their places."""
    yes: Mapped[int] = mapped_column(BigInteger)

    @classmethod
    def open_to(cls, person: Person) -> ColumnElement[bool]:
        """The shared walkthroughs somebody may read row by row: those one may open as visits."""
        schools = person.school_ids(Role.OBSERVER)
        # a way that leads to nothing is left out: several at once cannot use the index of filters
        ways: list[ColumnElement[bool]] = [cls.school_id.in_(schools)] if schools else []
        if cls._made_elsewhere(person, schools):
            ways.append(cls.observer_id == person.id)
        if Role.COACH in person.roles:
            ways.append(cls.teacher_id.in_(Caseload.teacher_ids(person)))
        return and_(cls.month.is_not(None), or_(false(), *ways))

    @classmethod
    def _made_elsewhere(cls, person: Person, schools: Collection[UUID]) -> bool:
        """Whether somebody made visits outside these schools."""
        asked = {"person": person.id, "schools": [*schools]}
        return bool(db.session.scalar(_elsewhere(), asked))

    @classmethod
    def visible_to(cls, person: Person) -> Select[tuple[Fact]]:
        """Their facts, oldest first."""
        return select(cls).where(cls.open_to(person)).order_by(cls.started_at, cls.walkthrough_id)

    @classmethod
    def keep(
        cls,
        seen: Mapping[Walkthrough, Observed],
        checks: Mapping[Walkthrough, Check],
        district: District,
        names: Mapping[str, str] = MappingProxyType({}),
    ) -> None:
        """Bring the facts of visits up to date; a visit that may not be counted has none.

        `names` are the look-fors of the batch that are known by name already.
        """
        counted = {walk: one for walk, one in seen.items() if walk in checks and _counts(walk)}
        cls.drop(walk.id for walk in seen if walk not in counted)
        if counted:
            cls.write(district.id, _rows(counted, checks, district, names))

    @classmethod
    def write(cls, district_id: UUID, rows: Sequence[dict[str, Any]]) -> None:
        """Keep facts, each with its words and its answers."""
        parts = in_bits(district_id, rows)
        facts = [_narrow(row, *parts[row["walkthrough_id"]][0]) for row in rows]
        write_or_renew(cls, facts, but=HEARD)
        Marked.keep(rows)
        Answers.keep(parts)

    @classmethod
    def follow(cls, walk: Walkthrough, district: District) -> None:
        """The visit was shared, or taken back."""
        shared = walk.shared_at
        db.session.execute(
            update(cls)
            .where(cls.walkthrough_id == walk.id)
            .values(_sharing(shared, walk.started_at, district))
        )

    @classmethod
    def hear(cls, walkthrough_id: UUID, *, answered: bool) -> None:
        """Its feedback was read, and perhaps answered; neither is ever taken back."""
        heard = HEARD if answered else HEARD[:1]
        db.session.execute(
            update(cls)
            .where(cls.walkthrough_id == walkthrough_id)
            .values(dict.fromkeys(heard, True))
        )

    @classmethod
    def drop(cls, walkthrough_ids: Iterable[UUID]) -> None:
        """These visits count no more."""
        ids = list(walkthrough_ids)
        if ids:
            db.session.execute(delete(cls).where(cls.walkthrough_id.in_(ids)))


@cache
def _elsewhere() -> Select[tuple[bool]]:
    away = Fact.school_id.not_in(given("schools"))
    return select(exists().where(Fact.observer_id == bindparam("person"), away))


def _narrow(row: Mapping[str, Any], asked: int, yes: int) -> dict[str, Any]:
    told = {name: value for name, value in row.items() if name not in ("marks", "reasons")}
    return {**dict.fromkeys(HEARD, False), **told, "asked": asked, "yes": yes}


def _counts(walk: Walkthrough) -> bool:
    return (
        walk.purpose == COUNTED_PURPOSE
        and walk.school_id is not None
        and walk.teacher_id is not None
        and walk.retracted_at is None
    )


def _rows(
    counted: Mapping[Walkthrough, Observed],
    checks: Mapping[Walkthrough, Check],
    district: District,
    names: Mapping[str, str],
) -> list[dict[str, Any]]:
    """The facts, with what several visits name looked up once."""
    marks = {walk: _marks(observed) for walk, observed in counted.items()}
    named = {look_for for said in marks.values() for look_for in said}
    keys = {**names, **look_for_keys(named - names.keys())}
    ids = {walk.class_id for walk in counted if walk.class_id}
    classes = {one.id: one for one in db.session.execute(_classes(), {"ids": [*ids]})}
    return [
        {
            **_row(walk, observed, checks[walk], district),
            **_about(observed, classes.get(walk.class_id) if walk.class_id else None),
            "marks": {keys[key]: mark for key, mark in sorted(marks[walk].items()) if key in keys},
        }
        for walk, observed in counted.items()
    ]


@cache
def _classes() -> Select[tuple[UUID, str, str]]:
    # columns: every batch asks for them
    wanted = select(SchoolClass.id, SchoolClass.subject, SchoolClass.grade)
    return wanted.where(SchoolClass.id.in_(given("ids")))


def _about(observed: Observed, school_class: Row[tuple[UUID, str, str]] | None) -> dict[str, str]:
    """The lesson as it was said to be, else as the roster knows the class."""
    subject = observed.context.subject or (school_class.subject if school_class else "")
    grade = observed.context.grade or (school_class.grade if school_class else "")
    return {"subject": subject.strip(), "grade": grade_band(grade)}


def _row(walk: Walkthrough, observed: Observed, check: Check, district: District) -> dict[str, Any]:
    context, override = observed.context, observed.override
    return {
        "walkthrough_id": walk.id,
        "district_id": district.id,
        "school_id": walk.school_id,
        "teacher_id": walk.teacher_id,
        "observer_id": walk.observer_id,
        "class_id": walk.class_id,
        "model": context.model or "",
        "phase": context.phase or "work",
        "started_at": walk.started_at,
        **_sharing(walk.shared_at, walk.started_at, district),
        "rule_version": check.rule_version,
        "verdict": override.verdict if override else check.verdict,
        "reasons": [*check.reasons],
    }


def _sharing(
    shared_at: datetime | None, started_at: datetime | None, district: District
) -> dict[str, Any]:
    """When it was shared, as trends ask for it."""
    if shared_at is None:
        return {"shared_at": None, "month": None, "same_day": False}
    zone = district.zone
    return {
        "shared_at": shared_at,
        "month": month_of(shared_at, zone),
        "same_day": started_at is not None and same_day(started_at, shared_at, zone),
    }


def _marks(observed: Observed) -> dict[str, str]:
    started = observed.started
    said = dict.fromkeys(started.focus if started else (), "in_focus")
    return said | {mark.look_for: mark.mark for mark in observed.marks}
