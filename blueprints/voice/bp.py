"""The blueprint of student voice, on which its two halves hang their routes."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from flask import Blueprint, current_app

from blueprints.kit.errors import refuse
from models.act import NotNow

bp = Blueprint("voice", __name__)


def secret() -> str:
    """The instance’s secret, by which tickets are drawn and tallies are locked."""
    return current_app.config["SETTINGS"].secret_key  # type: ignore[no-any-return]


@contextmanager
def allowed() -> Iterator[None]:
    """Turn what a sheet does not allow now into an answer that says so."""
    try:
        yield
    except NotNow as no:
        raise refuse(409, str(no)) from None
