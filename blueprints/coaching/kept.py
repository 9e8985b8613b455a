"""What both sides keep: the goal, notes, and the mentoring log."""

from __future__ import annotations

from uuid import UUID

from flask import flash, redirect, url_for
from werkzeug.wrappers import Response

from blueprints.coaching.board import bp
from blueprints.coaching.forms import GoalForm, MentoringForm, NoteForm
from blueprints.coaching.pair import page
from blueprints.kit.access import can, now, person, today
from blueprints.kit.errors import refuse
from blueprints.kit.load import find
from models.act import NotNow
from models.coaching import Caseload, CoachingNote, Goal, Mentoring


@bp.post("/<uuid:caseload_id>/goal")
@can("keep-coaching")
def goal(caseload_id: UUID) -> Response | tuple[str, int]:
    """Agree on a goal; the one before stays readable."""
    caseload = find(Caseload.editable_by(person()), id=caseload_id)
    form = GoalForm()
    if not form.validate():
        return page(caseload, goal=form), 422
    Goal.set(caseload, form.goal.data.strip(), by=person(), at=now())
    flash("The goal is kept.")
    return _back(caseload)


@bp.post("/<uuid:caseload_id>/notes")
@can("keep-coaching")
def note(caseload_id: UUID) -> Response | tuple[str, int]:
    """Keep a note, for both or for oneself."""
    caseload = find(Caseload.editable_by(person()), id=caseload_id)
    form = NoteForm()
    if not form.validate():
        return page(caseload, note=form), 422
    both = form.readers.data == "both"
    CoachingNote.write(caseload, form.note.data.strip(), shared=both, by=person(), at=now())
    flash("The note is kept, and the two of you can read it." if both else "The note is yours.")
    return _back(caseload)


@bp.post("/notes/<uuid:note_id>/share")
@can("keep-coaching")
def share(note_id: UUID) -> Response:
    """Let the other side read a note of one’s own."""
    note = find(CoachingNote.editable_by(person()), id=note_id)
    try:
        note.share(by=person(), at=now())
    except NotNow as no:
        raise refuse(409, str(no)) from None
    flash("Both of you can read the note now.")
    return redirect(url_for("coaching.show", caseload_id=note.caseload_id))


@bp.post("/<uuid:caseload_id>/mentoring")
@can("keep-coaching")
def mentoring(caseload_id: UUID) -> Response | tuple[str, int]:
    """Log minutes freed for one-to-one time."""
    caseload = find(Caseload.editable_by(person()), id=caseload_id)
    form = MentoringForm(today=today())
    if not form.validate():
        return page(caseload, mentoring=form), 422
    Mentoring.log(
        caseload,
        on_day=form.on_day.data,
        minutes=form.minutes.data,
        students=form.students.data,
        by=person(),
        at=now(),
    )
    flash("Logged.")
    return _back(caseload)


def _back(caseload: Caseload) -> Response:
    return redirect(url_for("coaching.show", caseload_id=caseload.id))
