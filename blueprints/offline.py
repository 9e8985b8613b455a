"""What a phone keeps: the capture shell, which holds no data, its worker, and the field kit."""

from __future__ import annotations

import gzip
import json
from hashlib import sha256

from flask import Blueprint, Response, current_app, request

from blueprints.kit.access import anyone, can, now, person
from blueprints.kit.bundle import FIRST, LATER, SHEET
from blueprints.kit.light import digest, squeezed
from blueprints.kit.static import offered, static_url
from models.field_kit import field_kit

bp = Blueprint("offline", __name__)

SHELL = "/capture"
KEPT_FILES = frozenset(
    {SHEET, FIRST, LATER, "js/theme.js", "icons/icon.svg", "icons/apple-touch-icon.png"}
)
"""All that the shell loads, at once or later: all that the worker keeps."""
PAPER = "#faf7f1"

MANIFEST = {
    "id": "/",
    "name": "Crosswalk",
    "short_name": "Crosswalk",
    "description": "Walk a classroom, tap what you see, leave feedback with its evidence.",
    "lang": "en-US",
    # Today; where there is no network, the worker opens the start of a visit instead
    "start_url": "/",
    "scope": "/",
    "display": "standalone",
    "background_color": PAPER,
    "theme_color": PAPER,
    "icons": [
        {
            "src": static_url(f"icons/icon-{kind}{size}.png"),
            "sizes": f"{size}x{size}",
            "type": "image/png",
            "purpose": purpose,
        }
        for kind, purpose in (("", "any"), ("maskable-", "maskable"))
        for size in (192, 512)
    ],
}


@bp.get(SHELL)
@anyone
def capture() -> Response:
    """The same page for everybody; whose walk it is, is known to the device alone.

    A browser that comes by itself has no worker yet: its page says so before any style has come.
    What the worker fetches to keep has its styles first, so that later starts never flash.
    """
    first = request.headers.get("Sec-Fetch-Mode") == "navigate"
    return _same_for_all(shell(first=first), "text/html", "Sec-Fetch-Mode")


@bp.get("/sw.js")
@anyone
def worker() -> Response:
    """The service worker, after the exact list of what it keeps."""
    kept = kept_files()
    version = digest(json.dumps(kept).encode())
    head = f"const VERSION = {json.dumps(version)};\nconst FILES = {json.dumps(kept)};\n"
    script = offered().files["sw.js"].decode()
    response = _same_for_all(head + script, "text/javascript")
    response.headers["Service-Worker-Allowed"] = "/"
    return response


@bp.get("/manifest.webmanifest")
@anyone
def manifest() -> Response:
    """What a phone asks for when Crosswalk is put on its home screen."""
    return _same_for_all(json.dumps(MANIFEST), "application/manifest+json")


@bp.get("/field-kit.json")
@can("capture")
def kit() -> Response:
    """People and classes in reach, look-fors, thresholds; unchanged kits answer 304."""
    body = field_kit(person(), at=now())
    mark = sha256(json.dumps(body, sort_keys=True).encode()).hexdigest()[:32]
    text = json.dumps({**body, "made_at": now().isoformat()}, separators=(",", ":"))
    response = Response(text, mimetype="application/json")
    response.set_etag(mark, weak=True)
    response.headers["Cache-Control"] = "private, no-cache"
    response.headers["Vary"] = "Accept-Encoding"
    if request.accept_encodings.best_match(("gzip",)):
        response.set_data(gzip.compress(text.encode(), 6, mtime=0))
        response.headers["Content-Encoding"] = "gzip"
    return response.make_conditional(request)  # type: ignore[return-value]


def shell(*, first: bool = False) -> str:
    """The capture page, made without asking who is there: no session, no notices."""
    return current_app.jinja_env.get_template("offline/capture.html").render(first=first)


def kept_files() -> dict[str, str]:
    """Address and digest of each thing the worker keeps; every script of the screen is in two."""
    static = {
        static_url(path): mark for path, mark in offered().digests.items() if path in KEPT_FILES
    }
    return {SHELL: digest(shell().encode()), **static}


def _same_for_all(text: str, mimetype: str, *varies: str) -> Response:
    """Holds nothing of anybody, so it may be compressed and asked for again by its mark."""
    body = text.encode()
    response = Response(body, mimetype=mimetype)
    response.set_etag(digest(body), weak=True)
    response.headers["Cache-Control"] = "no-cache"
    response.headers["Vary"] = ", ".join(("Accept-Encoding", *varies))
    encoding = request.accept_encodings.best_match(("br", "gzip"))
    if encoding:
        response.set_data(squeezed(body, encoding))
        response.headers["Content-Encoding"] = encoding
    return response.make_conditional(request)  # type: ignore[return-value]
