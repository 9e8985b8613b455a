"""Workers as they run: real processes, one of them killed in the middle of a binder."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest
from flask import Flask
from sqlalchemy import select, update

from config import HERE
from models.base import db
from models.job import STALE, Job
from tests.blueprints.test_binders import gathered, names, share
from tests.cast import Cast
from tests.page import Visitor

Visit = Callable[..., Visitor]

PATIENCE = 60.0


@pytest.fixture
def foreman(app: Flask) -> Iterator[subprocess.Popen[bytes]]:
    """`flask worker` on this test’s database, with one worker."""
    settings = app.config["SETTINGS"]
    environment = os.environ | {
        "CROSSWALK_INSTANCE": str(settings.instance),
        "CROSSWALK_DATABASE_URL": settings.database_url,
    }
    command = [sys.executable, "-m", "flask", "--app", "app", "worker", "--processes", "1"]
    process = subprocess.Popen(command, cwd=HERE, env=environment, stderr=subprocess.DEVNULL)
    yield process
    process.terminate()
    assert process.wait(PATIENCE) == 0


def wait_for(true: Callable[[], bool], what: str) -> None:
    """Look again until it is so."""
    until = time.monotonic() + PATIENCE
    while not true():
        assert time.monotonic() < until, f"waited in vain for {what}"
        time.sleep(0.2)


def hands(foreman: subprocess.Popen[bytes]) -> list[int]:
    """The workers of a foreman."""
    told = subprocess.run(["ps", "-o", "pid=", "--ppid", str(foreman.pid)], capture_output=True)
    return [int(pid) for pid in told.stdout.split()]


def job() -> Job:
    db.session.rollback()
    return db.session.scalars(select(Job).execution_options(populate_existing=True)).one()


@pytest.mark.long
@pytest.mark.skipif(not Path("/proc").exists(), reason="counts processes as Linux does")
def test_a_binder_survives_the_death_of_its_worker(
    visit: Visit, cast: Cast, foreman: subprocess.Popen[bytes]
) -> None:
    teacher = visit(cast.teacher)
    for day in range(1, 9):
        share(visit(cast.principal), cast, day)
    binder = gathered(teacher, "Fall 2026")
    wait_for(lambda: job().done > 0, "the first print")
    [worker] = hands(foreman)
    os.kill(worker, signal.SIGKILL)
    wait_for(lambda: hands(foreman) not in ([], [worker]), "another worker")
    assert job().state == "running"
    so_far = job().done
    # a minute passes
    db.session.execute(update(Job).values(beat_at=datetime.now(UTC) - 2 * STALE))
    db.session.commit()
    wait_for(lambda: job().state == "done", "the rest")
    assert 0 < so_far < 8
    assert job().attempts == 2
    assert len(names(teacher.get(f"{binder}.zip"))) == 8


def test_workers_end_with_the_server_they_serve(app: Flask) -> None:
    settings = app.config["SETTINGS"]
    environment = os.environ | {
        "CROSSWALK_INSTANCE": str(settings.instance),
        "CROSSWALK_DATABASE_URL": settings.database_url,
    }
    command = [sys.executable, "-m", "flask", "--app", "app", "worker", "--while", "1"]
    ended = subprocess.run(command, cwd=HERE, env=environment, timeout=PATIENCE)
    assert ended.returncode == 0
