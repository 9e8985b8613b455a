"""The capture shell, which holds no data, and the field kit, which holds what a walk needs."""

from __future__ import annotations

import json
from hashlib import sha256

from flask import Blueprint, Response, render_template, request

from blueprints.kit.access import anyone, can, now, person
from models.field_kit import field_kit

bp = Blueprint("offline", __name__)


@bp.get("/capture")
@anyone
def capture() -> Response:
    """The same page for everybody; whose walk it is, is known to the device alone."""
    return Response(render_template("offline/capture.html"))


@bp.get("/field-kit.json")
@can("capture")
def kit() -> Response:
    """People and classes in reach, look-fors, thresholds; unchanged kits answer 304."""
    body = field_kit(person())
    mark = sha256(json.dumps(body, sort_keys=True).encode()).hexdigest()[:32]
    response = Response(
        json.dumps({**body, "made_at": now().isoformat()}, separators=(",", ":")),
        mimetype="application/json",
    )
    response.set_etag(mark)
    response.headers["Cache-Control"] = "private, no-cache"
    return response.make_conditional(request)  # type: ignore[return-value]
