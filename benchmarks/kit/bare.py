"""The People page in bare Flask: the same template, three plain queries, nothing around them."""

from __future__ import annotations

from types import SimpleNamespace
from typing import Any
from uuid import UUID

from flask import Flask, render_template, session
from jinja2 import StrictUndefined
from sqlalchemy import Engine, create_engine, select

from blueprints.kit.static import static_url
from config import HERE
from models.district import School
from models.person import Person, RoleGrant
from models.sign_in import SignIn, _digest
from rules.roles import ROLE_WORDS

A_PAGE = 50


def bare_flask(like: Flask, nav: list[dict[str, Any]]) -> Flask:
    """An app with the one page; it reads the cookies of `like`, which it is measured against."""
    app = Flask(__name__, template_folder=str(HERE / "templates"), static_folder=None)
    app.config["SECRET_KEY"] = like.secret_key
    app.config["SESSION_COOKIE_NAME"] = like.config["SESSION_COOKIE_NAME"]
    app.jinja_env.undefined = StrictUndefined
    app.jinja_env.trim_blocks = app.jinja_env.lstrip_blocks = True
    app.jinja_env.globals["static_url"] = static_url
    engine = create_engine(like.config["SQLALCHEMY_DATABASE_URI"])

    @app.get("/people", endpoint="people.index")
    def index() -> str:
        me, people, schools = _three_queries(engine, session["_user_id"])
        page = SimpleNamespace(rows=people[:A_PAGE], number=1, more=len(people) > A_PAGE)
        return render_template(
            "people/index.html",
            page=page,
            wanted="",
            waiting=False,
            schools=schools,
            role_words=ROLE_WORDS,
            nav=nav,
            person_name=f"{me.title} {me.family_name}",
            notices=[],
        )

    app.add_url_rule("/people/<uuid:person_id>", "people.show", lambda person_id: str(person_id))
    return app


def _three_queries(engine: Engine, token: str) -> tuple[Any, list[Any], dict[UUID, str]]:
    """Who asks; who is there, with their roles; the names of the schools."""
    with engine.connect() as connection:
        me = connection.execute(
            select(Person.id, Person.title, Person.family_name, RoleGrant.school_id)
            .join(SignIn, SignIn.person_id == Person.id)
            .join(RoleGrant, RoleGrant.person_id == Person.id)
            .where(SignIn.token_digest == _digest(token))
        ).one()
        grants = connection.execute(
            select(
                Person.id,
                Person.given_name,
                Person.family_name,
                RoleGrant.role,
                RoleGrant.state,
                RoleGrant.school_id,
            )
            .join(RoleGrant, RoleGrant.person_id == Person.id)
            .where(RoleGrant.school_id == me.school_id, Person.ended_at.is_(None))
            .order_by(Person.family_name, Person.given_name, Person.id)
        ).all()
        named = connection.execute(select(School.id, School.name).where(School.id == me.school_id))
        schools = {row.id: row.name for row in named}
    return me, [_person(row) for row in grants], schools


def _person(row: Any) -> SimpleNamespace:
    grant = SimpleNamespace(
        role=row.role, school_id=row.school_id, ended_at=None, proposed=row.state == "proposed"
    )
    full_name = f"{row.given_name} {row.family_name}"
    return SimpleNamespace(id=row.id, full_name=full_name, grants=[grant])
