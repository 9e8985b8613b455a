"""Where everything about frameworks hangs: /frameworks, and `flask frameworks`."""

from __future__ import annotations

from flask import Blueprint

bp = Blueprint("frameworks", __name__, url_prefix="/frameworks", cli_group="frameworks")
