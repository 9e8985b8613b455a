"""What people read when something cannot be done: what, where, remedy, and what is safe."""

from __future__ import annotations

from flask import Flask, g, jsonify, render_template
from flask_wtf.csrf import CSRFError
from sqlalchemy.exc import OperationalError
from werkzeug.exceptions import HTTPException
from werkzeug.wrappers import Response

from blueprints.kit.access import wants_json
from models.base import no_room

SENTENCES = {
    400: "We could not read that request. Go back, reload the page and try again.",
    401: "You are signed out. Sign in again; nothing on this device is lost.",
    403: "This page was open too long or was called from another site. Reload it and try again.",
    404: "There is nothing here that you can open. Check the link, or start from Today.",
    405: "This address cannot be used that way. Start from Today.",
    409: "Somebody changed this in the meantime. Reload the page to see the current state.",
    413: "That is too large to send. Make it smaller and try again.",
    415: "That kind of content cannot be read here. Send JSON.",
    429: "Too many tries. Wait a little, then try again.",
    500: "Something went wrong on our side. What you sent was not changed; please try again.",
    503: "This is not available right now. Try again in a moment; nothing is lost.",
    507: "The server has no room left. What you sent is not kept here yet: tell whoever runs it.",
}
WITH_PAGES = frozenset({400, 401, 403, 404, 409, 413, 429, 500, 503, 507})
Answer = tuple[Response | str, int] | tuple[Response | str, int, dict[str, str]]
SOON = 5
"""Seconds after which a phone may knock again."""


def init(app: Flask) -> None:
    """Answer every failure with a page or JSON, and undo what was begun."""

    @app.errorhandler(CSRFError)
    def _stale_form(_: CSRFError) -> tuple[Response | str, int]:
        return _answer(403, SENTENCES[403])

    @app.errorhandler(HTTPException)
    def _known(error: HTTPException) -> Answer | HTTPException:
        code = error.code or 500
        if code < 400:
            return error
        if isinstance(why := getattr(error, "original_exception", None), OperationalError):
            return _database(why)  # it failed as the answer was to be committed
        said = error.description if getattr(error, "for_person", False) else None
        return _answer(code, SENTENCES.get(code, SENTENCES[400]), said)

    @app.errorhandler(OperationalError)
    def _database(error: OperationalError) -> Answer:
        app.logger.error("the database could not do it: %s", error.orig)
        g.nobody = True  # the page that says so must not ask the database who reads it
        code = 507 if no_room(error) else 503
        return *_answer(code, SENTENCES[code]), {"Retry-After": str(SOON)}

    @app.errorhandler(Exception)
    def _unknown(error: Exception) -> Answer:
        app.logger.exception("unexpected error")
        if app.testing and app.config.get("PROPAGATE"):
            raise error
        return _answer(500, SENTENCES[500])


def refuse(code: int, sentence: str) -> HTTPException:
    """An answer that undoes everything, with a sentence of its own: `raise refuse(409, …)`."""
    error = HTTPException(description=sentence)
    error.code = code
    error.for_person = True  # type: ignore[attr-defined]
    return error


def _answer(code: int, sentence: str, said: str | None = None) -> tuple[Response | str, int]:
    g.failed = True
    if wants_json():
        return jsonify(server="crosswalk", reason=said or sentence), code
    page = code if code in WITH_PAGES else 400
    more = {"because": said} if said else {}
    return render_template(f"errors/{page}.html", **more), code
