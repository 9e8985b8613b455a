"""The district's roster, by command: schools, staff and classes from OneRoster or a plain CSV."""

from __future__ import annotations

import sys
from collections import Counter
from collections.abc import Iterable
from pathlib import Path
from typing import NoReturn

import click
from flask import Blueprint, current_app
from sqlalchemy import inspect
from sqlalchemy.exc import IntegrityError

from blueprints.kit.access import now
from blueprints.kit.transaction import writing
from interchange import oneroster, staff_csv
from models.act import Act
from models.base import db
from models.roster import NotTaken, Outcome, take
from models.shelf import take_shelf
from rules.framework import read_shelf
from rules.roster import LeftOut, Refusal, Roster

bp = Blueprint("roster", __name__, cli_group="roster")

STARTING_FRAMEWORK = "crosswalk-default"
"""What a new district observes with until it chooses its own."""

SINGULAR = {"districts": "district", "schools": "school", "people": "person", "classes": "class"}


@bp.cli.command("import")
@click.argument("path", type=click.Path(path_type=Path))
@click.option("--dry-run", is_flag=True, help="Say what would happen, and change nothing.")
def import_roster(path: Path, *, dry_run: bool) -> None:
    """Take the schools, staff and classes of PATH: a OneRoster 1.1 zip or folder, or a plain CSV.

    All of it, or nothing where anything is refused. Students are counted and never kept; nobody
    new can sign in until invited.

    The header of a plain CSV names: name (or given name, family name), email, role, school, and
    for the first import district. Roles are teacher, observer, coach and lead; a person with
    several roles has several lines.
    """
    if not inspect(db.engine).has_table("districts"):
        raise click.ClickException("The database has no tables yet. Run: flask db upgrade")
    roster = _read(path)
    _tell_left_out(roster.left_out)
    if roster.refused:
        _refuse(roster.refusals, roster.refused)
    if roster.nothing:
        click.echo(f"{path.name}: nothing to do; the files hold headers and no rows")
        _last_line(Outcome(at=now(), told=frozenset()))
        return
    outcome = _take(roster, dry_run=dry_run)
    _tell(outcome, roster, dry_run=dry_run)
    _last_line(outcome)


def _read(path: Path) -> Roster:
    plain = path.is_file() and path.suffix.lower() in (".csv", ".txt", ".tsv")
    read = staff_csv.read if plain else oneroster.read
    roster = read(path, _progress if sys.stderr.isatty() else None)
    _clear_progress()
    return roster


def _progress(file: str, rows: int) -> None:
    click.echo(f"\r\x1b[K{file}: {rows:,} rows", nl=False, err=True)


def _clear_progress(then: str = "") -> None:
    if sys.stderr.isatty():
        click.echo(f"\r\x1b[K{then}", nl=False, err=True)


def _take(roster: Roster, *, dry_run: bool) -> Outcome:
    """Take it in one transaction, or undo everything."""
    writing()
    _clear_progress("comparing with what is here")
    try:
        outcome = take(roster, time_zone=current_app.config["SETTINGS"].time_zone, at=now())
        if not dry_run:
            _finish(outcome)
            db.session.commit()
    except NotTaken as not_taken:
        db.session.rollback()
        _clear_progress()
        _refuse(not_taken.refusals, len(not_taken.refusals))
    except IntegrityError:
        db.session.rollback()
        _clear_progress()
        raise click.ClickException(
            "Somebody else changed the same people or classes meanwhile. "
            "Nothing was changed here; run the import again."
        ) from None
    db.session.rollback()  # after a dry run, everything; after a commit, nothing
    _clear_progress()
    return outcome


def _finish(outcome: Outcome) -> None:
    """A new district gets the shelf; whatever changed leaves a row in the audit trail."""
    if outcome.made is not None:
        take_shelf(read_shelf(), outcome.made, framework=STARTING_FRAMEWORK, at=outcome.at)
    counts = {"added": outcome.added, "changed": outcome.changed, "ended": outcome.ended}
    if outcome.district is not None and any(count.total() for count in counts.values()):
        Act.record("import roster", outcome.district.id, by=None, at=outcome.at, of=counts)


def _tell(outcome: Outcome, roster: Roster, *, dry_run: bool) -> None:
    would = "would be " if dry_run else ""
    for act in ("added", "changed", "ended"):
        counts: Counter[str] = getattr(outcome, act)
        if counts.total():
            click.echo(f"{would}{act}: {_list(counts)}")
    if roster.students:
        click.echo(f"students: {roster.students:,} counted; nothing else of them was kept")
    if outcome.proposed:
        click.echo(f"proposed roles that wait for an administrator to agree: {outcome.proposed:,}")
    if outcome.made and not dry_run:
        click.echo("nobody can sign in yet; begin with: flask people invite EMAIL")


def _list(counts: Counter[str]) -> str:
    return ", ".join(
        f"{count:,} {SINGULAR[noun] if count == 1 else noun}"
        for noun, count in sorted(counts.items())
        if count
    )


def _tell_left_out(left_out: Iterable[LeftOut]) -> None:
    for out in left_out:
        click.echo(f"left out: {out.what}, {out.count:,}")


def _refuse(refusals: tuple[Refusal, ...], refused: int) -> NoReturn:
    for refusal in refusals:
        click.echo(refusal.sentence)
    if refused > len(refusals):
        click.echo(f"and {refused - len(refusals):,} more; nothing was changed")
    else:
        click.echo("nothing was changed")
    _last_line(Outcome(at=now(), told=frozenset()), refused)
    raise SystemExit(1)


def _last_line(outcome: Outcome, refused: int = 0) -> None:
    click.echo(
        f"added {outcome.added.total()} changed {outcome.changed.total()} "
        f"ended {outcome.ended.total()} refused {refused}"
    )
