"""Steps: one small dated action each, made in the feedback on a visit or in coaching."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, datetime, time
from typing import Any
from uuid import UUID

from sqlalchemy import ColumnElement, ForeignKey, Index, Select, and_, or_, select
from sqlalchemy.orm import Mapped, joinedload, mapped_column, relationship

from models.act import Act, NotNow
from models.base import Model, db, new_id
from models.coaching import Caseload
from models.event import Event
from models.look_for import LookFor
from models.person import Person
from models.walkthrough import Walkthrough
from rules.step import OUTCOMES


class Step(Model):
    """A step belongs to where it was made, and is open to whom that is open.

    `origin` is "walkthrough" for one made in the feedback on a walkthrough: whoever may read that
    feedback may read it. It is "coaching" for one made in coaching, which stays there.
    """

    __tablename__ = "steps"
    __table_args__ = (Index("ix_steps_teacher_id_made_at", "teacher_id", "made_at"),)

    id: Mapped[UUID] = mapped_column(primary_key=True, default=new_id)
    origin: Mapped[str]
    teacher_id: Mapped[UUID] = mapped_column(ForeignKey("people.id"))
    by_id: Mapped[UUID] = mapped_column(ForeignKey("people.id"))
    caseload_id: Mapped[UUID | None] = mapped_column(ForeignKey("caseloads.id"), index=True)
    walkthrough_id: Mapped[UUID | None] = mapped_column(ForeignKey("walkthroughs.id"), index=True)
    look_for_id: Mapped[UUID | None] = mapped_column(ForeignKey("look_fors.id"))
    after_id: Mapped[UUID | None] = mapped_column(ForeignKey("steps.id"))
    text: Mapped[str]
    due_on: Mapped[date | None]
    due_at: Mapped[time | None]
    made_at: Mapped[datetime]
    changed_at: Mapped[datetime]
    sequence: Mapped[int] = mapped_column(default=0)
    done_at: Mapped[datetime | None]
    answer: Mapped[str] = mapped_column(default="")
    outcome: Mapped[str | None]
    words: Mapped[str] = mapped_column(default="")
    ended_at: Mapped[datetime | None]

    teacher: Mapped[Person] = relationship(lazy="raise", foreign_keys=[teacher_id])
    by: Mapped[Person] = relationship(lazy="raise", foreign_keys=[by_id])
    look_for: Mapped[LookFor | None] = relationship(lazy="raise")

    @classmethod
    def whole(cls) -> Select[tuple[Step]]:
        """Steps with their people and their look-for, latest first."""
        return (
            select(cls)
            .options(joinedload(cls.teacher), joinedload(cls.by), joinedload(cls.look_for))
            .order_by(cls.made_at.desc(), cls.id.desc())
        )

    @classmethod
    def visible_to(cls, person: Person) -> Select[tuple[Step]]:
        """The steps somebody may read."""
        return cls.whole().where(cls.open_to(person))

    @classmethod
    def open_to(cls, person: Person) -> ColumnElement[bool]:
        """The condition behind `visible_to`: the teacher’s own, one’s coaching’s, shared ones."""
        readable = select(Walkthrough.id).where(
            Walkthrough.open_to(person),
            Walkthrough.shared_at.is_not(None),
            Walkthrough.retracted_at.is_(None),
        )
        return or_(
            cls.teacher_id == person.id,
            and_(cls.origin == "coaching", cls.caseload_id.in_(Caseload.homes(person))),
            and_(cls.origin == "walkthrough", cls.walkthrough_id.in_(readable)),
        )

    @classmethod
    def kept_by(cls, person: Person) -> Select[tuple[Step]]:
        """The steps whose check-back is one’s own: made by oneself, or in one’s coaching."""
        return cls.visible_to(person).where(cls.to_check(person))

    @classmethod
    def to_check(cls, person: Person) -> ColumnElement[bool]:
        """The condition behind `kept_by`."""
        coached = and_(cls.origin == "coaching", cls.caseload_id.in_(Caseload.homes(person)))
        return or_(coached, and_(cls.origin == "walkthrough", cls.by_id == person.id))

    @classmethod
    def answerable_by(cls, person: Person) -> Select[tuple[Step]]:
        """The teacher’s own."""
        return cls.whole().where(cls.teacher_id == person.id)

    @classmethod
    def adjustable_by(cls, person: Person) -> Select[tuple[Step]]:
        """One’s check-backs, and to a teacher her own steps in coaching that goes on."""
        going_on = select(Caseload.id).where(Caseload.goes_on(person))
        agreed = and_(cls.teacher_id == person.id, cls.caseload_id.in_(going_on))
        return cls.whole().where(or_(agreed, cls.to_check(person)))

    @classmethod
    def dated(cls, coach: Person) -> Select[tuple[Step]]:
        """The check-backs of a coach’s own coaching that are still to come, nearest first."""
        rows = cls.kept_by(coach).where(
            cls.origin == "coaching", cls.ended_at.is_(None), cls.due_on.is_not(None)
        )
        return rows.order_by(None).order_by(cls.due_on, cls.due_at, cls.id)

    @classmethod
    def of(cls, caseload: Caseload) -> Select[tuple[Step]]:
        """Every step of one coaching, latest first."""
        return cls.whole().where(cls.origin == "coaching", cls.caseload_id == caseload.id)

    @property
    def open(self) -> bool:
        """Whether its check-back is still to come."""
        return self.ended_at is None

    def before(self) -> list[Step]:
        """The steps that this one goes on from, the nearest first."""
        found: list[Step] = []
        after_id = self.after_id
        while after_id is not None:
            step = db.session.scalars(Step.whole().where(Step.id == after_id)).one()
            found.append(step)
            after_id = step.after_id
        return found

    def readers(self) -> list[Person]:
        """Who may read it besides its teacher."""
        coaches = Caseload.coach_ids(self.teacher_id)
        here = or_(Caseload.id == self.caseload_id, Caseload.beside_id == self.caseload_id)
        people = select(Person).where(Person.id.in_(coaches.where(here)))
        return list(db.session.scalars(people.order_by(Person.family_name)))

    @property
    def state(self) -> str:
        """How far it has come, in a word for the page."""
        if self.outcome:
            return OUTCOMES[self.outcome]
        return "Tried" if self.done_at else "Open"

    @classmethod
    def agree(
        cls,
        caseload: Caseload,
        text: str,
        *,
        look_for_id: UUID | None,
        due_on: date,
        due_at: time | None,
        by: Person,
        at: datetime,
    ) -> Step:
        """Agree on a step in coaching; one at a time."""
        if db.session.scalar(cls.of(caseload).where(cls.ended_at.is_(None))):
            raise NotNow("There is a step already. Close it, or adjust it, before the next one.")
        step = cls(id=new_id(), origin="coaching", text=text, look_for_id=look_for_id)
        step.teacher_id, step.caseload_id, step.by_id = caseload.teacher_id, caseload.id, by.id
        step.due_on, step.due_at, step.made_at, step.changed_at = due_on, due_at, at, at
        db.session.add(step)
        Act.record("agree a step", step.id, by=by, at=at, of=text)
        return step

    @classmethod
    def from_feedback(
        cls, walk: Walkthrough, sentence: dict[str, Any] | None, *, by: Person, at: datetime
    ) -> None:
        """Keep the one next step of feedback as it is shared; a correction changes its words."""
        kept = db.session.scalar(
            select(cls).where(cls.walkthrough_id == walk.id, cls.after_id.is_(None))
        )
        if sentence is None:
            if kept is not None and kept.open:
                kept._end("dropped", "", at=at)
            return
        if kept is None:
            kept = cls(id=new_id(), walkthrough_id=walk.id, teacher_id=walk.teacher_id)
            kept.by_id, kept.made_at = by.id, at
            kept._belong(walk)
            db.session.add(kept)
        kept.text, kept.changed_at = sentence["text"], at
        kept.look_for_id = _look_for_of(sentence["evidence"])

    def _belong(self, walk: Walkthrough) -> None:
        self.origin = "coaching" if walk.purpose == "coaching" else "walkthrough"
        if self.origin == "coaching":
            pair = Caseload.teacher_id == walk.teacher_id, Caseload.coach_id == walk.observer_id
            own = db.session.scalar(select(Caseload).where(*pair, Caseload.ended_at.is_(None)))
            self.caseload_id = (own.beside_id or own.id) if own else None

    @classmethod
    def take_back(cls, walk: Walkthrough) -> None:
        """The feedback was taken back before anybody read it, and its step with it."""
        for step in db.session.scalars(select(cls).where(cls.walkthrough_id == walk.id)):
            db.session.delete(step)

    def tried(self, answer: str, *, by: Person, at: datetime) -> None:
        """The teacher did it, and may say how it went."""
        self._must_be_open()
        self.done_at, self.changed_at = self.done_at or at, at
        self.answer = answer or self.answer
        Act.record("mark step tried", self.id, by=by, at=at, of=answer)

    def move(self, due_on: date, due_at: time | None, *, by: Person, at: datetime) -> None:
        """Put the check-back on another day."""
        self._must_be_open()
        self.due_on, self.due_at, self.changed_at = due_on, due_at, at
        self.sequence += 1
        Act.record("move check-back", self.id, by=by, at=at, of=[str(due_on), str(due_at)])

    def adjust(
        self, text: str, due_on: date, due_at: time | None, *, by: Person, at: datetime
    ) -> Step:
        """Close it as adjusted, and go on with a new one in its place."""
        self.close("adjusted", "", by=by, at=at)
        after = Step(id=new_id(), origin=self.origin, text=text, look_for_id=self.look_for_id)
        after.teacher_id, after.caseload_id = self.teacher_id, self.caseload_id
        after.walkthrough_id, after.after_id, after.by_id = self.walkthrough_id, self.id, by.id
        after.due_on, after.due_at, after.made_at, after.changed_at = due_on, due_at, at, at
        db.session.add(after)
        Act.record("agree a step", after.id, by=by, at=at, of=text)
        return after

    def close(self, outcome: str, words: str, *, by: Person, at: datetime) -> None:
        """Met, adjusted or dropped."""
        self._must_be_open()
        self._end(outcome, words, at=at)
        Act.record(f"close step as {outcome}", self.id, by=by, at=at, of=words)

    def _end(self, outcome: str, words: str, *, at: datetime) -> None:
        self.outcome, self.words, self.ended_at, self.changed_at = outcome, words, at, at
        self.sequence += 1

    def _must_be_open(self) -> None:
        if self.ended_at is not None:
            raise NotNow("This step is closed already. Reload the page to see how.")


def last_steps(person: Person, teacher_ids: Iterable[UUID]) -> dict[UUID, Step]:
    """The latest open step of each teacher that this person may read."""
    rows = Step.visible_to(person).where(
        Step.teacher_id.in_(list(teacher_ids)), Step.ended_at.is_(None)
    )
    found: dict[UUID, Step] = {}
    for step in db.session.scalars(rows):
        # what a coach agreed on comes before what a walkthrough left
        known = found.setdefault(step.teacher_id, step)
        if known.origin != "coaching" and step.origin == "coaching":
            found[step.teacher_id] = step
    return found


def _look_for_of(evidence: Iterable[str]) -> UUID | None:
    """The look-for whose tap a sentence rests on."""
    ids = [UUID(str(key)) for key in evidence]
    taps = select(Event).where(Event.id.in_(ids), Event.kind == "look_for_marked")
    first = db.session.scalars(taps.order_by(Event.at, Event.id)).first()
    return UUID(first.data["look_for"]) if first else None
