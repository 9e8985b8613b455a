"""Static files: served by whitenoise from static/, checked for freshness at each visit."""

from __future__ import annotations

from urllib.parse import urlsplit

from flask import Flask
from whitenoise import WhiteNoise

from config import HERE, Settings

STATIC = HERE / "static"


def static_url(path: str) -> str:
    """The address of a file in static/."""
    return f"/static/{path}"


def trusted_hosts(settings: Settings) -> list[str]:
    """The Host headers we answer to."""
    public = urlsplit(settings.public_url).hostname or "localhost"
    return [*settings.trusted_hosts, public, "localhost", "127.0.0.1"]


def init(app: Flask) -> None:
    """Serve static/ and offer `static_url` to templates."""
    app.jinja_env.globals["static_url"] = static_url
    app.wsgi_app = WhiteNoise(  # type: ignore[method-assign]
        app.wsgi_app,
        root=str(STATIC),
        prefix="static/",
        autorefresh=app.testing,
        allow_all_origins=False,
        max_age=0,
    )
