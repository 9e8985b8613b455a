"""Before a visit: what is looked for, when somebody comes, and what a teacher would like seen."""

from __future__ import annotations

from uuid import UUID

from flask import Blueprint, flash, redirect, render_template, url_for
from werkzeug.wrappers import Response
from wtforms import SelectField, TextAreaField
from wtforms.fields import SelectChoice
from wtforms.validators import DataRequired, Length

from blueprints.kit.access import can, now, person
from blueprints.kit.forms import Form
from blueprints.kit.load import find, load
from models.look_for import LookForSet
from models.plan import Plan, Wish
from rules.calendar import weekday_words

bp = Blueprint("wishes", __name__, url_prefix="/wishes")


class WishForm(Form):
    """What to look at, and whom it is for."""

    text = TextAreaField(
        "What would you like a visitor to look at?",
        [
            DataRequired("Write a few words, for example: who talks in the second half."),
            Length(max=500, message="Use at most 500 characters."),
        ],
    )
    plan = SelectField("For", default="")


@bp.get("")
@can("make-wish")
def index() -> str:
    """Everything a teacher can know and say before a visit."""
    return _page(_form(load(Plan.of_teacher(person())), posted=False))


def _form(plans: object, *, posted: bool) -> WishForm:
    form = WishForm() if posted else WishForm(formdata=None)
    form.plan.choices = [SelectChoice("", "Whoever visits next")] + [
        SelectChoice(str(plan.id), f"{plan.observer.name}, {weekday_words(plan.day)}")
        for plan in plans  # type: ignore[attr-defined]
    ]
    return form


def _page(form: WishForm) -> str:
    return render_template(
        "wishes/index.html",
        form=form,
        plans=load(Plan.of_teacher(person())),
        wishes=load(Wish.visible_to(person())),
        sets=load(LookForSet.visible_to(person())),
        me=person(),
    )


@bp.post("")
@can("make-wish")
def make() -> Response | tuple[str, int]:
    """Keep it for the next visitor, or for the one who planned a visit."""
    plans = load(Plan.of_teacher(person()))
    form = _form(plans, posted=True)
    if not form.validate_on_submit():
        return _page(form), 422
    plan = next((one for one in plans if str(one.id) == form.plan.data), None)
    Wish.make(form.text.data.strip(), plan=plan, by=person(), at=now())
    who = plan.observer.name if plan else "Whoever visits next"
    flash(f"Kept. {who} sees it before the visit begins.")
    return redirect(url_for("wishes.index"))


@bp.post("/<uuid:wish_id>/withdraw")
@can("make-wish")
def withdraw(wish_id: UUID) -> Response:
    """Take it back, as long as no visit has used it."""
    find(Wish.visible_to(person()), id=wish_id).withdraw(at=now())
    flash("Taken back. No visitor sees it.")
    return redirect(url_for("wishes.index"))
