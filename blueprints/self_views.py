"""The self-view: a teacher marks her own lesson first, then lays three views side by side."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from uuid import UUID

from flask import Blueprint, flash, redirect, render_template, request, url_for
from werkzeug.wrappers import Response

from blueprints.kit.access import can, now, person
from blueprints.kit.errors import refuse
from blueprints.kit.load import find, load
from blueprints.kit.views import note_view
from models.feedback import Feedback
from models.report import shown
from models.self_view import SelfView, asked_about
from models.view import View
from models.voice import of_visit
from rules.feedback import LookForView
from rules.feedback.report import QUESTIONS
from rules.self_view import ANSWERS, MARKS, heard, three_way

bp = Blueprint("self_views", __name__, url_prefix="/feedback")

NOTHING = "Mark at least one look-for or answer one question, or read the feedback now."


@bp.get("/<uuid:feedback_id>/self-view")
@can("read-self-view")
def show(feedback_id: UUID) -> str | Response:
    """Before reading: the teacher’s own marks. After: hers, the observer’s and the students’."""
    feedback = find(Feedback.visible_to(person()), id=feedback_id)
    view = SelfView.of(feedback, person())
    if view is not None:
        return _three_ways(feedback, view)
    if feedback.opened_at is None and feedback.walkthrough.teacher_id == person().id:
        return _form(feedback, asked_about(feedback.walkthrough), {})
    return redirect(url_for("feedback.show", feedback_id=feedback.id))


def _form(
    feedback: Feedback,
    look_fors: Mapping[str, LookForView],
    given: Mapping[str, str],
    fault: str = "",
) -> str:
    return render_template(
        "self_views/form.html",
        feedback=feedback,
        walk=feedback.walkthrough,
        look_fors=look_fors,
        questions=QUESTIONS,
        marks=[(code, words.capitalize()) for code, words in MARKS.items()],
        answers=[(code, words.capitalize()) for code, words in ANSWERS.items()],
        given=given,
        fault=fault,
        zone=person().district.zone,
    )


def _three_ways(feedback: Feedback, view: SelfView) -> str:
    version = feedback.shared
    assert version is not None  # a self-view is made of what is shared
    report = shown(feedback, version, person().district)
    seen = asked_about(feedback.walkthrough)
    mine = view.teacher_id == person().id
    note_view(view.id, view.teacher_id)
    sheet = of_visit(feedback.walkthrough, person())
    told = sheet.result.told if sheet and sheet.result else None
    return render_template(
        "self_views/show.html",
        feedback=feedback,
        view=view,
        report=report,
        three=three_way(view.marks, view.answers, report, seen, [heard(report)], told),
        sheet=sheet,
        shared=_shared(view, report.cover.observer),
        coaches=view.coaches(feedback.walkthrough),
        mine=mine,
        views=load(View.of(view.id)) if mine else [],
        zone=person().district.zone,
    )


def _shared(view: SelfView, observer: str) -> list[tuple[str, datetime]]:
    """With whom it was shared, and when."""
    readers = ((observer, view.shared_at), ("your coach", view.coach_at))
    return [(name, at) for name, at in readers if at]


@bp.post("/<uuid:feedback_id>/self-view")
@can("make-self-view")
def make(feedback_id: UUID) -> Response | tuple[str, int]:
    """Keep the teacher’s own marks, once, before she reads the observer’s."""
    feedback = find(Feedback.answerable_by(person()), id=feedback_id)
    if feedback.opened_at is not None or SelfView.of(feedback, person()) is not None:
        raise refuse(409, "A self-view is made once, before the feedback is opened.")
    look_fors = asked_about(feedback.walkthrough)
    given = request.form.to_dict()
    marks = _chosen(given, "mark", look_fors, MARKS)
    answers = _chosen(given, "answer", [key for key, _, _ in QUESTIONS], ANSWERS)
    if not marks and not answers:
        return _form(feedback, look_fors, given, NOTHING), 422
    SelfView.make(feedback, marks, answers, by=person(), at=now())
    feedback.open(by=person().id, at=now())
    return redirect(url_for("self_views.show", feedback_id=feedback.id))


def _chosen(
    given: Mapping[str, str], prefix: str, keys: object, allowed: Mapping[str, str]
) -> dict[str, str]:
    chosen = {key: given.get(f"{prefix}-{key}", "") for key in keys}  # type: ignore[attr-defined]
    return {key: value for key, value in chosen.items() if value in allowed}


@bp.post("/<uuid:feedback_id>/self-view/share")
@can("make-self-view")
def share(feedback_id: UUID) -> Response:
    """Let the visit’s author see it, or one’s coach."""
    feedback = find(Feedback.answerable_by(person()), id=feedback_id)
    view = SelfView.of(feedback, person())
    if view is None:
        raise refuse(409, "There is no self-view of this visit to share.")
    reader = request.form.get("with", "")
    if reader not in {"observer", "coach"}:
        raise refuse(400, "Say with whom to share: who made the visit, or your coach.")
    coaches = view.coaches(feedback.walkthrough)
    if reader == "coach" and not coaches:
        raise refuse(409, "Nobody else coaches you now, so there is nobody to share it with.")
    view.share(reader, by=person(), at=now())
    names = coaches if reader == "coach" else [feedback.walkthrough.observer.name]
    flash(f"{' and '.join(names)} can see your view now.")
    return redirect(url_for("self_views.show", feedback_id=feedback.id))
