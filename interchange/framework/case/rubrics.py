"""The rubrics of a package: what each level looks like in each item, as level descriptors."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from interchange.framework.case.links import identifier_of
from interchange.framework.case.package import said
from interchange.framework.text import LONGEST_TEXT, line, paragraph
from rules.framework import Descriptor, Level
from rules.framework.shapes import MOST_LEVELS


@dataclass(frozen=True)
class Rubric:
    """The levels from low to high, and the descriptors of each item; `loose` belong to no item."""

    levels: tuple[Level, ...]
    descriptors: Mapping[str, tuple[Descriptor, ...]]
    loose: int


def rubric_of(rubrics: list[dict[str, Any]], items: Mapping[str, Any]) -> Rubric:
    """One scale for all rubrics of the package: levels of the same quality are one level."""
    values = _scale(rubrics)
    found: dict[str, dict[int, str]] = {}
    loose = 0
    for criterion in criteria(rubrics):
        item = identifier_of(criterion.get("CFItemURI"))
        if item not in items:
            loose += 1
            continue
        for level in levels(criterion):
            text = paragraph(level.get("description"))[:LONGEST_TEXT].strip()
            value = values.get(_quality(level).casefold())
            if text and value is not None:
                found.setdefault(item, {}).setdefault(value, text)
    labels = dict.fromkeys(values.values(), "")
    for criterion in criteria(rubrics):
        for level in levels(criterion):
            value = values.get(_quality(level).casefold())
            if value is not None:
                labels[value] = labels[value] or _quality(level)
    return Rubric(
        levels=tuple(Level(value=value, label=labels[value]) for value in sorted(labels)),
        descriptors={
            item: tuple(Descriptor(level=value, text=by[value]) for value in sorted(by))
            for item, by in found.items()
        },
        loose=loose,
    )


def criteria(rubrics: list[dict[str, Any]]) -> Iterator[dict[str, Any]]:
    """Every criterion of every rubric, in order."""
    for rubric in rubrics:
        yield from _rows(rubric.get("CFRubricCriteria"))


def levels(criterion: dict[str, Any]) -> Iterator[dict[str, Any]]:
    """Every level of a criterion, in order."""
    yield from _rows(criterion.get("CFRubricCriterionLevels"))


def _rows(value: Any) -> Iterator[dict[str, Any]]:
    yield from (said(each) for each in value or [] if isinstance(each, dict))


def _quality(level: dict[str, Any]) -> str:
    return line(level.get("quality"))[:300].strip() or f"Level {_rank(level):g}"


def _rank(level: dict[str, Any]) -> float:
    for field in ("score", "position"):
        value = level.get(field)
        if isinstance(value, int | float) and not isinstance(value, bool):
            return float(value)
    return 0.0


def _scale(rubrics: list[dict[str, Any]]) -> dict[str, int]:
    """The value of each quality: its score where scores are small whole numbers, else its place."""
    ranks: dict[str, float] = {}
    for criterion in criteria(rubrics):
        for level in levels(criterion):
            ranks.setdefault(_quality(level).casefold(), _rank(level))
    ordered = sorted(ranks, key=lambda quality: ranks[quality])[:MOST_LEVELS]
    scores = [ranks[quality] for quality in ordered]
    plain = len(set(scores)) == len(scores) and all(
        s == int(s) and abs(s) < 1_000_000 for s in scores
    )
    return {q: int(ranks[q]) if plain else place for place, q in enumerate(ordered, 1)}
