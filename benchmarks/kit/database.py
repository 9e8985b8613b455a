"""A database to measure or to break: a SQLite file, or a PostgreSQL that forgets nothing."""

from __future__ import annotations

import os
import signal
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from subprocess import Popen

from tests import postgres

KINDS = ("sqlite", "postgresql")
# Unlike the one of the tests, this server may forget nothing: that is what is looked for.
DURABLE = {
    "max_connections": "100",
    "shared_buffers": "128MB",
    "checkpoint_timeout": "5min",
    "timezone": "UTC",
}


@dataclass
class Postgres:
    """A PostgreSQL of our own that can be killed and started again."""

    folder: Path
    keepers: list[Popen[bytes]] = field(default_factory=list)

    def start(self) -> None:
        """Make the cluster the first time; after that start it on what it kept."""
        if self.keepers:
            programs = postgres.binaries(self.folder)
            self.keepers.append(postgres.serve(self.folder, programs, DURABLE))
        else:
            self.keepers.append(postgres.start(self.folder, DURABLE))
        postgres.wait(postgres.Server(self.folder), self.keepers[-1])

    def kill(self) -> None:
        """Take the server away as a power cut would: no word to anybody, no checkpoint."""
        pid = int((self.folder / "data" / "postmaster.pid").read_text().split()[0])
        os.kill(pid, signal.SIGQUIT)
        while (self.folder / "data" / "postmaster.pid").exists():
            time.sleep(0.02)

    def url(self) -> str:
        """The address of its one database."""
        return postgres.Server(self.folder).url("storm")


@dataclass(frozen=True, slots=True)
class Database:
    """Where a measured Crosswalk keeps its rows."""

    kind: str
    folder: Path
    url: str
    server: Postgres | None = None


@contextmanager
def lent(kind: str) -> Iterator[Database]:
    """A fresh database and a folder for its instance; both are gone afterwards."""
    with tempfile.TemporaryDirectory(prefix="crosswalk-bench-") as name:
        folder = Path(name)
        if kind == "sqlite":
            yield Database(kind, folder, f"sqlite:///{folder / 'crosswalk.db'}")
            return
        # not below the other: a socket's path may have about a hundred characters
        server = Postgres(Path(tempfile.mkdtemp(prefix="crosswalk-pg-", dir="/tmp")))
        server.start()
        try:
            postgres.Server(server.folder).create("storm")
            yield Database(kind, folder, server.url(), server)
        finally:
            for keeper in server.keepers:
                keeper.communicate()
