"""Says in words for a person where and why a text stops being YAML."""

import yaml

from rules.framework.faults import Fault


def fault_of(error: yaml.YAMLError, text: str, file: str) -> Fault:
    """The parser's complaint about a text, as a fault with our words and its place."""
    line, column = _place(error, text)
    lines = text.splitlines()
    written = lines[line - 1] if line <= len(lines) else ""
    if "\t" in written[: len(written) - len(written.lstrip())]:
        return Fault(
            file,
            line,
            written.index("\t") + 1,
            "A tab is used to indent this line",
            "Use spaces, two for each level.",
        )
    what, remedy = _syntax_words(str(getattr(error, "problem", None) or error))
    return Fault(file, line, column, what, remedy)


def _place(error: yaml.YAMLError, text: str) -> tuple[int, int]:
    mark = getattr(error, "problem_mark", None) or getattr(error, "context_mark", None)
    if mark is not None:
        return mark.line + 1, mark.column + 1
    at = getattr(error, "position", 0)
    at = at if isinstance(at, int) else 0
    # The C reader counts bytes here, the Python reader letters.
    before = text.encode()[:at].decode(errors="ignore")
    return before.count("\n") + 1, len(before) - (before.rfind("\n") + 1) + 1


_SYNTAX = (
    ("control characters", "A control character stands here", "Delete it."),
    ("unacceptable character", "A control character stands here", "Delete it."),
    ("special characters", "A control character stands here", "Delete it."),
    (
        "mapping values are not allowed",
        "A second colon makes this line unclear",
        "Put the text after the first colon in quotation marks.",
    ),
    (
        "unicode character escape",
        "This escape is not a character",
        "Write the character itself instead of a backslash and a number.",
    ),
    (
        "unknown escape",
        "A backslash in double quotation marks starts an escape that does not exist",
        "Double the backslash, or use single quotation marks.",
    ),
    (
        "end of stream",
        "A quotation mark or bracket is opened and never closed",
        "Close it on the line where the text ends.",
    ),
    (
        "undefined tag handle",
        "A tag is not allowed",
        "Remove it; put text that starts with “!” in quotation marks.",
    ),
    (
        "could not find expected ':'",
        "A field’s name stands here without its colon",
        "Write it as “name: value”.",
    ),
    (
        "cannot start any token",
        "The text starts with a character that YAML keeps for itself",
        "Put the text in quotation marks.",
    ),
)


def _syntax_words(problem: str) -> tuple[str, str]:
    for sign, what, remedy in _SYNTAX:
        if sign in problem.lower():
            return what, remedy
    return (
        "The text cannot be read as YAML from here on",
        "Check the indentation, the colons and the quotation marks of this line and the one above.",
    )
