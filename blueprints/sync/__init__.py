"""Where phones bring their events: everything is answered one by one, and nothing is lost."""

from __future__ import annotations

import zlib

from flask import Blueprint, jsonify, request
from werkzeug.wrappers import Response

from blueprints.kit.access import can, now, person
from blueprints.kit.errors import refuse
from blueprints.sync.schema import Envelope, Held, read
from models.sync import have, receive

bp = Blueprint("sync", __name__, url_prefix="/sync")

LARGEST = 1024 * 1024
"""Bytes of one request, before and after unpacking."""


@bp.post("")
@can("capture")
def receive_events() -> Response:
    """Store a batch; the answer says of each event what became of it."""
    envelope = read(Envelope, _body())
    me = person()
    if envelope.author is not None and envelope.author != me.id:
        raise refuse(409, "These taps are somebody else’s. They stay on this device for them.")
    results = receive(envelope.events, by=me, at=now())
    return jsonify(server="crosswalk", results=results, now=now().isoformat())


@bp.post("/have")
@can("capture")
def have_events() -> Response:
    """Which of these events we hold, for a phone that suspects we lost some."""
    ids = read(Held, _body()).ids
    return jsonify(server="crosswalk", have=[str(held) for held in have(ids, by=person())])


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
