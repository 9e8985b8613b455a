"""Prints a term in the background while phones send: documents a minute, and what capture feels.

`python3 manage.py bench bulk` prints 200 letters; `BULK_LETTERS=20` is quick. A PostgreSQL is
measured too where CROSSWALK_BENCH_POSTGRESQL names an empty one.
"""

import os
import signal
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT))

from flask import Flask  # noqa: E402
from flask_migrate import upgrade  # noqa: E402
from sqlalchemy import update  # noqa: E402

from app import create_app  # noqa: E402
from config import Settings  # noqa: E402
from models.base import db  # noqa: E402
from models.binder import Binder  # noqa: E402
from models.job import STALE, Job  # noqa: E402
from rules.calendar import Term  # noqa: E402
from tests import cast as players  # noqa: E402
from tests.cast import BEGAN, Cast  # noqa: E402
from tests.page import Visitor  # noqa: E402
from tests.walk import AT, Phone  # noqa: E402

LETTERS = int(os.environ.get("BULK_LETTERS", "200"))
SENDS = 30
PATIENCE = 1800.0
TERM = Term("Fall 2026", BEGAN.date(), BEGAN.date().replace(month=12))


def main() -> None:
    """Measure on SQLite, and on PostgreSQL where there is one."""
    with tempfile.TemporaryDirectory() as folder:
        measure("SQLite", folder, "")
    server = os.environ.get("CROSSWALK_BENCH_POSTGRESQL", "")
    if server:
        with tempfile.TemporaryDirectory() as folder:
            measure("PostgreSQL", folder, server)


def measure(name: str, folder: str, database: str) -> None:
    """Fill a district, print its term with one worker and with two, and say what it took."""
    given = {"CROSSWALK_INSTANCE": folder, "CROSSWALK_DATABASE_URL": database}
    app = create_app(Settings.from_environment(given))
    with app.app_context():
        upgrade()
        players.enter()
        db.session.commit()
        fill(app)
        calm = send(app)
        one, _, _ = gather(app, given, "letter", workers=1)
        two, busy, burnt = gather(app, given, "a4", workers=2, kill=True)
        say(name, f"{LETTERS / one * 60:.0f} letters a minute with one worker")
        ratio = one / two
        say(name, f"{LETTERS / two * 60:.0f} with two, one killed on the way: {ratio:.2f} x")
        say(name, f"processor of two workers: {burnt / two:.2f} cores")
        say(name, f"a phone’s batch, p95: {busy * 1e3:.0f} ms meanwhile, {calm * 1e3:.0f} ms alone")
        db.session.remove()
        db.engine.dispose()


def say(name: str, words: str) -> None:
    """One line for one figure."""
    print(f"{name}: {words}", flush=True)


def fill(app: Flask) -> None:
    """As many shared letters as are to be printed."""
    cast = Cast()
    principal = Visitor(app, cast.principal)
    for number in range(LETTERS):
        phone = Phone(f"phone-{number}")
        phone.at = AT
        phone.whole_visit(cast)
        principal.sync(phone.batch())
        path = principal.get(f"/walkthroughs/{phone.walk}").response.headers["Location"]
        principal.post(f"{path}/share", {"places-0-text": f"Letter {number}."})


def send(app: Flask) -> float:
    """What nineteen in twenty batches of a phone take at most, in seconds."""
    cast, times = Cast(), []
    principal = Visitor(app, cast.principal)
    for number in range(SENDS):
        phone = Phone(f"later-{number}")
        phone.start(cast)
        for _ in range(28):
            phone.mark(cast, "BL01")
        began = time.perf_counter()
        assert principal.sync(phone.batch()).status == 200
        times.append(time.perf_counter() - began)
    return statistics.quantiles(times, n=20)[-1]


def gather(
    app: Flask, given: dict[str, str], paper: str, *, workers: int, kill: bool = False
) -> tuple[float, float, float]:
    """Seconds until a binder is full, the p95 of a phone meanwhile, and seconds of processor."""
    cast = Cast()
    with working(given, workers) as foreman:
        time.sleep(5)  # workers start; that is paid once a day, not for each binder
        halves = [Binder.make(TERM, by=cast.principal, paper=paper, at=AT)]
        if workers > 1:
            halves.append(Binder.make(TERM, by=cast.principal, paper="letter", at=AT))
        db.session.commit()
        before, began = burnt_by(foreman), time.perf_counter()
        p95 = send(app)
        if kill:
            murder(foreman)
        wait()
        return time.perf_counter() - began, p95, burnt_by(foreman) - before


def wait() -> None:
    """Until no job is left."""
    until = time.monotonic() + PATIENCE
    open_jobs = db.select(Job).where(Job.state.in_(("waiting", "running")))
    while db.session.scalars(open_jobs).first() is not None:
        db.session.rollback()
        assert time.monotonic() < until, "the binders are not full"
        time.sleep(0.2)
    db.session.rollback()


def murder(foreman: subprocess.Popen[bytes]) -> None:
    """Kill one worker, and let a minute pass for its job."""
    os.kill(children(foreman.pid)[0], signal.SIGKILL)
    db.session.execute(update(Job).where(Job.state == "running").values(beat_at=AT - STALE))
    db.session.commit()


def children(pid: int) -> list[int]:
    """Who was started by a process."""
    told = subprocess.run(["ps", "-o", "pid=", "--ppid", str(pid)], capture_output=True)
    return [int(found) for found in told.stdout.split()]


def burnt_by(foreman: subprocess.Popen[bytes]) -> float:
    """Seconds of processor of a foreman, its workers and their presses, those alive."""
    hands = [foreman.pid, *children(foreman.pid)]
    everybody = {*hands, *(press for hand in hands for press in children(hand))}
    told = subprocess.run(
        ["ps", "-o", "cputimes=", "-p", ",".join(map(str, everybody))], capture_output=True
    )
    return float(sum(int(seconds) for seconds in told.stdout.split()))


@contextmanager
def working(given: dict[str, str], workers: int) -> Iterator[subprocess.Popen[bytes]]:
    """Workers on this database."""
    command = [sys.executable, "-m", "flask", "--app", "app", "worker"]
    environment = os.environ | {name: value for name, value in given.items() if value}
    process = subprocess.Popen([*command, "--processes", str(workers)], cwd=ROOT, env=environment)
    try:
        yield process
    finally:
        process.terminate()
        process.wait(60)


if __name__ == "__main__":
    main()
