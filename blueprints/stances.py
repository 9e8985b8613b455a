"""Stances: protect a component, balance it, or refrain from blending it, with a reason."""

from __future__ import annotations

from uuid import UUID

from flask import Blueprint, flash, redirect, render_template, url_for
from werkzeug.wrappers import Response
from wtforms import RadioField, SelectField, StringField, TextAreaField
from wtforms.fields import SelectChoice
from wtforms.validators import DataRequired, InputRequired, Length

from blueprints.kit.access import can, now, person
from blueprints.kit.forms import Form
from blueprints.kit.load import find, load
from models.alignment import components_of
from models.framework import Component
from models.stance import Stance
from rules.coverage import STANCE_MEANS, STANCES

bp = Blueprint("stances", __name__, url_prefix="/stances")


DISTRICT = "district"


class StanceForm(Form):
    """What is decided, where, for which unit and why."""

    stance = RadioField(
        "What you decide",
        [InputRequired("Choose one of the three.")],
        choices=[
            SelectChoice(code, f"{said}. {STANCE_MEANS[code]}") for code, said in STANCES.items()
        ],
        default="refrain",
    )
    unit = StringField("Unit", [Length(max=80, message="Use at most 80 characters for the unit.")])
    reason = TextAreaField(
        "Reason",
        [
            DataRequired("Say why, so that others can see that it is a decision."),
            Length(max=500, message="Use at most 500 characters for the reason."),
        ],
    )
    place = SelectField("Where it holds", [InputRequired("Say where it holds.")])

    @classmethod
    def here(cls, **more: object) -> StanceForm:
        """A form that offers the places for which this person may decide."""
        form = cls(**more)
        district = [SelectChoice(DISTRICT, "The whole district")] if person().district_wide else []
        schools = load(Stance.schools(person()))
        form.place.choices = [*district, *(SelectChoice(str(s.id), s.name) for s in schools)]
        return form


@bp.get("/<uuid:component_id>")
@can("take-stance")
def new(component_id: UUID) -> str:
    """Decide about one component."""
    component = find(components_of(person()), id=component_id)
    return _form(component, StanceForm.here(formdata=None))


@bp.post("/<uuid:component_id>")
@can("take-stance")
def take(component_id: UUID) -> Response | tuple[str, int]:
    """Keep the decision."""
    component = find(components_of(person()), id=component_id)
    form = StanceForm.here()
    if not form.validate_on_submit():
        return _form(component, form), 422
    Stance.take(
        component,
        form.stance.data,
        unit=(form.unit.data or "").strip(),
        reason=form.reason.data.strip(),
        school_id=None if form.place.data == DISTRICT else UUID(form.place.data),
        by=person(),
        at=now(),
    )
    flash(f"{component.plate or component.name}: {STANCES[form.stance.data].lower()}.")
    return _to_coverage(component)


def _form(component: Component, form: StanceForm) -> str:
    return render_template("stances/new.html", component=component, form=form)


def _to_coverage(component: Component) -> Response:
    return redirect(
        url_for("coverage.index", framework=component.framework_id, _anchor="on-purpose")
    )


@bp.post("/<uuid:stance_id>/end")
@can("take-stance")
def end(stance_id: UUID) -> Response:
    """The decision no longer holds."""
    stance = find(Stance.editable_by(person()), id=stance_id)
    stance.end(by=person(), at=now())
    flash("Ended. The component is counted as before.")
    return _to_coverage(stance.component)
