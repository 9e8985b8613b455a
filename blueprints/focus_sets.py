"""Focus sets: what is looked for first this season, in a district, at a school or with a person."""

from __future__ import annotations

from datetime import date
from typing import Any
from uuid import UUID

from flask import Blueprint, flash, redirect, render_template, url_for
from werkzeug.wrappers import Response
from wtforms import DateField, SelectField, SelectMultipleField, StringField
from wtforms.fields import SelectChoice
from wtforms.validators import DataRequired, InputRequired, Length

from blueprints.kit.access import can, now, person
from blueprints.kit.forms import Form
from blueprints.kit.load import find, load
from models.district import School
from models.focus_set import VISITORS, Choice, FocusSet, named
from models.look_for import LookForSet
from models.reach import Reach
from rules.look_for import MOST_IN_FOCUS
from rules.roles import Role

bp = Blueprint("focus_sets", __name__, url_prefix="/focus-sets")

Answer = Response | tuple[str, int]


class FocusForm(Form):
    """A name, a season, for whose visits, and up to twelve look-fors."""

    name = StringField(
        "Name",
        [
            DataRequired("Give it a name, such as “Talk this fall”."),
            Length(max=60, message="Use at most 60 characters for the name."),
        ],
    )
    begins = DateField("First day", [InputRequired("Say from which day.")])
    ends = DateField("Last day", [InputRequired("Say until which day.")])
    place = SelectField("For which visits", [InputRequired("Say for which visits.")])
    look_fors = SelectMultipleField("Look-fors", choices=[], validate_choice=False)

    @classmethod
    def here(cls, sets: list[LookForSet], **more: Any) -> FocusForm:
        """A form that offers the places within reach and every published look-for."""
        form = cls(**more)
        form.place.choices = _places()
        form.look_fors.choices = [
            SelectChoice(named(one, each), each.statement) for one in sets for each in one.look_fors
        ]
        return form

    @classmethod
    def of(cls, focus: FocusSet, sets: list[LookForSet]) -> FocusForm:
        """The focus set as it is kept."""
        return cls.here(
            sets, formdata=None, obj=focus, place=_place_of(focus), look_fors=focus.look_fors
        )

    def validate(self, extra_validators: Any = None) -> bool:
        """A season ends after it begins, and a focus is short."""
        sound: bool = super().validate(extra_validators)
        if self.begins.data and self.ends.data and self.ends.data < self.begins.data:
            self.ends.errors = [*self.ends.errors, "The last day is before the first."]
            sound = False
        said = self._of_look_fors()
        if said:
            self.look_fors.errors = [*self.look_fors.errors, said]
        return sound and not said

    def _of_look_fors(self) -> str:
        """What is wrong with the look-fors chosen; nothing where they can be kept."""
        chosen, known = self.look_fors.data or [], {each.value for each in self.look_fors.choices}
        if not chosen:
            return "Choose at least one."
        if len(chosen) > MOST_IN_FOCUS:
            return f"Keep {MOST_IN_FOCUS} of {len(chosen)}."
        return "" if known.issuperset(chosen) else "One of them was retired. Choose again."

    def choice(self) -> Choice:
        """What was chosen, for the model."""
        kind, _, id_text = self.place.data.partition(":")
        return Choice(
            self.name.data.strip(),
            self.begins.data,
            self.ends.data,
            self.look_fors.data,
            school_id=UUID(id_text) if kind == "school" else None,
            person_id=UUID(id_text) if kind == "person" else None,
        )


def _places() -> list[SelectChoice]:
    """The district for its leads; schools and teachers in reach, and oneself, for visitors."""
    found: list[SelectChoice] = []
    if Role.LEAD in person().roles:
        found.append(SelectChoice("district", "Every visit in the district"))
    reach = Reach.of(person())
    found += [SelectChoice(f"school:{s.id}", f"Visits at {s.name}") for s in _schools(reach)]
    if person().school_ids(*VISITORS):
        found.append(SelectChoice(f"person:{person().id}", "All my own visits"))
        found += [SelectChoice(f"person:{t.id}", f"My visits to {t.name}") for t in reach.teachers]
    return found


def _schools(reach: Reach) -> list[School]:

    return list(load(School.visible_to(person()))) if person().district_wide else reach.schools


def _place_of(focus: FocusSet) -> str:
    if focus.person_id:
        return f"person:{focus.person_id}"
    return f"school:{focus.school_id}" if focus.school_id else "district"


def _today() -> date:
    return now().astimezone(person().district.zone).date()


@bp.get("")
@can("read-framework")
def index() -> str:
    """What is in season, what comes, what has passed."""
    today = _today()
    every = load(FocusSet.visible_to(person()))
    sets = load(LookForSet.visible_to(person()))
    return render_template(
        "focus_sets/index.html",
        now=[one for one in every if one.covers(today)],
        coming=[one for one in every if one.begins > today],
        past=[one for one in every if one.ends < today],
        chosen={one.id: one.chosen(sets) for one in every},
        mine={one.id for one in load(FocusSet.editable_by(person()))},
        me=person(),
        may_choose=person().may("choose-focus"),
    )


@bp.get("/new")
@can("choose-focus")
def new() -> str:
    """Choose a focus."""
    sets = list(load(LookForSet.visible_to(person())))
    return _form(FocusForm.here(sets, formdata=None, begins=_today()), sets)


@bp.post("/new")
@can("choose-focus")
def choose() -> Answer:
    """Keep it."""
    sets = list(load(LookForSet.visible_to(person())))
    form = FocusForm.here(sets)
    if not form.validate_on_submit():
        return _form(form, sets), 422
    focus = FocusSet.choose(form.choice(), by=person(), at=now())
    flash(f"“{focus.name}” is chosen. Phones take it with their next field kit.")
    return redirect(url_for("focus_sets.index"))


@bp.get("/<uuid:focus_id>")
@can("choose-focus")
def edit(focus_id: UUID) -> str:
    """Change a focus."""
    focus = find(FocusSet.editable_by(person()), id=focus_id)
    sets = list(load(LookForSet.visible_to(person())))
    return _form(FocusForm.of(focus, sets), sets, focus)


@bp.post("/<uuid:focus_id>")
@can("choose-focus")
def rechoose(focus_id: UUID) -> Answer:
    """Keep the change."""
    focus = find(FocusSet.editable_by(person()), id=focus_id)
    sets = list(load(LookForSet.visible_to(person())))
    form = FocusForm.here(sets)
    if not form.validate_on_submit():
        return _form(form, sets, focus), 422
    focus.rechoose(form.choice(), by=person(), at=now())
    flash("Saved. Visits that have begun keep the focus they began with.")
    return redirect(url_for("focus_sets.index"))


def _form(form: FocusForm, sets: list[LookForSet], focus: FocusSet | None = None) -> str:
    return render_template(
        "focus_sets/choose.html",
        form=form,
        sets=sets,
        focus=focus,
        most=MOST_IN_FOCUS,
        named=named,
        names={one.key: [named(one, each) for each in one.look_fors] for one in sets},
    )


@bp.post("/<uuid:focus_id>/end")
@can("choose-focus")
def end(focus_id: UUID) -> Response:
    """Take it back."""
    focus = find(FocusSet.editable_by(person()), id=focus_id)
    focus.end(by=person(), at=now())
    flash("Taken back. New visits do not offer it.")
    return redirect(url_for("focus_sets.index"))
