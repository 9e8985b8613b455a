"""Who is asking, and may they: every route names its verb, and one guard reads it."""

from __future__ import annotations

import secrets
from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta
from typing import Any, TypeVar
from urllib.parse import urlsplit

from flask import Flask, abort, current_app, g, redirect, request, session, url_for
from flask_login import LoginManager, UserMixin, current_user
from werkzeug.wrappers import Response

from blueprints.kit.transaction import after_answer
from models.person import Person
from models.sign_in import SignIn
from rules.roles import MAY

View = TypeVar("View", bound=Callable[..., Any])

SEEN_EVERY = timedelta(hours=1)
ANYONE = "anyone"
"""The verb of routes that need no sign-in."""

login = LoginManager()


class SignedIn(UserMixin):  # type: ignore[misc]
    """What flask-login keeps: a live server-side session and its person."""

    def __init__(self, token: str, sign_in: SignIn) -> None:
        self.token = token
        self.sign_in = sign_in

    def get_id(self) -> str:
        """The session's token; the cookie is signed, and the database keeps a digest only."""
        return self.token


def can(verb: str) -> Callable[[View], View]:
    """Say which verb of rules/roles.py a route needs."""
    if verb not in MAY:
        raise LookupError(f"“{verb}” is not in MAY: add it to rules/roles.py first.")
    return _label(verb)


def anyone(view: View) -> View:
    """Say that a route needs no sign-in."""
    return _label(ANYONE)(view)


def _label(verb: str) -> Callable[[View], View]:
    def label(view: View) -> View:
        view.verb = verb  # type: ignore[attr-defined]
        return view

    return label


def verb_of(view: Callable[..., Any]) -> str | None:
    """What a route declared, or None."""
    return getattr(view, "verb", None)


def person() -> Person:
    """Who is asking (only behind a verb that needs sign-in)."""
    signed_in: SignedIn = current_user
    return signed_in.sign_in.person


def sign_in_now() -> SignIn:
    """The session this request came with."""
    signed_in: SignedIn = current_user
    return signed_in.sign_in


def now() -> datetime:
    """The one place where the clock is read."""
    return datetime.now(UTC)


def today() -> date:
    """The day it is on the clock of this person’s district."""
    return now().astimezone(person().district.zone).date()


def wants_json() -> bool:
    """Whether a program is asking, not a page."""
    return request.is_json or request.headers.get("X-Crosswalk") == "1"


def safe_next(target: str | None) -> str:
    """A path of ours to go on to, never another site."""
    if not target or not target.startswith("/") or target.startswith(("//", "/\\")):
        return url_for("today.show")
    parts = urlsplit(target)
    if parts.scheme or parts.netloc or any(ord(letter) < 32 for letter in target):
        return url_for("today.show")
    return target


def same_site() -> bool:
    """Whether our own page asks for a change: browsers say so, and no page can make them lie."""
    site = request.headers.get("Sec-Fetch-Site")
    if site is not None:
        return site in {"same-origin", "none"}
    origin = request.headers.get("Origin")
    return origin is None or urlsplit(origin).netloc == request.host


def guard() -> Response | None:
    """Let a request through if its route's verb is declared and allowed."""
    if request.endpoint is None:
        return None  # the router answers 404 or 405 itself
    view = current_app.view_functions[request.endpoint]
    verb = verb_of(view)
    if request.method not in {"GET", "HEAD", "OPTIONS"} and not same_site():
        abort(403)
    if verb == ANYONE:
        return None
    if not current_user.is_authenticated:
        if wants_json() or request.method != "GET":
            abort(401)
        return redirect(url_for("account.sign_in", next=request.full_path.rstrip("?")))
    if verb is None or not person().may(verb):
        abort(404)
    _keep_signed_in()
    return None


def _keep_signed_in() -> None:
    """A device in use stays signed in; once an hour is often enough to write that down."""
    sign_in, at = sign_in_now(), now()
    if at - sign_in.seen_at > SEEN_EVERY:
        sign_in_id = sign_in.id
        after_answer(lambda: SignIn.seen(sign_in_id, at=at))


@login.user_loader  # type: ignore[untyped-decorator]
def _load(token: str) -> SignedIn | None:
    sign_in = None if "nobody" in g else SignIn.find(token, at=now())
    return SignedIn(token, sign_in) if sign_in else None


def new_browser_session() -> None:
    """Forget everything the cookie said: a new id at each sign-in."""
    session.clear()
    session["fresh"] = secrets.token_urlsafe(8)
    session.permanent = True  # a phone that was restarted is still signed in; the server decides
    g.pop("csrf_token", None)


def init(app: Flask) -> None:
    """Put the guard in front of every route."""
    login.session_protection = None  # server-side sessions can be revoked; addresses change
    login.init_app(app)

    @app.before_request
    def _guard() -> Response | None:
        return guard()
