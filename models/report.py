"""The report of a visit: from rows to the plain values that the letter and the PDF show."""

from __future__ import annotations

import json
from collections.abc import Iterable
from dataclasses import replace
from datetime import datetime
from hashlib import sha256

from sqlalchemy import select

from models.base import db
from models.coaching import Caseload
from models.district import District, School
from models.feedback import Feedback, FeedbackVersion
from models.feedback import Reply as KeptReply
from models.framework import Framework
from models.look_for import LookForSet
from models.person import Person, RoleGrant
from models.plan import Plan
from models.settle import Findings, findings
from models.walkthrough import OPEN_PURPOSES
from rules.calendar import clock, clock_of, day, short_day
from rules.feedback import Sentence
from rules.feedback.kept import keep, restore
from rules.feedback.report import Brand, Cover, Reply, Report, report
from rules.loop import late, unannounced
from rules.roles import Role


def report_of(
    feedback: Feedback,
    version: FeedbackVersion,
    district: District,
    found: Findings | None = None,
    *,
    at: datetime | None = None,
) -> Report:
    """What a version says, worked out from the evidence of today (or from `found`, just made).

    `at` is when it is shared, which may be too late for an evaluation; a draft is never late.
    """
    walk = feedback.walkthrough
    found = found or findings(walk, district)
    return report(
        _cover(feedback, district),
        found.observed,
        found.check,
        found.evidence,
        [_sentence(kept) for kept in version.sentences],
        found.look_fors,
        clock=clock_of(district.zone),
        replies=_replies(feedback, district),
        version=version.number,
        history=_history(feedback, version, district),
        rights=_rights(feedback),
        # nobody can give a level yet; a district that turns levels on changes this line
        levels_possible=walk.purpose == "evaluation",
        flags=flags(feedback, district, at=at) if at else (),
    )


def flags(feedback: Feedback, district: District, *, at: datetime) -> list[str]:
    """Why feedback shared now, or shared before, is not to be used for evaluation."""
    walk, zone, holidays = feedback.walkthrough, district.zone, district.holidays
    visited = (walk.started_at or feedback.made_at).astimezone(zone).date()
    told: Iterable[datetime] = ()
    if walk.purpose == "evaluation" and district.evaluation_notice and walk.teacher_id:
        told = db.session.scalars(Plan.told(walk.teacher_id, walk.observer_id, visited))
    days = {one.astimezone(zone).date() for one in told}
    found = (
        late(feedback.share_by, feedback.shared_at or at, zone),
        unannounced(walk.purpose, district.evaluation_notice, days, visited, holidays),
    )
    return [said for said in found if said]


def frozen(
    feedback: Feedback,
    version: FeedbackVersion,
    district: District,
    found: Findings | None = None,
    *,
    at: datetime,
) -> dict[str, object]:
    """What to keep when a version is shared."""
    return keep(report_of(feedback, version, district, found, at=at))


def shown(feedback: Feedback, version: FeedbackVersion, district: District) -> Report:
    """A version as people see it: as it was shared, with the replies of today."""
    if version.frozen is None:
        return report_of(feedback, version, district)
    return restore(version.frozen, replies=_replies(feedback, district), logo=district.logo())


def digest(shown_report: Report, paper: str) -> bytes:
    """What tells one PDF of a version from another: words, replies, brand and paper."""
    said = {
        **keep(shown_report),
        "replies": [[r.who, r.when, r.text, r.kind] for r in shown_report.replies],
        "logo": sha256(shown_report.cover.brand.logo or b"").hexdigest(),
        "paper": paper,
    }
    return sha256(json.dumps(said, sort_keys=True).encode()).digest()


def _cover(feedback: Feedback, district: District) -> Cover:
    walk, zone = feedback.walkthrough, district.zone
    began = walk.started_at or feedback.made_at
    ended = walk.finished_at or began
    about = walk.school_class
    return Cover(
        teacher=walk.teacher.name if walk.teacher else "the teacher",
        observer=walk.observer.name,
        class_name=about.name if about else "a class",
        class_line=about.line if about else "",
        day=day(began, zone),
        short_day=day(began, zone).split(", ")[1],
        began=clock(began, zone),
        ended=clock(ended, zone),
        minutes=max(1, round((ended - began).total_seconds() / 60)),
        purpose=walk.purpose or "walkthrough",
        paper=district.paper,
        brand=brand_of(district),
    )


def brand_of(district: District) -> Brand:
    """The district’s own, once it has chosen a color or a logo."""
    logo = district.logo()
    if district.brand_colour is None and logo is None:
        return Brand()
    plain = Brand(name=district.name, logo=logo)
    return replace(plain, color=district.brand_colour) if district.brand_colour else plain


def _sentence(kept: dict[str, object]) -> Sentence:
    return Sentence(**{**kept, "evidence": tuple(kept["evidence"])})  # type: ignore[arg-type]


def _replies(feedback: Feedback, district: District) -> list[Reply]:
    zone = district.zone
    return [
        _reply(one, f"{short_day(one.made_at, zone)}, {clock(one.made_at, zone)}")
        for one in feedback.replies
    ]


def _reply(kept: KeptReply, when: str) -> Reply:
    return Reply(who=kept.author.name, when=when, text=kept.text, kind=kept.kind)


def _history(feedback: Feedback, version: FeedbackVersion, district: District) -> list[str]:
    return [
        f"{short_day(later.made_at, district.zone)}: version {later.number}, {later.reason}"
        for later in feedback.versions
        if later.reason and later.number <= version.number
    ]


def _rights(feedback: Feedback) -> list[str]:
    """The notices of the framework and of the sets this visit used."""
    walk = feedback.walkthrough
    framework = db.session.get(Framework, walk.framework_id) if walk.framework_id else None
    sets = db.session.scalars(select(LookForSet).where(LookForSet.id.in_(walk.set_ids)))
    notices = [one.rights.get("required_notice", "") for one in [framework, *sets] if one]
    return [notice for notice in dict.fromkeys(notices) if notice]


def readers(feedback: Feedback, *, whose: str) -> list[str]:
    """Who may read this besides the teacher and its author, by name and for what reason."""
    walk = feedback.walkthrough
    if walk.purpose == "coaching":
        beside = select(Person).where(
            Person.id.in_(Caseload.beside_of(walk.observer_id, walk.teacher_id))
        )
        return [f"{one.name}, {whose} co-coach" for one in _others(beside, feedback)]
    if walk.purpose not in OPEN_PURPOSES:
        return []
    school = db.session.get(School, walk.school_id) if walk.school_id else None
    observers = select(Person).where(
        Person.id.in_(
            select(RoleGrant.person_id).where(
                RoleGrant.school_id == walk.school_id,
                RoleGrant.role == Role.OBSERVER,
                RoleGrant.state == "active",
                RoleGrant.ended_at.is_(None),
            )
        )
    )
    coaches = select(Person).where(Person.id.in_(Caseload.coach_ids(walk.teacher_id)))
    at = f", who visits at {school.name}" if school else ""
    named = [f"{one.name}{at}" for one in _others(observers, feedback)]
    if walk.purpose == "walkthrough":
        named += [f"{one.name}, {whose} coach" for one in _others(coaches, feedback)]
    return named


def _others(people: object, feedback: Feedback) -> list[Person]:
    walk = feedback.walkthrough
    found = db.session.scalars(people.where(Person.ended_at.is_(None)).order_by(Person.family_name))  # type: ignore[attr-defined]
    return [one for one in found if one.id not in {walk.observer_id, walk.teacher_id}]
