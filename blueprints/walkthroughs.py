"""The visits: a list, and one visit with its evidence and its discourse check."""

from __future__ import annotations

from collections.abc import Iterable
from itertools import groupby
from uuid import UUID
from zoneinfo import ZoneInfo

from flask import Blueprint, flash, redirect, render_template, url_for
from werkzeug.wrappers import Response

from blueprints.kit.access import can, now, person
from blueprints.kit.errors import refuse
from blueprints.kit.load import find, first, page_of
from models.feedback import Feedback
from models.plan import Wish
from models.settle import findings
from models.walkthrough import Walkthrough
from rules.calendar import clock_of, month
from rules.feedback.report import rows

bp = Blueprint("walkthroughs", __name__, url_prefix="/walkthroughs")

A_PAGE = 30


@bp.get("")
@can("see-walkthroughs")
def index() -> str:
    """The visits in reach, latest first."""
    visits = Walkthrough.visible_to(person()).where(Walkthrough.started_at.is_not(None))
    page, zone = page_of(visits, A_PAGE), person().district.zone
    return render_template(
        "walkthroughs/index.html",
        page=page,
        months=by_month(page.rows, zone),
        zone=zone,
        at=now(),
        me=person(),
    )


def by_month(walks: Iterable[Walkthrough], zone: ZoneInfo) -> list[tuple[str, list[Walkthrough]]]:
    """Started visits under the month they belong to, in the order they come."""
    dated = [(month(walk.started_at, zone), walk) for walk in walks if walk.started_at]
    return [(name, [walk for _, walk in group]) for name, group in groupby(dated, lambda d: d[0])]


@bp.get("/<uuid:walkthrough_id>")
@can("see-walkthroughs")
def show(walkthrough_id: UUID) -> str | Response:
    """One visit. Once there is feedback, that page shows it better."""
    walk = find(Walkthrough.visible_to(person()), id=walkthrough_id)
    feedback = first(Feedback.visible_to(person()).where(Feedback.walkthrough_id == walk.id))
    if feedback is not None:
        return redirect(url_for("feedback.show", feedback_id=feedback.id))
    zone = person().district.zone
    found = findings(walk, person().district) if walk.started_at else None
    return render_template(
        "walkthroughs/show.html",
        walk=walk,
        found=found,
        rows=rows(found.evidence, clock=clock_of(zone)) if found else (),
        zone=zone,
        mine=walk.observer_id == person().id,
    )


@bp.post("/<uuid:walkthrough_id>/retract")
@can("retract-walkthrough")
def retract(walkthrough_id: UUID) -> Response:
    """Take back a visit that has not been shared."""
    walk = find(Walkthrough.editable_by(person()), id=walkthrough_id)
    if walk.shared_at is not None:
        raise refuse(409, "This visit is shared. Correct the feedback instead of retracting it.")
    walk.retract(at=now())
    Wish.release(walk)
    flash("The visit is retracted. It is in no list and no count.")
    return redirect(url_for("today.show"))
