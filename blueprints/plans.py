"""Planned visits: an observer or a coach says when, and the teacher is told."""

from __future__ import annotations

from uuid import UUID

from flask import Blueprint, flash, redirect, render_template, request, url_for
from werkzeug.wrappers import Response
from wtforms import DateField, SelectField
from wtforms.fields import SelectChoice
from wtforms.validators import InputRequired

from blueprints.kit.access import can, now, person
from blueprints.kit.forms import Form
from blueprints.kit.load import find, load
from jobs import mail
from models.plan import Plan, Wish
from models.reach import Reach
from rules.calendar import weekday_words, works
from rules.loop import unannounced

bp = Blueprint("plans", __name__, url_prefix="/plans")

PURPOSES = {
    "walkthrough": "A walkthrough",
    "coaching": "Coaching",
    "evaluation": "An evaluation",
}


class PlanForm(Form):
    """Whom, when, what for."""

    teacher = SelectField("Teacher", [InputRequired("Choose a teacher.")], validate_choice=False)
    school_class = SelectField("Class", default="", validate_choice=False)
    purpose = SelectField(
        "What for",
        [InputRequired("Choose what the visit is for.")],
        default="walkthrough",
        validate_choice=False,
    )
    day = DateField("Day", [InputRequired("Choose the day of the visit.")])

    @classmethod
    def over(cls, reach: Reach, *, posted: bool) -> PlanForm:
        """The form with everybody in reach to choose from."""
        form = cls() if posted else cls(formdata=request.args)
        form.teacher.choices = [SelectChoice(str(t.id), t.full_name) for t in reach.teachers]
        names = {t.id: t.name for t in reach.teachers}
        form.school_class.choices = [
            SelectChoice("", "Any class"),
            *(
                SelectChoice(str(c.id), f"{names[t.teacher_id]}: {c.line}")
                for c in reach.classes
                for t in c.teaching
                if t.teacher_id in names
            ),
        ]
        asked = {p for t in reach.teachers for p in reach.purposes(t)}
        form.purpose.choices = [SelectChoice(p, w) for p, w in PURPOSES.items() if p in asked]
        return form


@bp.get("")
@can("see-plans")
def index() -> str | Response:
    """The visits one means to make; a teacher finds hers beside what she would like seen."""
    if not person().may("plan-visit"):
        return redirect(url_for("wishes.index"))
    return _page(PlanForm.over(Reach.of(person()), posted=False))


def _page(form: PlanForm) -> str:
    plans = load(Plan.of_visitor(person()))
    district = person().district
    return render_template(
        "plans/index.html",
        plans=plans,
        wishes=Wish.for_visitor(person(), [plan.teacher_id for plan in plans]),
        form=form,
        today=now().astimezone(district.zone).date(),
        purposes=PURPOSES,
        needed=district.evaluation_notice,
    )


@bp.post("")
@can("plan-visit")
def make() -> Response | tuple[str, int]:
    """Plan a visit; the teacher is told at once."""
    reach = Reach.of(person())
    form = PlanForm.over(reach, posted=True)
    teacher = next((t for t in reach.teachers if str(t.id) == form.teacher.data), None)
    room = next((c for c in reach.classes if str(c.id) == form.school_class.data), None)
    if not form.validate_on_submit() or not _sound(form, reach, teacher, room):
        return _page(form), 422
    assert teacher is not None
    plan = Plan.make(
        by=person(),
        teacher=teacher,
        school_class=room,
        purpose=form.purpose.data,
        day=form.day.data,
        at=now(),
    )
    mail.tell_of_plan(plan, by=person(), at=now())
    flash(f"Planned for {weekday_words(plan.day)}. {teacher.name} can see it.")
    return redirect(url_for("plans.index"))


def _sound(form: PlanForm, reach: Reach, teacher: object, room: object) -> bool:
    """Say at each field what does not fit the others."""
    district = person().district
    today = now().astimezone(district.zone).date()
    said: list[tuple[object, str]] = []
    if teacher is None:
        said.append((form.teacher, "That teacher is not at a school where you visit."))
    elif form.purpose.data not in reach.purposes(teacher):  # type: ignore[arg-type]
        said.append((form.purpose, "You cannot visit this teacher for that."))
    if form.school_class.data and (
        room is None or all(t.teacher_id != getattr(teacher, "id", None) for t in room.teaching)  # type: ignore[attr-defined]
    ):
        said.append((form.school_class, "Choose a class of that teacher, or any class."))
    if form.day.data < today:
        said.append((form.day, "That day is over. Choose today or a later day."))
    elif not works(form.day.data, district.holidays):
        said.append((form.day, "Schools do not work on that day. Choose another."))
    short = unannounced(
        form.purpose.data, district.evaluation_notice, [today], form.day.data, district.holidays
    )
    if short:
        said.append((form.day, f"{short} Choose a later day."))
    for field, words in said:
        field.errors = [*field.errors, words]  # type: ignore[attr-defined]
    return not said


@bp.post("/<uuid:plan_id>/drop")
@can("plan-visit")
def drop(plan_id: UUID) -> Response:
    """The visit will not take place on that day."""
    plan = find(Plan.of_visitor(person()), id=plan_id)
    plan.drop(by=person(), at=now())
    flash(f"Dropped. {plan.teacher.name} no longer sees it.")
    return redirect(url_for("plans.index"))
