"""What the invented district agreed on, by the verbs its people would use."""

from __future__ import annotations

from datetime import datetime, timedelta

from sqlalchemy import select

from models.base import db
from models.demo.people import Stage
from models.focus_set import Choice, FocusSet
from models.framework import Component
from models.look_for import LookForSet
from models.person import Person
from models.stance import Stance
from rules.demo import Invention, agreed
from rules.roles import Role

BEFORE = timedelta(days=20)


def agree(invention: Invention, stage: Stage, *, until: datetime) -> None:
    """A focus of the first school, a decision of the district, and a draft of the coaches."""
    at = until - BEFORE
    observer, coach, lead = (
        _somebody(invention, role) for role in (Role.OBSERVER, Role.COACH, Role.LEAD)
    )
    _focus(stage, observer, until, at)
    component = db.session.scalars(
        select(Component).where(
            Component.framework_id == stage.district.framework_id,
            Component.key == agreed.DECIDED_ON,
        )
    ).one()
    Stance.take(
        component,
        agreed.STANCE,
        unit=agreed.UNIT,
        reason=agreed.REASON,
        school_id=None,
        by=lead,
        at=at,
    )
    draft = LookForSet.begin(agreed.SET, agreed.SUMMARY, by=coach, at=at)
    for words in agreed.WRITTEN:
        draft.add(words, by=coach, at=at)


def _somebody(invention: Invention, role: Role) -> Person:
    """The one of this role whose sign-in is printed."""
    wanted = next(p.id for p in invention.people if p.signs_in and p.post.role == role)
    return db.session.scalars(Person.whole().where(Person.id == wanted)).one()


def _focus(stage: Stage, by: Person, until: datetime, at: datetime) -> None:
    begins, ends = ((until + days).date() for days in agreed.SEASON)
    school = stage.schools[0].id
    choice = Choice(agreed.FOCUS, begins, ends, agreed.FOCUS_ON, school_id=school)
    FocusSet.choose(choice, by=by, at=at)
