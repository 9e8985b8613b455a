"""Planned visits, which the teacher is told of, and what a teacher would like to be looked at."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date, datetime
from functools import cache
from typing import Any
from uuid import UUID
from zoneinfo import ZoneInfo

from sqlalchemy import (
    CompoundSelect,
    Date,
    ForeignKey,
    Index,
    Select,
    and_,
    or_,
    select,
    union,
    update,
)
from sqlalchemy.orm import Mapped, joinedload, mapped_column, relationship

from models.act import Act
from models.base import Model, db, given, new_id
from models.district import SchoolClass
from models.person import Person
from models.walkthrough import OPEN_PURPOSES, Walkthrough


class Plan(Model):
    """A visit somebody means to make on a day. The two whom it concerns see it, nobody else."""

    __tablename__ = "plans"
    __table_args__ = (
        Index("ix_plans_teacher_id_day", "teacher_id", "day"),
        Index("ix_plans_observer_id_day", "observer_id", "day"),
    )

    id: Mapped[UUID] = mapped_column(primary_key=True, default=new_id)
    observer_id: Mapped[UUID] = mapped_column(ForeignKey("people.id"))
    teacher_id: Mapped[UUID] = mapped_column(ForeignKey("people.id"))
    class_id: Mapped[UUID | None] = mapped_column(ForeignKey("classes.id"))
    purpose: Mapped[str]
    day: Mapped[date] = mapped_column(Date)
    made_at: Mapped[datetime]
    dropped_at: Mapped[datetime | None]
    walkthrough_id: Mapped[UUID | None] = mapped_column(ForeignKey("walkthroughs.id"))

    observer: Mapped[Person] = relationship(lazy="raise", foreign_keys=[observer_id])
    teacher: Mapped[Person] = relationship(lazy="raise", foreign_keys=[teacher_id])
    school_class: Mapped[SchoolClass | None] = relationship(lazy="raise")

    @classmethod
    def whole(cls) -> Select[tuple[Plan]]:
        """Plans that stand, with the people and the class, soonest first."""
        return (
            select(cls)
            .options(
                joinedload(cls.observer), joinedload(cls.teacher), joinedload(cls.school_class)
            )
            .where(cls.dropped_at.is_(None), cls.walkthrough_id.is_(None))
            .order_by(cls.day, cls.id)
        )

    @classmethod
    def visible_to(cls, person: Person) -> Select[tuple[Plan]]:
        """One’s own, as visitor or as teacher."""
        return cls.whole().where(or_(cls.observer_id == person.id, cls.teacher_id == person.id))

    @classmethod
    def of_visitor(cls, person: Person) -> Select[tuple[Plan]]:
        """The visits somebody means to make."""
        return cls.whole().where(cls.observer_id == person.id)

    @classmethod
    def of_teacher(cls, person: Person) -> Select[tuple[Plan]]:
        """The visits a teacher was told of."""
        return cls.whole().where(cls.teacher_id == person.id)

    @classmethod
    def make(
        cls,
        *,
        by: Person,
        teacher: Person,
        school_class: SchoolClass | None,
        purpose: str,
        day: date,
        at: datetime,
    ) -> Plan:
        """Plan a visit; the teacher sees it from now on."""
        plan = cls(
            id=new_id(),
            observer_id=by.id,
            teacher_id=teacher.id,
            class_id=school_class and school_class.id,
            purpose=purpose,
            day=day,
            made_at=at,
        )
        db.session.add(plan)
        Act.record("plan visit", plan.id, by=by, at=at, of=[str(teacher.id), purpose, str(day)])
        return plan

    def drop(self, *, by: Person, at: datetime) -> None:
        """The visit will not take place on that day."""
        self.dropped_at = at
        Act.record("drop planned visit", self.id, by=by, at=at)

    @classmethod
    def told(cls, teacher_id: UUID, observer_id: UUID, day: date) -> Select[tuple[datetime]]:
        """When a teacher was told of evaluation visits planned for this day, carried out or not."""
        return select(cls.made_at).where(
            cls.teacher_id == teacher_id,
            cls.observer_id == observer_id,
            cls.day == day,
            cls.purpose == "evaluation",
            cls.dropped_at.is_(None),
        )

    @classmethod
    def carry_out(cls, walk: Walkthrough, day: date) -> None:
        """The visit has begun: the plan of that day and purpose is used up by it."""
        plan = db.session.scalars(
            cls.whole()
            .where(
                cls.observer_id == walk.observer_id,
                cls.teacher_id == walk.teacher_id,
                cls.purpose == walk.purpose,
                cls.day == day,
            )
            .limit(1)
        ).first()
        if plan is not None:
            plan.walkthrough_id = walk.id


class Wish(Model):
    """What a teacher would like a visitor to look at; hers until a visit has used it.

    Without a plan it is for whoever visits next. With one it is for that visitor alone, so that
    what is asked of a coach stays between the two.
    """

    __tablename__ = "wishes"
    __table_args__ = (Index("ix_wishes_teacher_id", "teacher_id"),)

    id: Mapped[UUID] = mapped_column(primary_key=True, default=new_id)
    teacher_id: Mapped[UUID] = mapped_column(ForeignKey("people.id"))
    plan_id: Mapped[UUID | None] = mapped_column(ForeignKey("plans.id"))
    text: Mapped[str]
    made_at: Mapped[datetime]
    withdrawn_at: Mapped[datetime | None]
    walkthrough_id: Mapped[UUID | None] = mapped_column(ForeignKey("walkthroughs.id"), index=True)

    plan: Mapped[Plan | None] = relationship(lazy="raise")

    @classmethod
    def open(cls) -> Select[tuple[Wish]]:
        """Wishes that no visit has used and nobody took back, latest first."""
        return (
            select(cls)
            .where(cls.withdrawn_at.is_(None), cls.walkthrough_id.is_(None))
            .order_by(cls.made_at.desc(), cls.id.desc())
        )

    @classmethod
    def visible_to(cls, person: Person) -> Select[tuple[Wish]]:
        """One’s own, as long as they are open."""
        return cls.open().options(joinedload(cls.plan)).where(cls.teacher_id == person.id)

    @classmethod
    def make(cls, text: str, *, plan: Plan | None, by: Person, at: datetime) -> None:
        """Say what to look at; it takes the place of what was said to the same visitor before."""
        mine = cls.plan_id == plan.id if plan else cls.plan_id.is_(None)
        for earlier in db.session.scalars(cls.open().where(cls.teacher_id == by.id, mine)):
            earlier.withdrawn_at = at
        wish = cls(id=new_id(), teacher_id=by.id, plan_id=plan and plan.id, text=text, made_at=at)
        db.session.add(wish)
        Act.record("make wish", wish.id, by=by, at=at, of=text)

    def withdraw(self, *, at: datetime) -> None:
        """Take it back."""
        self.withdrawn_at = at

    @classmethod
    def for_visitor(cls, person: Person, teacher_ids: Iterable[UUID]) -> dict[UUID, str]:
        """What these teachers would like this visitor to look at, the most particular first."""
        rows = (
            cls.open()
            .outerjoin(Plan, Plan.id == cls.plan_id)
            .where(
                cls.teacher_id.in_(list(teacher_ids)),
                or_(cls.plan_id.is_(None), _planned_by(person.id)),
            )
            .order_by(None)
            .order_by(cls.plan_id.is_(None), cls.made_at.desc())
        )
        found: dict[UUID, str] = {}
        for wish in db.session.scalars(rows):
            found.setdefault(wish.teacher_id, wish.text)
        return found

    @classmethod
    def use(cls, walk: Walkthrough) -> None:
        """A visit that has begun takes the wish made for it; coaching leaves the open one alone.

        Otherwise the open wish’s absence would tell an evaluator that a coach was there.
        """
        for_it = _planned_by(walk.observer_id)
        if walk.purpose in OPEN_PURPOSES:
            for_it = or_(cls.plan_id.is_(None), and_(for_it, Plan.purpose.in_(OPEN_PURPOSES)))
        else:
            for_it = and_(for_it, Plan.purpose == walk.purpose)
        ids = (
            cls.open()
            .with_only_columns(cls.id)
            .outerjoin(Plan, Plan.id == cls.plan_id)
            .where(cls.teacher_id == walk.teacher_id, cls.made_at <= walk.started_at, for_it)
            .order_by(None)
        )
        db.session.execute(
            update(cls)
            .where(cls.id.in_(list(db.session.scalars(ids))))
            .values(walkthrough_id=walk.id)
            .execution_options(synchronize_session=False)
        )

    @classmethod
    def release(cls, walk: Walkthrough) -> None:
        """A retracted visit gives back what it used."""
        for kind in (cls, Plan):
            db.session.execute(
                update(kind).where(kind.walkthrough_id == walk.id).values(walkthrough_id=None)
            )

    @classmethod
    def of_visit(cls, walk: Walkthrough) -> Sequence[str]:
        """What this visit was asked to look at."""
        mine = select(cls.text).where(cls.walkthrough_id == walk.id)
        return db.session.scalars(mine.order_by(cls.plan_id.is_(None), cls.made_at)).all()


def use_prepared(walks: Iterable[Walkthrough], zone: ZoneInfo) -> None:
    """Visits have begun: what was planned and wished for them is theirs now."""
    begun = sorted((w for w in walks if w.started_at), key=lambda w: str(w.started_at))
    if not begun:
        return
    teachers = {walk.teacher_id for walk in begun}
    awaited = set(db.session.scalars(_awaited(), {"teachers": [*teachers]}))
    for walk in begun:
        if walk.teacher_id in awaited and walk.started_at is not None:
            Wish.use(walk)
            Plan.carry_out(walk, walk.started_at.astimezone(zone).date())


@cache
def _awaited() -> CompoundSelect[tuple[UUID]]:
    """Which of these teachers somebody means to visit, or has asked to be visited."""
    teachers = given("teachers")
    wished = select(Wish.teacher_id).where(
        Wish.teacher_id.in_(teachers), Wish.withdrawn_at.is_(None), Wish.walkthrough_id.is_(None)
    )
    planned = select(Plan.teacher_id).where(
        Plan.teacher_id.in_(teachers), Plan.dropped_at.is_(None), Plan.walkthrough_id.is_(None)
    )
    return union(wished, planned)


def _planned_by(observer_id: UUID) -> Any:
    """Whether a wish answers a plan of this visitor that still stands."""
    return and_(Plan.observer_id == observer_id, Plan.dropped_at.is_(None))
