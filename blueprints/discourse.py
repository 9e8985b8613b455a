"""The discourse-preservation check explained, and by command."""

from __future__ import annotations

import json
import sys
from pathlib import Path

import click
from flask import Blueprint, render_template

from blueprints.kit.access import can, person
from rules.discourse import RULE_VERSION, BadInput, approach_sentence, check, parse_input

bp = Blueprint("discourse", __name__, cli_group=None)


@bp.get("/discourse")
@can("see-today")
def show() -> str:
    """How the check is worked out, with this district's thresholds and its honest limits."""
    return render_template(
        "discourse/show.html",
        t=person().district.thresholds,
        rule_version=RULE_VERSION,
        approach=approach_sentence(0.2, 0.8),
    )


@bp.cli.command("discourse")
@click.argument("file")
def discourse(file: str) -> None:
    """Run the check on JSON in FILE (or - for standard input): one object, or a list."""
    try:
        text = sys.stdin.read() if file == "-" else Path(file).read_text(encoding="utf-8")
        given = json.loads(text)
        if isinstance(given, list):
            inputs = [parse_input(one, f"$[{place}]") for place, one in enumerate(given)]
        else:
            inputs = [parse_input(given)]
        results = [check(one).expected() for one in inputs]
    except OSError as error:
        raise click.ClickException(f"{file} cannot be read: {error.strerror}.") from None
    except (BadInput, ValueError, RecursionError) as error:
        raise click.ClickException(f"{file}: {error}") from None
    click.echo(json.dumps(results if isinstance(given, list) else results[0], indent=1))
