"""Joins what the capture screen loads, so that a phone asks three times and not fifty.

Each script becomes a function that runs once, when somebody first needs what it exports; what is
joined means the same as its parts, which stay as they are for tests, editors and other pages.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from posixpath import dirname, normpath

MAIN = "js/capture/main.js"
FIRST, LATER = "js/capture.js", "js/capture-later.js"
"""What the first screen needs, and what it asks for once it has been painted."""
SHEETS = tuple(f"css/{name}.css" for name in ("tokens", "base", "components", "capture"))
SHEET = "css/capture-all.css"
ONCE = "const once = (make) => { let made; return () => (made ??= make()); };\n"

PLACE = r'"(\.\.?/[\w./-]+\.js)"'
IMPORT = re.compile(rf"^import \{{([^}}]*)\}} from {PLACE};\n", re.MULTILINE)
PASS_ON = re.compile(rf"^export (?:\*|\{{([^}}]*)\}}) from {PLACE};\n", re.MULTILINE)
AGAIN = re.compile(r"^export \{([^}]*)\};\n", re.MULTILINE)
OWN = re.compile(r"^export ((?:async )?function|class|const) (\w+)", re.MULTILINE)
ASKED = re.compile(rf"\bimport\({PLACE}\)")
LEFT = re.compile(r"^(?:import|export)\b(?!\().*", re.MULTILINE)


def bundled(files: Mapping[str, bytes]) -> dict[str, bytes]:
    """Sheet and two scripts by path, made of light ones; none where there is no capture screen."""
    if MAIN not in files:
        return {}
    first = reached(files, [MAIN], at_once=True)
    later = [path for path in reached(files, [MAIN], at_once=False) if path not in first]
    asked = {path for part in later for path in leads(files, part, at_once=False)} & set(first)
    names = ", ".join(sorted(map(name, asked)))
    heads = (ONCE, f'import {{ once, {names} }} from "./capture.js";\n')
    joined = ["".join(wrapped(files, path, first) for path in paths) for paths in (first, later)]
    ends = (
        f"export {{ once, {names} }};\n{name(MAIN)}();\n",
        f"export {{ {', '.join(map(name, later))} }};\n",
    )
    texts = [head + body + end for head, body, end in zip(heads, joined, ends, strict=True)]
    scripts = {path: text.encode() for path, text in zip((FIRST, LATER), texts, strict=True)}
    return {SHEET: b"\n".join(files[path] for path in SHEETS if path in files), **scripts}


def reached(files: Mapping[str, bytes], start: Iterable[str], *, at_once: bool) -> list[str]:
    """The scripts these lead to, themselves first; by every import, or by those made at once."""
    found = list(start)
    for path in found:  # grows while it is read
        found += [one for one in leads(files, path, at_once=at_once) if one not in found]
    return found


def leads(files: Mapping[str, bytes], path: str, *, at_once: bool) -> list[str]:
    """The scripts that one script names."""
    text = files[path].decode()
    named = [found[2] for pattern in (IMPORT, PASS_ON) for found in pattern.finditer(text)]
    if not at_once:
        named += ASKED.findall(text)
    return list(dict.fromkeys(beside(path, one) for one in named))


def beside(path: str, named: str) -> str:
    """The path in static/ of what a script names from where it lies."""
    return normpath(f"{dirname(path)}/{named}")


def name(path: str) -> str:
    """What a script is called in the joined one: $capture_fold_order."""
    return "$" + re.sub(r"\W", "_", path.removeprefix("js/").removesuffix(".js"))


def wrapped(files: Mapping[str, bytes], path: str, first: list[str]) -> str:
    """One script as a function that gives back what it exports."""
    text = files[path].decode()
    body = AGAIN.sub("", PASS_ON.sub("", text))
    body = OWN.sub(r"\1 \2", body)
    body = IMPORT.sub(lambda one: takes(one[1], beside(path, one[2])), body)
    body = ASKED.sub(lambda one: asks(beside(path, one[1]), path in first, first), body)
    if left := LEFT.search(body):
        raise ValueError(f"static/{path}: {left[0]!r} is no import or export that can be joined.")
    gives = ", ".join(given(text, path))
    return f"const {name(path)} = once(() => {{\n{body}\nreturn {{ {gives} }};\n}});\n"


def given(text: str, path: str) -> Iterator[str]:
    """What a script exports, as the inside of an object."""
    for one in PASS_ON.finditer(text):
        source = f"{name(beside(path, one[2]))}()"
        if one[1] is None:
            yield f"...{source}"
        else:
            yield from (f"{each}: {source}.{each}" for each in words(one[1]))
    for one in AGAIN.finditer(text):
        yield from words(one[1])
    for one in OWN.finditer(text):
        yield one[2]


def words(named: str) -> list[str]:
    """The names between the braces of an import or export."""
    return [one.strip() for one in named.split(",") if one.strip()]


def takes(named: str, place: str) -> str:
    """An import, from a function beside it."""
    return f"const {{ {', '.join(words(named)).replace(' as ', ': ')} }} = {name(place)}();\n"


def asks(place: str, by_first: bool, first: list[str]) -> str:
    """An import made when it is needed: of what is here, or of what comes in the second script."""
    if by_first and place not in first:
        return f'import("./capture-later.js").then((later) => later.{name(place)}())'
    return f"Promise.resolve().then({name(place)})"
