"""The shell: the same for everybody, small, and asking at once for what the first screen needs."""

import re
from importlib import import_module

from blueprints.kit.bundle import FIRST, LATER, SHEET
from tests.capture.school import ROOT, joined, shell

CAPTURE = ROOT / "static" / "js" / "capture"
SCRIPTS = sorted(CAPTURE.glob("*.js"))
DEFINED = r"^const (\$\w+) = once"


def squeezed(text: str) -> int:
    """Bytes on the wire, as every browser of the last years takes them."""
    return len(import_module("brotli").compress(text.encode()))


def test_every_script_of_the_screen_is_in_one_of_the_two_that_a_phone_asks_for() -> None:
    held = {name for text in joined().values() for name in re.findall(DEFINED, text, re.MULTILINE)}
    assert held >= {f"$capture_{path.stem.replace('-', '_')}" for path in SCRIPTS}
    assert re.findall(r'src="/static/(js/capture[^"]*)"', shell()) == [FIRST]


def test_what_the_first_screen_does_not_need_comes_by_itself_after_it() -> None:
    main = (CAPTURE / "main.js").read_text("utf-8")
    assert "calm.then(fetchRest)" in main
    assert '"./capture-later.js"' in joined()[FIRST]


def test_the_shell_holds_no_data_and_no_inline_script() -> None:
    assert "<script>" not in shell()
    assert " style=" not in shell()


def weight(*parts: str) -> int:
    """Bytes of the shell and of these joined files."""
    return sum(map(squeezed, [shell(), *(joined()[one] for one in parts)]))


def test_the_first_screen_stays_below_its_goal() -> None:
    """The goal is 60,000 bytes, field kit included. benchmarks/weight.py measures."""
    assert weight(SHEET, FIRST) <= 46_000


def test_the_whole_screen_grows_no_heavier() -> None:
    assert weight(SHEET, FIRST, LATER) <= 60_000
