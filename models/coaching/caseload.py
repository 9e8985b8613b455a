"""Who coaches whom: a coach asks, the teacher agrees, and either of them ends it."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from uuid import UUID

from sqlalchemy import ColumnElement, ForeignKey, Select, UniqueConstraint, and_, func, or_, select
from sqlalchemy.orm import Mapped, joinedload, mapped_column, relationship, selectinload

from models.act import Act, NotNow
from models.base import Model, db, new_id
from models.person import Person, RoleGrant
from rules.roles import Role


class Caseload(Model):
    """A teacher is coached by somebody. What is said there stays between the two of them.

    A co-coach is a row of their own that stands beside the first one, and opens what is kept
    there. Nothing opens before the teacher has agreed.
    """

    __tablename__ = "caseloads"
    __table_args__ = (UniqueConstraint("coach_id", "teacher_id", "since"),)

    id: Mapped[UUID] = mapped_column(primary_key=True, default=new_id)
    coach_id: Mapped[UUID] = mapped_column(ForeignKey("people.id"), index=True)
    teacher_id: Mapped[UUID] = mapped_column(ForeignKey("people.id"), index=True)
    beside_id: Mapped[UUID | None] = mapped_column(ForeignKey("caseloads.id"))
    state: Mapped[str] = mapped_column(default="active")
    since: Mapped[datetime]
    ended_at: Mapped[datetime | None]

    coach: Mapped[Person] = relationship(lazy="raise", foreign_keys=[coach_id])
    teacher: Mapped[Person] = relationship(lazy="raise", foreign_keys=[teacher_id])
    beside: Mapped[list[Caseload]] = relationship(lazy="raise", order_by="Caseload.since")

    @classmethod
    def whole(cls) -> Select[tuple[Caseload]]:
        """Caseloads with both people, and with the co-coaches."""
        return select(cls).options(
            joinedload(cls.coach).selectinload(Person.grants),
            joinedload(cls.teacher).selectinload(Person.grants),
            selectinload(cls.beside).joinedload(Caseload.coach),
        )

    @classmethod
    def visible_to(cls, person: Person) -> Select[tuple[Caseload]]:
        """One’s own coaching, as its teacher or its coach; the teacher keeps what has ended."""
        asking = and_(cls.coach_id == person.id, cls.ended_at.is_(None), cls.state == "asked")
        agreed = or_(cls.ended_at.is_(None), cls.state == "active")
        mine = and_(cls.teacher_id == person.id, agreed)
        here = cls.id.in_(cls.homes(person))
        return cls.whole().where(or_(mine, asking, cls.open_to(person), here))

    @classmethod
    def readable_by(cls, person: Person) -> Select[tuple[Caseload]]:
        """Those of `visible_to` that hold something: agreed once, and no co-coach’s row."""
        rows = cls.visible_to(person)
        return rows.where(cls.state == "active", cls.beside_id.is_(None))

    @classmethod
    def of_teacher(cls, teacher: Person) -> Select[tuple[Caseload]]:
        """The coaching of one teacher, the present first; co-coaches stand in it."""
        own = cls.whole().where(cls.teacher_id == teacher.id, cls.beside_id.is_(None))
        agreed = or_(cls.ended_at.is_(None), cls.state == "active")
        return own.where(agreed).order_by(cls.ended_at.is_not(None), cls.since)

    @classmethod
    def answerable_by(cls, teacher: Person) -> Select[tuple[Caseload]]:
        """What this teacher has been asked."""
        return cls.whole().where(cls.teacher_id == teacher.id, cls.ended_at.is_(None))

    @classmethod
    def endable_by(cls, person: Person) -> Select[tuple[Caseload]]:
        """Both sides may end it, and a co-coach their own part."""
        mine = or_(cls.teacher_id == person.id, cls.coach_id == person.id)
        home = cls.id.in_(cls.homes(person))
        beside = and_(cls.beside_id.in_(cls.homes(person)), cls.coach_id != person.id)
        return cls.whole().where(or_(mine, home, beside), cls.ended_at.is_(None))

    @classmethod
    def editable_by(cls, person: Person) -> Select[tuple[Caseload]]:
        """Coaching that goes on, to both sides."""
        return cls.whole().where(cls.goes_on(person))

    @classmethod
    def goes_on(cls, person: Person) -> ColumnElement[bool]:
        """The condition behind `editable_by`, for rows that hang on a caseload."""
        return and_(
            or_(cls.teacher_id == person.id, cls.id.in_(cls.homes(person))),
            cls.beside_id.is_(None),
            cls.state == "active",
            cls.ended_at.is_(None),
        )

    @classmethod
    def open_to(cls, coach: Person) -> ColumnElement[bool]:
        """What is open to a coach: agreed, not ended, and of nobody whom they evaluate.

        The last holds whatever was granted since, by a roster or by hand, and in which order.
        """
        return and_(
            cls.coach_id == coach.id,
            cls.state == "active",
            cls.ended_at.is_(None),
            cls.teacher_id.in_(_teaching_at(coach.school_ids(Role.COACH))),
            cls.teacher_id.not_in(_teaching_at(coach.school_ids(Role.OBSERVER))),
        )

    @classmethod
    def homes(cls, coach: Person) -> Select[tuple[UUID]]:
        """The caseloads under which a coach reads and writes, as their coach or as a co-coach."""
        return select(func.coalesce(cls.beside_id, cls.id)).where(cls.open_to(coach))

    @classmethod
    def teacher_ids(cls, coach: Person) -> Select[tuple[UUID]]:
        """The teachers somebody coaches now."""
        return select(cls.teacher_id).where(cls.open_to(coach))

    @classmethod
    def coach_ids(cls, teacher_id: UUID | None) -> Select[tuple[UUID]]:
        """Who coaches this teacher now."""
        return select(cls.coach_id).where(
            cls.teacher_id == teacher_id, cls.state == "active", cls.ended_at.is_(None)
        )

    @classmethod
    def beside_of(cls, coach_id: UUID, teacher_id: UUID | None) -> Select[tuple[UUID]]:
        """The co-coaches of one coaching."""
        home = select(cls.id).where(cls.coach_id == coach_id, cls.teacher_id == teacher_id)
        return cls.coach_ids(teacher_id).where(cls.beside_id.in_(home))

    @property
    def open(self) -> bool:
        """Whether it goes on."""
        return self.state == "active" and self.ended_at is None

    @property
    def co_coaches(self) -> list[Caseload]:
        """Who stands beside, agreed or asked."""
        return [one for one in self.beside if one.ended_at is None]

    @classmethod
    def ask(
        cls,
        coach: Person,
        teacher: Person,
        *,
        by: Person,
        at: datetime,
        home: Caseload | None = None,
    ) -> Caseload:
        """Ask a teacher; what this pair kept before comes back when she agrees again."""
        reason = why_not(coach, teacher)
        if reason:
            raise NotNow(reason)
        row = db.session.scalar(
            select(cls).where(
                cls.coach_id == coach.id,
                cls.teacher_id == teacher.id,
                cls.beside_id == (home.id if home else None),
            )
        )
        if row is not None and row.ended_at is None:
            raise NotNow(f"{teacher.name} has been asked already, or is on the caseload.")
        if row is None:
            row = cls(id=new_id(), coach_id=coach.id, teacher_id=teacher.id)
            row.beside_id = home.id if home else None
            db.session.add(row)
        row.state, row.since, row.ended_at = "asked", at, None
        Act.record("ask for coaching", row.id, by=by, at=at)
        return row

    def agree(self, *, by: Person, at: datetime) -> None:
        """The teacher says yes; from now on it is open to the coach."""
        if self.state != "asked" or self.ended_at is not None:
            raise NotNow("That question is answered already. Reload the page.")
        self.state, self.since = "active", at
        Act.record("agree to coaching", self.id, by=by, at=at)

    def end(self, *, by: Person, at: datetime) -> None:
        """Either side ends it, co-coaches with it; the teacher keeps what was shared."""
        if self.ended_at is not None:
            raise NotNow("This has ended already.")
        for one in [self, *self.co_coaches]:
            one.ended_at = at
        Act.record("end coaching", self.id, by=by, at=at)


def why_not(coach: Person, teacher: Person) -> str | None:
    """One sentence if this coach may not coach this teacher, else None."""
    teaches = set(teacher.school_ids(Role.TEACHER))
    if coach.id == teacher.id:
        return "Nobody coaches themselves. Choose another teacher."
    if teaches & set(coach.school_ids(Role.OBSERVER)):
        return (
            f"{coach.name} visits {teacher.name}’s school as an observer. Nobody is evaluator and "
            "coach of the same teacher: another coach can be asked."
        )
    if not teaches & set(coach.school_ids(Role.COACH)):
        return f"{teacher.name} teaches at no school where {coach.name} coaches."
    return None


def stops_role(person: Person, role: Role, school_id: UUID | None) -> str | None:
    """One sentence if coaching stands in the way of a role at a school, else None."""
    if role not in (Role.OBSERVER, Role.TEACHER) or school_id is None:
        return None
    going_on = select(Caseload.id).where(Caseload.ended_at.is_(None))
    if role == Role.OBSERVER:
        taught = Caseload.teacher_id.in_(_teaching_at([school_id]))
        clash = going_on.where(Caseload.coach_id == person.id, taught)
    else:
        evaluators = _holding(Role.OBSERVER, [school_id])
        clash = going_on.where(Caseload.teacher_id == person.id, Caseload.coach_id.in_(evaluators))
    if db.session.scalar(clash.limit(1)) is None:
        return None
    return (
        f"{person.name} is in coaching that this role would open to evaluation, and nobody is "
        "evaluator and coach of the same teacher. The coaching has to end first: its coach or its "
        "teacher ends it under Coaching."
    )


def _teaching_at(school_ids: Iterable[UUID]) -> Select[tuple[UUID]]:
    return _holding(Role.TEACHER, school_ids)


def _holding(role: Role, school_ids: Iterable[UUID]) -> Select[tuple[UUID]]:
    return select(RoleGrant.person_id).where(
        RoleGrant.school_id.in_(list(school_ids)),
        RoleGrant.role == role,
        RoleGrant.state == "active",
        RoleGrant.ended_at.is_(None),
    )
