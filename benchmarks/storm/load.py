"""A district comes back into the network: so many observers deliver so much in so many seconds."""

from __future__ import annotations

import argparse
import json
import random
import threading
import time
from collections.abc import Iterator
from dataclasses import dataclass, field
from queue import Empty, SimpleQueue

from sqlalchemy import create_engine, select

from benchmarks.kit import ruler
from benchmarks.kit.client import MOST, Answer, packed, post, request
from benchmarks.kit.database import KINDS, Database, lent
from benchmarks.kit.school import PASSWORD, Observer, Stage, build, give_passwords
from benchmarks.kit.server import Server
from benchmarks.kit.visits import visit
from models.event import Event

SENDERS = 64
"""Phones that wait for an answer at the same moment, at most."""
PATIENCE = 3
"""Times as long as planned, before what is not delivered counts as not delivered."""
SLOWEST = 1.0


@dataclass(frozen=True, slots=True)
class Line:
    """One load to hold: observers x visits of thirty taps, or sign-ins where there are none."""

    observers: int
    walks: int
    seconds: float

    @property
    def name(self) -> str:
        """As it is said."""
        what = f"x {self.walks} visits" if self.walks else "sign-ins from one address"
        return f"{self.observers:,} {what} in {self.seconds:.0f} s"

    def part(self, share: float) -> Line:
        """The same rate for a shorter time."""
        return Line(max(1, round(self.observers * share)), self.walks, self.seconds * share)


LINES = (Line(500, 12, 30), Line(3000, 4, 60), Line(500, 0, 60))


@dataclass(frozen=True, slots=True)
class Parcel:
    """One request: when it is due, what goes over the wire, and which events it carries."""

    due: float
    whole: bytes
    ids: frozenset[str] = frozenset()


@dataclass
class Held:
    """How a line was held. Waits are counted from when a request was due, not from when it left."""

    requests: int = 0
    waits: list[float] = field(default_factory=list)
    acknowledged: set[str] = field(default_factory=set)
    statuses: list[int] = field(default_factory=list)
    undelivered: int = 0
    lost: int = 0
    busy: float = 0.0
    """Processor seconds of the workers."""
    seconds: float = 0.0

    @property
    def errors(self) -> int:
        """Answers that say the server failed, or no answer."""
        return sum(status == 0 or status >= 500 for status in self.statuses)

    @property
    def good(self) -> bool:
        """Everything in, in time, nothing lost, no failure."""
        slow = ruler.percentile(self.waits, 0.95) > SLOWEST
        return not (self.errors or self.undelivered or self.lost or slow)


def visits(stage: Stage, port: int, line: Line, chance: random.Random) -> Iterator[Parcel]:
    """What every phone has to deliver, at any moment of the time given."""
    for observer in stage.observers:
        walks = [visit(stage, observer, 30, chance) for _ in range(line.walks)]
        events = [event for walk in walks for event in walk.events]
        for first in range(0, len(events), MOST):
            some = events[first : first + MOST]
            body = packed(observer, walks[0].device, some)
            whole = request(port, "/sync", body, observer.cookie)
            ids = frozenset(event["id"] for event in some)
            yield Parcel(chance.random() * line.seconds, whole, ids)


def sign_ins(stage: Stage, port: int, line: Line, chance: random.Random) -> Iterator[Parcel]:
    """Everybody signs in once, all from this address."""
    for observer in stage.observers:
        body = json.dumps({"email": observer.email, "password": PASSWORD}).encode()
        yield Parcel(chance.random() * line.seconds, request(port, "/sign-in", body))


def hold(parcels: list[Parcel], port: int, line: Line) -> Held:
    """Deliver everything when it is due, and again where it failed, as phones do."""
    waiting: SimpleQueue[Parcel] = SimpleQueue()
    for parcel in sorted(parcels, key=lambda parcel: parcel.due):
        waiting.put(parcel)
    held, lock = Held(requests=len(parcels)), threading.Lock()
    began = time.monotonic()

    def send() -> None:
        while True:
            try:
                parcel = waiting.get_nowait()
            except Empty:
                return
            _deliver(parcel, port, began, began + PATIENCE * line.seconds, held, lock)

    senders = [threading.Thread(target=send) for _ in range(min(SENDERS, len(parcels)))]
    for sender in senders:
        sender.start()
    for sender in senders:
        sender.join()
    held.seconds = time.monotonic() - began
    return held


def _deliver(
    parcel: Parcel, port: int, began: float, until: float, held: Held, lock: threading.Lock
) -> None:
    due = began + parcel.due
    time.sleep(max(0.0, due - time.monotonic()))
    while time.monotonic() < until:
        answer = post(port, parcel.whole)
        with lock:
            held.statuses.append(answer.status)
            if _in(answer, parcel):
                held.waits.append(time.monotonic() - due)
                held.acknowledged.update(answer.stored)
                return
        time.sleep(0.5)
    with lock:
        held.undelivered += 1


def _in(answer: Answer, parcel: Parcel) -> bool:
    return answer.status == 200 and parcel.ids.issubset(answer.stored)


def run(database: Database, line: Line) -> Held:
    """Raise a district of that size, hold the line, and look for what was acknowledged."""
    stage = build(database.folder, database.url, line.observers)
    if not line.walks:
        give_passwords(stage)
    server = Server(database)
    server.start()
    try:
        make = visits if line.walks else sign_ins
        parcels = list(make(stage, server.port, line, random.Random(1)))
        warm(stage.observers[: len(server.workers()) * 4], server.port)
        before = server.busy_seconds()
        held = hold(parcels, server.port, line)
        held.busy = server.busy_seconds() - before
    finally:
        server.stop()
    held.lost = len(held.acknowledged - kept(database.url)) if line.walks else 0
    return held


def warm(observers: list[Observer], port: int) -> None:
    """One empty batch to each worker: a district does not come back to a server just started."""
    for observer in observers:
        post(port, request(port, "/sync", packed(observer, "warm", []), observer.cookie))


def kept(database_url: str) -> set[str]:
    """The ids of all events in a database."""
    engine = create_engine(database_url)
    with engine.connect() as connection:
        found = {str(one) for one in connection.scalars(select(Event.id))}
    engine.dispose()
    return found


HEAD = ("load", "database", "requests", "events", "lost", "undelivered", "5xx or cut")
HEAD_TIMES = ("p50", "p95", "p99", "took", "busy", "")


def row(line: Line, kind: str, held: Held) -> list[str]:
    """One line of the table."""
    counts = (held.requests, len(held.acknowledged), held.lost, held.undelivered, held.errors)
    waits = [f"{ruler.percentile(held.waits, share):.2f} s" for share in (0.5, 0.95, 0.99)]
    times = [*waits, f"{held.seconds:.0f} s", f"{held.busy:.0f} s"]
    told = "held" if held.good else "NOT HELD"
    return [line.name, kind, *(f"{count:,}" for count in counts), *times, told]


def main() -> int:
    """Print a line of the table for each load and database; 1 where one was not held."""
    asked = argparse.ArgumentParser(description=__doc__)
    asked.add_argument("--database", choices=KINDS, action="append")
    asked.add_argument("--share", type=float, default=1.0, help="of the time, at the same rate")
    given = asked.parse_args()
    rows, good = [], True
    for line in LINES:
        for kind in given.database or KINDS:
            with lent(kind) as database:
                part = line.part(given.share)
                held = run(database, part)
            rows.append(row(part, kind, held))
            good = good and held.good
    print(f"visits of 30 taps, up to {MOST} a request, p95 at most {SLOWEST:g} s; {ruler.busy()}")
    print("busy: processor seconds of the workers, which two cores must be able to give in time")
    ruler.table([*HEAD, *HEAD_TIMES], rows)
    return 0 if good else 1


if __name__ == "__main__":
    raise SystemExit(main())
