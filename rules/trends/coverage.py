"""How many classrooms of a school were visited, as far as it may be said of the school."""

from __future__ import annotations

from collections.abc import Hashable, Mapping, Set

from rules.trends.group import Limits
from rules.trends.hiding import Cell


def covered(
    visited: Mapping[str, Set[Hashable]], rooms: Mapping[str, Set[Hashable]], limits: Limits
) -> dict[str, Cell | None]:
    """Of each school the teachers visited, among all who teach there; None where that stays hidden.

    Hidden are fewer visited than a group needs, and one single room left over: everybody would
    know whose it is. There is no total over schools, so that nothing can be taken out of it.
    """
    found: dict[str, Cell | None] = {}
    for school, teachers in rooms.items():
        seen = len(visited.get(school, frozenset()) & teachers)
        alone = len(teachers) - seen == 1
        shown = seen >= limits.inside and not alone
        found[school] = Cell(seen, len(teachers)) if shown else None
    return found
