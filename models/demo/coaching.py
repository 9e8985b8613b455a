"""The invented coaching: the steps of its visits get their days and ends, by the real verbs."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, timedelta
from itertools import pairwise

from sqlalchemy import select

from models.base import db
from models.coaching import Caseload, CoachingNote, Goal, Mentoring, PlanPart
from models.demo.people import Stage
from models.look_for import LookFor
from models.person import Person
from models.step import Step
from rules.demo import Coaching, Invention, coaching
from rules.demo.coaching import PHASE, PLAN

BEFORE = timedelta(days=20)


def coach(invention: Invention, stage: Stage, *, until: datetime) -> None:
    """Let every pair keep what it keeps; the caller commits."""
    cases = {(c.coach_id, c.teacher_id): c for c in db.session.scalars(select(Caseload))}
    for pair in coaching(invention):
        case = cases[pair.coach.id, pair.teacher.id]
        _keep(case, pair, stage.people[pair.coach.id], stage.people[pair.teacher.id], until)
    db.session.flush()


def _keep(case: Caseload, pair: Coaching, by: Person, teacher: Person, until: datetime) -> None:
    _steps(case, pair, by, teacher, until)
    at = until - BEFORE
    Goal.set(case, pair.goal, by=teacher, at=at)
    CoachingNote.write(case, pair.note, shared=True, by=by, at=until - timedelta(days=6))
    if pair.teacher.signs_in:
        _plan(case, by, at)
        for ago, (minutes, students) in enumerate(pair.log, start=2):
            day = (until - timedelta(days=ago)).date()
            Mentoring.log(
                case, on_day=day, minutes=minutes, students=students, by=teacher, at=until
            )


def _steps(case: Caseload, pair: Coaching, by: Person, teacher: Person, until: datetime) -> None:
    """Each step was met when the next one was made; the last one waits for its check-back."""
    rows = Step.of(case).order_by(None).order_by(Step.made_at)
    steps: Sequence[Step] = db.session.scalars(rows).all()
    for step, after in pairwise(steps):
        step.close("met", pair.words, by=by, at=after.made_at)
    if not steps:
        return
    last = steps[-1]
    due_on = (until + timedelta(days=pair.due_in)).date()
    last.move(due_on, None, by=by, at=max(last.made_at, until - timedelta(days=8)))
    if pair.tried:
        last.tried(pair.answer, by=teacher, at=until - timedelta(days=1))


def _plan(case: Caseload, by: Person, at: datetime) -> None:
    keys = [key for _, key in PLAN]
    rows = db.session.scalars(select(LookFor).where(LookFor.key.in_(keys)))
    look_fors = {look_for.key: look_for for look_for in rows}
    begins = at.date()
    for text, key in PLAN:
        look_for = look_fors[key]
        said: dict[str, object] = {"text": text, "look_for_id": look_for.id}
        said |= {"resource": look_for.resource, "begins_on": begins, "ends_on": begins + PHASE}
        PlanPart.add(case, said, by=by, at=at)
        begins += PHASE + timedelta(days=1)
