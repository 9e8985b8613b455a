"""Which level of a large framework a page shows: `?under=` one of its parts, or `?find=` words."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, TypeVar

from flask import abort, request

from rules.framework.branch import MANY, Branch, Part

Of = TypeVar("Of", bound=Part)


def level(branches: Mapping[Any, Sequence[Of]]) -> Branch[Of] | None:
    """The level that was asked for, or None where the framework fits one page."""
    if sum(map(len, branches.values())) <= MANY:
        return None
    words = request.args.get("find", "").strip()
    if words:
        return Branch.holding(branches, words)
    return Branch.under(branches, request.args.get("under", "")) or abort(404)
