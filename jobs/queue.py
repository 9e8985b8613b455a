"""The queue: tells workers of jobs at once, and the one door to huey."""

from __future__ import annotations

import logging
import threading
from collections.abc import Callable, Iterable, Mapping
from datetime import UTC, datetime, timedelta
from functools import cached_property
from typing import Any
from uuid import UUID

from flask import Flask, current_app
from huey import Huey, PostgresHuey, RedisHuey, SqliteHuey
from sqlalchemy import event
from sqlalchemy.orm import Session

from models.base import WRITES, db
from models.job import Job

log = logging.getLogger(__name__)

NAME = "crosswalk"
PAUSE, PAUSE_AFTER_FAULT = 0.5, 5.0
LONGEST_WAIT = timedelta(hours=2)
MOST_FAULTS = 5
OUR_FAULT = "Something went wrong on our side. Nothing else was changed; try again."

Work = Callable[[Job], None]


class Later(Exception):
    """It cannot be done now, and may be in a while; says why."""


class Never(Exception):
    """It cannot be done at all; says why, for a person."""


class Stopped(Exception):
    """Somebody canceled it, or another worker has it."""


def now() -> datetime:
    """The clock of jobs, which nobody’s request gives."""
    return datetime.now(UTC)


def writing() -> None:
    """Begin a transaction that writes (see WRITES); what was only read before is let go."""
    db.session.rollback()
    db.session.connection(execution_options=WRITES)


def settle() -> None:
    """Commit, so that whoever dies next loses nothing of this."""
    db.session.commit()


class Queue:
    """Where one app announces its jobs, and where its workers hear of them.

    huey hands a message out at most once, and forgets it when a worker dies. So a message only
    names a row of `jobs`: it wakes a worker, who takes the row; a lost message is found by the
    sweep, and a doubled one finds the row taken.
    """

    def __init__(self, app: Flask, url: str, table: Mapping[str, Work]) -> None:
        self.app = app
        self.url = url
        self.table = table

    @cached_property
    def huey(self) -> Huey:
        """The library’s own queue, opened when first needed."""
        return _open(self.url)

    @cached_property
    def message(self) -> Callable[[str], object]:
        """What a message says: there is this job. Calling it sends it."""

        def look(job_id: str) -> None:
            with self.app.app_context():
                work(UUID(job_id), self.table)

        return self.huey.task(name="look")(look)  # type: ignore[no-any-return]

    def announce(self, job_ids: Iterable[UUID]) -> None:
        """Wake workers; where the queue cannot be reached, the sweep finds the jobs later."""
        try:
            for job_id in job_ids:
                self.message(str(job_id))
        except Exception:
            log.exception("the queue cannot be reached; jobs wait for the next sweep")
        finally:
            self.huey.storage.close()

    def sweep(self) -> None:
        """Find what dead workers left and what nobody was told of; let old rows go."""
        at = now()
        old = Job.let_go(at=at)
        if old is not None:
            writing()
            db.session.execute(old)
            settle()
        if Job.dead(at=at):
            writing()
            for job in Job.dead(at=at):
                job.revive(at=at)
            settle()
        self.tell()

    def tell(self) -> None:
        """Announce what is due and unannounced."""
        at = now()
        ids = Job.untold(at=at)
        db.session.rollback()
        if ids:
            writing()
            Job.told(ids, at=at)
            settle()
            self.announce(ids)

    def consume(self, stop: threading.Event) -> None:
        """Do what messages say, one after the other, until `stop` is set."""
        _ = self.message  # the library finds by name what a message calls
        while not stop.is_set():
            try:
                task = self.huey.dequeue()
            except Exception:
                log.exception("the queue cannot be read; trying again")
                stop.wait(PAUSE_AFTER_FAULT)
                continue
            if task is None:
                stop.wait(PAUSE)
            else:
                self.huey.execute(task)
        self.huey.storage.close()


def _open(url: str) -> Huey:
    if url.startswith("sqlite:///"):
        return SqliteHuey(NAME, filename=url.removeprefix("sqlite:///"), results=False)
    if url.startswith("postgresql://"):
        return PostgresHuey(NAME, dsn=url, results=False)
    return RedisHuey(NAME, url=url, results=False)


def work(job_id: UUID, table: Mapping[str, Work]) -> None:
    """Take a job and do it, unless somebody else has it; whatever happens is written down."""
    writing()
    job = Job.claim(job_id, at=now())
    if job is None:
        db.session.rollback()
        return
    settle()
    db.session.expunge(job)
    write = _outcome(job, table[job.kind])
    writing()
    write()
    settle()


def _outcome(job: Job, do: Work) -> Callable[[], None]:
    """Do it, and return how to write down what became of it."""
    try:
        do(job)
    except Stopped:
        return lambda: None
    except Never as no:
        reason = str(no)
        return lambda: job.fail(reason, at=now())
    except Later as later:
        return _again(job, str(later))
    except Exception:
        log.exception("job %s (%s) failed", job.id, job.kind)
        if job.attempts >= MOST_FAULTS:
            return lambda: job.fail(OUR_FAULT, at=now())
        return _again(job, OUR_FAULT)
    return lambda: job.finish(at=now())


def _again(job: Job, reason: str) -> Callable[[], None]:
    until = now() + min(timedelta(minutes=2 ** (job.attempts - 1)), LONGEST_WAIT)
    return lambda: job.postpone(reason, until=until)


def here() -> Queue:
    """The queue of the app at work."""
    return current_app.extensions["queue"]  # type: ignore[no-any-return]


def work_off() -> int:
    """Do everything that is due, here and now; how many jobs that were."""
    done = 0
    while ids := Job.waiting(at=now()):
        for job_id in ids:
            work(job_id, here().table)
            done += 1
    return done


def init(app: Flask, table: Mapping[str, Work], url: str) -> None:
    """Give an app its queue. Jobs are announced when the transaction that asked is committed."""
    app.extensions["queue"] = Queue(app, url, table)


@event.listens_for(Session, "after_commit")
def _announce(session: Any) -> None:
    ids = session.info.pop("jobs", [])
    if ids and current_app:
        here().announce(ids)


@event.listens_for(Session, "after_rollback")
def _forget(session: Any) -> None:
    session.info.pop("jobs", None)
