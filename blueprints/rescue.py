"""Rescue files: what a phone could not send, brought in by hand by anybody, readable by nobody."""

from __future__ import annotations

from flask import Blueprint, current_app, flash, redirect, render_template, url_for
from flask_wtf.file import FileField, FileRequired
from werkzeug.wrappers import Response

from blueprints.kit.access import can, now, person
from blueprints.kit.filters import plural
from blueprints.kit.forms import Form
from models.sealed import receive_sealed
from rules.sealed import BadSealed, read_rescue_file

bp = Blueprint("rescue", __name__, url_prefix="/rescue")


class RescueForm(Form):
    """The file a phone saved."""

    file = FileField("Rescue file", [FileRequired("Choose the rescue file.")])


@bp.get("")
@can("carry")
def show() -> str:
    """Where a rescue file is brought in."""
    return render_template("rescue/show.html", form=RescueForm())


@bp.post("")
@can("carry")
def bring_in() -> Response | tuple[str, int]:
    """Take in every record of a file, as its author’s; the same file twice changes nothing."""
    form = RescueForm()
    if not form.validate_on_submit():
        return render_template("rescue/show.html", form=form), 422
    try:
        sealed = read_rescue_file(form.file.data.read())
    except BadSealed as bad:
        form.file.errors = [str(bad)]
        return render_template("rescue/show.html", form=form), 422
    secret = current_app.config["SETTINGS"].secret_key
    _tell(receive_sealed(sealed, by=person(), secret=secret, at=now()))
    return redirect(url_for("rescue.show"))


def _tell(results: list[dict[str, str]]) -> None:
    """How many arrived, and of the others why not, each reason once."""
    stored = sum(result["outcome"] == "stored" for result in results)
    if stored:
        flash(f"{plural(stored, 'record')} arrived, each as its author’s. The file may be deleted.")
    for reason in dict.fromkeys(result["reason"] for result in results if "reason" in result):
        count = sum(result.get("reason") == reason for result in results)
        flash(f"{plural(count, 'record')} did not arrive in whole. {reason}", "help")
