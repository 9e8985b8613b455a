"""Static files: light copies, some of them joined, served by whitenoise, fresh at each visit."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit
from wsgiref.headers import Headers

from flask import Flask, current_app
from whitenoise import WhiteNoise

from blueprints.kit.bundle import bundled
from blueprints.kit.light import contents, digest, lay_out
from config import HERE, Settings

STATIC = HERE / "static"
HEADERS = {
    "Cache-Control": "no-cache",
    "X-Content-Type-Options": "nosniff",
    "Cross-Origin-Resource-Policy": "same-origin",
}


def static_url(path: str) -> str:
    """The address of a file in static/."""
    return f"/static/{path}"


def trusted_hosts(settings: Settings) -> list[str]:
    """The Host headers we answer to."""
    public = urlsplit(settings.public_url).hostname or "localhost"
    return [*settings.trusted_hosts, public, "localhost", "127.0.0.1"]


class Static:
    """One state of static/: its files, what each is named by its content, and who serves them."""

    def __init__(self, app: Flask, source: Path) -> None:
        light = contents(source)
        self.files = light | bundled(light)
        self.digests = {path: digest(body) for path, body in self.files.items()}
        self.door = WhiteNoise(
            app.extensions["behind-static"],
            root=str(lay_out(self.files, Path(app.instance_path) / "static")),
            prefix="static/",
            allow_all_origins=False,
            max_age=None,
            add_headers_function=_add_headers,
        )


def _add_headers(headers: Headers, _path: str, _url: str) -> None:
    for name, value in HEADERS.items():
        headers[name] = value


def offered() -> Static:
    """What this app serves now."""
    return current_app.extensions["static"]  # type: ignore[no-any-return]


def serve(app: Flask, source: Path = STATIC) -> None:
    """Serve what lies in `source` from now on."""
    app.extensions["static"] = Static(app, source)


def init(app: Flask) -> None:
    """Serve static/ and offer `static_url` to templates."""
    app.jinja_env.globals["static_url"] = static_url
    app.extensions["behind-static"] = app.wsgi_app
    serve(app)

    def door(environ: dict[str, Any], start_response: Any) -> Iterable[bytes]:
        return app.extensions["static"].door(environ, start_response)  # type: ignore[no-any-return]

    app.wsgi_app = door  # type: ignore[method-assign]
