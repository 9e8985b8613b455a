"""The product as it is deployed: gunicorn with its workers, on this machine only."""

from __future__ import annotations

import os
import signal
import socket
import subprocess
import time
import urllib.error
import urllib.request
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path

import manage
from benchmarks.kit.database import Database


def free_port() -> int:
    """A port nobody listens on."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


@dataclass
class Server:
    """One running Crosswalk."""

    database: Database
    port: int = field(default_factory=free_port)
    process: subprocess.Popen[bytes] | None = None

    @property
    def log(self) -> Path:
        """What its workers complained of."""
        return self.database.folder / "server.log"

    def start(self) -> None:
        """Start it, and come back when it answers."""
        settings = {
            "CROSSWALK_INSTANCE": str(self.database.folder),
            "CROSSWALK_DATABASE_URL": self.database.url,
        }
        with self.log.open("ab") as log:
            self.process = subprocess.Popen(
                [str(manage.PYTHON), *manage.gunicorn(self.port, self.database.url)],
                cwd=manage.HERE,
                env=manage.environment() | settings,
                stdout=log,
                stderr=log,
            )
        self.wait()

    def wait(self, seconds: float = 120) -> None:
        """Come back when it answers."""
        end = time.monotonic() + seconds
        while not self.answers():
            if time.monotonic() > end:
                raise RuntimeError(f"The server did not start:\n{self.log.read_text()[-2000:]}")
            time.sleep(0.05)

    def answers(self) -> bool:
        """Whether it is up."""
        with suppress(OSError, urllib.error.URLError):
            address = f"http://127.0.0.1:{self.port}/healthz"
            with urllib.request.urlopen(address, timeout=5) as answer:
                return bool(answer.status == 200)
        return False

    def workers(self) -> list[int]:
        """The process ids of its workers."""
        assert self.process is not None
        pid = self.process.pid
        with suppress(OSError):
            children = Path(f"/proc/{pid}/task/{pid}/children").read_text()
            return [int(child) for child in children.split()]
        told = subprocess.run(["pgrep", "-P", str(pid)], capture_output=True, text=True)
        return [int(child) for child in told.stdout.split()]

    def busy_seconds(self) -> float:
        """Processor time its workers have used, which other programs do not lengthen much."""
        ticks = 0
        for worker in self.workers():
            with suppress(OSError):
                after_name = Path(f"/proc/{worker}/stat").read_text().rpartition(")")[2].split()
                ticks += int(after_name[11]) + int(after_name[12])
        return ticks / os.sysconf("SC_CLK_TCK")

    def kill_a_worker(self, worker: int) -> bool:
        """Kill the worker at this place in the line, as an out-of-memory killer would."""
        workers = self.workers()
        if not workers:
            return False
        with suppress(ProcessLookupError):
            os.kill(workers[worker % len(workers)], signal.SIGKILL)
            return True
        return False

    def kill(self) -> None:
        """Kill all of it at once."""
        assert self.process is not None
        for pid in (self.process.pid, *self.workers()):
            with suppress(ProcessLookupError):
                os.kill(pid, signal.SIGKILL)
        self.process.wait()

    def stop(self) -> None:
        """Let it finish what it is doing, and stop."""
        if self.process is not None and self.process.poll() is None:
            self.process.terminate()
            self.process.wait(timeout=60)
