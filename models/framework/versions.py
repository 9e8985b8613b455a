"""From draft to published to superseded: each step an act, and no words changed on the way."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable
from datetime import datetime
from typing import TYPE_CHECKING, Any
from uuid import UUID

from sqlalchemy import delete, func, inspect, select, update

from models.act import Act
from models.alignment import Alignment
from models.base import Model, db, new_id
from models.district import District
from models.framework.component import Component
from models.framework.framework import Framework
from models.look_for import LookFor, LookForSet
from models.stance import Stance
from rules.framework import Brought, Rights
from rules.framework.changes import Changes, Part, changes

if TYPE_CHECKING:
    from models.person import Person

UUIDS = re.compile(r"[0-9a-fA-F]{8}(?:-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12}")


class CannotPublish(ValueError):
    """Raised where a draft is not ready; its text is a sentence for a person."""


def bring(brought: Brought, district: District, *, by: Person | None, at: datetime) -> Framework:
    """A draft of what a file brings, with the alignments and decisions of the version before."""
    framework = Framework.bring(brought, district, at=at)
    before = db.session.scalars(
        Framework.versions(district.id, brought.id).where(
            Framework.id != framework.id, Framework.state != "draft"
        )
    ).first()
    db.session.flush()
    if before is not None:
        framework.predecessor_id = before.id
        _carry(before, framework)
    Act.record("bring framework", framework.id, by=by, at=at, of=brought.name)
    return framework


def clone(framework: Framework, version: str, *, by: Person, at: datetime) -> Framework:
    """A draft for the next year: the same words, ties and decisions, with its own identifiers.

    The framework must have been loaded with `everything`; the version must be new here.
    """
    ids = {component.id: new_id() for component in framework.components}
    draft = Framework(
        id=new_id(),
        district_id=framework.district_id,
        key=framework.key,
        name=framework.name,
        version=version,
        summary=framework.summary,
        rights=dict(framework.rights),
        levels=list(framework.levels),
        state="draft",
        predecessor_id=framework.id,
        made_at=at,
    )
    renamed = {c.source: str(ids[c.id]) for c in framework.components if c.source}
    document = framework.outside.get("document", {}).get("identifier")
    if isinstance(document, str):
        renamed[document.lower()] = str(draft.id)
    draft.outside = _renamed(framework.outside, renamed)
    draft.components = [
        Component(
            **_values(component)
            | {
                "id": ids[component.id],
                "framework_id": draft.id,
                "parent_id": ids.get(component.parent_id) if component.parent_id else None,
                "source": renamed.get(component.source or ""),
                "outside": _renamed(component.outside, renamed),
                "revision": 0,
            }
        )
        for component in framework.components
    ]
    db.session.add(draft)
    db.session.flush()
    _carry(framework, draft)
    Act.record("clone framework", draft.id, by=by, at=at, of=version)
    return draft


def _renamed(part: Any, names: dict[str, str]) -> Any:
    """Another system's form with our new identifiers in the place of those that came in."""
    text = UUIDS.sub(lambda found: names.get(found[0].lower(), found[0]), json.dumps(part))
    return json.loads(text)


def _values(row: Model) -> dict[str, Any]:
    return {column.key: getattr(row, column.key) for column in inspect(type(row)).column_attrs}


def _carry(before: Framework, after: Framework) -> None:
    """Align and decide about the new components as it was with those of the same key."""
    keys = {component.id: component.key for component in before.components}
    places = {component.key: component.id for component in after.components}
    ties = db.session.scalars(select(Alignment).where(Alignment.component_id.in_(keys)))
    for tie in ties.all():
        place = places.get(keys[tie.component_id])
        if place is not None:
            db.session.add(Alignment(**_values(tie) | {"component_id": place}))
    for stance in db.session.scalars(Stance.in_force(keys)):
        place = places.get(keys[stance.component_id])
        if place is not None:
            db.session.add(stance.carried_to(place))


def before_of(framework: Framework) -> Framework | None:
    """The version this one was made from, or comes after."""
    return _whole(framework, framework.predecessor_id)


def own_before(framework: Framework) -> Framework | None:
    """The district's own framework, where that is another one."""
    own = db.session.get_one(District, framework.district_id).framework_id
    return _whole(framework, own if own != framework.id else None)


def _whole(framework: Framework, other: UUID | None) -> Framework | None:
    rows = Framework.of(framework.district_id).where(Framework.id == other)
    return db.session.scalar(rows) if other else None


def changes_of(before: Framework | None, after: Framework) -> Changes:
    """What the later version adds, removes, rewords and moves."""
    return changes(_parts(before) if before else (), _parts(after))


def says_the_same(framework: Framework, brought: Brought) -> bool:
    """Whether a file brings what this version says already."""
    same = changes(_parts(framework), _parts_of(brought)).none
    return same and framework.name == brought.name


def _parts_of(brought: Brought) -> Iterable[Part]:
    for component in brought.components:
        yield Part(
            key=component.id,
            plate=component.plate,
            name=component.name,
            parent=component.parent,
            words=_words(component.description, [d.model_dump() for d in component.descriptors]),
        )


def _words(description: str | None, descriptors: Iterable[dict[str, Any]]) -> tuple[str, ...]:
    return (description or "", *(f"{each['level']} {each['text']}" for each in descriptors))


def _parts(framework: Framework) -> Iterable[Part]:
    keys = {component.id: component.key for component in framework.components}
    for component in framework.components:
        yield Part(
            key=component.key,
            plate=component.plate,
            name=component.name,
            parent=keys.get(component.parent_id) if component.parent_id else None,
            words=_words(component.description, component.descriptors),
        )


def left_without(before: Framework | None, after: Framework) -> list[LookFor]:
    """The look-fors in use that stand in the one version and would stand nowhere in the other."""
    if before is None:
        return []
    return list(
        db.session.scalars(
            select(LookFor)
            .join(LookForSet, LookForSet.id == LookFor.set_id)
            .where(
                LookForSet.state == "published",
                LookFor.id.in_(_aligned(before)),
                LookFor.id.not_in(_aligned(after)),
            )
            .order_by(LookForSet.position, LookFor.position)
        )
    )


def _aligned(framework: Framework) -> Any:
    return (
        select(Alignment.look_for_id)
        .join(Component, Component.id == Alignment.component_id)
        .where(Component.framework_id == framework.id)
    )


def state_rights(framework: Framework, rights: Rights, *, by: Person, at: datetime) -> None:
    """Say who may use a draft."""
    framework.rights = rights.model_dump(mode="json")
    Act.record("state rights", framework.id, by=by, at=at, of=framework.rights)


def publish(framework: Framework, *, by: Person | None, at: datetime) -> None:
    """Make a draft readable by everybody; from now on not a word of it changes.

    The version before it is superseded, unless the district still works with that one.
    """
    if not framework.rights_stated:
        raise CannotPublish("Say first who may use this framework.")
    if not framework.components:
        raise CannotPublish("The draft is empty. Add a component first.")
    framework.state = "published"
    own = db.session.get_one(District, framework.district_id).framework_id
    if framework.predecessor_id != own:
        _supersede(framework.predecessor_id)
    Act.record("publish framework", framework.id, by=by, at=at, of=framework.version)


def adopt(framework: Framework, *, by: Person | None, at: datetime) -> None:
    """Make it the district's own: from now on visits begin with it, and earlier ones keep theirs.

    The version that it replaces is superseded.
    """
    district = db.session.get_one(District, framework.district_id)
    if framework.predecessor_id == district.framework_id:
        _supersede(district.framework_id)
    framework.state = "published"
    district.framework_id = framework.id
    Act.record("adopt framework", framework.id, by=by, at=at, of=framework.version)


def _supersede(framework_id: UUID | None) -> None:
    before = db.session.get(Framework, framework_id) if framework_id else None
    if before is not None and before.state == "published":
        before.state = "superseded"


def discard(framework: Framework, *, by: Person, at: datetime) -> None:
    """Throw a draft away, with everything that hangs on it."""
    let_go([component.id for component in framework.components])
    # Components refer to each other; row by row, a parent could not go before its parts.
    parts = update(Component).where(Component.framework_id == framework.id)
    db.session.execute(parts.values(parent_id=None))
    Act.record("discard framework", framework.id, by=by, at=at, of=framework.version)
    db.session.delete(framework)


def let_go(component_ids: list[UUID]) -> None:
    """Remove whatever refers to components that are about to go; only a draft's ever do."""
    for table in Model.metadata.sorted_tables:
        for key in table.foreign_keys:
            if key.column.table is Component.__table__ and table is not Component.__table__:
                db.session.execute(delete(table).where(key.parent.in_(component_ids)))


def replaced_by(framework: Framework) -> Framework | None:
    """The published version that came after it, if there is one."""
    return db.session.scalars(
        select(Framework)
        .where(Framework.predecessor_id == framework.id, Framework.state != "draft")
        .order_by(Framework.made_at.desc())
    ).first()


def taken(district_id: UUID, key: str, version: str) -> bool:
    """Whether the district has this version already."""
    count = select(func.count()).where(
        Framework.district_id == district_id,
        Framework.key == key,
        func.lower(Framework.version) == version.lower(),
    )
    return bool(db.session.scalar(count))
