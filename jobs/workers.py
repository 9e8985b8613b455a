"""Worker processes: one foreman starts them, replaces the dead, and sweeps the jobs."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import threading
from collections.abc import Callable
from contextlib import suppress

from flask import Flask

from jobs.queue import Queue, now, writing
from models.base import db
from models.binder import Binder

SWEEP_EVERY = 5.0
NICER = 5
"""Workers give way to the web processes beside them."""


def stop_on_signals() -> threading.Event:
    """An event that Ctrl-C and a polite kill set."""
    stop = threading.Event()
    for number in (signal.SIGINT, signal.SIGTERM):
        signal.signal(number, lambda *_: stop.set())
    return stop


def oversee(
    app: Flask, processes: int, stop: threading.Event, *, alive: Callable[[], bool]
) -> None:
    """Keep so many workers running until `stop`, or until whom they work for is gone."""
    hands: list[subprocess.Popen[bytes]] = []
    try:
        while not stop.is_set() and alive():
            hands = [hand for hand in hands if hand.poll() is None]
            hands += [_hire() for _ in range(processes - len(hands))]
            sweep(app)
            stop.wait(SWEEP_EVERY)
    finally:
        for hand in hands:
            hand.terminate()
        for hand in hands:
            with suppress(subprocess.TimeoutExpired):
                hand.wait(timeout=40)
            hand.kill()
            hand.wait()


def _hire() -> subprocess.Popen[bytes]:
    # our own command, no shell
    return subprocess.Popen(  # noqa: S603
        [sys.executable, "-m", "flask", "--app", "app", "worker", "--alone", str(os.getpid())]
    )


def sweep(app: Flask) -> None:
    """Give dead workers’ jobs to others, announce what is due, forget old binders."""
    queue: Queue = app.extensions["queue"]
    with app.app_context():
        try:
            queue.sweep()
            if Binder.outdated(at=now()):
                writing()
                Binder.tidy(at=now())
                db.session.commit()
        except Exception:
            app.logger.exception("the sweep failed; it is tried again")
        finally:
            db.session.rollback()


def work_alone(app: Flask, foreman: int, stop: threading.Event) -> None:
    """One worker: it stops when its foreman is gone, since nobody would stop it then."""
    with suppress(OSError):
        os.nice(NICER)

    def watch() -> None:
        while not stop.wait(1.0):
            if os.getppid() != foreman:
                stop.set()

    threading.Thread(target=watch, daemon=True).start()
    queue: Queue = app.extensions["queue"]
    queue.consume(stop)
