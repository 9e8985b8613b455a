"""One coaching: its page for both sides, who stands beside, and how it ends."""

from __future__ import annotations

from uuid import UUID

from flask import flash, redirect, render_template, url_for
from werkzeug.wrappers import Response

from blueprints.coaching.board import bp, looked
from blueprints.coaching.forms import AskForm, GoalForm, MentoringForm, NoteForm, as_id
from blueprints.kit.access import can, now, person, today
from blueprints.kit.errors import refuse
from blueprints.kit.load import find, first, load
from models.act import NotNow
from models.coaching import Caseload
from models.coaching.together import find_coaches, together
from models.person import Person
from models.view import View


@bp.get("/<uuid:caseload_id>")
@can("see-coaching")
def show(caseload_id: UUID) -> str | Response:
    """Goal, step, notes, plan and phases; only these two sides ever see it."""
    caseload = find(Caseload.visible_to(person()), id=caseload_id)
    if caseload.state == "asked":
        return render_template("coaching/asked.html", caseload=caseload, me=person())
    if caseload.beside_id:
        return redirect(url_for("coaching.show", caseload_id=caseload.beside_id))
    looked(caseload)
    return page(caseload)


def page(
    caseload: Caseload,
    *,
    goal: GoalForm | None = None,
    note: NoteForm | None = None,
    mentoring: MentoringForm | None = None,
    beside: AskForm | None = None,
) -> str:
    """The page, with the form that was sent where something in it is to be mended."""
    teacher = caseload.teacher_id == person().id
    beside = beside or AskForm(formdata=None)
    others = [] if teacher else find_coaches(caseload)
    beside.person.choices = [("", "Choose a coach")]
    beside.person.choices += [(str(one.id), one.full_name) for one in others]
    return render_template(
        "coaching/show.html",
        caseload=caseload,
        together=together(caseload, person()),
        teacher=teacher,
        them=caseload.coach if teacher else caseload.teacher,
        me=person(),
        goal_form=goal or GoalForm(formdata=None),
        note_form=note or NoteForm(formdata=None),
        mentoring_form=mentoring or MentoringForm(today=today(), formdata=None),
        beside_form=beside,
        others=others,
        zone=person().district.zone,
        today=today(),
        at=now(),
        views=load(View.of(caseload.id)) if teacher else [],
    )


@bp.post("/<uuid:caseload_id>/agree")
@can("agree-to-coaching")
def agree(caseload_id: UUID) -> Response:
    """The teacher says yes, to a coach or to a co-coach."""
    caseload = find(Caseload.answerable_by(person()), id=caseload_id)
    try:
        caseload.agree(by=person(), at=now())
    except NotNow as no:
        raise refuse(409, str(no)) from None
    flash(f"{caseload.coach.name} coaches you from now on. You can end it at any time.")
    return redirect(url_for("coaching.show", caseload_id=caseload.beside_id or caseload.id))


@bp.post("/<uuid:caseload_id>/end")
@can("see-coaching")
def end(caseload_id: UUID) -> Response:
    """Either side ends it, or says no to what was asked."""
    caseload = find(Caseload.endable_by(person()), id=caseload_id)
    asked = caseload.state == "asked"
    try:
        caseload.end(by=person(), at=now())
    except NotNow as no:
        raise refuse(409, str(no)) from None
    flash("Nothing was opened." if asked else "The coaching has ended.")
    return redirect(url_for("coaching.index"))


@bp.post("/<uuid:caseload_id>/co-coaches")
@can("coach")
def beside(caseload_id: UUID) -> Response | tuple[str, int]:
    """Name a co-coach; the teacher agrees before anything opens."""
    caseload = find(Caseload.editable_by(person()), id=caseload_id)
    form = AskForm()
    coach = first(Person.visible_to(person()).where(Person.id == as_id(form.person.data)))
    if coach is None:
        form.person.errors = ["Choose a coach of this school from the list."]
        return page(caseload, beside=form), 422
    try:
        Caseload.ask(coach, caseload.teacher, by=person(), at=now(), home=caseload)
    except NotNow as no:
        form.person.errors = [str(no)]
        return page(caseload, beside=form), 422
    flash(f"{caseload.teacher.name} is asked whether {coach.name} may join.")
    return redirect(url_for("coaching.show", caseload_id=caseload.id))
