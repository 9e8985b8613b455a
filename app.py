"""The roof: puts the parts together. Nothing imports this file."""

from __future__ import annotations

from typing import TYPE_CHECKING

from flask import Flask
from flask_migrate import Migrate
from flask_wtf.csrf import CSRFProtect
from jinja2 import StrictUndefined
from werkzeug.middleware.proxy_fix import ProxyFix

from blueprints import (
    account,
    alignments,
    binders,
    coaching,
    communication,
    coverage,
    demo,
    discourse,
    district,
    feedback,
    focus_sets,
    frameworks,
    guides,
    health,
    look_fors,
    offline,
    people,
    plans,
    repairs,
    rescue,
    rooms,
    roster,
    self_views,
    stances,
    steps,
    sync,
    today,
    trends,
    voice,
    walkthroughs,
    wishes,
    worker,
)
from blueprints.kit import access, errors, filters, headers, pages, static, transaction
from config import HERE, Settings
from jobs import queue
from jobs.tasks import TASKS
from models.base import db

if TYPE_CHECKING:
    from types import ModuleType

PAGES: tuple[ModuleType, ...] = (
    today,
    account,
    offline,
    sync,
    rescue,
    repairs,
    walkthroughs,
    feedback,
    self_views,
    voice,
    binders,
    plans,
    wishes,
    coaching,
    steps,
    people,
    trends,
    rooms,
    district,
    frameworks,
    look_fors,
    alignments,
    coverage,
    stances,
    focus_sets,
    guides,
    communication,
    discourse,
    health,
)
COMMANDS: tuple[ModuleType, ...] = (roster, demo, worker)


def create_app(settings: Settings | None = None) -> Flask:
    """One Crosswalk."""
    settings = settings or Settings.from_environment()
    app = Flask(__name__, instance_path=str(settings.instance), static_folder=None)
    app.config.update(
        SETTINGS=settings,
        SECRET_KEY=settings.secret_key,
        SQLALCHEMY_DATABASE_URI=settings.database_url,
        TESTING=settings.testing,
        MAX_CONTENT_LENGTH=settings.max_upload_mb * 1024 * 1024,
        SESSION_COOKIE_SECURE=settings.https,
        SESSION_COOKIE_HTTPONLY=True,
        SESSION_COOKIE_SAMESITE="Lax",
        SESSION_COOKIE_NAME="__Host-crosswalk" if settings.https else "crosswalk",
        PERMANENT_SESSION_LIFETIME=180 * 24 * 3600,
        # An answer that is late must not put back the sign-in it was asked with.
        SESSION_REFRESH_EACH_REQUEST=False,
        WTF_CSRF_TIME_LIMIT=None,
        TRUSTED_HOSTS=static.trusted_hosts(settings),
    )
    app.jinja_env.undefined = StrictUndefined
    app.jinja_env.trim_blocks = app.jinja_env.lstrip_blocks = True
    db.init_app(app)
    Migrate(app, db, directory=str(HERE / "migrations"), render_as_batch=True)
    queue.init(app, TASKS, settings.queue_url)
    transaction.init(app)
    access.init(app)
    csrf = CSRFProtect(app)
    # Phones send JSON, which no form of another site can, and the guard asks for our own site;
    # the sign-in form still checks its token itself.
    csrf.exempt(sync.bp)
    csrf.exempt(account.enter)
    # A student has no session to tie a token to; the ticket is one, and is spent by its first use.
    csrf.exempt(voice.answering.answer)
    for room in (errors, filters, headers, pages, static):
        room.init(app)
    for page in (*PAGES, *COMMANDS):
        app.register_blueprint(page.bp)
    if settings.proxy_hops:
        hops = settings.proxy_hops
        app.wsgi_app = ProxyFix(app.wsgi_app, x_for=hops, x_proto=hops, x_host=hops)  # type: ignore[method-assign]
    return app
