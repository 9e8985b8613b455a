"""Where phones bring their events: everything is answered one by one, and nothing is lost."""

from __future__ import annotations

import zlib
from typing import TYPE_CHECKING

from flask import Blueprint, jsonify, request
from werkzeug.wrappers import Response

from blueprints.kit.access import can, now, person
from blueprints.kit.errors import refuse
from blueprints.kit.transaction import writes_late, writing
from blueprints.sync.schema import Envelope, Held, read
from models.sync import Offered, have, receive

if TYPE_CHECKING:
    from uuid import UUID

    from models.person import Person

bp = Blueprint("sync", __name__, url_prefix="/sync")

LARGEST = 1024 * 1024
"""Bytes of one request, before and after unpacking."""


@bp.post("")
@can("capture")
@writes_late
def receive_events() -> Response:
    """Store a batch; the answer says of each event what became of it."""
    envelope = read(Envelope, _body())
    me = _author(envelope.author)
    # we promised to hold what came before: where we do not, a backup was put back
    lost = envelope.after is not None and not have([envelope.after], by=me)
    offered = [Offered.read(body) for body in envelope.events]
    writing()
    results = receive(offered, by=me, at=now())
    return jsonify(server="crosswalk", results=results, lost=lost, now=now().isoformat())


@bp.post("/have")
@can("capture")
def have_events() -> Response:
    """Which of these events we hold, for a phone that suspects we lost some."""
    asked = read(Held, _body())
    held = have(asked.ids, by=_author(asked.author))
    return jsonify(server="crosswalk", have=[str(one) for one in held])


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
