"""Which row stands under which: by parent, by depth, by domain, by kind, or by the codes."""

from __future__ import annotations

import re
from collections import Counter

from interchange.findings import quoted
from interchange.framework.spreadsheet.entries import Entry
from interchange.framework.spreadsheet.grid import Grid
from interchange.framework.spreadsheet.headings import Headings

DEEPEST = 16


def outlined(grid: Grid, headings: Headings, entries: list[Entry]) -> tuple[list[Entry], list[int]]:
    """The entries, with a domain before its first row where a column names one; and for each the
    index of its parent, or -1.

    The first of these columns that is there decides: Parent, Depth, Domain, Kind; without any of
    them a code stands under the longest other code that it begins with.
    """
    columns = headings.places
    if "parent" in columns:
        return entries, _by_parent(grid, headings, entries)
    if "depth" in columns:
        depths = [entry.depth or 1 for entry in entries]
        return entries, _by_depth(grid, headings, entries, depths)
    if "domain" in columns:
        return _by_domain(entries)
    if "kind" in columns and all(entry.kind for entry in entries):
        return entries, _by_depth(grid, headings, entries, _ranks(entries))
    return entries, _by_code(entries)


def _by_parent(grid: Grid, headings: Headings, entries: list[Entry]) -> list[int]:
    column = headings.places["parent"]
    codes = Counter(entry.code for entry in entries if entry.code)
    by_code = {entry.code: at for at, entry in enumerate(entries) if entry.code}
    names = Counter(entry.name.casefold() for entry in entries)
    by_name = {entry.name.casefold(): at for at, entry in enumerate(entries)}
    parents = []
    for entry in entries:
        said = entry.parent
        at = by_code.get(said, by_name.get(said.casefold(), -1)) if said else -1
        if said and at < 0:
            what = f"The parent {quoted(said)} is neither code nor name of another row"
            grid.fault(entry.row, column, what, "Write the code of the row it belongs to.")
        elif said and (codes[said] or names[said.casefold()]) > 1:
            what = f"The parent {quoted(said)} could be any of several rows"
            grid.fault(entry.row, column, what, "Give those rows codes of their own.")
            at = -1
        parents.append(at)
    _refuse_circles(grid, column, entries, parents)
    return parents


def _refuse_circles(grid: Grid, column: int, entries: list[Entry], parents: list[int]) -> None:
    settled: set[int] = set()
    for start in range(len(entries)):
        path: dict[int, None] = {}
        at = start
        while at >= 0 and at not in settled and at not in path:
            path[at] = None
            at = parents[at]
        if at >= 0 and at in path:
            what = "The row stands under itself, directly or by way of others"
            grid.fault(entries[at].row, column, what, "Correct one of these parents.")
            parents[at] = -1
        elif len(path) > DEEPEST:
            what = f"The row stands more than {DEEPEST} levels deep"
            grid.fault(entries[start].row, column, what, "No rubric is that deep.")
        settled.update(path)


def _by_depth(grid: Grid, headings: Headings, entries: list[Entry], depths: list[int]) -> list[int]:
    column = headings.places.get("depth", headings.places.get("kind", 0))
    above: list[int] = []
    parents = []
    for at, (entry, depth) in enumerate(zip(entries, depths, strict=True)):
        if depth > len(above) + 1:
            what = f"The depth jumps from {len(above)} to {depth}"
            grid.fault(entry.row, column, what, f"Write at most {len(above) + 1} here.")
            depth = len(above) + 1
        if depth > DEEPEST:
            what = f"The row stands more than {DEEPEST} levels deep"
            grid.fault(entry.row, column, what, "No rubric is that deep.")
            depth = DEEPEST
        del above[depth - 1 :]
        parents.append(above[-1] if above else -1)
        above.append(at)
    return parents


def _ranks(entries: list[Entry]) -> list[int]:
    """The depth of each kind is where it first stood: one below the row before it."""
    ranks: dict[str, int] = {}
    last = 0
    found = []
    for entry in entries:
        last = ranks.setdefault(entry.kind.casefold(), last + 1)
        found.append(last)
    return found


def _by_domain(entries: list[Entry]) -> tuple[list[Entry], list[int]]:
    """An empty domain is the one above it, as in merged cells."""
    found: list[Entry] = []
    parents: list[int] = []
    places: dict[str, int] = {}
    said = ""
    for entry in entries:
        said = entry.domain or said
        if said and said.casefold() not in places:
            places[said.casefold()] = len(found)
            found.append(_domain(said, entry.row))
            parents.append(-1)
        found.append(entry)
        parents.append(places.get(said.casefold(), -1))
    return found, parents


def _domain(said: str, row: int) -> Entry:
    """“Domain 2: The Classroom” and “2. The Classroom” have the code 2."""
    match = re.fullmatch(
        r"(?:(?:domain|strand|standard)\s+)?([A-Z0-9]{1,4})\s*[:.)–—-]\s+(\S.*)",
        said,
        re.IGNORECASE,
    )
    code, name = (match[1], match[2]) if match else ("", said)
    return Entry(row=row, name=name, code=code, kind="domain")


def _by_code(entries: list[Entry]) -> list[int]:
    places = {entry.code: at for at, entry in enumerate(entries) if entry.code}
    return [places.get(_longest_start(entry.code, places), -1) for entry in entries]


def _longest_start(code: str, places: dict[str, int]) -> str:
    """The longest other code that this one begins with: 1 for 1a, 1.2 for 1.2.3, never 1 for 10."""
    for end in range(len(code) - 1, 0, -1):
        begins, rest = code[:end], code[end:]
        whole = begins[-1].isalpha() and rest[0].isalpha()
        number = begins[-1].isdigit() and rest[0].isdigit()
        if begins in places and not whole and not number:
            return begins
    return ""
