"""What the alignment editor has before it: both sides, and what is picked on one of them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any, TypeVar
from uuid import UUID

from flask import abort, request, url_for

from blueprints.kit.access import person
from blueprints.kit.errors import refuse
from blueprints.kit.load import find, load
from models.alignment import Alignment
from models.framework import Component, Framework
from models.look_for import LookFor, LookForSet, alignable_by
from rules.framework.branch import MANY

Row = TypeVar("Row", LookFor, Component)

NO_FRAMEWORK = "There is no framework yet. Import one, or adopt one of the shelf."


@dataclass(frozen=True)
class Board:
    """A framework, the look-fors of one set or of all, and the one that is picked."""

    framework: Framework
    look_fors: Sequence[LookFor]
    set_id: UUID | None
    by: str
    look_for: LookFor | None = None
    component: Component | None = None
    part: UUID | None = None
    """The component whose parts are offered, where a framework has too many for one list."""

    @cached_property
    def branches(self) -> dict[UUID | None, list[Component]]:
        """The framework as a tree."""
        return self.framework.branches()

    @cached_property
    def parts(self) -> list[Component]:
        """What `part` may be: in a large framework, everything with parts at the lowest level."""
        if len(self.framework.components) <= MANY:
            return []
        holding = {one.parent_id for one in self._leaves(self.framework.components)}
        return [one for one in self.framework.components if one.id in holding]

    @property
    def offered(self) -> list[Component]:
        """The components to tie to: those without parts, of one part in a large framework."""
        if not self.parts:
            return self._leaves(self.framework.components)
        return self._leaves(self.branches.get(self.standing, []))

    def _leaves(self, components: Sequence[Component]) -> list[Component]:
        return [one for one in components if one.id not in self.branches]

    @cached_property
    def standing(self) -> UUID | None:
        """The part that was chosen, else where something is tied or picked, else the first."""
        if self.part:
            return self.part
        near = self.component or next((component for _, component, _ in self.tied()), None)
        return near.parent_id if near else self.parts[0].id

    @property
    def here(self) -> dict[str, str]:
        """What an address needs to come back to the same sides."""
        sides = {"framework": str(self.framework.id), "by": self.by}
        sides |= {"part": str(self.part)} if self.part else {}
        return sides | ({"set": str(self.set_id)} if self.set_id else {})

    @property
    def place(self) -> dict[str, Any]:
        """The same, with what is picked."""
        picked = self.look_for or self.component
        return self.here | ({self.by: str(picked.id)} if picked else {})

    @property
    def address(self) -> str:
        """Where this board is shown."""
        place: dict[str, Any] = self.place
        return url_for("alignments.index", **place)

    @property
    def components(self) -> dict[UUID, Component]:
        """The components of the framework by id, in order."""
        return {component.id: component for component in self.framework.components}

    def tied(self) -> list[tuple[LookFor, Component, Alignment]]:
        """The ties of what is picked."""
        known = self.components
        return [
            (look_for, known[tie.component_id], tie)
            for look_for in ([self.look_for] if self.look_for else self.look_fors)
            for tie in look_for.alignments
            if tie.component_id in known
            and (self.component is None or tie.component_id == self.component.id)
        ]

    def counts(self) -> dict[UUID, int]:
        """How many ties each look-for and each component has here."""
        known, found = self.components, dict[UUID, int]()
        for look_for in self.look_fors:
            for tie in look_for.alignments:
                if tie.component_id in known:
                    for side in (look_for.id, tie.component_id):
                        found[side] = found.get(side, 0) + 1
        return found

    def open(self) -> list[LookFor]:
        """The look-fors that are tied to nothing here, those after the picked one first."""
        known, place = self.components, 0
        if self.look_for:
            place = self.look_fors.index(self.look_for) + 1
        around = [*self.look_fors[place:], *self.look_fors[:place]]
        return [one for one in around if not one.stands_among(known)]

    def borrowed(self) -> str:
        """The reason from another framework that a first tie may begin with."""
        if self.look_for is None or self.tied():
            return ""
        return next((tie.reason for tie in self.look_for.alignments), "")

    def pairs(self, others: Sequence[str]) -> list[tuple[LookFor, Component]]:
        """What is picked with each of the other side; none where nothing was chosen."""
        wanted = [found for found in map(identity, others) if found]
        if self.look_for:
            return [(self.look_for, chosen(self.framework.components, one)) for one in wanted]
        if self.component:
            return [(chosen(self.look_fors, one), self.component) for one in wanted]
        return []


def board() -> Board:
    """The board that the address names."""
    framework, set_id = _framework(), identity(asked("set"))
    rows = alignable_by(person())
    rows = rows.where(LookFor.set_id == set_id if set_id else LookForSet.state == "published")
    look_fors = load(rows)
    look_for, component = identity(asked("look_for")), identity(asked("component"))
    by = "component" if component or (asked("by") == "component" and not look_for) else "look_for"
    return Board(
        framework,
        look_fors,
        set_id,
        by,
        look_for=chosen(look_fors, look_for) if look_for else None,
        component=chosen(framework.components, component) if component else None,
        part=identity(asked("part")),
    )


def _framework() -> Framework:
    wanted = identity(asked("framework")) or person().district.framework_id
    if wanted is None:
        raise refuse(404, NO_FRAMEWORK)
    return find(Framework.visible_to(person()), id=wanted)


def asked(name: str) -> str:
    """A part of the address."""
    return request.args.get(name, "")


def identity(text: str) -> UUID | None:
    """An id in an address or a field; what is none is a page that does not exist."""
    try:
        return UUID(text) if text else None
    except ValueError:
        abort(404)


def chosen(rows: Sequence[Row], wanted: UUID) -> Row:
    """The row with this id, or a page that does not exist."""
    found = next((row for row in rows if row.id == wanted), None)
    if found is None:
        abort(404)
    return found
