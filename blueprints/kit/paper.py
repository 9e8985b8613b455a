"""Pages on paper: which paper was asked for, the one way to print, and the answer."""

from __future__ import annotations

from flask import Response, request

from blueprints.kit.access import person
from blueprints.kit.errors import refuse
from jobs import pdf as press

PAPERS = frozenset({"letter", "a4"})


def asked_paper() -> str:
    """What `?paper=` says, or the district’s own."""
    asked = request.args.get("paper", "")
    return asked if asked in PAPERS else person().district.paper


def printed(html: str, *, title: str, author: str = "") -> bytes:
    """The HTML as an accessible PDF; where none can be made now, a 503 that says why."""
    try:
        return press.render(html, lang="en", title=title, author=author)
    except press.NoPdf as reason:
        raise refuse(503, str(reason)) from None


def as_pdf(body: bytes, name: str) -> Response:
    """A PDF that opens in the browser and is saved as `name`.pdf."""
    response = Response(body, mimetype="application/pdf")
    response.headers["Content-Disposition"] = f'inline; filename="{name}.pdf"'
    return response
