"""Changes to one component of a draft; nobody overwrites what they have not seen."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING
from uuid import UUID

from models.act import Act
from models.base import db, new_id
from models.framework.component import Component
from models.framework.framework import Framework
from models.framework.versions import let_go

if TYPE_CHECKING:
    from models.person import Person


class ChangedMeanwhile(ValueError):
    """Raised where a component is not what it was when the page was opened."""


@dataclass(frozen=True)
class Words:
    """What an editor can say about a component."""

    name: str
    code: str = ""
    kind: str = "component"
    description: str = ""
    discourse_linked: bool = False
    descriptors: Mapping[int, str] | None = None
    """What each level looks like, by its value; None leaves what is written."""


def component_of(framework: Framework, component_id: UUID) -> Component | None:
    """A component of a framework that was loaded whole."""
    return next((c for c in framework.components if c.id == component_id), None)


def below(framework: Framework, component: Component) -> list[Component]:
    """Everything under a component, itself first."""
    branches = framework.branches()
    found: list[Component] = []
    waiting = [component]
    while waiting:
        one = waiting.pop()
        found.append(one)
        waiting += branches.get(one.id, [])
    return found


def add(
    framework: Framework, words: Words, parent: Component | None, *, by: Person, at: datetime
) -> Component:
    """A new component, last under its parent."""
    component = Component(
        id=(id_ := new_id()),
        key=str(id_),
        framework_id=framework.id,
        parent_id=parent.id if parent else None,
        position=1 + max((c.position for c in framework.components), default=-1),
        descriptors=[],
        outside={},
    )
    _say(component, words)
    framework.components.append(component)
    Act.record("add component", framework.id, by=by, at=at, of=words.name)
    return component


def change(
    framework: Framework,
    component: Component,
    words: Words,
    parent: Component | None,
    *,
    revision: int,
    by: Person,
    at: datetime,
) -> None:
    """Say it in these words, and put it under this parent; under a new one it comes last."""
    _unchanged(component, revision)
    _say(component, words)
    if (parent.id if parent else None) != component.parent_id:
        component.parent_id = parent.id if parent else None
        component.position = 1 + max(c.position for c in framework.components)
    component.revision += 1
    Act.record("change component", framework.id, by=by, at=at, of=words.name)


def shift(
    framework: Framework,
    component: Component,
    by_places: int,
    *,
    revision: int,
    by: Person,
    at: datetime,
) -> None:
    """Move it up (-1) or down (1) among those beside it; at either end nothing changes."""
    _unchanged(component, revision)
    beside = framework.branches()[component.parent_id]
    place = beside.index(component) + by_places
    if not 0 <= place < len(beside):
        return
    other = beside[place]
    component.position, other.position = other.position, component.position
    component.revision += 1
    Act.record("move component", framework.id, by=by, at=at, of=by_places)


def remove(
    framework: Framework, component: Component, *, revision: int, by: Person, at: datetime
) -> int:
    """Take it out with all that stands under it; returns how many went."""
    _unchanged(component, revision)
    gone = below(framework, component)
    let_go([one.id for one in gone])
    for one in gone:
        one.parent_id = None
    db.session.flush()
    for one in gone:
        framework.components.remove(one)
    Act.record("remove component", framework.id, by=by, at=at, of=[c.name for c in gone])
    return len(gone)


def _unchanged(component: Component, revision: int) -> None:
    if component.revision != revision:
        raise ChangedMeanwhile


def _say(component: Component, words: Words) -> None:
    short = component.short if component.plate else ""
    component.code = words.code
    component.plate = words.code or short
    component.name = words.name
    component.kind = words.kind or "component"
    component.description = words.description
    component.discourse_linked = words.discourse_linked
    if words.descriptors is not None:
        component.descriptors = [
            {"level": value, "text": text} for value, text in sorted(words.descriptors.items())
        ]
