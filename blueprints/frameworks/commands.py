"""Frameworks by command: check files, give the district what is in them, and write them again."""

from __future__ import annotations

import sys
from contextlib import suppress
from pathlib import Path
from typing import NoReturn
from uuid import UUID

import click
from sqlalchemy import select

from blueprints.frameworks.place import bp
from blueprints.kit.access import now
from blueprints.kit.transaction import writing
from config import HERE
from interchange.framework import FORMATS, NotRead, read, write
from models.base import db
from models.district import District
from models.framework import Framework
from models.framework import versions as life
from models.framework.export import as_brought
from models.look_for import LookForSet
from models.shelf import align
from rules.framework import Alignments, Brought, Faults, check_files, read_shelf
from rules.framework import Framework as ShelfFramework
from rules.framework import LookForSet as ShelfSet
from rules.framework import read as read_yaml
from rules.framework.brought import allowed, with_rights

YAML = (".yaml", ".yml")


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
@click.option("--version", help="What this version is called, where the file should not say.")
@click.option("--holder", help="Who holds the rights, where the file does not say.")
@click.option("--licence", help="On what terms it is used, where the file does not say.")
@click.option(
    "--basis",
    type=click.Choice(["own_words", "full_text", "names_only"]),
    default="own_words",
    help="Whose words they are, where the file does not say.",
)
@click.option("--publish", is_flag=True, help="Publish it at once; otherwise it is a draft.")
@click.option("--adopt", is_flag=True, help="Publish it and make it the district's own.")
def import_file(
    file: Path,
    *,
    version: str | None,
    holder: str | None,
    licence: str | None,
    basis: str,
    publish: bool,
    adopt: bool,
) -> None:
    """Give the district the framework or look-for set in FILE.

    A framework is a spreadsheet (XLSX or CSV), a CASE package (JSON) or YAML. It becomes a draft,
    unless it is published at once.
    """
    source = _read(file)
    writing()
    district = _district()
    if isinstance(source, Brought):
        if version:
            source = source.model_copy(update={"version": version.strip()[:40]})
        if source.rights is None and holder:
            source = with_rights(
                source,
                holder=holder,
                licence=licence or "All rights reserved",
                basis=basis,
                notice="",
                on=now().astimezone(district.zone).date(),
            )
        framework = _bring(source, district)
        if publish or adopt:
            _publish(framework, adopt=adopt)
        imported = _called(framework)
    else:
        imported = _take(source, district)
    db.session.commit()
    click.echo(f"imported {imported}")


def _read(file: Path) -> Brought | ShelfSet | Alignments:
    try:
        if file.suffix.lower() not in YAML:
            found = read(file)
            for remark in found.remarks:
                click.echo(remark)
            return found
        source = read_yaml(file)
        return Brought.of(source) if isinstance(source, ShelfFramework) else source
    except (Faults, NotRead) as refusal:
        for fault in refusal.faults:
            click.echo(str(fault))
        raise SystemExit(1) from None


def _district() -> District:
    district = db.session.scalars(select(District).order_by(District.made_at)).first()
    if district is None:
        raise click.ClickException("There is no district yet. Import a roster first.")
    return district


def _bring(source: Brought, district: District) -> Framework:
    """A draft; the same file again is the version that is there."""
    kept = Framework.version_here(district.id, source.id, source.version)
    if kept is None:
        framework = life.bring(allowed(source), district, by=None, at=now())
        if not framework.rights_stated:
            click.echo("Nobody has said who may use it: answer that on its page, or with --holder.")
        return framework
    if not life.says_the_same(kept, allowed(source)):
        _refuse(
            f"Version {source.version} of {source.name} is here already and says something else. "
            "A version is never edited by a file: give this one another name with --version."
        )
    return kept


def _publish(framework: Framework, *, adopt: bool) -> None:
    try:
        if framework.draft:
            life.publish(framework, by=None, at=now())
        if adopt:
            life.adopt(framework, by=None, at=now())
    except life.CannotPublish as reason:
        _refuse(f"{reason} Add --holder and --licence.")


def _refuse(sentence: str) -> NoReturn:
    db.session.rollback()
    click.echo(sentence)
    raise SystemExit(1)


def _take(source: ShelfSet | Alignments, district: District) -> str:
    frameworks = list(db.session.scalars(Framework.of(district.id)))
    if isinstance(source, ShelfSet):
        kept = LookForSet.take(source, district, position=99, at=now())
        align(frameworks, [kept], read_shelf(HERE / "frameworks").alignments)
    else:
        align(frameworks, db.session.scalars(LookForSet.of(district.id)), source.alignments)
    return source.id


def _called(framework: Framework) -> str:
    """Its name for `export`: the version is needed only where there are several."""
    others = db.session.scalars(Framework.versions(framework.district_id, framework.key)).all()
    return framework.key if len(others) <= 1 else f"{framework.key}@{framework.version}"


@bp.cli.command("export")
@click.argument("framework")
@click.option("--format", "form", type=click.Choice(list(FORMATS)), default="case")
@click.option("--output", type=click.Path(path_type=Path), help="A file instead of the terminal.")
def export_file(framework: str, form: str, output: Path | None) -> None:
    """Write FRAMEWORK (its id, or id@version) as a file; a name alone is the newest version."""
    found = _find(framework, _district())
    try:
        content = write(as_brought(found), form, at=now())
    except NotRead as refusal:
        _refuse(str(refusal))
    if output is None:
        sys.stdout.buffer.write(content)
        return
    try:
        output.write_bytes(content)
    except OSError as error:
        _refuse(f"{output} cannot be written: {error.strerror}.")


def _find(named: str, district: District) -> Framework:
    key, _, version = named.partition("@")
    rows = Framework.versions(district.id, key)
    if version:
        rows = rows.where(Framework.version == version)
    with suppress(ValueError):
        rows = Framework.of(district.id).where(Framework.id == UUID(named))
    found = db.session.scalars(rows.options(*Framework.everything())).first()
    if found is None:
        keys = sorted(set(db.session.scalars(select(Framework.key))))
        _refuse(f"There is no framework {named}. There are: {', '.join(keys) or 'none'}.")
    return found
