"""Writes a framework as a file that this product and others can read again."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime

from interchange.framework.case import write_case
from interchange.framework.refusals import refused
from interchange.framework.spreadsheet import write_csv, write_xlsx
from rules.framework import Brought, Component, Descriptor, Level
from rules.framework.brought import in_reading_order
from rules.framework.writer import to_yaml


@dataclass(frozen=True)
class Format:
    """One kind of file: how it is called, what it ends in, and what it keeps."""

    name: str
    ending: str
    mimetype: str
    keeps: str


FORMATS = {
    "case": Format(
        "CASE 1.1", "json", "application/json", "For other systems. Keeps everything that came in."
    ),
    "xlsx": Format(
        "Excel",
        "xlsx",
        "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
        "To edit and bring back. Keeps all words, levels and rights.",
    ),
    "csv": Format("CSV", "csv", "text/csv", "The rows alone, without name and rights."),
    "yaml": Format("YAML", "yaml", "application/yaml", "The form of our own shelf."),
}


def write(brought: Brought, form: str, *, at: datetime) -> bytes:
    """The framework as a file of this format (a key of FORMATS); `at` is when it is written.

    Raises NotRead where the format cannot hold it: YAML needs rights and is small.
    """
    return _WRITERS[form](brought, at)


def template(*, at: datetime) -> bytes:
    """The workbook to fill in: our headings, an example of a few rows, and who may use it."""
    return write_xlsx(EXAMPLE, at=at)


def _case(brought: Brought, at: datetime) -> bytes:
    return json.dumps(write_case(brought, at=at), ensure_ascii=False, indent=1).encode()


def _csv(brought: Brought, at: datetime) -> bytes:  # noqa: ARG001
    return write_csv(brought)


def _xlsx(brought: Brought, at: datetime) -> bytes:
    return write_xlsx(brought, at=at)


def _yaml(brought: Brought, at: datetime) -> bytes:  # noqa: ARG001
    if brought.rights is None:
        what = "A YAML file must say who may use the framework, and this one does not say it yet"
        raise refused(brought.name, what, "State the rights on its page, or choose CASE or Excel.")
    return to_yaml(brought).encode()


_WRITERS: dict[str, Callable[[Brought, datetime], bytes]] = {
    "case": _case,
    "xlsx": _xlsx,
    "csv": _csv,
    "yaml": _yaml,
}

_LEVELS = ("Starting", "Growing", "Strong")


def _example(code: str, name: str, parent: str | None = None, *said: str) -> Component:
    return Component(
        id=code,
        code=code,
        name=name,
        parent=parent,
        kind="component" if parent else "domain",
        descriptors=tuple(Descriptor(level=at, text=text) for at, text in enumerate(said, 1)),
        discourse_linked=code == "2a",
    )


EXAMPLE = Brought(
    id="our-framework",
    name="Our framework",
    version="1",
    levels=tuple(Level(value=at, label=label) for at, label in enumerate(_LEVELS, 1)),
    components=in_reading_order(
        (
            _example("1", "Planning"),
            _example(
                "1a",
                "Goals students can say",
                "1",
                "The goal is on the plan.",
                "The goal is on the board and read aloud.",
                "Students say the goal in their own words.",
            ),
            _example(
                "1b",
                "Tasks that fit the goal",
                "1",
                "Tasks and goal share a topic.",
                "Most tasks lead to the goal.",
                "Students can say how each task leads to the goal.",
            ),
            _example("2", "The lesson"),
            _example(
                "2a",
                "Students talk about their thinking",
                "2",
                "Students answer the teacher.",
                "Students explain an answer when asked.",
                "Students take up and question each other’s ideas.",
            ),
            _example(
                "2b",
                "Help is within reach",
                "2",
                "Students wait for the teacher.",
                "Students know one other way to get help.",
                "Students choose among several ways and move on.",
            ),
        )
    ),
)
