"""The shell: the same for everybody, small, and asking for all its scripts at once."""

import re
from importlib import import_module
from pathlib import Path

from blueprints.kit.comments import light_script, light_style
from tests.capture.school import ROOT, shell

STYLES = ("tokens", "base", "components", "capture")
SCRIPTS = sorted((ROOT / "static" / "js" / "capture").glob("*.js"))


def squeezed(text: str) -> int:
    """Bytes on the wire, as every browser of the last years takes them."""
    return len(import_module("brotli").compress(text.encode()))


def read(*paths: Path) -> list[str]:
    """What the files say."""
    return [path.read_text("utf-8") for path in paths]


def test_every_script_is_asked_for_with_the_page_not_one_after_another() -> None:
    asked = re.findall(r"/static/js/capture/([a-z-]+\.js)", shell())
    assert sorted(asked) == [path.name for path in SCRIPTS]


def test_the_shell_holds_no_data_and_no_inline_script() -> None:
    assert "<script>" not in shell()
    assert " style=" not in shell()


def test_the_whole_screen_grows_no_heavier() -> None:
    """The goal is 60,000 bytes (benchmarks/weight.py says how far off); this stops a slide."""
    scripts = [light_script(text) for text in read(*SCRIPTS)]
    sheets = read(*(ROOT / "static" / "css" / f"{name}.css" for name in STYLES))
    styles = [light_style(text) for text in sheets]
    assert sum(squeezed(text) for text in [shell(), *scripts, *styles]) <= 62_000
