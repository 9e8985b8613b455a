"""When a group of visits is large and mixed enough that nobody can be picked out of its count."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Hashable, Iterable, Mapping
from dataclasses import asdict, dataclass, fields
from typing import Any


@dataclass(frozen=True, slots=True)
class Visit:
    """One shared visit as one question sees it; `places` are its values in hiding.BY."""

    teacher: Hashable
    observer: Hashable
    school: Hashable
    places: tuple[str, ...]
    yes: bool


@dataclass(frozen=True, slots=True)
class Limits:
    """How small is too small. The unit is distinct teachers; a district may only raise these."""

    inside: int = 6
    """Teachers in a group inside one school."""
    beyond: int = 10
    """Teachers in a group over several schools."""
    observers: int = 2
    odd: int = 2
    """Teachers with a yes, and teachers with a no: fewer is all the same, or all but one."""
    left: int = 3
    """Teachers that remain when one observer, or one school, takes out what she knows herself."""

    @classmethod
    def raised(cls, said: Mapping[str, Any]) -> Limits:
        """These limits with a district's own; ValueError where one is lower or no number."""
        plain = cls()
        names = {each.name for each in fields(cls)}
        for name, value in said.items():
            if name not in names:
                raise ValueError(f"“{name}” is no limit: write one of {', '.join(sorted(names))}.")
            if not isinstance(value, int) or value < getattr(plain, name):
                least = getattr(plain, name)
                raise ValueError(
                    f"“{name}” is {value}: a district may only raise it above {least}."
                )
        return cls(**said)

    def as_dict(self) -> dict[str, int]:
        """Plain values, to be kept with what was shown under them."""
        return asdict(self)


def safe(visits: Iterable[Visit], limits: Limits) -> bool:
    """Whether the count of these visits may be known to everybody."""
    group = list(visits)
    teachers = {visit.teacher for visit in group}
    schools = {visit.school for visit in group}
    least = limits.inside if len(schools) == 1 else limits.beyond
    return (
        len(teachers) >= least
        and len({visit.observer for visit in group}) >= limits.observers
        and _mixed(group, limits.odd)
        and _left(group, "observer", limits.left)
        and (len(schools) == 1 or _left(group, "school", limits.left))
    )


def _mixed(group: list[Visit], odd: int) -> bool:
    """Not all the same, and not all but one."""
    for answer in (True, False):
        if len({visit.teacher for visit in group if visit.yes is answer}) < odd:
            return False
    return True


def _left(group: list[Visit], name: str, least: int) -> bool:
    """Whether enough teachers remain for whoever can take out all visits of one `name`."""
    known = defaultdict(set)
    for visit in group:
        known[visit.teacher].add(getattr(visit, name))
    alone: dict[Hashable, int] = defaultdict(int)
    for several in known.values():
        if len(several) == 1:
            alone[next(iter(several))] += 1
    # with nobody left at all the group is one school's own, and safe as such
    return all(len(known) - mine >= least for mine in alone.values())
