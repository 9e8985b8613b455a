"""Facts written anew from the events: what they say is only ever a reading of those."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING
from uuid import UUID

from sqlalchemy import delete, exists, select, update

from models.base import db
from models.event import Event
from models.feedback import Feedback, Reply
from models.person import Person
from models.trends.fact import Fact
from models.walkthrough import Walkthrough
from rules.capture import check_input, fold
from rules.discourse import check

if TYPE_CHECKING:
    from models.district import District

AT_ONCE = 200
Progress = Callable[[int, int], None]


def rebuild(district: District, *, progress: Progress | None = None) -> int:
    """Forget the facts of a district and read its visits again; how many facts there are."""
    db.session.execute(delete(Fact).where(Fact.district_id == district.id))
    ids = db.session.scalars(
        select(Walkthrough.id)
        .join(Person, Person.id == Walkthrough.observer_id)
        .where(Person.district_id == district.id, Walkthrough.started_at.is_not(None))
        .order_by(Walkthrough.id)
    ).all()
    for start in range(0, len(ids), AT_ONCE):
        some = ids[start : start + AT_ONCE]
        _read(some, district)
        if progress:
            progress(start + len(some), len(ids))
    _hear(district)
    made = select(Fact.walkthrough_id).where(Fact.district_id == district.id)
    return len(db.session.scalars(made).all())


def _hear(district: District) -> None:
    """Let the facts know again what became of their feedback."""
    about = Feedback.walkthrough_id == Fact.walkthrough_id
    read = exists().where(about, Feedback.opened_at.is_not(None))
    answered = exists().where(about, Reply.feedback_id == Feedback.id)
    facts = update(Fact).where(Fact.district_id == district.id)
    db.session.execute(
        facts.values(read=read, answered=answered), execution_options={"synchronize_session": False}
    )


def _read(ids: Sequence[UUID], district: District) -> None:
    events = Event.of(ids)
    walks = db.session.scalars(select(Walkthrough).where(Walkthrough.id.in_(ids)))
    observed = {walk: fold(events[walk.id]) for walk in walks}
    checks = {
        walk: check(check_input(seen), district.thresholds)
        for walk, seen in observed.items()
        if seen.started is not None
    }
    Fact.keep(observed, checks, district)
