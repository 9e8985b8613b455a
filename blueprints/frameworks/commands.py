"""The shelf, by command: check files, and give the district what is in them."""

from __future__ import annotations

from pathlib import Path

import click
from sqlalchemy import select

from blueprints.frameworks.place import bp
from blueprints.kit.access import now
from config import HERE
from models.base import db
from models.district import District
from models.framework import Framework
from models.look_for import LookForSet
from models.shelf import align
from rules.framework import Faults, check_files, read, read_shelf
from rules.framework import Framework as ShelfFramework
from rules.framework import LookForSet as ShelfSet


@bp.cli.command("check")
@click.argument("files", nargs=-1, required=True, type=click.Path(path_type=Path))
def check(files: tuple[Path, ...]) -> None:
    """Check shelf FILES: one line per fault, with file, line, what is wrong, what to write."""
    faults = check_files(files)
    for fault in faults:
        click.echo(str(fault))
    if faults:
        raise SystemExit(1)
    click.echo(f"{len(files)} file{'s' if len(files) != 1 else ''} clean")


@bp.cli.command("import")
@click.argument("file", type=click.Path(path_type=Path))
@click.option("--adopt", is_flag=True, help="Make it the district's own framework.")
def import_file(file: Path, *, adopt: bool) -> None:
    """Give the district the framework or look-for set in FILE."""
    try:
        source = read(file)
    except Faults as faults:
        for fault in faults.faults:
            click.echo(str(fault))
        raise SystemExit(1) from None
    district = db.session.scalars(select(District).order_by(District.made_at)).first()
    if district is None:
        raise click.ClickException("There is no district yet. Import a roster first.")
    if isinstance(source, ShelfFramework):
        kept = Framework.take(source, district, at=now())
        if adopt:
            district.framework_id = kept.id
    elif isinstance(source, ShelfSet):
        kept_set = LookForSet.take(source, district, position=99, at=now())
        align(
            list(db.session.scalars(Framework.of(district.id))),
            [kept_set],
            read_shelf(HERE / "frameworks").alignments,
        )
    else:
        align(
            list(db.session.scalars(Framework.of(district.id))),
            db.session.scalars(LookForSet.of(district.id)),
            source.alignments,
        )
    db.session.commit()
    click.echo(f"imported {getattr(source, 'id', file.stem)}")
