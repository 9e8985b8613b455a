"""What a district takes from the shelf of files: frameworks, look-for sets, alignments."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from typing import TYPE_CHECKING

from models.alignment import Alignment
from models.base import db
from models.framework import Framework
from models.look_for import LookForSet

if TYPE_CHECKING:
    from models.district import District
    from rules import framework as shelf


def take_shelf(
    shelf_read: shelf.Shelf, district: District, *, framework: str, at: datetime
) -> None:
    """Give a district everything on the shelf, and `framework` (a key) as its own."""
    frameworks = [Framework.take(f, district, at=at) for f in shelf_read.frameworks]
    sets = [
        LookForSet.take(s, district, position=place, at=at)
        for place, s in enumerate(shelf_read.sets)
    ]
    align(frameworks, sets, shelf_read.alignments)
    db.session.flush()
    district.framework_id = next(f.id for f in frameworks if f.key == framework)


def align(
    frameworks: Iterable[Framework],
    sets: Iterable[LookForSet],
    alignments: Iterable[shelf.Alignment],
) -> None:
    """Add the alignments that are not there yet."""
    components = {(f.key, c.key): c.id for f in frameworks for c in f.components}
    look_fors = {look_for.key: look_for for s in sets for look_for in s.look_fors}
    for place, alignment in enumerate(alignments):
        look_for = look_fors.get(alignment.look_for)
        component = components.get((alignment.framework, alignment.component))
        if look_for is None or component is None:
            continue
        if all(kept.component_id != component for kept in look_for.alignments):
            look_for.alignments.append(
                Alignment(component_id=component, reason=alignment.reason, position=place)
            )
