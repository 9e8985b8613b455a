"""What the events of a visit come to: its summary, the stored verdict, a first draft."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import asdict, dataclass
from datetime import datetime
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import selectinload

from models.base import db
from models.district import District
from models.event import Event
from models.feedback import Feedback
from models.look_for import look_for_views
from models.person import Person
from models.trends.fact import Fact
from models.walkthrough import DiscourseCheck, Walkthrough
from rules.calendar import clock_of
from rules.capture import Observed, check_input, fold
from rules.discourse import Check, check
from rules.feedback import Evidence, LookForView, Plan, gather, plan
from rules.roles import Role


@dataclass(frozen=True, slots=True)
class Findings:
    """Everything a page needs to know about one visit, worked out from its events."""

    observed: Observed
    check: Check
    look_fors: dict[str, LookForView]
    evidence: tuple[Evidence, ...]


def findings(walk: Walkthrough, district: District) -> Findings:
    """Fold one visit's events and work out its check and evidence."""
    return _findings(walk, fold(Event.of([walk.id])[walk.id]), district)


def _findings(walk: Walkthrough, observed: Observed, district: District) -> Findings:
    look_fors = look_for_views(walk.sets, walk.framework_id)
    return Findings(
        observed=observed,
        check=check(check_input(observed), district.thresholds),
        look_fors=look_fors,
        evidence=gather(observed, look_fors),
    )


def left_out(found: Findings, district: District) -> tuple[str, ...]:
    """What the rules' draft does not say, each with the reason."""
    return _plan(found, district).left_out


def _plan(found: Findings, district: District) -> Plan:
    return plan(
        found.observed,
        found.check,
        found.evidence,
        found.look_fors,
        clock=clock_of(district.zone),
    )


def settle(walkthrough_ids: Iterable[UUID], *, at: datetime) -> None:
    """Bring visits up to date with their events, in the transaction that stored them."""
    events = Event.of(walkthrough_ids)
    if not events:
        return
    walks = db.session.scalars(
        select(Walkthrough)
        .where(Walkthrough.id.in_(events))
        .options(selectinload(Walkthrough.observer).selectinload(Person.grants))
        .execution_options(populate_existing=True)
    )
    for walk in walks:
        _settle_one(walk, fold(events[walk.id]), at=at)


def _settle_one(walk: Walkthrough, observed: Observed, *, at: datetime) -> None:
    walk.read_from(observed, school_id=walk.school_id or _school(walk, observed))
    if observed.started is None:
        Fact.drop(walk.id)
        return
    district = District.get(walk.observer.district_id)
    found = _findings(walk, observed, district)
    DiscourseCheck.store(walk, found.check, check_input(observed), observed.override, at=at)
    Fact.keep(walk, observed, found.check, district)
    if observed.finished_at is not None:
        _draft(walk, found, district, at=at)


def _school(walk: Walkthrough, observed: Observed) -> UUID | None:
    """Where the teacher is visited: a school they share, fixed when the walk was started."""
    if observed.started is None:
        return None
    teacher = db.session.scalar(Person.whole().where(Person.id == UUID(observed.started.teacher)))
    if teacher is None:
        return None
    mine = set(walk.observer.school_ids(Role.OBSERVER, Role.COACH))
    return next((s for s in teacher.school_ids(Role.TEACHER) if s in mine), None)


def _draft(walk: Walkthrough, found: Findings, district: District, *, at: datetime) -> None:
    """Make the draft once; make it anew while nobody has touched it."""
    sentences = _plan(found, district).sentences
    feedback = db.session.scalar(
        select(Feedback)
        .options(selectinload(Feedback.versions))
        .where(Feedback.walkthrough_id == walk.id)
    )
    if feedback is None:
        Feedback.begin(walk, sentences, at=at)
    elif feedback.draft is not None and feedback.draft.untouched:
        feedback.draft.sentences = [asdict(sentence) for sentence in sentences]
