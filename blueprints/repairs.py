"""Kept for repair: entries that could not be stored as they came, shown to their author alone."""

from __future__ import annotations

from uuid import UUID

from flask import Blueprint, current_app, flash, redirect, render_template, url_for
from werkzeug.wrappers import Response

from blueprints.kit.access import can, now, person
from blueprints.kit.errors import refuse
from blueprints.kit.load import find
from models import repair
from models.event import EventAside
from models.sealed import SealedAside

bp = Blueprint("repairs", __name__, url_prefix="/repairs")

STILL = "It could not be stored this time either. It is kept here, with the reason."


@bp.get("")
@can("repair")
def index() -> str:
    """What it was, why it waits, and what can be done."""
    return render_template(
        "repairs/index.html",
        stuck=repair.stuck(person()),
        carried=repair.carried(person(), secret=_secret()),
        zone=person().district.zone,
    )


@bp.post("/<uuid:aside_id>/again")
@can("repair")
def again(aside_id: UUID) -> Response:
    """Offer an entry again."""
    aside = find(EventAside.visible_to(person()), id=aside_id)
    return _back(repair.try_again(aside, by=person(), at=now()))


@bp.post("/<uuid:aside_id>/use")
@can("repair")
def use(aside_id: UUID) -> Response:
    """Choose the second version of an entry."""
    aside = find(EventAside.visible_to(person()), id=aside_id)
    if not repair.use_second(aside, by=person(), at=now()):
        raise refuse(409, "There are no two versions to choose from any more. Reload the page.")
    flash("The version you chose is the one that counts now; the other stays on record.")
    return redirect(url_for("repairs.index"))


@bp.post("/<uuid:aside_id>/set-aside")
@can("repair")
def set_aside(aside_id: UUID) -> Response:
    """Leave an entry out."""
    repair.set_aside(find(EventAside.visible_to(person()), id=aside_id), by=person(), at=now())
    return _put_away()


@bp.post("/sealed/<uuid:sealed_id>/mine")
@can("repair")
def mine(sealed_id: UUID) -> Response:
    """Stand for what a shared device sealed in one’s name, or try to open it again."""
    aside = find(SealedAside.visible_to(person()), id=sealed_id)
    return _back(repair.take_as_mine(aside, secret=_secret(), by=person(), at=now()))


@bp.post("/sealed/<uuid:sealed_id>/set-aside")
@can("repair")
def set_sealed_aside(sealed_id: UUID) -> Response:
    """Leave a sealed record out."""
    repair.set_aside(find(SealedAside.visible_to(person()), id=sealed_id), by=person(), at=now())
    return _put_away()


def _back(outcome: str) -> Response:
    if outcome == "stored":
        flash("Stored. It is part of the visit now.")
    else:
        flash(STILL, "help")
    return redirect(url_for("repairs.index"))


def _put_away() -> Response:
    flash("Set aside. It stays on record and out of every visit.")
    return redirect(url_for("repairs.index"))


def _secret() -> str:
    return current_app.config["SETTINGS"].secret_key  # type: ignore[no-any-return]
