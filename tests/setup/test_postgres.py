"""The PostgreSQL that tests use is real, reached by socket only, and leaves nothing behind."""

import subprocess
import sys
import textwrap
import time
from pathlib import Path

import psycopg
import pytest
import sqlalchemy

from tests import postgres as machinery
from tests.postgres import Server

ROOT = Path(machinery.__file__).parents[1]
pytestmark = pytest.mark.postgresql


def test_it_is_a_real_postgresql_and_answers_sqlalchemy(postgres: Server) -> None:
    engine = sqlalchemy.create_engine(postgres.url())
    with engine.connect() as connection:
        version = connection.scalar(sqlalchemy.text("show server_version_num"))
    engine.dispose()
    assert int(version or 0) >= 160000


def test_it_listens_on_no_network_address(postgres: Server) -> None:
    with postgres.connect() as connection:
        assert connection.execute("show listen_addresses").fetchone() == ("",)


def test_a_database_is_copied_from_its_template_and_then_apart(postgres: Server) -> None:
    postgres.create("pattern")
    with postgres.connect("pattern") as connection:
        connection.execute("create table seat (n int); insert into seat values (7)")
    postgres.create("copy", template="pattern")
    with postgres.connect("copy") as connection:
        connection.execute("update seat set n = 8")
    with postgres.connect("pattern") as connection:
        assert connection.execute("select n from seat").fetchall() == [(7,)]
    postgres.drop("copy")
    postgres.drop("pattern")


def test_a_database_is_dropped_from_under_an_open_connection(postgres: Server) -> None:
    postgres.create("left_open")
    with postgres.connect("left_open") as connection:
        postgres.drop("left_open")
        with pytest.raises(psycopg.OperationalError):
            connection.execute("select 1")


def test_times_are_told_in_utc_whatever_the_machine_says(postgres: Server) -> None:
    with postgres.connect() as connection:
        assert connection.execute("show timezone").fetchone() == ("UTC",)


def test_the_server_and_its_folder_go_when_the_tests_are_killed(tmp_path: Path) -> None:
    dies = textwrap.dedent("""
        import os, signal, sys, tempfile
        from pathlib import Path
        from tests.postgres import Server, start, wait
        folder = Path(tempfile.mkdtemp(prefix="crosswalk-pg-", dir="/tmp"))
        process = start(folder)
        wait(Server(folder), process)
        print(folder, process.pid, flush=True)
        os.kill(os.getpid(), signal.SIGKILL)
    """)
    killed = subprocess.run([sys.executable, "-c", dies], cwd=ROOT, capture_output=True, text=True)
    folder = Path(killed.stdout.split()[0])
    assert killed.returncode == -9
    assert gone(folder)


def gone(folder: Path) -> bool:
    """Wait a moment for a folder to disappear."""
    end = time.monotonic() + 30
    while folder.exists() and time.monotonic() < end:
        time.sleep(0.05)
    return not folder.exists()


def test_programs_out_of_reach_are_copied_where_anyone_may_run_them(tmp_path: Path) -> None:
    closed = tmp_path / "home"
    (closed / "pgserver" / "pginstall18" / "bin").mkdir(parents=True)
    (closed / "pgserver" / "pginstall18" / "bin" / "postgres").write_text("")
    (closed / "pgserver.libs").mkdir()
    closed.chmod(0o700)
    assert not machinery.open_to_all(closed / "pgserver")
    package = machinery.copied(closed / "pgserver", tmp_path / "programs")
    assert (package / "pginstall18" / "bin" / "postgres").exists()
    assert (tmp_path / "programs" / "pgserver.libs").is_dir()
