"""One transaction a request: an answer commits, an abort or an error undoes."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, TypeVar

from flask import Flask, Response, current_app, g, request

from models.base import WRITES, db

SAFE = frozenset({"GET", "HEAD", "OPTIONS"})
View = TypeVar("View", bound=Callable[..., Any])


def writing() -> None:
    """Begin a transaction that writes (see WRITES); what was read before it stays at hand."""
    db.session.commit()
    db.session.connection(execution_options=WRITES)


def writes_late(view: View) -> View:
    """Let a handler think before it calls `writing()`: SQLite has one write lock for everybody."""
    view.writes_late = True  # type: ignore[attr-defined]
    return view


def _writes_at_once() -> bool:
    view = current_app.view_functions.get(request.endpoint or "")
    return request.method not in SAFE and not getattr(view, "writes_late", False)


def after_answer(work: Callable[[], None]) -> None:
    """Do this when the answer is out, in a transaction of its own: the view log, a kept PDF."""
    g.setdefault("after_answer", []).append(work)


def init(app: Flask) -> None:
    """Commit before the answer leaves; the phone believes an answer."""

    @app.before_request
    def _begin() -> None:
        if _writes_at_once():
            writing()

    @app.after_request
    def _commit(response: Response) -> Response:
        if "failed" in g:
            db.session.rollback()
        elif request.method in SAFE:
            db.session.close()  # a GET changes nothing; nobody asks for its rows again
        else:
            db.session.commit()
        for work in g.pop("after_answer", []):
            response.call_on_close(_in_its_own_transaction(app, work))
        return response


def _in_its_own_transaction(app: Flask, work: Callable[[], None]) -> Callable[[], None]:
    def run() -> None:
        with app.app_context():
            try:
                writing()
                work()
                db.session.commit()
            except Exception:
                db.session.rollback()
                app.logger.exception("work after the answer failed")

    return run
