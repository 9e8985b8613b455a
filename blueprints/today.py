"""Today: for each role, the next right thing."""

from __future__ import annotations

from flask import Blueprint, render_template

from blueprints.kit.access import can, now, person
from models.today import today

bp = Blueprint("today", __name__)


@bp.get("/")
@can("see-today")
def show() -> str:
    """What is due, what is to finish, what came back."""
    return render_template("today/show.html", today=today(person(), at=now()), me=person())
