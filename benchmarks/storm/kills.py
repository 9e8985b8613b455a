"""Kills workers under load, cuts lines, sends twice and in any order, and counts what is lost."""

from __future__ import annotations

import argparse
import random
import tempfile
import threading
import time
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from pathlib import Path

from benchmarks.kit import ruler
from benchmarks.kit.client import Client
from benchmarks.kit.database import KINDS, Database, lent
from benchmarks.kit.journal import Journal
from benchmarks.kit.loss import Losses, check
from benchmarks.kit.school import Observer, Stage, build
from benchmarks.kit.server import Server
from benchmarks.kit.visits import Body, second_device, visit

AT_ONCE = 16
"""Requests under way at any moment."""


@dataclass(frozen=True, slots=True)
class Size:
    """How much storm."""

    observers: int = 500
    walks: int = 12
    events: int = 30
    seconds: float = 300
    every: float = 0.5
    seed: int = 1


@dataclass
class Storm:
    """One storm over one server."""

    stage: Stage
    server: Server
    journals: Path
    size: Size
    clients: list[Client] = field(default_factory=list)
    kills: int = 0
    delivered: int = 0
    seconds: float = 0.0

    def blow(self) -> None:
        """Let every observer deliver all visits, each from two devices, while workers die."""
        over = threading.Event()
        killer = threading.Thread(target=self._kill, args=(over,))
        began = time.monotonic()
        killer.start()
        try:
            with ThreadPoolExecutor(AT_ONCE) as pool:
                until = began + self.size.seconds
                waiting = [
                    pool.submit(client.deliver, events, until, faults=True)
                    for client, events in self._work()
                ]
                self.delivered = sum(each.result() for each in waiting)
        finally:
            over.set()
            killer.join()
        self.seconds = time.monotonic() - began

    def _work(self) -> list[tuple[Client, list[Body]]]:
        """Both devices of a visit next to each other, so that they meet at the server."""
        chance = random.Random(self.size.seed)
        work = []
        for observer in self.stage.observers:
            walks = [
                visit(self.stage, observer, self.size.events, chance)
                for _ in range(self.size.walks)
            ]
            first = [event for walk in walks for event in walk.events]
            second = [e for walk in walks for e in second_device(walk, self.stage, chance).events]
            # the second device carries some of the first one’s events, too: they race
            second += chance.sample(first, len(first) // 10)
            work += [(self._client(observer, "a"), first), (self._client(observer, "b"), second)]
        return work

    def _client(self, observer: Observer, device: str) -> Client:
        name = f"{observer.id}-{device}"
        journal = Journal(self.journals / f"{name}.journal", observer.id)
        client = Client(self.server.port, observer, device, journal, random.Random(name))
        self.clients.append(client)
        return client

    def _kill(self, over: threading.Event) -> None:
        chance = random.Random(self.size.seed)
        while not over.wait(self.size.every):
            self.kills += self.server.kill_a_worker(chance.randrange(8))


@dataclass(frozen=True, slots=True)
class Outcome:
    """What a storm left."""

    losses: Losses
    storm: Storm

    @property
    def good(self) -> bool:
        """Nothing acknowledged was lost, and nothing good was refused."""
        return self.losses.none and not self.refused

    @property
    def refused(self) -> list[str]:
        """Reasons the server gave for refusing what was sound."""
        return [why for client in self.storm.clients for why in client.refused]


def run(database: Database, size: Size) -> Outcome:
    """Raise a school, blow over it, and look what is left."""
    stage = build(database.folder, database.url, size.observers)
    server = Server(database)
    server.start()
    try:
        with tempfile.TemporaryDirectory(prefix="crosswalk-journals-") as name:
            storm = Storm(stage, server, Path(name), size)
            storm.blow()
            server.wait()
            return Outcome(check(Path(name), database.url), storm)
    finally:
        server.stop()


HEAD = (
    *("database", "acknowledged", "lost", "doubled", "misattributed", "changed", "kills", "cuts"),
    *("p50", "p95", "p99", "events/s"),
)


def row(kind: str, outcome: Outcome) -> list[str]:
    """One line of the table."""
    storm, losses = outcome.storm, outcome.losses
    waits = [wait for client in storm.clients for wait in client.waits]
    counts = (
        *(losses.acknowledged, losses.lost, losses.doubled, losses.misattributed),
        *(losses.changed + losses.unknown, storm.kills, sum(c.cuts for c in storm.clients)),
    )
    times = [f"{ruler.percentile(waits, share) * 1e3:,.0f} ms" for share in (0.5, 0.95, 0.99)]
    rate = f"{losses.acknowledged / storm.seconds:,.0f}"
    return [kind, *(f"{count:,}" for count in counts), *times, rate]


def main() -> int:
    """Print a line for each database; 1 where anything was lost."""
    usual = Size()
    asked = argparse.ArgumentParser(description=__doc__)
    asked.add_argument("--database", choices=KINDS, action="append")
    for name in ("observers", "walks", "events", "seed"):
        asked.add_argument(f"--{name}", type=int, default=getattr(usual, name))
    for name in ("seconds", "every"):
        asked.add_argument(f"--{name}", type=float, default=getattr(usual, name))
    given = vars(asked.parse_args())
    kinds = given.pop("database") or KINDS
    size = Size(**given)
    outcomes = {}
    for kind in kinds:
        with lent(kind) as database:
            outcomes[kind] = run(database, size)
    print(f"{size.observers} observers, {size.walks} visits of {size.events} taps; {ruler.busy()}")
    ruler.table(HEAD, [row(kind, outcome) for kind, outcome in outcomes.items()])
    return 0 if all(outcome.good for outcome in outcomes.values()) else 1


if __name__ == "__main__":
    raise SystemExit(main())
