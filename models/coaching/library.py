"""The step library: for each look-for its resource, a step to try, and one’s own before."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from uuid import UUID

from models.base import db
from models.look_for import LookFor, LookForSet
from models.person import Person
from models.step import Step

MOST_OWN = 5


@dataclass(frozen=True, slots=True)
class Shelf:
    """What the library holds on one look-for."""

    look_for: LookFor
    own: Sequence[Step]


def library(person: Person) -> list[tuple[LookForSet, list[Shelf]]]:
    """Every published look-for with what to try; own steps are the reader’s own words only."""
    sets = db.session.scalars(LookForSet.visible_to(person)).all()
    own = _own(person)
    return [(one, [Shelf(x, own.get(x.id, [])) for x in one.look_fors]) for one in sets]


def _own(person: Person) -> dict[UUID, list[Step]]:
    """The steps this person wrote, by look-for, each wording once."""
    rows = Step.kept_by(person).where(Step.by_id == person.id, Step.look_for_id.is_not(None))
    found: dict[UUID, list[Step]] = {}
    for step in db.session.scalars(rows):
        if step.look_for_id is not None:
            shelf = found.setdefault(step.look_for_id, [])
            if len(shelf) < MOST_OWN and all(one.text != step.text for one in shelf):
                shelf.append(step)
    return found
