"""The alignment editor: pick a look-for or a component, and tie it to the other side."""

from __future__ import annotations

from uuid import UUID

from flask import Blueprint, abort, flash, jsonify, redirect, render_template
from werkzeug.wrappers import Response
from wtforms import SelectMultipleField, TextAreaField
from wtforms.validators import DataRequired, Length

from blueprints.alignments.board import Board, asked, board
from blueprints.kit.access import can, now, person, wants_json
from blueprints.kit.errors import refuse
from blueprints.kit.forms import Form
from blueprints.kit.load import load
from models.alignment import Alignment
from models.framework import Framework
from models.look_for import LookForSet

bp = Blueprint("alignments", __name__, url_prefix="/alignments")

LONGEST_REASON = 300
NOTHING_CHOSEN = "Choose what to tie it to."


class TieForm(Form):
    """The other side, one or several, and why they belong together."""

    other = SelectMultipleField(
        "Tie it to",
        [DataRequired(NOTHING_CHOSEN)],
        choices=[],
        validate_choice=False,
        filters=[lambda sent: [one for one in sent or () if one]],
    )
    reason = TextAreaField(
        "Why they belong together",
        filters=[lambda said: " ".join((said or "").split())],
        validators=[
            DataRequired("Say in a sentence why they belong together."),
            Length(max=LONGEST_REASON, message=f"Use at most {LONGEST_REASON} characters."),
        ],
    )


@bp.get("")
@can("align-look-fors")
def index() -> str:
    """Both sides; `look_for` or `component` says what is picked, `by` which side is listed."""
    at = board()
    return _page(at, TieForm(formdata=None, reason=at.borrowed()))


def _page(at: Board, form: TieForm) -> str:
    still_open = at.open()
    in_hand = LookForSet.state.in_(("published", "draft"))
    return render_template(
        "alignments/index.html",
        board=at,
        picked=at.look_for or at.component,
        tied=at.tied(),
        counts=at.counts(),
        still_open=still_open,
        onward=[one for one in still_open if one is not at.look_for],
        borrowed=bool(form.reason.data) and form.reason.data == at.borrowed(),
        find=asked("find").strip(),
        form=form,
        frameworks=load(Framework.listed_for(person())),
        sets=load(LookForSet.readable_by(person()).where(in_hand)),
        longest=LONGEST_REASON,
    )


@bp.post("")
@can("align-look-fors")
def tie() -> Response | str | tuple[str, int]:
    """Tie what is picked to the other side; the page itself may ask without leaving."""
    at, form = board(), TieForm()
    pairs = at.pairs(form.other.data or [])
    if not form.validate_on_submit() or not pairs:
        faults = [*form.other.errors, *form.reason.errors, NOTHING_CHOSEN]
        if wants_json():
            raise refuse(422, faults[0])
        return _page(at, form), 422
    for look_for, component in pairs:
        Alignment.tie(
            look_for.id,
            component.id,
            form.reason.data,
            draft=look_for.in_draft,
            by=person(),
            at=now(),
        )
    if wants_json():
        tied = [[str(look_for.id), str(component.id)] for look_for, component in pairs]
        left = {one.id for one in at.open()} - {look_for.id for look_for, _ in pairs}
        return jsonify(server="crosswalk", tied=tied, open=len(left))
    flash("Tied.")
    return redirect(at.address)


@bp.post("/<uuid:tied_id>/<uuid:component_id>/remove")
@can("align-look-fors")
def remove(tied_id: UUID, component_id: UUID) -> Response:
    """Remove a tie; visits from before go on showing it."""
    at = board()
    look_for = next((each for each in at.look_fors if each.id == tied_id), None)
    ties = look_for.alignments if look_for else []
    kept = next((each for each in ties if each.component_id == component_id), None)
    if look_for is None or kept is None:
        abort(404)
    others = [each.component_id for each in ties if each is not kept]
    kept.untie(draft=look_for.in_draft, by=person(), at=now())
    if wants_json():
        loose = at.components.keys().isdisjoint(others)
        return jsonify(server="crosswalk", removed=True, open=len(at.open()) + loose)
    flash("Removed. Visits from before go on showing it.")
    return redirect(at.address)
