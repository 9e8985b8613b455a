"""Whatever a framework holds, a file of it brings the same again."""

from __future__ import annotations

from datetime import UTC, date, datetime

import pytest
from hypothesis import given, settings
from hypothesis import strategies as draw

from interchange.framework import FORMATS, read, write
from rules.framework import Brought, Component, Descriptor, Level, Rights
from rules.framework.brought import in_reading_order

AT = datetime(2026, 11, 21, 10, 0, tzinfo=UTC)
RIGHTS = Rights(
    holder="Elm County",
    licence="All rights reserved",
    basis="own_words",
    source_url="https://example.org/rubric",
    required_notice="© Elm County.\nAll rights reserved.",
    checked_on=date(2026, 11, 21),
)
LETTERS = draw.characters(codec="utf-8", exclude_categories=("Cc", "Cs", "Zl", "Zp", "Cn"))
LINES = draw.text(LETTERS, max_size=30).map(lambda text: " ".join(text.split()))
FEW = draw.sampled_from(
    ["Talk", "=1+1", "'+x", "@home", "null", "true", "1.10", "“a”", "-", "a, b"]
)
NAMES = draw.one_of(FEW, LINES.filter(bool))
TEXTS = draw.one_of(FEW, draw.lists(NAMES, min_size=1, max_size=3).map("\n".join))


@draw.composite
def frameworks(make: draw.DrawFn) -> Brought:
    """Any tree of up to twelve components, with levels and texts of any letters."""
    count = make(draw.integers(1, 12))
    labels = make(
        draw.lists(NAMES, max_size=4, unique_by=lambda name: " ".join(name.casefold().split()))
    )
    levels = tuple(Level(value=at * 2, label=label) for at, label in enumerate(labels, 1))
    parts = []
    for at in range(count):
        told = make(draw.lists(draw.sampled_from(levels), unique=True)) if levels else []
        name = make(NAMES)
        parts.append(
            Component(
                id=f"part-{at}",
                code=make(draw.none() | draw.just(f"{at}.{at}0")),
                parent=make(draw.none() | draw.sampled_from([f"part-{n}" for n in range(at)]))
                if at
                else None,
                kind=make(draw.sampled_from(["domain", "component", "Indicator"])),
                name=name,
                # CASE has no way to say the same words twice
                description=make(draw.none() | TEXTS.filter(lambda text: text != name)),  # noqa: B023
                note=make(draw.none() | TEXTS),
                descriptors=tuple(
                    Descriptor(level=level.value, text=make(TEXTS))
                    for level in sorted(told, key=lambda level: level.value)
                ),
                discourse_linked=make(draw.booleans()),
            )
        )
    return Brought(
        id="elm-county",
        name=make(NAMES),
        version="2026",
        summary=make(draw.none() | TEXTS),
        rights=RIGHTS,
        levels=levels,
        components=in_reading_order(parts),
    )


def words(brought: Brought) -> dict[str, object]:
    """What must come back; identifiers for other systems may be new."""
    parts = [part.model_dump(exclude={"source"}) for part in brought.components]
    return brought.model_dump(include={"levels"}) | {"components": parts}


def about(brought: Brought) -> dict[str, object]:
    """What is said about the framework as a whole."""
    return brought.model_dump(include={"id", "name", "version", "summary", "rights"})


@pytest.mark.parametrize("form", FORMATS)
@settings(max_examples=15, deadline=None)
@given(given_framework=frameworks())
def test_what_is_written_is_read_again(form: str, given_framework: Brought) -> None:
    written = write(given_framework, form, at=AT)
    found = read(written, f"file.{FORMATS[form].ending}")
    assert words(found) == words(given_framework)
    if form != "csv":
        assert about(found) == about(given_framework)


@settings(max_examples=10, deadline=None)
@given(given_framework=frameworks())
def test_case_names_everything_the_same_at_every_export(given_framework: Brought) -> None:
    first = write(given_framework, "case", at=AT)
    assert write(read(first, "file.json"), "case", at=AT) == first
