"""The worker, by command: it sends mail, shares what is due and fills binders."""

from __future__ import annotations

import os

import click
from flask import Blueprint, current_app

from jobs.workers import oversee, stop_on_signals, work_alone

bp = Blueprint("worker", __name__, cli_group=None)


@bp.cli.command("worker")
@click.option(
    "--processes",
    type=click.IntRange(1, 16),
    default=max(1, min(2, os.cpu_count() or 1)),
    show_default=True,
    help="How many jobs to do at once.",
)
@click.option("--while", "master", type=int, help="Stop when the parent is not this process.")
@click.option("--alone", "foreman", type=int, hidden=True)
def worker(processes: int, master: int | None, foreman: int | None) -> None:
    """Do the work outside requests until stopped."""
    app = current_app._get_current_object()  # type: ignore[attr-defined]
    stop = stop_on_signals()
    if foreman is not None:
        work_alone(app, foreman, stop)
        return
    oversee(app, processes, stop, alive=lambda: master is None or os.getppid() == master)
