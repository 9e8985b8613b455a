"""Whether known counts leave one teacher no room: ranges, narrowed until nothing moves."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence

from rules.trends.elimination import Equation
from rules.trends.group import Visit

ROUNDS = 50
Terms = Sequence[tuple[int, int]]
"""Which part, and how often it counts in one equation."""


def closes(known: Iterable[Equation], atoms: Sequence[Sequence[Visit]]) -> int | None:
    """The atom in which some teacher's count can be told for sure, or None.

    How many visits each teacher had in each atom is taken to be known to everybody: a school
    knows who was visited.
    """
    parts = [
        (number, n)
        for number, atom in enumerate(atoms)
        for n in Counter(visit.teacher for visit in atom).values()
    ]
    low = [0] * len(parts)
    high = [n for _, n in parts]
    equations = [
        (yes, [(part, of[atom]) for part, (atom, _) in enumerate(parts) if atom in of])
        for of, yes in known
    ]
    for _ in range(ROUNDS):
        moved = [_narrow(yes, terms, low, high) for yes, terms in equations]
        if not any(moved):
            break
    return next((parts[i][0] for i in range(len(parts)) if low[i] == high[i]), None)


def _narrow(yes: int, terms: Terms, low: list[int], high: list[int]) -> bool:
    """Narrow each part to what the others leave it; whether anything moved."""
    least = sum(times * (low[i] if times > 0 else high[i]) for i, times in terms)
    most = sum(times * (high[i] if times > 0 else low[i]) for i, times in terms)
    widest = max((abs(times) * (high[i] - low[i]) for i, times in terms), default=0)
    if yes - least >= widest and most - yes >= widest:
        return False
    moved = False
    for i, times in terms:
        size = abs(times)
        wide = size * (high[i] - low[i])
        # how far the part can be from the end at which it makes the sum least, and most
        up, down = min(wide, yes - least) // size, min(wide, most - yes) // size
        lowest, highest = (
            (high[i] - down, low[i] + up) if times > 0 else (high[i] - up, low[i] + down)
        )
        if lowest > low[i] or highest < high[i]:
            moved = True
            gone_low, gone_high = size * (lowest - low[i]), size * (high[i] - highest)
            least += gone_low if times > 0 else gone_high
            most -= gone_high if times > 0 else gone_low
            low[i], high[i] = lowest, highest
    return moved


def plain(known: Mapping[int, int], atoms: int) -> list[Equation]:
    """Groups, as (bits over atoms: how many yes), as equations in which each atom counts once."""
    return [
        ({atom: 1 for atom in range(atoms) if mask >> atom & 1}, yes) for mask, yes in known.items()
    ]
