"""Takes comments and indentation out of our own scripts and styles, token by token."""

from __future__ import annotations

import re
from collections.abc import Iterator

SCRIPT = re.compile(
    r"""(?P<gap>(?:\s|//[^\n]*|/\*.*?\*/)+)
    | (?P<string>"(?:\\.|[^"\\\n])*" | '(?:\\.|[^'\\\n])*')
    | (?P<word>[\w$\#]+)
    | (?P<sign>.)""",
    re.DOTALL | re.VERBOSE,
)
PATTERN = re.compile(r"/(?:\\.|\[(?:\\.|[^\]\\\n])*\]|[^/\\\[\n])+/\w*")
TEMPLATE = re.compile(r"(?:\\.|\$(?!\{)|[^`\\$])*(`|\$\{)", re.DOTALL)
STYLE = re.compile(
    r"""(?P<gap>(?:\s|/\*.*?\*/)+)
    | (?P<string>"(?:\\.|[^"\\\n])*" | '(?:\\.|[^'\\\n])*')
    | (?P<sign>.)""",
    re.DOTALL | re.VERBOSE,
)
BEFORE_PATTERN = frozenset(
    {
        "return",
        "typeof",
        "case",
        "in",
        "of",
        "delete",
        "void",
        "throw",
        "new",
        "else",
        "do",
        "await",
    }
    | {"yield", "instanceof"}
)
"""Words after which a slash begins a pattern; after any other word it divides."""


def light_script(text: str) -> str:
    """JavaScript that means the same; where a line ended, one ends, since that ends statements."""
    return "".join(_script(text)).lstrip()


def light_style(text: str) -> str:
    """CSS that means the same: a comment with nothing around it keeps two words apart."""
    found = STYLE.finditer(text)
    return "".join(
        _style_gap(one[0]) if one.lastgroup == "gap" else one[0] for one in found
    ).lstrip()


def _style_gap(gap: str) -> str:
    without = re.sub(r"/\*.*?\*/", "", gap, flags=re.DOTALL)
    return ("\n" if "\n" in gap else " ") if without else "/**/"


def _script(text: str) -> Iterator[str]:
    at, last = 0, ""
    inside: list[int] = []  # for each template we are in: braces open within its ${…}
    while at < len(text):
        part, kind = _next(text, at, last)
        at += len(part)
        if kind == "gap":
            yield "\n" if "\n" in part else " "
            continue
        last = ")" if kind == "pattern" else part
        if part == "{" and inside:
            inside[-1] += 1
        elif part == "}" and inside:
            inside[-1] -= 1
        yield part
        if part == "`":
            inside.append(0)
        if part == "`" or (part == "}" and inside and not inside[-1]):
            words, end = _template(text, at)
            at += len(words)
            yield words
            if end == "`":
                inside.pop()
            else:
                inside[-1] = 1
            last = ")" if end == "`" else "{"


def _next(text: str, at: int, last: str) -> tuple[str, str]:
    found = SCRIPT.match(text, at)
    assert found is not None  # any character is at least a sign
    if found[0] == "/" and (last in BEFORE_PATTERN or re.fullmatch(r"|[^\w$#)\]}\"'].*", last)):
        pattern = PATTERN.match(text, at)
        if pattern:
            return pattern[0], "pattern"
    return found[0], str(found.lastgroup)


def _template(text: str, at: int) -> tuple[str, str]:
    found = TEMPLATE.match(text, at)
    if found is None:
        raise ValueError("A template in a script of static/ never ends: close it with a backtick.")
    return found[0], found[1]
