"""Binders: the feedback of a term as PDFs, gathered for one reader and kept for some days."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, datetime, time, timedelta
from uuid import UUID

from sqlalchemy import Date, ForeignKey, Select, delete, func, select, update
from sqlalchemy.orm import Mapped, joinedload, mapped_column, relationship

from models.act import Act
from models.base import Model, db, new_id
from models.feedback import Feedback
from models.job import Job
from models.person import Person
from models.walkthrough import Walkthrough
from rules.binder import name_of, unlike
from rules.calendar import Term

KEPT_FOR = timedelta(days=7)
KIND = "binder"


class Binder(Model):
    """What one person asked to have together. It holds references: the PDFs are kept once."""

    __tablename__ = "binders"

    id: Mapped[UUID] = mapped_column(primary_key=True, default=new_id)
    person_id: Mapped[UUID] = mapped_column(ForeignKey("people.id"), index=True)
    job_id: Mapped[UUID] = mapped_column(ForeignKey("jobs.id"))
    title: Mapped[str]
    first: Mapped[date] = mapped_column(Date)
    last: Mapped[date] = mapped_column(Date)
    paper: Mapped[str]
    made_at: Mapped[datetime]
    kept_until: Mapped[datetime]

    job: Mapped[Job] = relationship(lazy="raise")

    @classmethod
    def visible_to(cls, person: Person, *, at: datetime) -> Select[tuple[Binder]]:
        """One’s own that are still kept, latest first."""
        return (
            select(cls)
            .options(joinedload(cls.job))
            .where(cls.person_id == person.id, cls.kept_until > at)
            .order_by(cls.made_at.desc(), cls.id.desc())
        )

    @classmethod
    def make(cls, term: Term, *, by: Person, paper: str, at: datetime) -> Binder | None:
        """Gather what `by` may read of a term, and ask for it to be printed; None if nothing."""
        letters = list(readable(by, term.first, term.last))
        if not letters:
            return None
        binder_id = new_id()
        Job.put(KIND, binder_id, by=by, at=at, total=len(letters))
        job = Job.about(binder_id, KIND)
        assert job is not None
        binder = cls(
            id=binder_id,
            person_id=by.id,
            job_id=job.id,
            title=term.name,
            first=term.first,
            last=term.last,
            paper=paper,
            made_at=at,
            kept_until=at + KEPT_FOR,
            job=job,
        )
        db.session.add(binder)
        db.session.flush()
        zone, taken = by.district.zone, set[str]()
        for position, letter in enumerate(letters):
            name = unlike(_name(letter, zone), taken)
            db.session.add(BinderPage.of(binder, position, letter, name))
        Act.record("gather feedback", binder.id, by=by, at=at, of=[term.name, len(letters)])
        return binder

    @classmethod
    def outdated(cls, *, at: datetime) -> bool:
        """Whether there is anything to forget."""
        return db.session.scalar(select(cls.id).where(cls.kept_until <= at).limit(1)) is not None

    @classmethod
    def tidy(cls, *, at: datetime) -> None:
        """Forget binders that have been kept long enough."""
        old = list(db.session.scalars(select(cls.id).where(cls.kept_until <= at)))
        if old:
            db.session.execute(delete(BinderPage).where(BinderPage.binder_id.in_(old)))
            db.session.execute(delete(cls).where(cls.id.in_(old)))


class BinderPage(Model):
    """One letter of a binder: which version, under which name, and its print once it is made."""

    __tablename__ = "binder_pages"

    binder_id: Mapped[UUID] = mapped_column(ForeignKey("binders.id"), primary_key=True)
    position: Mapped[int] = mapped_column(primary_key=True)
    feedback_id: Mapped[UUID] = mapped_column(ForeignKey("feedback.id"))
    version_id: Mapped[UUID] = mapped_column(ForeignKey("feedback_versions.id"))
    name: Mapped[str]
    digest: Mapped[bytes | None]
    fault: Mapped[str] = mapped_column(default="")

    @classmethod
    def of(cls, binder: Binder, position: int, letter: Feedback, name: str) -> BinderPage:
        """A letter in its place."""
        version = letter.shared
        assert version is not None  # only shared letters are gathered
        return cls(
            binder_id=binder.id,
            position=position,
            feedback_id=letter.id,
            version_id=version.id,
            name=name,
        )

    @classmethod
    def to_make(cls, binder_id: UUID) -> list[tuple[int, UUID, UUID]]:
        """What has no print yet: position, feedback, version."""
        rows = select(cls.position, cls.feedback_id, cls.version_id).where(
            cls.binder_id == binder_id, cls.digest.is_(None), cls.fault == ""
        )
        return [tuple(row) for row in db.session.execute(rows.order_by(cls.position))]

    @classmethod
    def note(cls, binder_id: UUID, position: int, *, digest: bytes | None, fault: str = "") -> None:
        """Its print is kept, or why there is none."""
        db.session.execute(
            update(cls)
            .where(cls.binder_id == binder_id, cls.position == position)
            .values(digest=digest, fault=fault)
            .execution_options(synchronize_session=False)
        )

    @classmethod
    def made(cls, binder_id: UUID) -> int:
        """How many are settled, one way or the other."""
        settled = select(func.count()).where(
            cls.binder_id == binder_id, cls.digest.is_not(None) | (cls.fault != "")
        )
        return db.session.scalar(settled) or 0

    @classmethod
    def faults(cls, binder_id: UUID) -> list[tuple[str, str]]:
        """Which letters could not be printed, and why."""
        rows = select(cls.name, cls.fault).where(cls.binder_id == binder_id, cls.fault != "")
        return [tuple(row) for row in db.session.execute(rows.order_by(cls.position))]

    @classmethod
    def prints(cls, binder: Binder, person: Person) -> list[tuple[str, UUID, str, bytes]]:
        """What may be handed out now: name, version, paper and digest of each print."""
        readable_now = Feedback.visible_to(person).with_only_columns(Feedback.id).order_by(None)
        rows = select(cls.name, cls.version_id, cls.digest).where(
            cls.binder_id == binder.id,
            cls.digest.is_not(None),
            cls.feedback_id.in_(readable_now.where(Feedback.shared_at.is_not(None))),
        )
        return [
            (name, version_id, binder.paper, digest)
            for name, version_id, digest in db.session.execute(rows.order_by(cls.position))
        ]


def readable(person: Person, first: date, last: date) -> Iterator[Feedback]:
    """Shared letters this person may read now, of visits from `first` to `last`, in order."""
    zone = person.district.zone
    begins = datetime.combine(first, time(), tzinfo=zone)
    ends = datetime.combine(last + timedelta(days=1), time(), tzinfo=zone)
    rows = Feedback.visible_to(person).where(
        Feedback.shared_at.is_not(None),
        Walkthrough.started_at >= begins,
        Walkthrough.started_at < ends,
    )
    rows = rows.order_by(None).order_by(Walkthrough.started_at, Feedback.id)
    for letter in db.session.scalars(rows).unique():
        if letter.shared is not None:
            yield letter


def _name(letter: Feedback, zone: object) -> str:
    walk = letter.walkthrough
    day = (walk.started_at or letter.made_at).astimezone(zone)  # type: ignore[arg-type]
    return name_of(
        day.date(),
        walk.teacher.family_name if walk.teacher else "",
        walk.school_class.name if walk.school_class else "",
    )
