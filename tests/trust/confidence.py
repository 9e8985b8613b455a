"""Two worlds with the same coaching visits: in one they hold nothing, in the other everything."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from uuid import UUID

from sqlalchemy import select

from blueprints.kit import access
from models.base import db
from models.coaching import Caseload, CoachingNote, PlanPart
from models.feedback import Feedback
from models.step import Step
from tests.cast import Cast, named
from tests.page import Visitor
from tests.walk import Phone

Visit = Callable[..., Visitor]
WALK = UUID("01999999-0000-7000-8000-000000000001")


def quiet(visit: Visit, cast: Cast) -> None:
    """A coaching visit that was begun and ended, and nothing else."""
    phone = Phone("phone-coach", WALK)
    phone.start(cast, purpose="coaching")
    phone.act("finished")
    visit(cast.coach).sync(phone.batch())


def loud(visit: Visit, cast: Cast, say: Callable[[str], str] = lambda field: field) -> None:
    """The same visit, and on its day another; marks, sweeps, words, and all that coaching keeps.

    `say` gives the words for each field that is free to be written in.
    """
    coach, teacher = visit(cast.coach), visit(cast.teacher)
    phone = Phone("phone-coach", WALK)
    phone.whole_visit(cast, purpose="coaching")
    phone.act("note_written", {"note": "n1", "text": say("events.data")})
    phone.act("verdict_overridden", {"verdict": "preserved", "reason": say("discourse_checks")})
    phone.act("finished")
    second = Phone("phone-coach-2")
    second.whole_visit(cast, purpose="coaching")
    for one in (phone, second):
        answer = coach.sync(one.batch())
        assert all(result["outcome"] == "stored" for result in answer.response.json["results"])  # type: ignore[index]
    db.session.rollback()
    rows = Feedback.editable_by(cast.coach).where(Feedback.walkthrough_id == WALK)
    letter = f"/feedback/{db.session.scalars(rows).unique().one().id}"
    words = {"places-0-text": say("feedback_versions"), "places-3-text": say("feedback step")}
    done(coach.post(f"{letter}/share", words))
    teacher.get(letter)
    done(teacher.post(f"{letter}/reply", {"text": say("replies.text"), "kind": "reply"}))
    done(coach.post(f"{letter}/correct", {"reason": say("feedback_versions.reason")}))
    keep(visit, cast, say)


def keep(visit: Visit, cast: Cast, say: Callable[[str], str]) -> None:
    """What a coach and a teacher keep besides visits."""
    coach, teacher = visit(cast.coach), visit(cast.teacher)
    db.session.rollback()
    home = f"/coaching/{db.session.scalars(Caseload.homes(cast.coach)).one()}"
    [left] = db.session.scalars(select(Step).where(Step.origin == "coaching")).all()
    closing = {"outcome": "dropped", "words": say("steps.words")}
    done(coach.post(f"/steps/{left.id}/close", closing))
    day = (access.now() + timedelta(days=5)).date().isoformat()
    done(coach.post(f"{home}/goal", {"goal": say("goals.text")}))
    done(coach.post(f"{home}/steps", {"step": say("steps.text"), "due_on": day}))
    db.session.rollback()
    [step] = db.session.scalars(select(Step).where(Step.ended_at.is_(None))).all()
    done(teacher.post(f"/steps/{step.id}/tried", {"answer": say("steps.answer")}))
    note = {"note": say("coaching_notes.text"), "readers": "both"}
    done(coach.post(f"{home}/notes", note))
    done(coach.post(f"{home}/notes", {"note": say("a note of one’s own"), "readers": "me"}))
    yesterday = (access.now() - timedelta(days=2)).date().isoformat()
    log = {"on_day": yesterday, "minutes": "35", "students": "4"}
    done(teacher.post(f"{home}/mentoring", log))
    plan = {"plan": say("plan_parts.text"), "begins_on": day, "ends_on": day}
    done(coach.post(f"{home}/plan", plan | {"resource": say("plan_parts.resource")}))
    move = {"phase": "strong", "reason": say("phase_moves.reason")}
    done(teacher.post(f"{home}/phases/{cast.look_for('DP01').id}", move))


def done(page: object) -> None:
    """What was sent was taken."""
    assert page.status == 302, page.words  # type: ignore[attr-defined]


def rows_of_coaching(cast: Cast) -> dict[str, object]:
    """What fills the places of an address with what is confidential."""
    db.session.rollback()
    first = {
        "<uuid:step_id>": Step.id,
        "<uuid:note_id>": CoachingNote.id,
        "<uuid:part_id>": PlanPart.id,
        "<uuid:caseload_id>": Caseload.id,
    }
    letter = select(Feedback.id).where(Feedback.walkthrough_id == WALK)
    return {
        **{place: db.session.scalars(select(column)).first() for place, column in first.items()},
        "<uuid:step_id>": db.session.scalars(
            select(Step.id).where(Step.origin == "coaching", Step.ended_at.is_(None))
        ).one(),
        "<uuid:phase_id>": cast.look_for("DP01").id,
        "<uuid:walkthrough_id>": WALK,
        "<uuid:feedback_id>": db.session.scalars(letter).one(),
        "<uuid:person_id>": named("okafor"),
    }
