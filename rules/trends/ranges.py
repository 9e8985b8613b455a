"""Whether known counts leave one teacher no room: ranges, narrowed until nothing moves."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

from rules.trends.group import Visit

ROUNDS = 50


def closes(known: Sequence[tuple[int, int]], atoms: Sequence[Sequence[Visit]]) -> int | None:
    """The atom in which some teacher's count can be told for sure, or None.

    `known` are groups as (bits over atoms, how many yes). How many visits each teacher had in each
    atom is taken to be known to everybody: a school knows who was visited.
    """
    parts = [
        (number, n)
        for number, atom in enumerate(atoms)
        for n in Counter(visit.teacher for visit in atom).values()
    ]
    low = [0] * len(parts)
    high = [n for _, n in parts]
    groups = [
        (yes, [part for part, (atom, _) in enumerate(parts) if mask >> atom & 1])
        for mask, yes in known
    ]
    for _ in range(ROUNDS):
        moved = [_narrow(yes, members, low, high) for yes, members in groups]
        if not any(moved):
            break
    return next((parts[i][0] for i in range(len(parts)) if low[i] == high[i]), None)


def _narrow(yes: int, members: Sequence[int], low: list[int], high: list[int]) -> bool:
    """Narrow each member to what the others leave it; whether anything moved."""
    least, most = sum(low[i] for i in members), sum(high[i] for i in members)
    widest = max((high[i] - low[i] for i in members), default=0)
    if yes - least >= widest and most - yes >= widest:
        return False
    moved = False
    for i in members:
        lowest = max(low[i], yes - (most - high[i]))
        highest = min(high[i], yes - (least - low[i]))
        if lowest > low[i] or highest < high[i]:
            moved = True
            least, most = least + lowest - low[i], most + highest - high[i]
            low[i], high[i] = lowest, highest
    return moved
