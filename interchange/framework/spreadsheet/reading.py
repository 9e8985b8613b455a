"""A rubric in a spreadsheet, read into what it brings; every fault at once, each with its cell."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from pathlib import PurePath

from pydantic import ValidationError

from interchange.findings import quoted
from interchange.framework.refusals import Fault, NotRead
from interchange.framework.spreadsheet.entries import Entry, entries_of
from interchange.framework.spreadsheet.grid import Grid, csv_grid, letters, nothing_in_it
from interchange.framework.spreadsheet.headings import Headings, headings_of
from interchange.framework.spreadsheet.outline import outlined
from interchange.framework.spreadsheet.workbook import workbook_grids
from interchange.framework.text import line, short_line, slug
from rules.framework import Brought, Component, Rights
from rules.framework.brought import MOST_BROUGHT, in_reading_order

ABOUT = "About"
FIELDS = {
    "name": "Name",
    "version": "Version",
    "id": "Id",
    "summary": "Summary",
    "holder": "Who holds the rights",
    "licence": "On what terms",
    "basis": "What may be shown",
    "required_notice": "Notice to print",
    "source_url": "Where it can be read",
    "checked_on": "Rights checked on",
}


def read_csv(data: bytes, file: str) -> Brought:
    """The framework in a CSV file. Raises NotRead with everything that is wrong in it."""
    return _read(csv_grid(data, file), {}, file)


def read_xlsx(data: bytes, file: str) -> Brought:
    """The framework in the first sheet of a workbook, and in “About” what is said about it."""
    grids = workbook_grids(data, file)
    about = next((grid for grid in grids if grid.sheet.casefold() == ABOUT.casefold()), None)
    sheets = [grid for grid in grids if grid is not about]
    if not sheets:
        raise nothing_in_it(file)
    return _read(sheets[0], _about(about), file)


def _about(grid: Grid | None) -> dict[str, str]:
    names = {label.casefold(): key for key, label in FIELDS.items()}
    found = {}
    for _, cells in grid.rows if grid else []:
        key = names.get(line(cells[0]).casefold())
        if key and len(cells) > 1 and cells[1]:
            found[key] = cells[1]
    return found


def _read(grid: Grid, about: dict[str, str], file: str) -> Brought:
    headings = headings_of(grid)
    if headings is None:
        raise NotRead(grid.faults)
    _refuse_merged(grid, headings)
    entries, parents = outlined(grid, headings, entries_of(grid, headings))
    _refuse_twins(grid, headings, entries, parents)
    if not entries:
        grid.fault(headings.row + 1, 0, "No row stands below the headings", "Add the components.")
    if len(entries) > MOST_BROUGHT:
        what = f"The sheet holds {len(entries):,} components, and {MOST_BROUGHT:,} is the most"
        grid.fault(entries[MOST_BROUGHT].row, 0, what, "Send one framework at a time.")
    if grid.faults:
        raise NotRead(grid.faults)
    name = short_line(about.get("name", "")) or _title(file)
    return Brought(
        id=slug(about.get("id", "") or name),
        name=name,
        version=line(about.get("version", ""))[:40].strip() or _year(file),
        summary=about.get("summary") or None,
        rights=_rights(about),
        holder=line(about.get("holder", ""))[:300],
        licence=line(about.get("licence", ""))[:300],
        levels=tuple(sorted(headings.levels.values(), key=lambda level: level.value)),
        components=in_reading_order(_components(entries, parents)),
        remarks=tuple(_remarks(grid, headings)),
    )


def _refuse_merged(grid: Grid, headings: Headings) -> None:
    """Merged cells are read only where an empty cell means the one above: under Domain."""
    domain = letters(headings.places["domain"]) if "domain" in headings.places else ""
    for merged in grid.merged:
        first, last = re.findall(r"([A-Z]+)(\d+)", merged)
        inside = first[0] == last[0] == domain or int(last[1]) < headings.row
        if not inside and int(first[1]) != headings.row:
            what = f"The cells {merged} are merged"
            remedy = "Unmerge them and write the text into each cell."
            grid.faults.append(Fault(grid.file, f"cell {first[0]}{first[1]}", what, remedy))


def _refuse_twins(grid: Grid, headings: Headings, entries: list[Entry], parents: list[int]) -> None:
    """The same code twice under one parent."""
    first: dict[tuple[int, str], int] = {}
    for entry, parent in zip(entries, parents, strict=True):
        if entry.code and (parent, entry.code) in first:
            column = headings.places.get("code", 0)
            above = grid.place(first[parent, entry.code], column)
            what = f"The code {quoted(entry.code)} is used twice, first in {above}"
            remedy = "Correct one of them; format the column as text if 1.10 turned into 1.1."
            grid.fault(entry.row, column, what, remedy)
        first.setdefault((parent, entry.code), entry.row)


def _components(entries: list[Entry], parents: list[int]) -> Iterator[Component]:
    ids = list(ids_of(entries))
    above = {parent for parent in parents if parent >= 0}
    for at, (entry, parent) in enumerate(zip(entries, parents, strict=True)):
        yield Component(
            id=ids[at],
            code=entry.code or None,
            short=entry.short or None,
            parent=ids[parent] if parent >= 0 else None,
            kind=entry.kind or ("domain" if parent < 0 and at in above else "component"),
            name=entry.name,
            description=entry.description or None,
            note=entry.note or None,
            descriptors=entry.descriptors,
            source=entry.identifier or None,
            discourse_linked=entry.talk,
        )


def ids_of(entries: Iterable[Entry]) -> Iterator[str]:
    """An id for each row, the same whenever its code or name is the same."""
    used: set[str] = set()
    for entry in entries:
        wanted = entry.key or _id_of(entry.code) or entry.identifier or slug(entry.name, 48)
        found, number = wanted, 2
        while found in used:
            found, number = f"{wanted}-{number}", number + 1
        used.add(found)
        yield found


def _id_of(code: str) -> str:
    return code if re.fullmatch(r"[A-Za-z0-9][A-Za-z0-9._-]*", code) else ""


def _rights(about: dict[str, str]) -> Rights | None:
    try:
        return Rights.model_validate(
            {key: about.get(key) for key in Rights.model_fields}
            | {"basis": (about.get("basis") or "").strip().casefold().replace(" ", "_")}
        )
    except ValidationError:
        return None


def _title(file: str) -> str:
    words = re.sub(r"[_\s-]+", " ", PurePath(file).stem).strip()
    return short_line(words[:1].upper() + words[1:]) or "Framework"


def _year(file: str) -> str:
    years = re.findall(r"(?<!\d)20\d\d(?!\d)", file)
    return years[-1] if years else "1"


def _remarks(grid: Grid, headings: Headings) -> Iterator[str]:
    above = [number for number, _ in grid.rows if number < headings.row]
    if above:
        rows = "row" if len(above) == 1 else f"{len(above)} rows"
        yield f"The {rows} above the headings {'was' if len(above) == 1 else 'were'} passed over."
