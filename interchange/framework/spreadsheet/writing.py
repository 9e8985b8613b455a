"""A framework written as the spreadsheet it can be read from again, and the template to fill in."""

from __future__ import annotations

import csv
import io
from collections import Counter
from collections.abc import Callable, Sequence
from datetime import datetime

from interchange.framework.spreadsheet.entries import Entry
from interchange.framework.spreadsheet.grid import guarded
from interchange.framework.spreadsheet.headings import nearly_known
from interchange.framework.spreadsheet.reading import ABOUT, FIELDS, ids_of
from interchange.workbook import Sheet, write_workbook
from rules.framework import Brought, Component

WIDTHS = {
    "Code": 10,
    "Name": 40,
    "Parent": 10,
    "Depth": 8,
    "Kind": 14,
    "Description": 50,
    "Talk": 8,
}
LEVEL_WIDTH = 36


def write_csv(brought: Brought) -> bytes:
    """The components as CSV in UTF-8, with the mark by which spreadsheet programs know it."""
    file = io.StringIO(newline="")
    csv.writer(file).writerows([guarded(cell) for cell in row] for row in _rows(brought))
    return b"\xef\xbb\xbf" + file.getvalue().encode()


def write_xlsx(brought: Brought, *, at: datetime) -> bytes:
    """The same in a workbook, with a sheet “About” for name, version and rights."""
    rows = [[guarded(cell) for cell in row] for row in _rows(brought)]
    widths = [WIDTHS.get(heading, LEVEL_WIDTH) for heading in rows[0]]
    about = [["", ""], *([label, guarded(value)] for label, value in _about(brought))]
    return write_workbook([Sheet("Framework", rows, widths), Sheet(ABOUT, about, (26, 60))], at=at)


def _rows(brought: Brought) -> list[list[str]]:
    """The headings and a row for each component; columns that nothing stands in are left out."""
    by_code = _every_parent_has_a_code(brought)
    parts = {component.id: component for component in brought.components}
    keys = _keys(brought.components)
    columns: dict[str, Callable[[Component], str]] = {
        "Code": lambda c: c.code or "",
        "Name": lambda c: c.name,
        "Parent": lambda c: _code(parts.get(c.parent or "")),
        "Depth": lambda c: str(_depth(c, parts)),
        "Kind": lambda c: c.kind,
        "Description": lambda c: c.description or "",
        "Talk": lambda c: "yes" if c.discourse_linked else "",
        "Note": lambda c: c.note or "",
        "Short": lambda c: c.short or "",
        "Key": lambda c: keys.get(c.id, ""),
        "Identifier": lambda c: c.source or "",
    }
    del columns["Depth" if by_code else "Parent"]
    rows = [[write(component) for write in columns.values()] for component in brought.components]
    used = [at for at, name in enumerate(columns) if name in WIDTHS or any(row[at] for row in rows)]
    headings = [[*columns][at] for at in used]
    return [
        [*headings, *_levels(brought)],
        *(
            [*(row[at] for at in used), *_said(component, brought)]
            for row, component in zip(rows, brought.components, strict=True)
        ),
    ]


def _said(component: Component, brought: Brought) -> list[str]:
    said = {descriptor.level: descriptor.text for descriptor in component.descriptors}
    return [said.get(level.value, "") for level in brought.levels]


def _code(component: Component | None) -> str:
    return (component.code or "") if component else ""


def _keys(components: Sequence[Component]) -> dict[str, str]:
    """The ids that a reader would not find by itself, from the code or the name."""
    entries = [
        Entry(row=0, name=c.name, code=c.code or "", identifier=c.source or "") for c in components
    ]
    found = ids_of(entries)
    return {c.id: c.id for c, id_ in zip(components, found, strict=True) if c.id != id_}


def _levels(brought: Brought) -> list[str]:
    """The labels; each with its number where a label alone would be taken for something else."""
    levels = brought.levels
    plain = [level.value for level in levels] == list(range(1, len(levels) + 1))
    if plain and not any(
        level.label[:1].isdigit() or nearly_known(level.label) for level in levels
    ):
        return [level.label for level in levels]
    return [f"{level.value} {level.label}" for level in levels]


def _every_parent_has_a_code(brought: Brought) -> bool:
    codes = Counter(component.code for component in brought.components)
    parents = {component.parent for component in brought.components if component.parent}
    return all(
        component.code and codes[component.code] == 1
        for component in brought.components
        if component.id in parents
    )


def _depth(component: Component, parts: dict[str, Component]) -> int:
    depth = 1
    while component.parent in parts:
        component = parts[component.parent]
        depth += 1
    return depth


def _about(brought: Brought) -> list[tuple[str, str]]:
    rights = brought.rights.model_dump(mode="json") if brought.rights else {}
    said = {
        "name": brought.name,
        "version": brought.version,
        "id": brought.id,
        "summary": brought.summary,
        "holder": brought.holder,
        "licence": brought.licence,
    } | rights
    return [(label, str(said.get(key) or "")) for key, label in FIELDS.items()]
