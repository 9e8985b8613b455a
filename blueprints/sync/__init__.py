"""Where phones bring their events: everything is answered one by one, and nothing is lost."""

from __future__ import annotations

import zlib
from typing import TYPE_CHECKING
from uuid import UUID

import click
from flask import Blueprint, current_app, jsonify, request
from werkzeug.wrappers import Response

from blueprints.kit.access import can, now, person
from blueprints.kit.errors import refuse
from blueprints.kit.load import find
from blueprints.kit.transaction import writes_late, writing
from blueprints.sync.schema import Device, Envelope, Held, read
from models.base import db
from models.event import Event
from models.seal import SealKey, told_to
from models.sealed import holds, receive_sealed
from models.sync import Batch, Offered, have
from models.walkthrough import Walkthrough

if TYPE_CHECKING:
    from models.person import Person

bp = Blueprint("sync", __name__, url_prefix="/sync", cli_group="seal")

LARGEST = 1024 * 1024
"""Bytes of one request, before and after unpacking."""


@bp.post("")
@can("carry")
@writes_late
def receive_events() -> Response:
    """Store a batch; the answer says of each event and sealed record what became of it."""
    envelope = read(Envelope, _body())
    me = _author(envelope.author)
    if envelope.events and not me.may("capture"):
        raise refuse(403, "Your account does not visit classrooms. These taps stay on this device.")
    # we promised to hold what came before: where we do not, a backup was put back
    lost = envelope.after is not None and not have([envelope.after], by=me)
    batch = Batch([Offered.read(body) for body in envelope.events], by=me)
    writing()
    results = batch.store(at=now())
    results += receive_sealed(envelope.sealed, by=me, secret=_secret(), at=now())
    return jsonify(server="crosswalk", results=results, lost=lost, now=now().isoformat())


@bp.post("/have")
@can("carry")
def have_events() -> Response:
    """Which of these events we hold, for a phone that suspects we lost some."""
    asked = read(Held, _body())
    held = [*have(asked.ids, by=_author(asked.author)), *holds(asked.carried)]
    return jsonify(server="crosswalk", have=[str(one) for one in held])


@bp.get("/visits/<uuid:open_id>")
@can("capture")
def visit(open_id: UUID) -> Response:
    """The taps of one’s own open visit, for a device that is to go on with it."""
    own = Walkthrough.editable_by(person()).where(Walkthrough.finished_at.is_(None))
    return jsonify(server="crosswalk", events=Event.sent_for(find(own, id=open_id)))


@bp.post("/key")
@can("capture")
def give_key() -> Response:
    """The key by which this person’s taps on this device are marked, and what to seal them to."""
    asked = read(Device, _body())
    told = told_to(person(), asked.device, secret=_secret(), at=now())
    return jsonify(server="crosswalk", person=str(person().id), **told)


@bp.cli.command("rotate")
def rotate() -> None:
    """Make a new key pair for sealed records now; what was sealed before can still be opened."""
    writing()
    made = SealKey.make(secret=_secret(), at=now())
    db.session.commit()
    click.echo(f"devices seal to {made.id} from now on, until {made.until:%Y-%m-%d}")


def _secret() -> str:
    return current_app.config["SETTINGS"].secret_key  # type: ignore[no-any-return]


def _author(named: UUID | None) -> Person:
    """Who is asking, if that is who captured what this is about."""
    me = person()
    if named is not None and named != me.id:
        raise refuse(409, "These taps are somebody else’s. They stay on this device for them.")
    return me


def _body() -> bytes:
    if (request.content_length or 0) > LARGEST:
        raise refuse(413, "That batch is over 1 MiB. Send half of it, then the rest.")
    if not request.is_json:
        raise refuse(415, "Send the events as JSON.")
    request.max_content_length = LARGEST
    body = request.get_data()
    if request.headers.get("Content-Encoding") == "gzip":
        body = _unpacked(body)
    return body


def _unpacked(body: bytes) -> bytes:
    unpacker = zlib.decompressobj(wbits=31)
    try:
        text = unpacker.decompress(body, LARGEST)
    except zlib.error:
        raise refuse(400, "The batch is not valid gzip. Send it again.") from None
    if unpacker.unconsumed_tail:
        raise refuse(413, "That batch is over 1 MiB unpacked. Send half of it, then the rest.")
    return text
