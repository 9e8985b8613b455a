"""A walkthrough: who visited whom, why, and what became of it."""

from __future__ import annotations

from datetime import datetime
from functools import cache
from typing import TYPE_CHECKING, Any
from uuid import UUID

from sqlalchemy import ForeignKey, Index, Select, and_, not_, or_, select
from sqlalchemy.orm import Mapped, joinedload, mapped_column, relationship

from models.base import Model, db, given, insert_new, new_id
from models.coaching import Caseload
from models.district import SchoolClass
from models.person import Person
from models.trends.fact import Fact
from rules.roles import Role

if TYPE_CHECKING:
    from collections.abc import Iterable

    from sqlalchemy import ColumnElement

    from rules.capture import Observed, Override
    from rules.discourse import Check, CheckInput

OPEN_PURPOSES = ("walkthrough", "evaluation")
"""Purposes whose visits evaluators of the school may read; coaching is never among them."""


class Walkthrough(Model):
    """One short visit. Columns below `observer_id` are read from its events.

    They are empty until the `started` event has come: events may arrive in any order, and a
    walk nobody has started yet is seen by its author only.
    """

    __tablename__ = "walkthroughs"
    __table_args__ = (
        Index("ix_walkthroughs_teacher_id_started_at", "teacher_id", "started_at"),
        Index("ix_walkthroughs_school_id_started_at", "school_id", "started_at"),
        Index("ix_walkthroughs_observer_id_started_at", "observer_id", "started_at"),
    )

    id: Mapped[UUID] = mapped_column(primary_key=True)
    observer_id: Mapped[UUID] = mapped_column(ForeignKey("people.id"))
    school_id: Mapped[UUID | None] = mapped_column(ForeignKey("schools.id"))
    teacher_id: Mapped[UUID | None] = mapped_column(ForeignKey("people.id"))
    class_id: Mapped[UUID | None] = mapped_column(ForeignKey("classes.id"))
    purpose: Mapped[str | None]
    framework_id: Mapped[UUID | None] = mapped_column(ForeignKey("frameworks.id"))
    sets: Mapped[list[Any]] = mapped_column(default=list)
    started_at: Mapped[datetime | None]
    finished_at: Mapped[datetime | None]
    shared_at: Mapped[datetime | None]
    retracted_at: Mapped[datetime | None]
    demo: Mapped[bool] = mapped_column(default=False)
    received_at: Mapped[datetime]

    observer: Mapped[Person] = relationship(lazy="raise", foreign_keys=[observer_id])
    teacher: Mapped[Person | None] = relationship(lazy="raise", foreign_keys=[teacher_id])
    school_class: Mapped[SchoolClass | None] = relationship(lazy="raise")
    check: Mapped[DiscourseCheck | None] = relationship(lazy="raise", uselist=False)

    @classmethod
    def whole(cls) -> Select[tuple[Walkthrough]]:
        """Walks that are not retracted, with the people, the class and the check."""
        return (
            select(cls)
            .options(
                joinedload(cls.observer),
                joinedload(cls.teacher),
                joinedload(cls.school_class),
                joinedload(cls.check),
            )
            .where(cls.retracted_at.is_(None))
            .order_by(cls.started_at.desc(), cls.id.desc())
        )

    @classmethod
    def visible_to(cls, person: Person) -> Select[tuple[Walkthrough]]:
        """The visits somebody may open (docs/house.md, Who may see what)."""
        return cls.whole().where(cls.open_to(person))

    @classmethod
    def open_to(cls, person: Person) -> ColumnElement[bool]:
        """The condition behind `visible_to`, for rows that hang on a walkthrough."""
        shared = cls.shared_at.is_not(None)
        walked = cls.purpose == "walkthrough"
        coached = and_(cls.purpose == "coaching", shared)
        return or_(
            cls.own(person),
            and_(cls.teacher_id == person.id, shared),
            and_(
                cls.school_id.in_(person.school_ids(Role.OBSERVER)),
                or_(and_(walked, shared), cls.purpose == "evaluation"),
            ),
            and_(walked, shared, cls.teacher_id.in_(Caseload.teacher_ids(person))),
            and_(coached, cls.in_coaching_of(person)),
        )

    @classmethod
    def own(cls, person: Person) -> ColumnElement[bool]:
        """One’s own visits; who evaluates at a school leaves behind what they coached there."""
        evaluates = cls.school_id.in_(person.school_ids(Role.OBSERVER))
        coached = and_(cls.purpose.is_not(None), cls.purpose == "coaching", evaluates)
        return and_(cls.observer_id == person.id, not_(coached))

    @classmethod
    def in_coaching_of(cls, person: Person) -> ColumnElement[bool]:
        """Visits of a coach beside whom somebody stands as a co-coach."""
        return (
            select(Caseload.id)
            .where(
                Caseload.id.in_(Caseload.homes(person)),
                Caseload.coach_id == cls.observer_id,
                Caseload.teacher_id == cls.teacher_id,
            )
            .exists()
        )

    @classmethod
    def editable_by(cls, person: Person) -> Select[tuple[Walkthrough]]:
        """The visits somebody may act on: their own, while they may still visit."""
        return cls.whole().where(cls.own(person), cls.own_act(person))

    @classmethod
    def own_act(cls, person: Person) -> ColumnElement[bool]:
        """Whether they still hold the role in which they visit at that school."""
        visited = cls.school_id.in_(person.school_ids(Role.OBSERVER, Role.COACH))
        return or_(visited, cls.school_id.is_(None))

    @classmethod
    def happened_to(cls, teacher: Person, person: Person) -> Select[Any]:
        """One dated line per coaching visit for evaluators and administrators, nothing else.

        Days, not instants, and each day once: how many visits a day, and when, is content.
        """
        if not (
            Role.ADMINISTRATOR in person.roles
            or set(person.school_ids(Role.OBSERVER)) & set(teacher.school_ids(Role.TEACHER))
        ):
            return select(cls.started_at).where(cls.id.is_(None))
        return select(cls.started_at).where(
            cls.teacher_id == teacher.id,
            cls.purpose == "coaching",
            cls.retracted_at.is_(None),
            cls.started_at.is_not(None),
        )

    @classmethod
    def hold(
        cls, walkthrough_ids: Iterable[UUID], *, by: Person, at: datetime
    ) -> tuple[dict[UUID, Walkthrough], set[UUID]]:
        """These visits' rows, made with their first event, and held until we commit; and the new.

        In order of id, so that two batches that overlap cannot wait for each other.
        """
        wanted = sorted(set(walkthrough_ids))
        if not wanted:
            return {}, set()
        new = {"observer_id": by.id, "sets": [], "demo": False, "received_at": at}
        order = insert_new(cls).returning(cls.id)
        fresh = set(db.session.scalars(order, [{"id": one, **new} for one in wanted]))
        rows = db.session.scalars(_held(), {"ids": wanted})
        return {walk.id: walk for walk in rows}, fresh

    @property
    def set_ids(self) -> list[UUID]:
        """The look-for sets it was made with."""
        return [UUID(str(key)) for key in self.sets]

    def read_from(self, observed: Observed, *, school_id: UUID | None) -> None:
        """Take over what the events say about the visit as a whole."""
        started = observed.started
        if started is not None:
            self.school_id = school_id
            self.teacher_id = UUID(started.teacher)
            self.class_id = UUID(started.class_) if started.class_ else None
            self.purpose = started.purpose
            self.framework_id = UUID(started.framework)
            self.sets = list(started.sets)
            self.started_at = started.at
        self.finished_at = observed.finished_at

    def retract(self, *, at: datetime) -> None:
        """Take a visit back (begun with the wrong purpose, say). Its events stay for the record."""
        self.retracted_at = at
        Fact.drop([self.id])


@cache
def _held() -> Select[tuple[Walkthrough]]:
    return (
        select(Walkthrough)
        .options(joinedload(Walkthrough.check))
        .where(Walkthrough.id.in_(given("ids")))
        .order_by(Walkthrough.id)
        .with_for_update(of=Walkthrough)
        .execution_options(populate_existing=True)
    )


class DiscourseCheck(Model):
    """The stored verdict of a visit, with all that is needed to explain and repeat it."""

    __tablename__ = "discourse_checks"

    walkthrough_id: Mapped[UUID] = mapped_column(ForeignKey("walkthroughs.id"), primary_key=True)
    id: Mapped[UUID] = mapped_column(default=new_id)
    rule_version: Mapped[str]
    thresholds: Mapped[dict[str, Any]]
    inputs: Mapped[dict[str, Any]]
    verdict: Mapped[str]
    result: Mapped[dict[str, Any]]
    override_verdict: Mapped[str | None]
    override_reason: Mapped[str | None]
    made_at: Mapped[datetime]

    @property
    def shown_verdict(self) -> str:
        """The observer's verdict where there is one; both are always shown together."""
        return self.override_verdict or self.verdict

    @classmethod
    def store(
        cls,
        walk: Walkthrough,
        check: Check,
        given: CheckInput,
        override: Override | None,
        *,
        at: datetime,
    ) -> None:
        """Keep the verdict of what has come so far; the same evidence gives the same row."""
        row = walk.check
        if row is None:
            row = walk.check = cls(walkthrough_id=walk.id)
        row.rule_version = check.rule_version
        row.thresholds = check.thresholds.as_dict()
        row.inputs = given.as_dict()
        row.verdict = check.verdict
        row.result = check.expected()
        row.override_verdict = override.verdict if override else None
        row.override_reason = override.reason if override else None
        row.made_at = at
