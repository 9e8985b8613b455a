"""Something a visitor asked to be told on Today: so many displaced in a row at a school."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import datetime
from uuid import UUID

from sqlalchemy import ForeignKey, Select, select
from sqlalchemy.orm import Mapped, joinedload, mapped_column, relationship

from models.act import Act
from models.base import Model, db, new_id
from models.district import School
from models.person import Person
from models.trends.fact import Fact
from rules.trends.question import FIRM

RUNS = (2, 3, 4, 5)


class TrendAlert(Model):
    """Tell this person when the latest visits they may read at a school came out displaced."""

    __tablename__ = "trend_alerts"

    id: Mapped[UUID] = mapped_column(primary_key=True, default=new_id)
    person_id: Mapped[UUID] = mapped_column(ForeignKey("people.id"), index=True)
    school_id: Mapped[UUID] = mapped_column(ForeignKey("schools.id"))
    run: Mapped[int]
    since: Mapped[datetime]
    ended_at: Mapped[datetime | None]

    school: Mapped[School] = relationship(lazy="raise")

    @classmethod
    def editable_by(cls, person: Person) -> Select[tuple[TrendAlert]]:
        """The alerts somebody asked for and has not ended."""
        return (
            select(cls)
            .options(joinedload(cls.school))
            .where(cls.person_id == person.id, cls.ended_at.is_(None))
            .order_by(cls.since, cls.id)
        )

    @classmethod
    def ask(cls, school: School, run: int, *, by: Person, at: datetime) -> TrendAlert:
        """Begin to be told; asking again for the same school changes the number."""
        kept = db.session.scalar(cls.editable_by(by).where(cls.school_id == school.id))
        if kept is None:
            kept = cls(id=new_id(), person_id=by.id, school_id=school.id, run=run, since=at)
            db.session.add(kept)
        kept.run = run
        Act.record("ask for an alert", kept.id, by=by, at=at, of=run)
        return kept

    def end(self, *, by: Person, at: datetime) -> None:
        """Be told no more."""
        self.ended_at = at
        Act.record("end an alert", self.id, by=by, at=at)


def who_asked(district_id: UUID) -> Sequence[Person]:
    """Everybody of a district who asked to be told of something."""
    asked = select(TrendAlert.person_id).where(TrendAlert.ended_at.is_(None))
    rows = Person.whole().where(
        Person.district_id == district_id, Person.ended_at.is_(None), Person.id.in_(asked)
    )
    return db.session.scalars(rows).all()


def ringing(person: Person) -> Sequence[TrendAlert]:
    """The alerts whose number is reached by the latest visits this person may read."""
    return [alert for alert, _ in _reached(person)]


def news(person: Person) -> str:
    """Which visits made this person's alerts ring, as one word; empty where none rings.

    The same word is the same news: whoever was told of it need not be told again.
    """
    return " ".join(sorted(str(latest) for _, latest in _reached(person)))


def _reached(person: Person) -> list[tuple[TrendAlert, UUID]]:
    """The alerts that ring, each with the latest visit behind it."""
    asked = db.session.scalars(TrendAlert.editable_by(person)).all()
    found = [(alert, _latest(person, alert)) for alert in asked]
    return [
        (alert, visits[0][0])
        for alert, visits in found
        if _displaced((verdict for _, verdict in visits), alert.run)
    ]


def _latest(person: Person, alert: TrendAlert) -> Sequence[tuple[UUID, str]]:
    """The latest firm verdicts at the school with their visits, newest first."""
    rows = db.session.execute(
        select(Fact.walkthrough_id, Fact.verdict)
        .where(
            Fact.open_to(person),
            Fact.school_id == alert.school_id,
            Fact.verdict.in_(FIRM),
        )
        .order_by(Fact.started_at.desc(), Fact.walkthrough_id)
        .limit(alert.run)
    )
    return [(visit, verdict) for visit, verdict in rows]


def _displaced(verdicts: Iterable[str], run: int) -> bool:
    found = list(verdicts)
    return len(found) == run and set(found) == {"displaced"}
