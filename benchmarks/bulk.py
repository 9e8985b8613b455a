"""Prints the feedback of a term in the background while phones send: how fast, at what cost."""

from __future__ import annotations

import argparse
import os
import random
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from uuid import UUID

from sqlalchemy import delete, select

import manage
from benchmarks.kit import ruler
from benchmarks.kit.client import packed, post, request
from benchmarks.kit.database import KINDS, Database, lent
from benchmarks.kit.school import OBSERVERS, Observer, Stage, build
from benchmarks.kit.server import Server
from benchmarks.kit.visits import AT, visit
from benchmarks.kit.wsgi import call
from models.base import db
from models.binder import Binder, BinderPage
from models.feedback import Feedback, FeedbackPdf
from models.job import Job
from models.person import Person
from models.report import frozen
from rules.calendar import Term

TERM = Term("Fall 2026", AT.date().replace(month=8), AT.date().replace(month=12))
EVERY = 0.5
"""Seconds between two batches of a phone."""
PATIENCE = 1800.0
TICKS = os.sysconf("SC_CLK_TCK")


@dataclass(frozen=True, slots=True)
class Printed:
    """What one round of printing took."""

    seconds: float
    cores: float
    p95: float
    letters: int


def readers(stage: Stage) -> tuple[Observer, Observer]:
    """Two of two schools, each with a binder of half the letters: one binder is one worker’s."""
    return stage.observers[0], stage.observers[-1]


def fill(stage: Stage, letters: int) -> None:
    """Walk and share so many visits of each observer."""
    chance = random.Random(1)
    for observer in readers(stage):
        for _ in range(letters // 2):
            body = packed(observer, "phone-1", visit(stage, observer, 30, chance).events)
            assert call(stage.app, "POST", "/sync", body, observer.cookie).status == 200
        with stage.app.app_context():
            person = _person(observer)
            for letter in db.session.scalars(Feedback.editable_by(person)).unique().all():
                assert letter.draft is not None
                kept = frozen(letter, letter.draft, person.district, at=AT)
                letter.share(kept, by=person, at=AT)
            db.session.commit()


def _person(observer: Observer) -> Person:
    return db.session.scalars(Person.whole().where(Person.id == UUID(observer.id))).unique().one()


def ask(stage: Stage) -> None:
    """Everybody asks for a binder; nothing was printed before."""
    with stage.app.app_context():
        for table in (FeedbackPdf, BinderPage, Binder, Job):
            db.session.execute(delete(table))
        for observer in readers(stage):
            made = Binder.make(TERM, by=_person(observer), paper="letter", at=datetime.now(UTC))
            assert made is not None
        db.session.commit()


def gather(stage: Stage, database: Database, port: int, workers: int, *, kill: bool) -> Printed:
    """Until the binders are full, with a phone that sends all the while."""
    ask(stage)
    with working(database, workers) as foreman:
        began, burnt = _when(stage, lambda done: done > 0), _burnt(foreman.pid)
        with sending(stage, port) as waits:
            if kill:
                _when(stage, lambda done: done > 8)
                os.kill(_children(foreman.pid)[0], signal.SIGKILL)
            seconds = _when(stage, None) - began
        cores = (_burnt(foreman.pid) - burnt) / seconds
    with stage.app.app_context():
        made = db.session.scalars(select(BinderPage).where(BinderPage.digest.is_not(None))).all()
    return Printed(seconds, cores, ruler.percentile(waits, 0.95), len(made))


def _when(stage: Stage, enough: object) -> float:
    """The moment at which enough is done; without a measure, when every job has ended."""
    end = time.monotonic() + PATIENCE
    while time.monotonic() < end:
        with stage.app.app_context():
            jobs = db.session.execute(select(Job.state, Job.done)).all()
        if callable(enough) and enough(sum(done for _, done in jobs)):
            return time.monotonic()
        assert not any(state == "failed" for state, _ in jobs), "a binder failed"
        if all(state == "done" for state, _ in jobs):
            return time.monotonic()
        time.sleep(0.2)
    raise RuntimeError("the binders were not full in time")


@contextmanager
def working(database: Database, workers: int) -> Iterator[subprocess.Popen[bytes]]:
    """Workers on this database, as `flask worker` starts them."""
    settings = {
        "CROSSWALK_INSTANCE": str(database.folder),
        "CROSSWALK_DATABASE_URL": database.url,
    }
    command = [sys.executable, "-m", "flask", "--app", "app", "worker"]
    process = subprocess.Popen(
        [*command, "--processes", str(workers)],
        cwd=manage.HERE,
        env=manage.environment() | settings,
    )
    try:
        yield process
    finally:
        process.terminate()
        process.wait(60)


@contextmanager
def sending(stage: Stage, port: int) -> Iterator[list[float]]:
    """A phone that delivers visits of thirty taps; how long it waited each time."""
    waits: list[float] = []
    stop = threading.Event()
    chance = random.Random(2)

    def send() -> None:
        observer = stage.observers[0]
        while not stop.wait(EVERY):
            events = visit(stage, observer, 30, chance).events
            whole = request(port, "/sync", packed(observer, "phone-2", events), observer.cookie)
            began = time.monotonic()
            assert post(port, whole).status == 200
            waits.append(time.monotonic() - began)

    thread = threading.Thread(target=send)
    thread.start()
    try:
        yield waits
    finally:
        stop.set()
        thread.join()


def _children(pid: int) -> list[int]:
    told = Path(f"/proc/{pid}/task/{pid}/children").read_text()
    return [int(child) for child in told.split()]


def _burnt(pid: int) -> float:
    """Processor seconds of a process, its children and those it has outlived."""
    try:
        after_name = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
        below = _children(pid)
    except OSError:
        return 0.0
    return sum(map(int, after_name[11:15])) / TICKS + sum(_burnt(child) for child in below)


def run(database: Database, letters: int) -> list[list[str]]:
    """One worker, two, and two of which one is killed."""
    stage = build(database.folder, database.url, OBSERVERS + 1)
    fill(stage, letters)
    server = Server(database)
    server.start()
    try:
        with sending(stage, server.port):
            time.sleep(8 * EVERY)  # a server just started knows nothing yet
        with sending(stage, server.port) as alone:
            time.sleep(30 * EVERY)
        rounds = [(1, False), (2, False), (2, True)]
        told = [gather(stage, database, server.port, n, kill=kill) for n, kill in rounds]
    finally:
        server.stop()
    calm = ruler.percentile(alone, 0.95)
    rows = []
    for (workers, kill), one in zip(rounds, told, strict=True):
        faster = told[0].seconds / one.seconds
        goal = ruler.verdict(faster, at_least=1.8) if workers == 2 and not kill else ""
        name = f"{workers} worker{'s' * (workers > 1)}{', one killed' * kill}, {database.kind}"
        rows.append(
            [
                name,
                f"{one.letters} of {letters}",
                f"{one.letters / one.seconds * 60:.0f} a minute",
                f"{faster:.2f}",
                f"{one.cores:.2f} cores",
                f"{one.p95 * 1e3:.0f} ms ({calm * 1e3:.0f} alone)",
                goal,
            ]
        )
    return rows


def main() -> None:
    """Print one table."""
    asked = argparse.ArgumentParser(description=__doc__)
    asked.add_argument("--database", choices=KINDS, action="append")
    asked.add_argument("--letters", type=int, default=200)
    given = asked.parse_known_args()[0]
    rows: list[list[str]] = []
    for kind in given.database or KINDS:
        with lent(kind) as database:
            rows += run(database, given.letters)
    print(f"a phone sends 30 taps every {EVERY:g} s meanwhile; {ruler.busy()}")
    head = ("", "printed", "letters", "x one worker", "workers burn", "a batch, p95", "")
    ruler.table(head, rows)


if __name__ == "__main__":
    main()
