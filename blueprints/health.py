"""Is it up, and can it work: for the machines that watch over it."""

from __future__ import annotations

from flask import Blueprint, jsonify
from sqlalchemy import text
from werkzeug.wrappers import Response

from blueprints.kit.access import anyone
from models.base import db

bp = Blueprint("health", __name__)


@bp.get("/healthz")
@anyone
def healthz() -> Response:
    """The process answers."""
    return jsonify(status="ok")


@bp.get("/readyz")
@anyone
def readyz() -> tuple[Response, int]:
    """The database answers and has our tables."""
    try:
        db.session.execute(text("SELECT version_num FROM alembic_version"))
    except Exception:
        return jsonify(status="the database does not answer or is not upgraded"), 503
    return jsonify(status="ok"), 200
