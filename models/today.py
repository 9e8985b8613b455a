"""What each role finds on Today: due visits, feedback to finish, answers, what is new."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from sqlalchemy import and_, func, or_, select

from models import repair
from models.base import db
from models.coaching import Caseload
from models.district import School
from models.feedback import Feedback, Reply
from models.field_kit import Due, due, last_visits
from models.framework import Framework
from models.person import Person, RoleGrant
from models.plan import Plan, Wish
from models.reach import Reach
from models.step import Step
from models.trends.alert import TrendAlert, ringing
from models.walkthrough import Walkthrough
from rules.calendar import near_day
from rules.loop import UNOPENED_AFTER, unopened
from rules.roles import Role

MOST_SHOWN = 6
MOST_DUE = 3
MOST_STEPS = 3
RECENT = timedelta(days=14)
UNOPENED_SINCE = timedelta(days=60)
"""What nobody opened in two months is no news on Today any more."""


@dataclass(frozen=True)
class Today:
    """The page of one person on one day; lists are empty where a role has no such thing."""

    at: datetime
    visits: Visits | None = None
    to_finish: Sequence[Feedback] = field(default_factory=list)
    open_walks: Sequence[Walkthrough] = field(default_factory=list)
    answered: Sequence[Feedback] = field(default_factory=list)
    needs: Sequence[Need] = field(default_factory=list)
    plans: Sequence[Plan] = field(default_factory=list)
    waiting: Sequence[Feedback] = field(default_factory=list)
    read: Sequence[Feedback] = field(default_factory=list)
    asked: Sequence[Caseload] = field(default_factory=list)
    coached: Sequence[Caseload] = field(default_factory=list)
    steps: Sequence[Step] = field(default_factory=list)
    repairs: int = 0
    district: DistrictLine | None = None
    alerts: Sequence[TrendAlert] = field(default_factory=list)


@dataclass(frozen=True)
class Need:
    """Shared feedback that waits for its author: a request, or nobody has opened it."""

    feedback: Feedback
    because: str


@dataclass(frozen=True)
class Visits:
    """How far an observer or a coach has come this season."""

    due: Sequence[Due]
    seen: int
    teachers: int
    wishes: Mapping[UUID, str]


@dataclass(frozen=True)
class DistrictLine:
    """Counts for those who look after the district: how many, never who."""

    schools: int
    teachers: int
    proposed: int
    framework: str


def today(person: Person, *, at: datetime) -> Today:
    """Everything Today shows to this person."""
    visitor = person.may("capture")
    teacher = person.may("answer-feedback")
    received = _received(person) if teacher else []
    return Today(
        at=at,
        visits=_visits(person) if visitor else None,
        to_finish=_own(person, Feedback.shared_at.is_(None)) if visitor else [],
        open_walks=_open_walks(person) if visitor else [],
        answered=_own(person, Feedback.acknowledged_at > at - RECENT) if visitor else [],
        needs=_needs(person, at) if visitor else [],
        plans=db.session.scalars(Plan.of_teacher(person)).all() if teacher else [],
        waiting=[feedback for feedback in received if feedback.acknowledged_at is None],
        read=[feedback for feedback in received if feedback.acknowledged_at is not None],
        **_coaching(person, teacher=teacher),
        repairs=repair.waiting(person),
        district=_district(person) if person.district_wide else None,
        alerts=ringing(person) if visitor else [],
    )


def _visits(person: Person) -> Visits:
    reach = Reach.of(person)
    visited = last_visits(person, [teacher.id for teacher in reach.teachers])
    first = due(reach, visited)
    shown = max(MOST_DUE, sum(1 for one in first if one.plan))
    return Visits(
        due=first[:shown],
        seen=len(visited),
        teachers=len(reach.teachers),
        wishes=Wish.for_visitor(person, [one.teacher.id for one in first[:shown]]),
    )


def _needs(person: Person, at: datetime) -> list[Need]:
    """What was shared and does not move by itself, latest first."""
    district = person.district
    asked = Feedback.replies.any(and_(Reply.kind == "correction", Reply.answered_at.is_(None)))
    stuck = and_(
        Feedback.shared_at > at - UNOPENED_SINCE,
        Feedback.shared_at < at - timedelta(days=UNOPENED_AFTER - 1),
        Feedback.opened_at.is_(None),
    )
    found = []
    for feedback in _own(person, or_(asked, stuck)):
        since = feedback.shared_at
        if feedback.requests:
            found.append(Need(feedback, "Asks for a correction"))
        elif since and unopened(since, at, district.zone, district.holidays):
            found.append(Need(feedback, f"Not opened since {near_day(since, at, district.zone)}"))
    return found


def _own(person: Person, *conditions: object) -> Sequence[Feedback]:
    rows = Feedback.editable_by(person).where(*conditions).limit(MOST_SHOWN)  # type: ignore[arg-type]
    return db.session.scalars(rows).unique().all()


def _open_walks(person: Person) -> Sequence[Walkthrough]:
    rows = Walkthrough.editable_by(person).where(
        Walkthrough.finished_at.is_(None), Walkthrough.started_at.is_not(None)
    )
    return db.session.scalars(rows.limit(MOST_SHOWN)).unique().all()


def _received(person: Person) -> Sequence[Feedback]:
    return db.session.scalars(Feedback.answerable_by(person).limit(20)).unique().all()


def _coaching(person: Person, *, teacher: bool) -> dict[str, Any]:
    """What a teacher has been asked, who coaches them, and the steps they work on."""
    if not teacher:
        return {}
    asked = Caseload.answerable_by(person).where(Caseload.state == "asked")
    coached = Caseload.of_teacher(person).where(
        Caseload.state == "active", Caseload.ended_at.is_(None)
    )
    steps = Step.answerable_by(person).where(Step.ended_at.is_(None)).limit(MOST_STEPS)
    return {
        "asked": db.session.scalars(asked).unique().all(),
        "coached": db.session.scalars(coached).unique().all(),
        "steps": db.session.scalars(steps).unique().all(),
    }


def _district(person: Person) -> DistrictLine:
    schools = select(func.count()).select_from(School.visible_to(person).subquery())
    people = (
        select(func.count(func.distinct(RoleGrant.person_id)))
        .join(Person, Person.id == RoleGrant.person_id)
        .where(Person.district_id == person.district_id, RoleGrant.ended_at.is_(None))
    )
    teachers = people.where(RoleGrant.role == Role.TEACHER)
    proposed = people.where(RoleGrant.state == "proposed")
    framework = db.session.get(Framework, person.district.framework_id)
    return DistrictLine(
        schools=db.session.scalar(schools) or 0,
        teachers=db.session.scalar(teachers) or 0,
        proposed=(db.session.scalar(proposed) or 0) if person.may("invite-people") else 0,
        framework=framework.name if framework else "",
    )
