"""Room codes: four letters beside a classroom’s door, made once and printed as cards."""

from __future__ import annotations

from uuid import UUID

from flask import (
    Blueprint,
    Response,
    current_app,
    flash,
    redirect,
    render_template,
    url_for,
)
from werkzeug.wrappers import Response as AnyResponse

from blueprints.kit.access import can, now, person
from blueprints.kit.errors import refuse
from blueprints.kit.filters import plural
from blueprints.kit.load import find, load
from blueprints.kit.paper import as_pdf, asked_paper, printed
from jobs.qr import qr
from models.district import School
from models.room import Room, RoomCode, rooms_of

bp = Blueprint("rooms", __name__)


@bp.get("/room-codes")
@can("see-room-codes")
def index() -> str | AnyResponse:
    """The schools whose codes one may see; who has one school is there at once."""
    schools = load(RoomCode.schools(person(), "see-room-codes"))
    if len(schools) == 1:
        return redirect(url_for("rooms.show", school_id=schools[0].id))
    return render_template("rooms/index.html", schools=schools)


@bp.get("/schools/<uuid:school_id>/room-codes")
@can("see-room-codes")
def show(school_id: UUID) -> str:
    """Every room of a school with its letters; those that have none are counted."""
    school = _school(school_id, "see-room-codes")
    rooms = rooms_of(school)
    makers = load(RoomCode.schools(person(), "make-room-codes"))
    return render_template(
        "rooms/show.html",
        school=school,
        coded=[room for room in rooms if room.code],
        new=[room for room in rooms if not room.code],
        may_make=school in makers,
        paper=person().district.paper,
    )


@bp.post("/schools/<uuid:school_id>/room-codes")
@can("make-room-codes")
def make(school_id: UUID) -> AnyResponse:
    """Give letters to the rooms that have none; what is on a wall already stays right."""
    school = _school(school_id, "make-room-codes")
    made = RoomCode.make(school, by=person(), at=now())
    flash(f"{plural(made, 'code')} made." if made else "Every room has its code already.")
    return redirect(url_for("rooms.show", school_id=school.id))


@bp.get("/schools/<uuid:school_id>/room-codes.pdf")
@can("see-room-codes")
def pdf(school_id: UUID) -> Response:
    """The cards to cut out, six a page; `?paper=a4` or `letter`."""
    school = _school(school_id, "see-room-codes")
    cards = [room for room in rooms_of(school) if room.code]
    if not cards:
        raise refuse(404, "No room of this school has a code yet. Make the codes first.")
    return as_pdf(_print(school, cards), "room-codes")


def _school(school_id: UUID, verb: str) -> School:
    return find(RoomCode.schools(person(), verb), id=school_id)


def _print(school: School, cards: list[Room]) -> bytes:
    html = render_template(
        "report/room_codes.html",
        school=school,
        paper=asked_paper(),
        cards=[(room, qr(address(room.code or ""))) for room in cards],
    )
    return printed(html, title=f"Room codes, {school.name}")


def address(code: str) -> str:
    """What a camera reads: the public address, never the one a request named."""
    public = current_app.config["SETTINGS"].public_url
    return f"{public}{url_for('offline.capture')}#room={code}"
