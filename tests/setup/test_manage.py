"""manage.py sets a machine up where it may, and says one line to type where it may not."""

import ast
import importlib.util
import os
import shutil
import socket
import subprocess
import sys
from collections.abc import Callable, Sequence
from pathlib import Path

import pytest

import manage

SOURCE = Path(manage.__file__).read_text(encoding="utf-8")
Commands = list[list[str]]


@pytest.fixture
def commands(monkeypatch: pytest.MonkeyPatch) -> Commands:
    """Collect the commands that would have been run; all of them succeed and say nothing."""
    ran: Commands = []

    def run(command: Sequence[str], **_: object) -> subprocess.CompletedProcess[str]:
        ran.append([str(part) for part in command])
        return subprocess.CompletedProcess(command, 0, "", "")

    monkeypatch.setattr(subprocess, "run", run)
    return ran


@pytest.fixture
def machine(monkeypatch: pytest.MonkeyPatch) -> Callable[..., None]:
    """Pretend to be another machine: its system, its user, the programs it has."""

    def pretend(system: str, distribution: str = "", *, root: bool, programs: str) -> None:
        have = programs.split()
        monkeypatch.setattr(sys, "platform", system)
        monkeypatch.setattr(manage, "distribution", lambda: distribution)
        monkeypatch.setattr(os, "geteuid", lambda: 0 if root else 1000)
        monkeypatch.setattr(shutil, "which", lambda name: name if name in have else None)

    return pretend


# --- Python ------------------------------------------------------------------------------------


def test_an_old_python_is_told_which_one_to_install(machine: Callable[..., None]) -> None:
    machine("linux", root=False, programs="")
    said = manage.too_old((3, 9))
    assert said.startswith("Crosswalk needs Python 3.11 or newer, and this is 3.9.")
    assert "apt-get install python3.11-venv" in said


def test_an_old_python_beside_a_newer_one_is_told_to_use_that(
    machine: Callable[..., None],
) -> None:
    machine("linux", root=False, programs="python3.12 python3.11")
    assert manage.too_old((3, 9)).endswith(
        "type python3.12 manage.py instead of python3 manage.py."
    )


@pytest.mark.parametrize("version", [(3, 11), (3, 13), (4, 0)])
def test_a_python_new_enough_is_told_nothing(version: tuple[int, int]) -> None:
    assert manage.too_old(version) == ""


def test_an_old_python_can_read_the_file_as_far_as_the_sentence() -> None:
    ast.parse(SOURCE, feature_version=(3, 8))


def test_only_the_standard_library_is_used_because_nothing_else_is_there_yet() -> None:
    tree = ast.parse(SOURCE)
    modules = [a.name for n in ast.walk(tree) if isinstance(n, ast.Import) for a in n.names]
    modules += [n.module or "" for n in ast.walk(tree) if isinstance(n, ast.ImportFrom)]
    assert {name.split(".")[0] for name in modules} <= sys.stdlib_module_names


def test_a_python_without_venv_asks_for_debians_package(
    machine: Callable[..., None], monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    machine("linux", "debian", root=False, programs="apt-get")
    monkeypatch.setattr(manage, "PYTHON", tmp_path / "none")
    monkeypatch.setattr(importlib.util, "find_spec", lambda _: None)
    package = f"python{sys.version_info[0]}.{sys.version_info[1]}-venv"
    with pytest.raises(manage.Refused, match=rf"sudo apt-get install -y {package}"):
        manage.make_venv()


def test_pins_are_installed_once_and_again_when_they_change(
    commands: Commands, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    for name in (manage.PRODUCT, manage.TOOLS, "constraints.txt"):
        (tmp_path / name).write_text("flask==3.1.3\n")
    monkeypatch.setattr(manage, "HERE", tmp_path)
    monkeypatch.setattr(manage, "VENV", tmp_path)
    monkeypatch.setattr(manage, "make_venv", lambda: None)
    manage.prepare(manage.PRODUCT)
    manage.prepare(manage.PRODUCT)
    assert len(commands) == 1
    assert commands[0][-2:] == ["-r", "requirements.txt"]
    (tmp_path / "constraints.txt").write_text("werkzeug==3.1.9\n")
    manage.prepare(manage.PRODUCT)
    assert len(commands) == 2


def test_the_tools_include_the_product_but_not_the_other_way(
    commands: Commands, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    for name in (manage.PRODUCT, manage.TOOLS, "constraints.txt"):
        (tmp_path / name).write_text("")
    monkeypatch.setattr(manage, "HERE", tmp_path)
    monkeypatch.setattr(manage, "VENV", tmp_path)
    monkeypatch.setattr(manage, "make_venv", lambda: None)
    manage.prepare(manage.PRODUCT)
    assert not manage.installed(manage.TOOLS)
    manage.prepare(manage.TOOLS)
    assert manage.installed(manage.PRODUCT)


# --- What the system gives ---------------------------------------------------------------------

ABSENT = manage.Need("Pango", "to make PDFs", lambda: False, ("libpango-1.0-0",), ("pango",))


def test_root_on_debian_gets_packages_installed_and_hears_of_it_first(
    machine: Callable[..., None], commands: Commands, capsys: pytest.CaptureFixture[str]
) -> None:
    machine("linux", "debian", root=True, programs="apt-get")
    manage.missing([ABSENT])
    assert [command[:1] + command[2:3] for command in commands] == [
        ["apt-get", "update"],
        ["apt-get", "install"],
    ]
    assert commands[1][-1] == "libpango-1.0-0"
    assert capsys.readouterr().out.startswith("Installing Pango to make PDFs: apt-get")


def test_a_user_with_sudo_gets_packages_installed_through_it(
    machine: Callable[..., None], commands: Commands
) -> None:
    machine("linux", "debian", root=False, programs="apt-get sudo")
    manage.missing([ABSENT])
    assert commands[-1][0] == "sudo"
    assert commands[-1][-1] == "libpango-1.0-0"


def test_a_user_without_sudo_is_told_the_line_to_type(
    machine: Callable[..., None], commands: Commands
) -> None:
    machine("linux", "debian", root=False, programs="apt-get")
    with pytest.raises(manage.Refused) as refusal:
        manage.require(manage.missing([ABSENT]))
    assert str(refusal.value) == (
        "The tests need Pango to make PDFs. Type this, then the same again: "
        "sudo apt-get install -y libpango-1.0-0"
    )
    assert commands == []


def test_a_mac_uses_homebrew_and_without_it_is_told_the_line(
    machine: Callable[..., None], commands: Commands
) -> None:
    machine("darwin", root=False, programs="brew")
    manage.missing([ABSENT])
    assert commands == [["brew", "install", "pango"]]
    machine("darwin", root=False, programs="")
    assert manage.by_hand(manage.packages([ABSENT])).endswith("brew install pango")


def test_a_mac_looks_for_libraries_where_homebrew_puts_them(
    machine: Callable[..., None], monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    machine("darwin", root=False, programs="brew")
    monkeypatch.setattr(manage, "BREW_LIBRARIES", (tmp_path,))
    assert not manage.loads("libpango-1.0.so.0")
    (tmp_path / "libpango-1.0.dylib").touch()
    assert manage.loads("libpango-1.0.so.0")
    assert str(tmp_path) in manage.environment()["DYLD_FALLBACK_LIBRARY_PATH"].split(":")


def test_ubuntus_chromium_is_a_snap_so_playwright_brings_its_own(
    machine: Callable[..., None], commands: Commands, monkeypatch: pytest.MonkeyPatch
) -> None:
    machine("linux", "ubuntu", root=True, programs="apt-get")
    monkeypatch.setattr(manage, "ATOMIC", ABSENT)
    assert manage.browser() == [ABSENT]
    assert commands[-1][1:] == ["-m", "playwright", "install", "--with-deps", "chromium"]
    assert not any("apt-get" in command and "chromium" in command for command in commands)


def test_a_library_that_is_not_there_is_noticed() -> None:
    assert not manage.loads("libnothing-of-the-kind.so.0")


def test_chromium_may_be_named_by_the_environment(
    machine: Callable[..., None], monkeypatch: pytest.MonkeyPatch
) -> None:
    machine("linux", root=False, programs="/opt/mine/chrome")
    assert manage.chromium() is None
    monkeypatch.setenv("CHROMIUM", "/opt/mine/chrome")
    assert manage.chromium() == "/opt/mine/chrome"


def test_a_browser_without_windows_is_taken_before_one_with(machine: Callable[..., None]) -> None:
    machine("linux", root=False, programs="chromium chromium-headless-shell")
    assert manage.chromium() == "chromium-headless-shell"
    machine("linux", root=False, programs="chromium")
    assert manage.chromium() == "chromium"


# --- Commands ----------------------------------------------------------------------------------


@pytest.fixture
def started(monkeypatch: pytest.MonkeyPatch) -> Commands:
    """Collect what run would have done on a machine that is set up, without serving."""
    did: Commands = []
    monkeypatch.setattr(manage, "prepare", lambda pins: did.append(["prepare", pins]))
    monkeypatch.setattr(manage, "missing", lambda _: [])
    monkeypatch.setattr(manage, "free_port", int)
    monkeypatch.setattr(manage, "demo", lambda: did.append(["demo"]))
    monkeypatch.setattr(manage, "python", lambda *words: did.append(list(words)))
    monkeypatch.setattr(os, "chdir", lambda _: None)
    monkeypatch.setattr(subprocess, "Popen", lambda words, **_: did.append(words[1:]))
    monkeypatch.setattr(os, "execve", lambda *given: did.append(given[1][1:]))
    return did


def test_a_first_start_makes_the_database_and_the_demo_then_serves(started: Commands) -> None:
    manage.main(["run"])
    assert [words[-1] for words in started] == [
        "requirements.txt",
        "upgrade",
        "demo",
        str(os.getpid()),
        "app:create_app()",
    ]
    assert started[-2][-3:-1] == ["worker", "--while"]


@pytest.fixture
def held(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Callable[[str], Commands]:
    """Pretend that the database holds something; flask demo prints one sign-in."""

    def hold(what: str) -> Commands:
        ran: Commands = []

        def run(command: list[str], **_: object) -> subprocess.CompletedProcess[str]:
            ran.append(command)
            return subprocess.CompletedProcess(command, 0, "Sign in as ms.holt\n", "")

        monkeypatch.setenv("CROSSWALK_INSTANCE", str(tmp_path))
        monkeypatch.setattr(manage, "holds", lambda: what)
        monkeypatch.setattr(subprocess, "run", run)
        return ran

    return hold


def test_the_demo_is_made_once_and_its_sign_ins_are_told_at_every_start(
    held: Callable[[str], Commands], capsys: pytest.CaptureFixture[str]
) -> None:
    first = held("nothing")
    manage.demo()
    assert [command[-1] for command in first] == ["demo"]
    assert "Sign in as ms.holt" in capsys.readouterr().out
    later = held("the demo")
    manage.demo()
    assert later == []
    assert "Sign in as ms.holt" in capsys.readouterr().out


def test_a_real_district_is_left_alone_and_hears_nothing_of_a_demo(
    held: Callable[[str], Commands], capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    (tmp_path / "demo-sign-ins.txt").write_text("Sign in as ms.holt")
    ran = held("a district")
    manage.demo()
    assert ran == []
    assert capsys.readouterr().out == ""


def test_run_goes_on_without_pango_and_says_so(
    started: Commands, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(manage, "missing", lambda _: [ABSENT])
    manage.main(["run"])
    assert "Going on without Pango" in capsys.readouterr().out
    assert started[-1][-1] == "app:create_app()"


def test_tests_do_not_go_on_without_pango(
    started: Commands, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(manage, "missing", lambda _: [ABSENT])
    monkeypatch.setattr(manage, "browser", list)
    assert manage.main(["test"]) == 1
    assert "The tests need Pango" in capsys.readouterr().out
    assert started == [["prepare", "requirements-dev.txt"]]


def test_a_database_that_cannot_be_upgraded_is_not_served(
    started: Commands, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(manage, "python", lambda *_: 1)
    assert manage.main(["run"]) == 1
    assert "could not be brought up to date" in capsys.readouterr().out
    assert started == [["prepare", "requirements.txt"]]


def test_a_taken_port_is_told_with_a_way_out() -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = taken.getsockname()[1]
        with pytest.raises(manage.Refused, match=f"Port {port} cannot be used .*CROSSWALK_PORT="):
            manage.free_port(str(port))


@pytest.mark.parametrize("setting", ["http", "0", "65536", "-1"])
def test_a_port_that_is_none_is_told_what_to_write(setting: str) -> None:
    with pytest.raises(manage.Refused, match="write a number from 1 to 65535"):
        manage.free_port(setting)


def test_sqlite_is_served_by_plain_workers_and_postgresql_by_threads(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.delenv("CROSSWALK_DATABASE_URL", raising=False)
    assert "gthread" not in manage.gunicorn(8000)
    for url in ("postgresql+psycopg://here/crosswalk", "postgres://here/crosswalk"):
        monkeypatch.setenv("CROSSWALK_DATABASE_URL", url)
        assert "gthread" in manage.gunicorn(8000)


def test_pytest_gets_the_arguments_and_two_workers_unless_told_otherwise(
    started: Commands, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(manage, "browser", list)
    manage.main(["test", "-k", "sweep"])
    manage.main(["test", "-n0"])
    assert started[1][:3] == ["-m", "pytest", "-n"]
    assert started[1][-2:] == ["-k", "sweep"]
    assert started[3] == ["-m", "pytest", "-n0"]


def test_a_measurement_that_does_not_exist_is_told_which_do(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(manage, "HERE", tmp_path)
    assert manage.main(["bench"]) == 1
    assert "There is nothing to run yet" in capsys.readouterr().out
    (tmp_path / "benchmarks").mkdir()
    (tmp_path / "benchmarks" / "sync.py").touch()
    assert manage.main(["bench", "pdf"]) == 1
    assert "benchmarks/ holds sync" in capsys.readouterr().out


def test_measurements_run_one_after_the_other_and_get_the_options(started: Commands) -> None:
    assert manage.main(["storm", "kills", "--observers", "5"]) == 0
    assert manage.main(["bench", "--short"]) == 0
    ran = [command[1:] for command in started if command[0] == "-m"]
    assert ran[0] == ["benchmarks.storm.kills", "--observers", "5"]
    assert ["benchmarks.pdf", "--short"] in ran
    assert ["benchmarks.weight", "--short"] in ran


@pytest.mark.parametrize(("words", "status"), [([], 2), (["fly"], 2), (["--help"], 0)])
def test_wrong_use_is_answered_with_the_commands(
    words: list[str], status: int, capsys: pytest.CaptureFixture[str]
) -> None:
    assert manage.main(words) == status
    said = capsys.readouterr().out
    assert all(f"\n  {name} " in said for name in ("run", "test", "check", "bench", "storm"))


def test_check_tells_what_to_mend(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    good = manage.step("tests", [sys.executable, "-c", "print('one'); print('3 passed')"])
    bad = manage.step("types", [sys.executable, "-c", "print('line 4'); raise SystemExit(1)"])
    said = capsys.readouterr().out
    assert (good, bad) == (True, False)
    assert "3 passed" in said
    assert "one" not in said
    assert "to mend\nline 4" in said
