"""Heat maps as pages show them: a published one never changes, so it is drawn once."""

from __future__ import annotations

from functools import lru_cache

from flask import current_app
from markupsafe import Markup

from rules.trends.heat import ROW_BY_ROW, Heat

MOST = 64
"""A map of forty look-fors by twelve months is some sixty kilobytes of page."""


@lru_cache(MOST)
def drawn(heat: Heat, by: str) -> Markup:
    """The table of these counts. Equal counts look alike, whoever asks."""
    page = current_app.jinja_env.get_template("trends/heat.html")
    return Markup(page.render(heat=heat, by=by, apart=ROW_BY_ROW))  # noqa: S704
