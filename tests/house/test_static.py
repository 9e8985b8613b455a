"""Scripts and styles write text, not markup, and load nothing from anybody else."""

import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.house.tree import ROOT, files, plant, tell

COMMENT = re.compile(r"/\*.*?\*/|<!--.*?-->|^\s*//[^\n]*", re.DOTALL | re.MULTILINE)
ADDRESS = re.compile(r"""["'`(]\s*((?:https?:|wss?:)?//[^\s"'`)/]+)""", re.IGNORECASE)
NAMES = {"http://www.w3.org"}  # names of SVG and XHTML, which nothing fetches
MARKUP = {
    r"\b(inner|outer)HTML\b": "use textContent, or clone a <template>",
    r"\binsertAdjacentHTML\b": "use append() with elements",
    r"\bdocument\.write\b": "use append() with elements",
    r"\b(setHTMLUnsafe|createContextualFragment|parseFromString)\b": "clone a <template>",
    r"\beval\(|\bnew Function\(": "write the code where it runs",
    r"setAttribute\(\s*[\"'`](style|on\w+)[\"'`]": "toggle a class, or addEventListener",
    r"\bset(Timeout|Interval)\(\s*[\"'`]": "pass a function",
}


def unfit(root: Path) -> list[str]:
    """List what static files do that a strict content security policy would stop."""
    told = []
    for path in files(root, *(f"static/**/*.{kind}" for kind in ("js", "css", "svg", "html"))):
        text = uncommented((root / path).read_text(encoding="utf-8"))
        faults = [*elsewhere(text), *(written(text) if path.suffix == ".js" else ())]
        told += [
            f"{path.as_posix()}:{text.count(chr(10), 0, at) + 1} {fault}" for at, fault in faults
        ]
    return told


def uncommented(text: str) -> str:
    """Blank the comments out and keep the lines."""
    return COMMENT.sub(lambda found: "\n" * found[0].count("\n"), text)


def elsewhere(text: str) -> Iterator[tuple[int, str]]:
    """Find addresses of other people's machines."""
    for found in ADDRESS.finditer(text):
        if found[1].lower() not in NAMES:
            yield (
                found.start(),
                f"names {found[1]}: keep a copy in static/, so that it works offline.",
            )


def written(text: str) -> Iterator[tuple[int, str]]:
    """Find scripts that turn text into markup or code."""
    for pattern, remedy in MARKUP.items():
        for found in re.finditer(pattern, text):
            yield found.start(), f"says {found[0]}, which turns text into markup or code: {remedy}."


def test_static_files_keep_to_themselves() -> None:
    assert not unfit(ROOT), tell(unfit(ROOT))


@pytest.mark.parametrize(
    ("path", "text", "words"),
    [
        ("static/js/app.js", "p.innerHTML = note", "use textContent"),
        ("static/js/app.js", "p.insertAdjacentHTML('beforeend', x)", "use append()"),
        ("static/js/app.js", "document.write(x)", "use append()"),
        ("static/js/app.js", "p.setAttribute('style', x)", "toggle a class"),
        ("static/js/app.js", "eval(x)", "write the code where it runs"),
        ("static/js/app.js", "setTimeout('go()', 1)", "pass a function"),
        (
            "static/js/app.js",
            "import x from 'https://cdn.example/x.js'",
            "names https://cdn.example",
        ),
        ("static/js/app.js", "fetch(`//api.example/${x}`)", "names //api.example"),
        (
            "static/css/base.css",
            "@import url(https://fonts.example/a.css);",
            "https://fonts.example",
        ),
        ("static/icons/a.svg", '<image href="http://pictures.example/a.png"/>', "keep a copy"),
    ],
)
def test_an_unfit_static_file_is_told_what_to_do(
    tmp_path: Path, path: str, text: str, words: str
) -> None:
    [fault] = unfit(plant(tmp_path, {path: f"\n{text}\n"}))
    assert fault.startswith(f"{path}:2 ")
    assert words in fault


def test_comments_and_names_of_formats_are_fine(tmp_path: Path) -> None:
    script = (
        "/* never innerHTML,\n   see 'https://example.org' */\n// innerHTML\nconst a = '/sync'\n"
    )
    drawing = '<svg xmlns="http://www.w3.org/2000/svg"><path d="M0 0"/></svg>'
    tree = {"static/js/a.js": script, "static/icons/a.svg": drawing}
    assert unfit(plant(tmp_path, tree)) == []
