"""Steps: made in coaching or in feedback, tried by the teacher, closed at the check-back."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TypeVar
from uuid import UUID

from flask import (
    Blueprint,
    Response,
    current_app,
    flash,
    redirect,
    render_template,
    request,
    url_for,
)
from werkzeug.wrappers import Response as AnyResponse

from blueprints.kit.access import can, now, person, today
from blueprints.kit.errors import refuse
from blueprints.kit.load import find, first, load, page_of
from blueprints.kit.views import note_view
from blueprints.steps.forms import CheckBackForm, OutcomeForm, StepForm, TriedForm
from interchange.calendar_file import CheckBack, calendar_file
from models.act import NotNow
from models.coaching import Caseload
from models.coaching.library import Shelf, library
from models.step import Step

Done = TypeVar("Done")

bp = Blueprint("steps", __name__)

A_PAGE = 30


@bp.get("/steps")
@can("see-steps")
def index() -> str:
    """The steps in reach, open ones first."""
    rows = Step.visible_to(person()).order_by(None)
    rows = rows.order_by(Step.ended_at.is_not(None), Step.made_at.desc(), Step.id)
    return render_template(
        "steps/index.html",
        page=page_of(rows, A_PAGE),
        me=person(),
        today=today(),
        zone=person().district.zone,
    )


@bp.get("/steps/library")
@can("see-steps")
def shelves() -> str:
    """What to try, by look-for: a resource, a step, and one’s own earlier steps."""
    return render_template("steps/library.html", sets=library(person()), me=person())


@bp.get("/coaching/<uuid:caseload_id>/step")
@can("keep-coaching")
def new(caseload_id: UUID) -> str:
    """Agree a step: choose a look-for, take an idea or write one’s own."""
    caseload = find(Caseload.editable_by(person()), id=caseload_id)
    form = StepForm(today=today(), formdata=None)
    chosen = _shelf(request.args.get("look_for", ""))
    if chosen is not None:
        form.look_for.data = str(chosen.look_for.id)
        form.step.data = _idea(chosen, request.args.get("idea", ""))
    return _new(caseload, form, chosen)


def _new(caseload: Caseload, form: StepForm, chosen: Shelf | None) -> str:
    form.look_for.choices = _choices()
    return render_template(
        "steps/new.html", caseload=caseload, form=form, chosen=chosen, me=person(), today=today()
    )


def _choices() -> list[tuple[str, str]]:
    every = [shelf.look_for for _, shelves in library(person()) for shelf in shelves]
    return [("", "None in particular"), *((str(one.id), one.statement) for one in every)]


def _shelf(look_for_id: str) -> Shelf | None:
    every = (shelf for _, shelves in library(person()) for shelf in shelves)
    return next((shelf for shelf in every if str(shelf.look_for.id) == look_for_id), None)


def _idea(shelf: Shelf, idea: str) -> str:
    """The words of an idea: the look-for’s own step, or one made before."""
    before = next((step.text for step in shelf.own if str(step.id) == idea), "")
    return before or (f"{shelf.look_for.step_phrase.rstrip('.')}." if idea == "look-for" else "")


@bp.post("/coaching/<uuid:caseload_id>/steps")
@can("keep-coaching")
def agree(caseload_id: UUID) -> AnyResponse | tuple[str, int]:
    """Keep the step that the two of them agreed on."""
    caseload = find(Caseload.editable_by(person()), id=caseload_id)
    form = StepForm(today=today())
    chosen = _shelf(form.look_for.data or "")
    if not form.validate():
        return _new(caseload, form, chosen), 422
    try:
        step = Step.agree(
            caseload,
            form.step.data.strip(),
            look_for_id=chosen.look_for.id if chosen else None,
            due_on=form.due_on.data,
            due_at=form.due_at.data,
            by=person(),
            at=now(),
        )
    except NotNow as no:
        form.step.errors = [str(no)]
        return _new(caseload, form, chosen), 422
    flash("The step is kept. Only the two of you can see it.")
    return redirect(url_for("steps.show", step_id=step.id))


@bp.get("/steps/<uuid:step_id>")
@can("see-steps")
def show(step_id: UUID) -> str:
    """One step, what came before it, and what may become of it."""
    step = find(Step.visible_to(person()), id=step_id)
    caseload = first(Caseload.visible_to(person()).where(Caseload.id == step.caseload_id))
    if caseload is not None:
        note_view(caseload.id, caseload.teacher_id, caseload.coach_id)
    return _page(step)


def _page(
    step: Step,
    *,
    tried: TriedForm | None = None,
    outcome: OutcomeForm | None = None,
    move: CheckBackForm | None = None,
    adjust: StepForm | None = None,
) -> str:
    mine = step.teacher_id == person().id
    keeps = first(Step.kept_by(person()).where(Step.id == step.id)) is not None
    dates = {"due_on": step.due_on, "due_at": step.due_at}
    return render_template(
        "steps/show.html",
        step=step,
        before=step.before(),
        readers=step.readers(),
        teacher=mine,
        keeps=keeps,
        tried_form=tried or TriedForm(formdata=None, data={"answer": step.answer}),
        outcome_form=outcome or OutcomeForm(formdata=None),
        move_form=move or CheckBackForm(today=today(), formdata=None, data=dates),
        adjust_form=adjust or StepForm(today=today(), formdata=None, data={"step": step.text}),
        adjusting=adjust is not None,
        moving=move is not None,
        me=person(),
        today=today(),
        zone=person().district.zone,
    )


@bp.post("/steps/<uuid:step_id>/tried")
@can("try-step")
def tried(step_id: UUID) -> AnyResponse | tuple[str, int]:
    """The teacher did it, and may say how it went."""
    step = find(Step.answerable_by(person()), id=step_id)
    form = TriedForm()
    if not form.validate():
        return _page(step, tried=form), 422
    _do(lambda: step.tried((form.answer.data or "").strip(), by=person(), at=now()))
    flash("Kept. The check-back looks for it.")
    return redirect(url_for("steps.show", step_id=step.id))


@bp.post("/steps/<uuid:step_id>/check-back")
@can("adjust-step")
def move(step_id: UUID) -> AnyResponse | tuple[str, int]:
    """Put the check-back on a day, or on another one."""
    step = find(Step.adjustable_by(person()), id=step_id)
    form = CheckBackForm(today=today())
    if not form.validate():
        return _page(step, move=form), 422
    _do(lambda: step.move(form.due_on.data, form.due_at.data, by=person(), at=now()))
    flash("The check-back has its new day. Take the calendar file again to move it there too.")
    return redirect(url_for("steps.show", step_id=step.id))


@bp.post("/steps/<uuid:step_id>/adjust")
@can("adjust-step")
def adjust(step_id: UUID) -> AnyResponse | tuple[str, int]:
    """Go on with other words and another day; the step before stays readable."""
    step = find(Step.adjustable_by(person()), id=step_id)
    form = StepForm(today=today())
    if not form.validate():
        return _page(step, adjust=form), 422
    after = _do(
        lambda: step.adjust(
            form.step.data.strip(), form.due_on.data, form.due_at.data, by=person(), at=now()
        )
    )
    flash("Adjusted. The step before stays with it.")
    return redirect(url_for("steps.show", step_id=after.id))


@bp.post("/steps/<uuid:step_id>/close")
@can("close-step")
def close(step_id: UUID) -> AnyResponse | tuple[str, int]:
    """Met or dropped, with a sentence if wanted."""
    step = find(Step.kept_by(person()), id=step_id)
    form = OutcomeForm()
    if not form.validate():
        return _page(step, outcome=form), 422
    words = (form.words.data or "").strip()
    _do(lambda: step.close(form.outcome.data, words, by=person(), at=now()))
    flash(f"The step is {form.outcome.data}.")
    return redirect(url_for("steps.show", step_id=step.id))


@bp.get("/steps/<uuid:step_id>.ics")
@can("see-steps")
def ics(step_id: UUID) -> Response:
    """The check-back for a calendar, which many people may look into."""
    step = find(Step.visible_to(person()), id=step_id)
    if step.due_on is None:
        raise refuse(404, "This step has no check-back yet. Choose its day first.")
    return _calendar([step])


@bp.get("/coaching/check-backs.ics")
@can("coach")
def all_ics() -> Response:
    """Every check-back of a coach in one file."""
    return _calendar(load(Step.dated(person())))


def _calendar(steps: Sequence[Step]) -> Response:
    public = current_app.config["SETTINGS"].public_url
    body = calendar_file(
        [
            CheckBack(
                id=step.id,
                on=step.due_on,
                at=step.due_at,
                sequence=step.sequence,
                changed_at=step.changed_at,
                cancelled=not step.open,
                url=f"{public}{url_for('steps.show', step_id=step.id)}",
            )
            for step in steps
            if step.due_on is not None
        ],
        person().district.zone,
    )
    response = Response(body, mimetype="text/calendar")
    response.headers["Content-Disposition"] = 'attachment; filename="check-back.ics"'
    return response


def _do(act: Callable[[], Done]) -> Done:
    """Do it, or answer with the sentence that says why not now."""
    try:
        return act()
    except NotNow as no:
        raise refuse(409, str(no)) from None
