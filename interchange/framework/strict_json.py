"""JSON that somebody else wrote: read whole or not at all, within fixed limits."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from typing import Any, NoReturn

from interchange.findings import quoted
from interchange.framework.refusals import Fault, NotRead, refused

MOST_BYTES = 12 * 1024 * 1024
MOST_MARKS = 800_000
MOST_DEPTH = 24
MOST_DIGITS = 15
BROKEN = re.compile("[\ud800-\udfff\0]")


class _Twice(dict[str, Any]):
    """An object in which a key was written twice; `key` is the first such."""

    key = ""


class _Odd:
    """A number that no other system would read the same way."""

    def __init__(self, written: str) -> None:
        self.written = written


def read_json(data: bytes, file: str) -> Any:
    """The plain values of a JSON file. Raises NotRead.

    Refused are more than 12 MiB, more than 24 levels, endless lists, numbers that are none or too
    long, keys written twice, and halves of letters.
    """
    if len(data) > MOST_BYTES:
        what = f"The file is larger than {MOST_BYTES // 1024 // 1024} MiB and was not read"
        raise refused(file, what, "Export one framework at a time.")
    # Counted before anything is built: each mark may become a value of fifty bytes.
    if sum(data.count(mark) for mark in (b",", b"[", b"{")) > MOST_MARKS:
        what = "The file holds more values than any framework"
        raise refused(file, what, "Export one framework at a time.")
    values = _values(data, file)
    faults = list(_faults(values, file))
    if faults:
        raise NotRead(faults)
    return values


def _values(data: bytes, file: str) -> Any:
    try:
        text = data.decode(json.detect_encoding(data), errors="surrogatepass").lstrip("\ufeff")
        return json.loads(
            text,
            object_pairs_hook=_object,
            parse_int=_whole,
            parse_float=_number,
            parse_constant=_Odd,
        )
    except json.JSONDecodeError as error:
        place = f"line {error.lineno}, column {error.colno}"
        what = "The text stops being JSON here"
        raise refused(file, what, "Export it again; do not edit it by hand.", place) from error
    except UnicodeDecodeError as error:
        what = "The file is not text in UTF-8"
        raise refused(file, what, "Export it again as JSON.") from error
    except RecursionError:
        _too_deep(file)


def _too_deep(file: str) -> NoReturn:
    what = f"The values are nested more than {MOST_DEPTH} levels deep"
    raise refused(file, what, "Export the package again from the system it comes from.") from None


def _object(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    found = dict(pairs)
    if len(found) == len(pairs):
        return found
    seen: set[str] = set()
    twice = _Twice(found)
    twice.key = next(key for key, _ in pairs if key in seen or seen.add(key))  # type: ignore[func-returns-value]
    return twice


def _whole(written: str) -> int | _Odd:
    return int(written) if len(written.lstrip("-")) <= MOST_DIGITS else _Odd(written)


def _number(written: str) -> float | _Odd:
    found = float(written)
    return _Odd(written) if found in (float("inf"), float("-inf")) else found


def _faults(root: Any, file: str) -> Iterator[Fault]:
    """What cannot be kept, each with its path, without recursion of our own."""
    waiting: list[tuple[Any, str, int]] = [(root, "", 0)]
    while waiting:
        value, path, depth = waiting.pop()
        if depth > MOST_DEPTH:
            _too_deep(file)
        if isinstance(value, dict):
            yield from _of_keys(value, file, path)
            waiting += [
                (each, f"{path}.{key}".lstrip("."), depth + 1) for key, each in value.items()
            ]
        elif isinstance(value, list):
            waiting += [(each, f"{path}[{at}]", depth + 1) for at, each in enumerate(value)]
        elif isinstance(value, str) and BROKEN.search(value):
            what = "The text holds half of a letter, or a zero"
            yield Fault(file, _place(path), what, "Type the text again where it comes from.")
        elif isinstance(value, _Odd):
            what = f"{quoted(value.written, 20)} is not a number that can be kept"
            yield Fault(file, _place(path), what, "Write a short number, or leave it out.")


def _of_keys(group: dict[str, Any], file: str, path: str) -> Iterator[Fault]:
    if isinstance(group, _Twice):
        what = f"{quoted(group.key)} is written twice in one object"
        yield Fault(file, _place(path), what, "Keep one of the two.")
    for key in group:
        if BROKEN.search(key):
            yield Fault(file, _place(path), "A key holds half of a letter", "Take it out.")


def _place(path: str) -> str:
    return BROKEN.sub("�", path)[:200] or "at the top"
