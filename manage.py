"""Set Crosswalk up on this machine, then run it, test it, check it or measure it.

Only the standard library, because nothing else is installed yet when it starts.
"""

import ctypes
import hashlib
import importlib.util
import os
import platform
import shutil
import socket
import subprocess
import sys
import time
from collections.abc import Callable, Iterable, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from itertools import takewhile
from pathlib import Path

try:
    import fcntl
except ImportError:  # on Windows, where main() says what to do instead
    fcntl = None  # type: ignore[assignment]

OLDEST = (3, 11)


def too_old(version: "Sequence[int]") -> str:
    """Say what to do about a Python older than we need; empty where it is new enough."""
    if tuple(version) >= OLDEST:
        return ""
    names = ("python3.14", "python3.13", "python3.12", "python3.11")
    here = [name for name in names if shutil.which(name)]
    remedy = (
        f"This machine also has {here[0]}: type {here[0]} manage.py instead of python3 manage.py."
        if here
        else "Install a newer one (Debian and Ubuntu: sudo apt-get install python3.11-venv; "
        "macOS: brew install python@3.13), then start manage.py with it."
    )
    return f"Crosswalk needs Python 3.11 or newer, and this is {version[0]}.{version[1]}. {remedy}"


# Before anything that an older Python could trip over, so that the sentence is what it prints.
if too_old(sys.version_info[:2]):
    sys.exit(too_old(sys.version_info[:2]))

HERE = Path(__file__).resolve().parent
VENV = HERE / ".venv"
PYTHON = VENV / "bin" / "python"
PRODUCT, TOOLS = "requirements.txt", "requirements-dev.txt"
BREW_LIBRARIES = (Path("/opt/homebrew/lib"), Path("/usr/local/lib"))


class Refused(Exception):
    """A step that cannot be done, in one sentence with its remedy."""


def say(sentence: str) -> None:
    """Tell the person at the terminal, at once even where output is piped."""
    print(sentence, flush=True)


# --- Python and its packages -------------------------------------------------------------------


def digest() -> str:
    """Fingerprint what decides the virtual environment's content."""
    pins = b"".join((HERE / name).read_bytes() for name in (PRODUCT, TOOLS, "constraints.txt"))
    return hashlib.sha256(pins + sys.version.encode()).hexdigest()


def stamp(requirements: str) -> Path:
    """Name the file that remembers which pins were installed."""
    return VENV / f"installed-{requirements}"


def installed(requirements: str) -> bool:
    """Tell whether these pins are in place; the tools' pins include the product's."""
    return any(
        stamp(each).is_file() and stamp(each).read_text() == digest()
        for each in {requirements, TOOLS}
    )


def prepare(requirements: str) -> None:
    """Make `.venv` and install the pins, once for each set of pins and Python."""
    with Path(__file__).open() as file:
        if fcntl:  # so that two terminals do not build the same folder at once
            fcntl.flock(file, fcntl.LOCK_EX)
        if not installed(requirements):
            make_venv()
            install(requirements)


def install(requirements: str) -> None:
    """Install the pins into `.venv` and remember that."""
    say(f"Installing {requirements} into .venv (a minute or two, once) …")
    pip = [str(PYTHON), "-m", "pip", "install", "--quiet", "--disable-pip-version-check"]
    done = subprocess.run(
        [*pip, "--no-input", "--no-compile", "-r", requirements],
        cwd=HERE,
        capture_output=True,
        text=True,
    )
    if done.returncode:
        raise Refused(
            f"{done.stderr.strip()[-2000:]}\n\npip could not install {requirements}: see above, "
            "and check that this machine reaches its package index; then type the same again."
        )
    stamp(requirements).write_text(digest())


def make_venv() -> None:
    """Make `.venv`, or make it anew where another Python or an interruption left it unusable."""
    if venv_works():
        return
    if not (importlib.util.find_spec("venv") and importlib.util.find_spec("ensurepip")):
        # Debian and Ubuntu keep these two modules in a package of their own.
        package = f"python{sys.version_info[0]}.{sys.version_info[1]}-venv"
        if not install_packages([package], "Python’s venv module"):
            raise Refused(f"This Python cannot make virtual environments. {by_hand([package])}")
    say("Making .venv …")
    done = subprocess.run([sys.executable, "-m", "venv", "--clear", str(VENV)], cwd=HERE)
    if done.returncode or not venv_works():
        raise Refused(f"Python could not make {VENV}: see above; then type the same again.")


def venv_works() -> bool:
    """Tell whether `.venv` holds this version of Python, with a pip that starts."""
    if not PYTHON.exists():
        return False
    ask = "import pip, sys; print(sys.version)"
    told = subprocess.run([str(PYTHON), "-c", ask], capture_output=True, text=True)
    return told.returncode == 0 and told.stdout.strip() == sys.version


# --- What the system gives ---------------------------------------------------------------------


@dataclass(frozen=True)
class Need:
    """Something that pip cannot bring, what it is for, and who packages it."""

    name: str
    purpose: str
    present: Callable[[], bool]
    apt: tuple[str, ...]
    brew: tuple[str, ...] = ()


def loads(*libraries: str) -> bool:
    """Tell whether the system has every one of these libraries where WeasyPrint looks."""
    if sys.platform == "darwin":
        names = [f"{library.removesuffix('.so.0')}.dylib" for library in libraries]
        return all(any((place / name).exists() for place in BREW_LIBRARIES) for name in names)
    try:
        for library in libraries:
            ctypes.CDLL(library)
    except OSError:
        return False
    return True


def chromium() -> str | None:
    """Find a Chromium or Chrome that tests can drive; CHROMIUM names another."""
    names = (
        "chromium-headless-shell",  # first: the same engine without windows, at half the cost
        "chromium",
        "chromium-browser",
        "google-chrome",
        "google-chrome-stable",
    )
    macs = ("Chromium", "Google Chrome")
    known = [f"/Applications/{name}.app/Contents/MacOS/{name}" for name in macs]
    choices = [os.environ.get("CHROMIUM", ""), *names, *known]
    return next((found for choice in choices if choice and (found := shutil.which(choice))), None)


PANGO = Need(
    "Pango",
    "to make PDFs",
    lambda: loads("libpango-1.0.so.0", "libpangoft2-1.0.so.0", "libharfbuzz-subset.so.0"),
    ("libpango-1.0-0", "libpangoft2-1.0-0", "libharfbuzz-subset0", "fonts-dejavu-core"),
    ("pango",),
)
CHROMIUM = Need("Chromium", "to test pages", lambda: bool(chromium()), ("chromium-headless-shell",))
ATOMIC = Need(
    "libatomic",
    "to drive the browser",
    lambda: sys.platform != "linux" or loads("libatomic.so.1"),
    ("libatomic1",),
)


def missing(needs: Iterable[Need]) -> list[Need]:
    """Bring what is needed where this machine lets us; return what is still missing."""
    absent = [need for need in needs if not need.present()]
    if absent:
        why = ", ".join(f"{need.name} {need.purpose}" for need in absent)
        install_packages(packages(absent), why)
    return [need for need in absent if not need.present()]


def packages(needs: Iterable[Need]) -> list[str]:
    """Name the packages that bring these needs on this machine."""
    brew = sys.platform == "darwin"
    names = [name for need in needs for name in (need.brew if brew else need.apt)]
    # Ubuntu's Chromium is a wrapper around a snap; Playwright's own build serves there.
    snap = distribution() == "ubuntu"
    return [name for name in names if not (snap and name.startswith("chromium"))]


def distribution() -> str:
    """Tell which Linux this is; empty elsewhere."""
    try:
        return platform.freedesktop_os_release().get("ID", "")
    except OSError:
        return ""


def install_packages(names: Sequence[str], why: str) -> bool:
    """Install system packages, saying so first; False where this machine does not let us."""
    commands = installer(names)
    if not names or not commands:
        return False
    say(f"Installing {why}: {' '.join(commands[-1])}")
    environment = {**os.environ, "DEBIAN_FRONTEND": "noninteractive"}
    return all(subprocess.run(each, env=environment).returncode == 0 for each in commands)


def installer(names: Sequence[str]) -> list[list[str]]:
    """Give the commands that install these packages; none where we may not."""
    if sys.platform == "darwin":
        return [["brew", "install", *names]] if shutil.which("brew") else []
    root = as_root()
    if root is None or not shutil.which("apt-get"):
        return []
    apt = [*root, "apt-get", "-qq"]
    return [[*apt, "update"], [*apt, "install", "-y", "--no-install-recommends", *names]]


def as_root() -> list[str] | None:
    """Give the prefix that runs a command as root; None where there is no way."""
    if os.geteuid() == 0:
        return []
    if not shutil.which("sudo"):
        return None
    quiet = subprocess.run(["sudo", "-n", "true"], capture_output=True).returncode == 0
    if quiet or sys.stdin.isatty():
        # sudo drops the environment, and a question from debconf would wait for ever.
        return ["sudo", "env", "DEBIAN_FRONTEND=noninteractive"]
    return None


def by_hand(names: Sequence[str]) -> str:
    """Say the one line to type where we could not install these packages."""
    line = " ".join(names)
    if sys.platform == "darwin":
        return f"Install Homebrew (https://brew.sh), then type: brew install {line}"
    if shutil.which("apt-get"):
        return f"Type this, then the same again: sudo apt-get install -y {line}"
    return f"Install with this system’s package manager what Debian calls: {line}"


def browser() -> list[Need]:
    """Bring a browser and what drives it; where no package has one, Playwright's own build."""
    absent = missing([ATOMIC, CHROMIUM])
    if CHROMIUM not in absent or packages([CHROMIUM]):
        return absent
    say("Installing Chromium to test pages: playwright install chromium")
    root = as_root()
    extra = ["--with-deps"] if sys.platform == "linux" and root is not None else []
    done = subprocess.run([str(PYTHON), "-m", "playwright", "install", *extra, "chromium"])
    return [need for need in absent if need is not CHROMIUM or done.returncode]


def require(absent: Sequence[Need]) -> None:
    """Refuse to go on without these: tests that cannot run have not passed."""
    if absent:
        names = " and ".join(f"{need.name} {need.purpose}" for need in absent)
        wanted = packages(absent) or ["chromium"]
        raise Refused(f"The tests need {names}. {by_hand(wanted)}")


def environment() -> dict[str, str]:
    """Give what every command of ours runs with."""
    ours = dict(os.environ)
    # Where Python is asked to keep no compiled code, every process compiles all of it again.
    ours.pop("PYTHONDONTWRITEBYTECODE", None)
    ours["PATH"] = f"{VENV / 'bin'}{os.pathsep}{ours.get('PATH', os.defpath)}"
    if sys.platform == "darwin":
        # A Python that is not Homebrew's does not look where Homebrew puts libraries.
        given = ours.get("DYLD_FALLBACK_LIBRARY_PATH", "/usr/lib")
        ours["DYLD_FALLBACK_LIBRARY_PATH"] = ":".join([*map(str, BREW_LIBRARIES), given])
    return ours


# --- Commands ----------------------------------------------------------------------------------


def python(*arguments: str) -> int:
    """Run our Python in the foreground and give its exit status."""
    return subprocess.run([str(PYTHON), *arguments], cwd=HERE, env=environment()).returncode


FLASK = ("-m", "flask", "--app", "app")


def run(arguments: Sequence[str]) -> int:
    """Serve Crosswalk, with a demo district on the first start."""
    if arguments:
        raise Refused("run takes no arguments; settings are environment variables: see README.md.")
    port = free_port(os.environ.get("CROSSWALK_PORT", "8000"))
    prepare(PRODUCT)
    if missing([PANGO]):
        say(f"Going on without Pango, so pages print but PDFs are not made. {by_hand(PANGO.apt)}")
    if python(*FLASK, "db", "upgrade"):
        raise Refused("The database could not be brought up to date: see above.")
    demo()
    say(f"Crosswalk is at http://127.0.0.1:{port} · Ctrl-C stops it")
    os.chdir(HERE)
    workers()
    os.execve(PYTHON, [str(PYTHON), *gunicorn(port)], environment())


def workers() -> None:
    """Start what works outside requests; it ends with this process, which becomes the server."""
    mine = str(os.getpid())
    command = [str(PYTHON), *FLASK, "worker", "--while", mine]
    subprocess.Popen(command, cwd=HERE, env=environment())


def free_port(setting: str) -> int:
    """Read the port and make sure that nothing listens on it."""
    if not setting.isdecimal() or not 0 < int(setting) < 65536:
        raise Refused(f"CROSSWALK_PORT is {setting!r}; write a number from 1 to 65535.")
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind(("127.0.0.1", int(setting)))
        except OSError as refusal:
            raise Refused(
                f"Port {setting} cannot be used ({refusal.strerror}). Stop what uses it, or choose "
                "another: CROSSWALK_PORT=8001 python3 manage.py run"
            ) from None
    return int(setting)


HOLDS = """
from sqlalchemy import create_engine, text
from config import Settings
with create_engine(Settings.from_environment().database_url).connect() as connection:
    demo = connection.execute(text("SELECT demo FROM districts LIMIT 1")).scalar()
print("nothing" if demo is None else "the demo" if demo else "a district")
"""


def holds() -> str:
    """Tell what the database holds, so that a demo is never mixed with anybody’s records."""
    told = subprocess.run(
        [str(PYTHON), "-c", HOLDS], cwd=HERE, env=environment(), capture_output=True, text=True
    )
    if told.returncode:
        raise Refused(f"{told.stderr[-2000:]}\nThe database could not be read: see above.")
    return told.stdout.strip()


def demo() -> None:
    """Make the demo district where there is none at all; print its sign-ins at every start."""
    instance = Path(os.environ.get("CROSSWALK_INSTANCE") or HERE / "instance").expanduser()
    kept = instance / "demo-sign-ins.txt"
    held = holds()
    if held == "nothing":
        say("Making a demo district (half a minute, once) …")
        command = [str(PYTHON), *FLASK, "demo"]
        # What it prints is kept; how far it is goes to the terminal by the other way.
        made = subprocess.run(
            command, cwd=HERE, env=environment(), stdout=subprocess.PIPE, text=True
        )
        if made.returncode:
            raise Refused("The demo district could not be made: see above.")
        kept.write_text(made.stdout, encoding="utf-8")
    if held != "a district" and kept.is_file():
        say(kept.read_text(encoding="utf-8").rstrip())


def gunicorn(port: int, database_url: str | None = None) -> list[str]:
    """Choose how the server works: one writer at a time on SQLite, threads on PostgreSQL."""
    url = os.environ.get("CROSSWALK_DATABASE_URL", "") if database_url is None else database_url
    postgresql = url.startswith("postgres")
    kind = ["--worker-class", "gthread", "--threads", "8"] if postgresql else []
    workers = str(max(2, min(4, os.cpu_count() or 2)))
    address = f"127.0.0.1:{port}"
    return [
        "-m",
        "gunicorn",
        "--no-control-socket",
        "--preload",  # so that a worker that dies is back in a blink, not after every import
        "--bind",
        address,
        "--workers",
        workers,
        *kind,
        "app:create_app()",
    ]


def test(arguments: Sequence[str]) -> int:
    """Run every test, browser and PostgreSQL included; arguments go to pytest."""
    prepare(TOOLS)
    require([*missing([PANGO]), *browser()])
    spread = ["-n", str(max(2, min(8, os.cpu_count() or 2))), "--dist", "worksteal"]
    if any(each.startswith(("-n", "--pdb")) for each in arguments):
        spread = []
    return python("-m", "pytest", *spread, *arguments)


FAST = ("tests/house", "tests/setup", "tests/rules", "tests/interchange")


def check(arguments: Sequence[str]) -> int:
    """Read the code: format, lint, types, house rules and the fast tests."""
    if set(arguments) - {"--fix"}:
        raise Refused("check takes no argument but --fix, which formats and mends what it can.")
    prepare(TOOLS)
    if arguments:
        python("-m", "ruff", "check", "--quiet", "--fix", "--exit-zero", ".")
        python("-m", "ruff", "format", "--quiet", ".")
    fast = [folder for folder in FAST if (HERE / folder).is_dir()]
    ours = [str(PYTHON), "-m"]
    steps = {
        "types": [*ours, "mypy", "."],
        "tests": [*ours, "pytest", "-q", "-m", "not browser and not postgresql", *fast],
        "scripts": [*ours, "tests.typescript"],
        "format": [*ours, "ruff", "format", "--check", "."],
        "lint": [*ours, "ruff", "check", "."],
    }
    began = time.monotonic()
    with ThreadPoolExecutor(max_workers=max(2, os.cpu_count() or 2)) as pool:
        good = list(pool.map(step, steps, steps.values()))
    failed = [name for name, passed in zip(steps, good, strict=True) if not passed]
    seconds = time.monotonic() - began
    verdict = f"to mend: {', '.join(failed)}" if failed else "all good"
    say(f"check: {verdict} · {seconds:.0f} s")
    return 1 if failed else 0


def step(name: str, command: Sequence[str]) -> bool:
    """Run one step of the check: one line where all is well, all its words where not."""
    began = time.monotonic()
    done = subprocess.run(
        command,
        cwd=HERE,
        env=environment(),
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
    )
    passed = done.returncode == 0
    lines = done.stdout.rstrip().splitlines() or [""]
    words = lines[-1].strip(" =") if passed else "\n".join(["to mend", *lines])
    say(f"{name} ({time.monotonic() - began:.0f} s): {words}")
    return passed


def bench(arguments: Sequence[str]) -> int:
    """Measure: each file of benchmarks/, or the ones named; options go to each of them."""
    return measure(HERE / "benchmarks", arguments)


def storm(arguments: Sequence[str]) -> int:
    """Break things on purpose, for long: each file of benchmarks/storm/, or the ones named."""
    return measure(HERE / "benchmarks" / "storm", arguments)


def measure(folder: Path, arguments: Sequence[str]) -> int:
    """Run the measurements of a folder one after the other; fail where one fails."""
    known = {path.stem: path for path in sorted(folder.glob("[!_]*.py"))}
    place = folder.relative_to(HERE)
    if not known:
        raise Refused(f"There is nothing to run yet: {place}/ holds no measurement.")
    wanted = list(takewhile(lambda each: not each.startswith("-"), arguments))
    if set(wanted) - set(known):
        raise Refused(f"{place}/ holds {', '.join(known)}; name one or more of these, or none.")
    prepare(TOOLS)
    package, options = ".".join(place.parts), arguments[len(wanted) :]
    failed = [n for n in wanted or known if python("-m", f"{package}.{n}", *options)]
    if failed:
        say(f"Failed: {', '.join(failed)}")
    return 1 if failed else 0


COMMANDS = {each.__name__: each for each in (run, test, check, bench, storm)}


def main(arguments: Sequence[str]) -> int:
    """Do one command; 0 done, 1 refused with a reason, 2 wrong use."""
    name, *rest = arguments or [""]
    if name not in COMMANDS:
        uses = "\n".join(f"  {name:6} {each.__doc__}" for name, each in COMMANDS.items())
        say(f"python3 manage.py COMMAND\n{uses}")
        return 0 if name in ("-h", "--help", "help") else 2
    if sys.platform == "win32":
        say("Crosswalk runs on Linux and macOS; on Windows, use it inside WSL.")
        return 1
    try:
        return COMMANDS[name](rest)
    except Refused as refusal:
        say(str(refusal))
        return 1
    except KeyboardInterrupt:
        return 130


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
