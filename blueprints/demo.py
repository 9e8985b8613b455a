"""The demo, by command: an invented district, a year of visits, and sign-ins to walk in with."""

from __future__ import annotations

import sys

import click
from flask import Blueprint, current_app
from sqlalchemy import inspect, select

from blueprints.kit.access import now
from blueprints.kit.transaction import writing
from models.base import db
from models.demo import agree, coach, found, live
from models.district import District
from rules.demo import SIZES, Invention, invent
from rules.framework import read_shelf
from rules.roles import ROLE_WORDS

bp = Blueprint("demo", __name__, cli_group=None)

PASSWORD = "a walk down the hall"  # noqa: S105 (printed for everybody; the people are invented)


@bp.cli.command("demo")
@click.option("--size", type=click.Choice(list(SIZES)), default="district", show_default=True)
@click.option("--seed", type=click.IntRange(min=0), default=1, show_default=True)
def demo(size: str, seed: int) -> None:
    """Fill an empty database with invented people and a year of real-looking visits."""
    _refuse_unless_empty()
    invention = invent(seed, size)
    zone = current_app.config["SETTINGS"].time_zone
    writing()
    stage = found(invention, read_shelf(), password=PASSWORD, time_zone=zone)
    made = live(invention, stage, until=now(), progress=_progress if _on_terminal() else None)
    coach(invention, stage, until=now())
    agree(invention, stage, until=now())
    db.session.commit()
    _tell(invention, made)


def _refuse_unless_empty() -> None:
    if not inspect(db.engine).has_table("districts"):
        raise click.ClickException("The database has no tables yet. Run: flask db upgrade")
    here = db.session.scalars(select(District)).first()
    db.session.rollback()
    if here is not None:
        raise click.ClickException(
            f"This database already holds “{here.name}”. Invented people are not mixed with it: "
            "give the demo an empty database."
        )


def _on_terminal() -> bool:
    return sys.stderr.isatty()


def _progress(done: int, of: int) -> None:
    click.echo(f"\r\x1b[Kvisits: {done:,} of {of:,}", nl=done == of, err=True)


def _tell(invention: Invention, made: int) -> None:
    schools = len(invention.schools)
    click.echo(
        f"{invention.name}: {schools} school{'s' if schools != 1 else ''}, "
        f"{len(invention.people):,} people and {made:,} visits, all of them invented"
    )
    click.echo(f"Sign in with the password “{PASSWORD}” as")
    for one in invention.people:
        if one.signs_in:
            role = ROLE_WORDS[one.post.role].lower()
            click.echo(f"  {one.email:<22} {one.title} {one.family}, {role}")
