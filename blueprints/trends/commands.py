"""Trends by command: count what is due, write facts anew, raise the limits of small groups."""

from __future__ import annotations

import sys

import click
from flask import Blueprint

from blueprints.kit.access import now
from blueprints.kit.load import load
from blueprints.kit.transaction import writing
from jobs import mail
from models.base import db
from models.district import District
from models.trends.alert import who_asked
from models.trends.published import publish_due
from models.trends.rebuild import rebuild
from rules.trends import Limits, period_title


def commands(bp: Blueprint) -> None:
    """Give a blueprint the commands of `flask trends`."""
    for command in (publish, tell, rebuild_facts, limits):
        bp.cli.add_command(command)


@click.command("publish")
def publish() -> None:
    """Count every closed month and term that is not counted yet. Run it each night."""
    writing()
    for district in load(District.all()):
        made = publish_due(district, at=now())
        db.session.commit()
        words = ", ".join(period_title(period) for period in made) or "nothing was due"
        click.echo(f"{district.name}: {words}")


@click.command("tell")
def tell() -> None:
    """Mail those whose alerts ring that something waits on Today. Run it each morning."""
    writing()
    if not mail.possible():
        raise click.ClickException("No mail server is set: set CROSSWALK_MAIL_URL first.")
    for district in load(District.all()):
        told = [mail.tell_of_alerts(one, at=now()) for one in who_asked(district.id)]
        db.session.commit()
        click.echo(f"{district.name}: alerts ring for {sum(told)} of {len(told)} who asked")


@click.command("rebuild")
def rebuild_facts() -> None:
    """Write every fact anew from the events. Published tables stay as they are."""
    writing()
    for district in load(District.all()):
        made = rebuild(district, progress=_progress if sys.stderr.isatty() else None)
        db.session.commit()
        click.echo(f"{district.name}: {made:,} facts")


def _progress(done: int, of: int) -> None:
    click.echo(f"\r\x1b[Kvisits: {done:,} of {of:,}", nl=done == of, err=True)


@click.command("limits")
@click.option("--inside", type=int, help="Fewest teachers in a group inside one school.")
@click.option("--beyond", type=int, help="Fewest teachers in a group over several schools.")
@click.option("--observers", type=int, help="Fewest observers behind a group.")
def limits(**said: int | None) -> None:
    """Show the limits of small groups, or raise them; they can never be lowered."""
    writing()
    for district in load(District.all()):
        kept = {name: value for name, value in said.items() if value is not None}
        try:
            district.raise_limits(kept, at=now())
        except ValueError as reason:
            raise click.ClickException(f"{reason} Nothing was changed.") from None
        db.session.commit()
        now_kept = Limits.raised(district.small_groups)
        click.echo(
            f"{district.name}: at least {now_kept.inside} teachers inside a school, "
            f"{now_kept.beyond} beyond it, {now_kept.observers} observers"
        )
