"""Load, the first move of a handler: one row, all rows, or a page of them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Generic, TypeVar
from uuid import UUID

from flask import abort, request
from sqlalchemy import Select

from models.base import db

Row = TypeVar("Row")


def find(rows: Select[tuple[Row]], *, id: UUID) -> Row:  # noqa: A002
    """The one row somebody may see, or the same 404 as for one that does not exist."""
    found = first(rows.where(rows.column_descriptions[0]["entity"].id == id))
    if found is None:
        abort(404)
    return found


def first(rows: Select[tuple[Row]]) -> Row | None:
    """The first row, if there is any."""
    return db.session.scalars(rows.limit(1)).unique().first()


def load(rows: Select[tuple[Row]]) -> Sequence[Row]:
    """Every row."""
    return db.session.scalars(rows).unique().all()


@dataclass(frozen=True, slots=True)
class Slice(Generic[Row]):
    """One page of a long list: `?page=2` says which."""

    rows: Sequence[Row]
    number: int
    more: bool


def page_of(rows: Select[tuple[Row]], size: int) -> Slice[Row]:
    """The page that was asked for; a number nobody can mean is the first."""
    number = min(max(1, request.args.get("page", 1, type=int)), 10_000)
    found = load(rows.limit(size + 1).offset((number - 1) * size))
    return Slice(found[:size], number, more=len(found) > size)
