"""Takes the whole server or its database away, or puts yesterday’s copy back, and counts losses."""

from __future__ import annotations

import argparse
import json
import random
import sqlite3
import tempfile
import threading
import time
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

from benchmarks.kit import ruler
from benchmarks.kit.client import Client, post, request
from benchmarks.kit.database import Database, lent
from benchmarks.kit.journal import Journal
from benchmarks.kit.loss import Losses, check
from benchmarks.kit.school import Stage, build
from benchmarks.kit.server import Server
from benchmarks.kit.visits import Body, visit

EVENTS = 30
PATIENCE = 120.0
"""Seconds for clients to get everything through, once all is well again."""
Work = list[tuple[Client, list[Body]]]


def work_for(stage: Stage, server: Server, folder: Path, walks: int) -> Work:
    """A client for each observer, with visits to deliver."""
    chance = random.Random(1)
    work = []
    for observer in stage.observers:
        journal = Journal(folder / f"{observer.id}.journal", observer.id)
        client = Client(server.port, observer, "phone", journal, random.Random(observer.id))
        walked = [visit(stage, observer, EVENTS, chance) for _ in range(walks)]
        work.append((client, [event for walk in walked for event in walk.events]))
    return work


def deliver(work: Work) -> bool:
    """Everybody at once, until everything is acknowledged."""
    done: list[bool] = []
    until = time.monotonic() + PATIENCE

    def one(client: Client, events: list[Body]) -> None:
        done.append(client.deliver(events, until, faults=True))

    threads = [threading.Thread(target=one, args=each) for each in work]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return all(done)


def meanwhile(work: Work, disturb: Callable[[], None]) -> bool:
    """Disturb while everybody delivers."""
    trouble = threading.Thread(target=disturb)
    trouble.start()
    delivered = deliver(work)
    trouble.join()
    return delivered


def server_killed(server: Server, database: Database, work: Work) -> bool:  # noqa: ARG001
    """The machine goes down with all its processes, and comes up again."""

    def disturb() -> None:
        for _ in range(2):
            time.sleep(2)
            server.kill()
            server.start()

    return meanwhile(work, disturb)


def database_killed(server: Server, database: Database, work: Work) -> bool:  # noqa: ARG001
    """PostgreSQL stops without a checkpoint, and recovers from its log."""
    postgres = database.server
    assert postgres is not None

    def disturb() -> None:
        for _ in range(2):
            time.sleep(2)
            postgres.kill()
            postgres.start()

    return meanwhile(work, disturb)


def yesterday(server: Server, database: Database, work: Work) -> bool:
    """Yesterday’s copy is put back; phones ask what is still held, and offer the rest again."""
    halves = [(client, events[: len(events) // 2]) for client, events in work]
    copy = database.folder / "yesterday.db"
    if not deliver(halves):
        return False
    _copied(database, copy)
    if not deliver(work):
        return False
    server.kill()
    for left in database.folder.glob("crosswalk.db*"):
        left.unlink()
    copy.rename(database.folder / "crosswalk.db")
    server.start()
    for client, events in work:
        offer_again(client, events)
    return deliver(work)


def _copied(database: Database, copy: Path) -> None:
    with (
        closing(sqlite3.connect(database.folder / "crosswalk.db")) as here,
        closing(sqlite3.connect(copy)) as there,
    ):
        here.backup(there)


def offer_again(client: Client, events: list[Body]) -> None:
    """What the phone does when it learns that the school went back in time: ask, then send."""
    ids = [event["id"] for event in events]
    body = json.dumps({"author": client.observer.id, "ids": ids}).encode()
    answer = post(client.port, request(client.port, "/sync/have", body, client.observer.cookie))
    held = set(answer.body["have"])
    client.journal.acknowledged.intersection_update(held)


SCENES = {
    "the server is killed, sqlite": ("sqlite", server_killed),
    "the server is killed, postgresql": ("postgresql", server_killed),
    "the database is killed, postgresql": ("postgresql", database_killed),
    "yesterday’s copy comes back, sqlite": ("sqlite", yesterday),
}


def run(
    database: Database,
    scene: Callable[[Server, Database, Work], bool],
    observers: int,
    walks: int,
) -> tuple[bool, Losses]:
    """One scene on a fresh district: was everything delivered, and is it all there?"""
    stage = build(database.folder, database.url, observers)
    server = Server(database)
    server.start()
    try:
        with tempfile.TemporaryDirectory(prefix="crosswalk-journals-") as name:
            work = work_for(stage, server, Path(name), walks)
            delivered = scene(server, database, work)
            return delivered, check(Path(name), database.url)
    finally:
        server.stop()


HEAD = ("", "acknowledged", "lost", "doubled", "misattributed", "changed", "delivered")


def row(name: str, losses: Losses, *, delivered: bool) -> list[str]:
    """One line of the table."""
    counts = (losses.acknowledged, losses.lost, losses.doubled, losses.misattributed)
    wrong = losses.changed + losses.unknown
    return [name, *(f"{c:,}" for c in (*counts, wrong)), "all" if delivered else "NOT ALL"]


def main() -> int:
    """Print a line for each scene; 1 where anything was lost or never arrived."""
    asked = argparse.ArgumentParser(description=__doc__)
    asked.add_argument("--observers", type=int, default=16)
    asked.add_argument("--walks", type=int, default=12)
    given, _ = asked.parse_known_args()
    rows, good = [], True
    for name, (kind, scene) in SCENES.items():
        with lent(kind) as database:
            delivered, losses = run(database, scene, given.observers, given.walks)
        rows.append(row(name, losses, delivered=delivered))
        good = good and delivered and losses.none
    print(f"{given.observers} observers x {given.walks} visits of {EVENTS} taps; {ruler.busy()}")
    ruler.table(HEAD, rows)
    return 0 if good else 1


if __name__ == "__main__":
    raise SystemExit(main())
