"""The queue: a job is done once, whatever dies; messages only wake workers."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from uuid import UUID

import pytest
import time_machine
from flask import Flask
from sqlalchemy import select

from config import BadSetting, Settings
from jobs import queue
from jobs.queue import Later, Never, Queue, work_off
from models.base import db, new_id
from models.job import DIED, KEPT, MOST_DEATHS, STALE, Job
from tests.postgres import Server

NOON = datetime(2026, 10, 13, 17, 0, tzinfo=UTC)
SECOND = timedelta(seconds=1)

Table = dict[str, Callable[[Job], None]]


@pytest.fixture
def done() -> list[UUID]:
    """What the work of these tests did."""
    return []


@pytest.fixture
def table(app: Flask, done: list[UUID], monkeypatch: pytest.MonkeyPatch) -> Table:
    """Work of which this test knows."""
    known: Table = {"note": lambda job: done.append(job.subject_id)}
    monkeypatch.setattr(app.extensions["queue"], "table", known)
    return known


@pytest.fixture
def clock() -> Iterator[time_machine.Traveller]:
    """Noon, until a test moves it."""
    with time_machine.travel(NOON, tick=False) as traveller:
        yield traveller


def put(kind: str = "note", *, due: datetime | None = None) -> UUID:
    subject = new_id()
    Job.put(kind, subject, by=None, at=datetime.now(UTC), due=due)
    db.session.commit()
    return subject


def job(subject: UUID) -> Job:
    db.session.rollback()
    return db.session.scalars(
        select(Job).where(Job.subject_id == subject).execution_options(populate_existing=True)
    ).one()


def test_what_is_asked_twice_is_done_once(app: Flask, table: Table, done: list[UUID]) -> None:
    subject = new_id()
    for _ in range(2):
        Job.put("note", subject, key="v1", by=None, at=datetime.now(UTC))
    db.session.commit()
    assert work_off() == 1
    assert done == [subject]
    queue.work(job(subject).id, table)
    assert done == [subject]


def test_what_is_not_due_waits(
    table: Table, done: list[UUID], clock: time_machine.Traveller
) -> None:
    put(due=NOON + SECOND)
    assert work_off() == 0
    clock.move_to(NOON + SECOND)
    assert work_off() == 1


def test_a_temporary_refusal_is_tried_again_later_each_time(
    table: Table, clock: time_machine.Traveller
) -> None:
    def busy(_: Job) -> None:
        raise Later("The server is busy.")

    table["busy"] = busy
    subject = put("busy")
    for wait in (1, 2, 4):
        work_off()
        kept = job(subject)
        assert (kept.state, kept.reason) == ("waiting", "The server is busy.")
        assert kept.due_at - datetime.now(UTC) == timedelta(minutes=wait)
        clock.move_to(kept.due_at)


def test_what_can_never_be_done_says_why(table: Table) -> None:
    def never(_: Job) -> None:
        raise Never("There is no such address.")

    table["never"] = never
    subject = put("never")
    work_off()
    assert (job(subject).state, job(subject).reason) == ("failed", "There is no such address.")


def test_a_fault_of_ours_undoes_what_was_begun_and_is_given_up_in_the_end(
    table: Table, clock: time_machine.Traveller, caplog: pytest.LogCaptureFixture
) -> None:
    def broken(mine: Job) -> None:
        Job.put("note", mine.id, by=None, at=NOON)
        raise ZeroDivisionError

    table["broken"] = broken
    subject = put("broken")
    for _ in range(queue.MOST_FAULTS):
        work_off()
        clock.move_to(job(subject).due_at)
    assert (job(subject).state, job(subject).reason) == ("failed", queue.OUR_FAULT)
    assert len(db.session.scalars(select(Job)).all()) == 1


def test_a_job_whose_worker_died_is_found_and_done(
    app: Flask, table: Table, done: list[UUID], clock: time_machine.Traveller
) -> None:
    subject = put()
    taken = Job.claim(job(subject).id, at=NOON)
    db.session.commit()
    assert taken is not None
    clock.move_to(NOON + STALE)
    app.extensions["queue"].sweep()
    assert job(subject).state == "running"
    clock.move_to(NOON + STALE + SECOND)
    app.extensions["queue"].sweep()
    assert work_off() == 1
    assert done == [subject]


def test_rows_of_work_that_ended_long_ago_are_let_go_and_others_stay(
    app: Flask, table: Table, clock: time_machine.Traveller
) -> None:
    clock.move_to(NOON)
    old, waiting, recent = put(), put(due=NOON + 2 * KEPT), new_id()
    work_off()
    clock.move_to(NOON + KEPT)
    app.extensions["queue"].sweep()
    assert job(old).state == "done"
    Job.put("note", recent, by=None, at=queue.now())
    db.session.commit()
    work_off()
    clock.move_to(NOON + KEPT + SECOND)
    app.extensions["queue"].sweep()
    kept = set(db.session.scalars(select(Job.subject_id)))
    assert kept == {waiting, recent}


def test_a_worker_taken_for_dead_cannot_write_into_the_job_any_more(
    table: Table, clock: time_machine.Traveller
) -> None:
    subject = put()
    slow = Job.claim(job(subject).id, at=NOON)
    assert slow is not None
    db.session.commit()
    db.session.expunge(slow)
    clock.move_to(NOON + STALE + SECOND)
    queue.here().sweep()
    other = Job.claim(job(subject).id, at=NOON + STALE + SECOND)
    assert other is not None
    assert not slow.beat(at=NOON + STALE + SECOND, done=7)
    slow.fail("It was slow.", at=NOON + STALE + SECOND)
    db.session.commit()
    assert (job(subject).state, job(subject).done) == ("running", 0)


def test_a_job_that_kills_its_workers_is_given_up(
    table: Table, clock: time_machine.Traveller
) -> None:
    subject = put()
    for _ in range(MOST_DEATHS):
        assert Job.claim(job(subject).id, at=datetime.now(UTC)) is not None
        db.session.commit()
        clock.shift(STALE + SECOND)
        queue.here().sweep()
    assert (job(subject).state, job(subject).reason) == ("failed", DIED)


def test_a_canceled_job_is_not_begun_and_can_go_on_later(table: Table, done: list[UUID]) -> None:
    subject = put()
    job(subject).cancel(at=NOON)
    db.session.commit()
    assert work_off() == 0
    job(subject).resume(at=datetime.now(UTC))
    db.session.commit()
    assert work_off() == 1


def test_what_is_rolled_back_is_never_announced(app: Flask, table: Table) -> None:
    told: list[object] = []
    app.extensions["queue"].announce = told.append
    try:
        Job.put("note", new_id(), by=None, at=NOON)
        db.session.rollback()
        db.session.commit()
        assert told == []
        put()
        assert len(told) == 1
    finally:
        del app.extensions["queue"].announce


def consumed(app: Flask, url: str, table: Table, wanted: threading.Event) -> Queue:
    """A consumer of its own works until the work says that it is done."""
    own = Queue(app, url, table)
    stop = threading.Event()
    worker = threading.Thread(target=own.consume, args=(stop,))
    worker.start()
    try:
        subject = put("ring")
        own.announce([job(subject).id])
        assert wanted.wait(20), "the message did not arrive"
    finally:
        stop.set()
        worker.join()
    return own


@pytest.fixture
def ring(table: Table) -> threading.Event:
    """Work that can be waited for."""
    rung = threading.Event()
    table["ring"] = lambda _: rung.set()
    return rung


def test_a_file_wakes_a_worker(
    app: Flask, table: Table, ring: threading.Event, tmp_path: Path
) -> None:
    consumed(app, f"sqlite:///{tmp_path / 'queue.db'}", table, ring)


@pytest.mark.postgresql
def test_postgresql_wakes_a_worker(
    app: Flask, table: Table, ring: threading.Event, postgres: Server
) -> None:
    name = f"jobs{new_id().hex}"
    postgres.create(name)
    consumed(app, str(postgres.url(name)).replace("+psycopg", ""), table, ring)


def test_a_queue_that_cannot_be_reached_costs_nobody_the_answer(
    app: Flask, table: Table, caplog: pytest.LogCaptureFixture
) -> None:
    subject = put()
    Queue(app, "redis://127.0.0.1:1/0", table).announce([job(subject).id])
    assert "jobs wait for the next sweep" in caplog.text


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("QUEUE_URL", "amqp://here"),
        ("MAIL_URL", "mail.example:25"),
        ("MAIL_URL", "smtp://host:port"),
        ("MAIL_URL", "smtps://"),
    ],
)
def test_a_setting_that_is_none_is_told_what_to_write(
    name: str, value: str, tmp_path: Path
) -> None:
    given = {"CROSSWALK_INSTANCE": str(tmp_path), f"CROSSWALK_{name}": value}
    with pytest.raises(BadSetting, match=f"CROSSWALK_{name} must"):
        Settings.from_environment(given)
