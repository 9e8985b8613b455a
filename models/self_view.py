"""The self-view: a teacher's own marks of a visit, hers alone until she shares them."""

from __future__ import annotations

from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import ColumnElement, ForeignKey, Select, and_, or_, select
from sqlalchemy.orm import Mapped, mapped_column, relationship

from models.act import Act
from models.base import Model, db, new_id
from models.coaching import Caseload
from models.event import Event
from models.feedback import Feedback
from models.look_for import look_for_views
from models.person import Person
from models.walkthrough import Walkthrough
from rules.capture import fold
from rules.feedback import LookForView
from rules.self_view import MOST


class SelfView(Model):
    """What the teacher would have marked, before she read what the observer did."""

    __tablename__ = "self_views"

    id: Mapped[UUID] = mapped_column(primary_key=True, default=new_id)
    walkthrough_id: Mapped[UUID] = mapped_column(ForeignKey("walkthroughs.id"), unique=True)
    teacher_id: Mapped[UUID] = mapped_column(ForeignKey("people.id"))
    marks: Mapped[dict[str, Any]]
    answers: Mapped[dict[str, Any]]
    made_at: Mapped[datetime]
    shared_at: Mapped[datetime | None]
    """Since when the visit’s author sees it."""
    coach_at: Mapped[datetime | None]
    """Since when her coaches see it."""

    walkthrough: Mapped[Walkthrough] = relationship(lazy="raise")

    @classmethod
    def visible_to(cls, person: Person) -> Select[tuple[SelfView]]:
        """The teacher’s own; of others what they shared with the visit’s author or their coach."""
        mine = cls.teacher_id == person.id
        return select(cls).join(cls.walkthrough).where(or_(mine, cls.shared_with(person)))

    @classmethod
    def shared_with(cls, person: Person) -> ColumnElement[bool]:
        """Whether a teacher let this person see her view; asked beside the walkthrough."""
        coached = cls.teacher_id.in_(Caseload.teacher_ids(person))
        return or_(
            and_(cls.shared_at.is_not(None), Walkthrough.observer_id == person.id),
            and_(cls.coach_at.is_not(None), coached, Walkthrough.open_to(person)),
        )

    @classmethod
    def of(cls, feedback: Feedback, person: Person) -> SelfView | None:
        """The self-view of a visit, if there is one that this person may see."""
        mine = cls.visible_to(person).where(cls.walkthrough_id == feedback.walkthrough_id)
        return db.session.scalar(mine)

    @classmethod
    def make(
        cls,
        feedback: Feedback,
        marks: dict[str, str],
        answers: dict[str, str],
        *,
        by: Person,
        at: datetime,
    ) -> SelfView:
        """Keep what the teacher marked. There is one for a visit; it is not changed afterwards."""
        view = cls(
            id=new_id(),
            walkthrough_id=feedback.walkthrough_id,
            teacher_id=by.id,
            marks=marks,
            answers=answers,
            made_at=at,
        )
        db.session.add(view)
        Act.record("make self-view", view.id, by=by, at=at, of=[marks, answers])
        return view

    def share(self, reader: str, *, by: Person, at: datetime) -> None:
        """Let the visit’s author see it, or her coaches."""
        since = "coach_at" if reader == "coach" else "shared_at"
        if getattr(self, since) is None:
            setattr(self, since, at)
            Act.record("share self-view", self.id, by=by, at=at, of=reader)

    def coaches(self, walk: Walkthrough) -> list[str]:
        """By name who would see it as her coach by now, the visit’s author aside."""
        return Person.names_of(Caseload.coach_ids(self.teacher_id), but=walk.observer_id)


def asked_about(walk: Walkthrough) -> dict[str, LookForView]:
    """The look-fors of a self-view: the visit’s focus, which tells nothing of what was marked."""
    views = look_for_views(walk.sets, walk.framework_id)
    started = fold(Event.of([walk.id])[walk.id]).started
    focus = [key for key in (started.focus if started else ()) if key in views]
    return {key: views[key] for key in (focus or list(views))[:MOST]}
