"""A district, its schools, and its classes with their teachers."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from typing import TYPE_CHECKING, Any
from uuid import UUID
from zoneinfo import ZoneInfo

from sqlalchemy import ForeignKey, Select, UniqueConstraint, select
from sqlalchemy.orm import Mapped, mapped_column, relationship, selectinload

from models.base import Model, db, new_id
from rules.discourse import Thresholds

if TYPE_CHECKING:
    from models.person import Person


class District(Model):
    """Who uses this Crosswalk: one school district and its choices."""

    __tablename__ = "districts"

    id: Mapped[UUID] = mapped_column(primary_key=True, default=new_id)
    name: Mapped[str]
    source_id: Mapped[str | None] = mapped_column(unique=True)
    time_zone: Mapped[str]
    paper: Mapped[str] = mapped_column(default="letter")
    brand_colour: Mapped[str | None]
    brand_logo: Mapped[bytes | None] = mapped_column(deferred=True, deferred_raiseload=True)
    framework_id: Mapped[UUID | None] = mapped_column(
        ForeignKey("frameworks.id", use_alter=True, name="fk_districts_framework_id_frameworks")
    )
    discourse_thresholds: Mapped[dict[str, Any]] = mapped_column(default=dict)
    demo: Mapped[bool] = mapped_column(default=False)
    made_at: Mapped[datetime]

    @property
    def zone(self) -> ZoneInfo:
        """The district's clock."""
        return ZoneInfo(self.time_zone)

    @property
    def thresholds(self) -> Thresholds:
        """The discourse check's thresholds, as this district set them."""
        return Thresholds.from_mapping(self.discourse_thresholds)

    def logo(self) -> bytes | None:
        """The district's logo, read only where it is printed."""
        return db.session.scalar(select(District.brand_logo).where(District.id == self.id))

    @classmethod
    def get(cls, district_id: UUID) -> District:
        """The district with this id (it must exist)."""
        return db.session.get_one(cls, district_id)


class School(Model):
    """One school of a district."""

    __tablename__ = "schools"
    __table_args__ = (UniqueConstraint("district_id", "source_id"),)

    id: Mapped[UUID] = mapped_column(primary_key=True, default=new_id)
    district_id: Mapped[UUID] = mapped_column(ForeignKey("districts.id"), index=True)
    name: Mapped[str]
    source_id: Mapped[str | None]
    ended_at: Mapped[datetime | None]

    @classmethod
    def visible_to(cls, person: Person) -> Select[tuple[School]]:
        """The schools where somebody works; all of the district for district-wide roles."""
        rows = select(cls).where(cls.district_id == person.district_id, cls.ended_at.is_(None))
        if person.district_wide:
            return rows.order_by(cls.name)
        return rows.where(cls.id.in_(person.school_ids())).order_by(cls.name)


class SchoolClass(Model):
    """A class: what is taught, to which grade, when and where. Students are a number."""

    __tablename__ = "classes"
    __table_args__ = (UniqueConstraint("school_id", "source_id"),)

    id: Mapped[UUID] = mapped_column(primary_key=True, default=new_id)
    school_id: Mapped[UUID] = mapped_column(ForeignKey("schools.id"), index=True)
    source_id: Mapped[str | None]
    name: Mapped[str]
    subject: Mapped[str] = mapped_column(default="")
    grade: Mapped[str] = mapped_column(default="")
    period: Mapped[str] = mapped_column(default="")
    room: Mapped[str] = mapped_column(default="")
    student_count: Mapped[int] = mapped_column(default=0)
    ended_at: Mapped[datetime | None]

    teaching: Mapped[list[ClassTeacher]] = relationship(
        lazy="raise", cascade="all, delete-orphan", order_by="ClassTeacher.position"
    )

    @classmethod
    def at(cls, school_ids: Iterable[UUID]) -> Select[tuple[SchoolClass]]:
        """What is taught at these schools, in the order of the day, with who teaches it."""
        return (
            select(cls)
            .options(selectinload(cls.teaching))
            .where(cls.school_id.in_(list(school_ids)), cls.ended_at.is_(None))
            .order_by(cls.period, cls.name)
        )

    @property
    def line(self) -> str:
        """The class in a few words: “Math 7, Period 3, Room 114”."""
        parts = [self.name]
        if self.period:
            parts.append(f"Period {self.period}")
        if self.room:
            parts.append(f"Room {self.room}")
        return ", ".join(parts)


class ClassTeacher(Model):
    """Somebody teaches a class; position 0 is the teacher of record."""

    __tablename__ = "class_teachers"

    class_id: Mapped[UUID] = mapped_column(ForeignKey("classes.id"), primary_key=True)
    teacher_id: Mapped[UUID] = mapped_column(ForeignKey("people.id"), primary_key=True, index=True)
    position: Mapped[int] = mapped_column(default=0)
