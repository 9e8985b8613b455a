"""The shell: the same for everybody, small, and asking at once for what the first screen needs."""

import re
from importlib import import_module
from pathlib import Path

from blueprints.kit.comments import light_script, light_style
from tests.capture.school import ROOT, shell

STYLES = ("tokens", "base", "components", "capture")
CAPTURE = ROOT / "static" / "js" / "capture"
SCRIPTS = sorted(CAPTURE.glob("*.js"))
AT_ONCE = r'(?:import|export) (?:[^"();]*? from )?"\./([a-z-]+\.js)"'
LATER = r'import\("\./([a-z-]+\.js)"\)'


def squeezed(text: str) -> int:
    """Bytes on the wire, as every browser of the last years takes them."""
    return len(import_module("brotli").compress(text.encode()))


def read(*paths: Path) -> list[str]:
    """What the files say."""
    return [path.read_text("utf-8") for path in paths]


def imported(first: set[str], how: str) -> set[str]:
    """Every script that these lead to by imports of one kind, themselves included."""
    found, waiting = set(first), list(first)
    while waiting:
        text = (CAPTURE / waiting.pop()).read_text("utf-8")
        new = set(re.findall(how, text)) - found
        found |= new
        waiting += new
    return found


def asked() -> set[str]:
    """The scripts that the shell asks for."""
    return set(re.findall(r"/static/js/capture/([a-z-]+\.js)", shell()))


def test_what_the_first_screen_needs_is_asked_for_with_the_page_not_one_after_another() -> None:
    assert asked() == imported({"main.js"}, AT_ONCE)


def test_every_other_script_is_fetched_right_after_the_first_paint() -> None:
    main = (CAPTURE / "main.js").read_text("utf-8")
    rest = main.split("function fetchRest()")[1].split("\n}")[0]
    fetched = imported(set(re.findall(LATER, rest)), AT_ONCE)
    assert asked() | fetched == {path.name for path in SCRIPTS}


def test_the_shell_holds_no_data_and_no_inline_script() -> None:
    assert "<script>" not in shell()
    assert " style=" not in shell()


def weight(scripts: set[str]) -> int:
    """Bytes of the shell, its styles and these scripts."""
    lightened = [light_script(text) for text in read(*(CAPTURE / name for name in scripts))]
    sheets = read(*(ROOT / "static" / "css" / f"{name}.css" for name in STYLES))
    styles = [light_style(text) for text in sheets]
    return sum(squeezed(text) for text in [shell(), *lightened, *styles])


def test_the_first_screen_stays_below_its_goal() -> None:
    """The goal is 60,000 bytes; what is below it is room to grow. benchmarks/weight.py measures."""
    assert weight(asked()) <= 56_000


def test_the_whole_screen_grows_no_heavier() -> None:
    assert weight({path.name for path in SCRIPTS}) <= 68_000
