"""People and the roles they hold: at a school, or in the whole district."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from datetime import datetime
from typing import TYPE_CHECKING
from uuid import UUID

from sqlalchemy import (
    BindParameter,
    ForeignKey,
    Index,
    Select,
    UniqueConstraint,
    case,
    func,
    or_,
    select,
)
from sqlalchemy.orm import Mapped, joinedload, mapped_column, raiseload, relationship, selectinload

from models.base import Model, db, new_id
from rules import roles
from rules.roles import DISTRICT_WIDE, Role

if TYPE_CHECKING:
    from models.district import District


class Person(Model):
    """Somebody who works in a district. Never a student."""

    __tablename__ = "people"
    __table_args__ = (UniqueConstraint("district_id", "source_id"),)

    id: Mapped[UUID] = mapped_column(primary_key=True, default=new_id)
    district_id: Mapped[UUID] = mapped_column(ForeignKey("districts.id"), index=True)
    source_id: Mapped[str | None]
    given_name: Mapped[str]
    family_name: Mapped[str]
    title: Mapped[str] = mapped_column(default="")
    email: Mapped[str | None] = mapped_column(unique=True)
    password_hash: Mapped[str | None] = mapped_column(deferred=True, deferred_raiseload=True)
    made_at: Mapped[datetime]
    ended_at: Mapped[datetime | None]

    district: Mapped[District] = relationship(lazy="raise")
    grants: Mapped[list[RoleGrant]] = relationship(
        lazy="raise", foreign_keys="RoleGrant.person_id", cascade="all, delete-orphan"
    )

    @property
    def name(self) -> str:
        """How they are addressed: “Ms. Okafor”, or both names where no title is known."""
        if self.title:
            return f"{self.title} {self.family_name}"
        return self.full_name

    @property
    def full_name(self) -> str:
        """Given and family name."""
        return f"{self.given_name} {self.family_name}".strip()

    @property
    def held(self) -> list[RoleGrant]:
        """The grants in force (the person must have been loaded with `whole`)."""
        return [grant for grant in self.grants if grant.in_force]

    @property
    def roles(self) -> frozenset[Role]:
        """Every role held anywhere."""
        return frozenset(Role(grant.role) for grant in self.held)

    @property
    def district_wide(self) -> bool:
        """Whether any role reaches over all schools."""
        return not self.roles.isdisjoint(DISTRICT_WIDE)

    def school_ids(self, *held: Role) -> list[UUID]:
        """The schools where one of these roles (any role, if none is named) is held."""
        wanted = held or tuple(Role)
        return [g.school_id for g in self.held if g.school_id and Role(g.role) in wanted]

    def may(self, verb: str) -> bool:
        """Whether the role table lets this person do it at all."""
        return roles.may(self.roles, verb)

    @classmethod
    def whole(cls) -> Select[tuple[Person]]:
        """People with everything their permissions need."""
        return select(cls).options(selectinload(cls.grants), joinedload(cls.district))

    @classmethod
    def by_email(cls, email: str) -> Person | None:
        """The person who signs in with this address."""
        return db.session.scalar(cls.whole().where(cls.email == normal_email(email)))

    @classmethod
    def visible_to(cls, person: Person) -> Select[tuple[Person]]:
        """Colleagues in reach: of one's schools; of the district for district-wide roles."""
        # their district is the reader’s own, which is here already: fifty rows need not bring it
        grants, here = joinedload(cls.grants), raiseload(cls.district, sql_only=True)
        rows = (
            select(cls)
            .options(grants, here)
            .where(cls.district_id == person.district_id, cls.ended_at.is_(None))
            .order_by(cls.family_name, cls.given_name, cls.id)
        )
        if person.district_wide:
            return rows
        near = select(RoleGrant.person_id).where(
            RoleGrant.school_id.in_(person.school_ids()), RoleGrant.ended_at.is_(None)
        )
        return rows.where(or_(cls.id == person.id, cls.id.in_(near)))

    @classmethod
    def teachers_at(
        cls, school_ids: Sequence[UUID] | BindParameter[Sequence[UUID]]
    ) -> Select[tuple[Person]]:
        """Those who teach at these schools."""
        teaching = select(RoleGrant.person_id).where(
            RoleGrant.school_id.in_(school_ids),
            RoleGrant.role == Role.TEACHER,
            RoleGrant.state == "active",
            RoleGrant.ended_at.is_(None),
        )
        return (
            cls.whole()
            .where(cls.id.in_(teaching), cls.ended_at.is_(None))
            .order_by(cls.family_name, cls.given_name, cls.id)
        )

    @classmethod
    def names_of(cls, ids: Select[tuple[UUID]], *, but: UUID | None) -> list[str]:
        """How those of these who are still here are called, in order, one of them left out."""
        here = select(cls).where(cls.id.in_(ids), cls.ended_at.is_(None))
        in_order = db.session.scalars(here.order_by(cls.family_name, cls.given_name))
        return [one.name for one in in_order if one.id != but]

    def grant(
        self,
        role: Role,
        *,
        school_id: UUID | None,
        at: datetime,
        proposed: bool = False,
        by: Person | None = None,
    ) -> RoleGrant:
        """Give a role (or propose it, until an administrator agrees)."""
        grant = RoleGrant(
            person_id=self.id,
            school_id=school_id,
            role=role.value,
            state="proposed" if proposed else "active",
            granted_by=by and by.id,
            since=at,
        )
        self.grants.append(grant)
        return grant


class RoleGrant(Model):
    """Somebody holds a role at a school (or in the district, where no school is named)."""

    __tablename__ = "role_grants"
    __table_args__ = (Index("ix_role_grants_school_id_role", "school_id", "role"),)

    id: Mapped[UUID] = mapped_column(primary_key=True, default=new_id)
    person_id: Mapped[UUID] = mapped_column(ForeignKey("people.id"), index=True)
    school_id: Mapped[UUID | None] = mapped_column(ForeignKey("schools.id"))
    role: Mapped[str]
    state: Mapped[str] = mapped_column(default="active")
    granted_by: Mapped[UUID | None] = mapped_column(ForeignKey("people.id"))
    since: Mapped[datetime]
    ended_at: Mapped[datetime | None]

    @property
    def in_force(self) -> bool:
        """A proposed role gives nothing until an administrator agrees."""
        return self.state == "active" and self.ended_at is None

    @property
    def proposed(self) -> bool:
        """Whether a roster suggests it and nobody has answered."""
        return self.state == "proposed" and self.ended_at is None

    @classmethod
    def groups_of(cls, people: Collection[UUID]) -> dict[UUID, Role]:
        """By which role people visit: a coach who was ever an observer is one here."""
        held = (
            select(cls.person_id)
            .where(cls.person_id.in_(people), cls.state == "active")
            .group_by(cls.person_id)
        )
        coached, observed = (
            func.max(case((cls.role == role, 1), else_=0)) for role in (Role.COACH, Role.OBSERVER)
        )
        coaches = set(db.session.scalars(held.having(coached > observed)))
        return {one: Role.COACH if one in coaches else Role.OBSERVER for one in people}

    def agree(self, *, by: Person, at: datetime) -> None:
        """An administrator lets a proposed role take effect."""
        self.state = "active"
        self.granted_by = by.id
        self.since = at


def teaching(district_id: UUID) -> Select[tuple[UUID | None, UUID]]:
    """Who teaches where in a district now, as pairs of school and person."""
    return (
        select(RoleGrant.school_id, RoleGrant.person_id)
        .join(Person, Person.id == RoleGrant.person_id)
        .where(
            Person.district_id == district_id,
            Person.ended_at.is_(None),
            RoleGrant.role == Role.TEACHER,
            RoleGrant.state == "active",
            RoleGrant.ended_at.is_(None),
        )
    )


def normal_email(email: str) -> str:
    """Addresses are compared without case or surrounding space."""
    return email.strip().casefold()
