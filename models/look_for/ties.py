"""Look-fors across their sets: which may be tied, and the codes they wear, by component and set."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from functools import cache
from typing import TYPE_CHECKING, Any
from uuid import UUID

from sqlalchemy import Select, bindparam, select
from sqlalchemy.orm import contains_eager, selectinload

from models.alignment import Alignment, plates
from models.base import db, given
from models.framework import Component, Framework
from models.look_for.look_for import LookFor
from models.look_for.look_for_set import LookForSet
from rules.feedback import LookForView

if TYPE_CHECKING:
    from models.person import Person


def alignable_by(person: Person) -> Select[tuple[LookFor]]:
    """The look-fors that somebody may tie to components: of sets in use and of drafts."""
    return (
        select(LookFor)
        .join(LookForSet, LookForSet.id == LookFor.set_id)
        .options(contains_eager(LookFor.look_for_set), selectinload(LookFor.alignments))
        .where(
            LookForSet.district_id == person.district_id,
            LookForSet.state.in_(("published", "draft")),
        )
        .order_by(LookForSet.position, LookForSet.name, LookFor.position)
    )


def known(look_for_ids: Iterable[str], district_id: UUID) -> dict[str, str]:
    """Those of these that are a district’s, each with its name in every version of its set.

    The name is “core-four/BL01”. Old visits keep theirs.
    """
    return _names(_known(), look_for_ids, district=district_id)


def look_for_keys(look_for_ids: Iterable[str]) -> dict[str, str]:
    """What each look-for is called in every version of its set: “core-four/BL01”."""
    return _names(_named(), look_for_ids)


@cache
def _named() -> Select[tuple[UUID, str, str]]:
    return (
        select(LookFor.id, LookForSet.key, LookFor.key)
        .join(LookForSet, LookForSet.id == LookFor.set_id)
        .where(LookFor.id.in_(given("ids")))
    )


@cache
def _known() -> Select[tuple[UUID, str, str]]:
    return _named().where(LookForSet.district_id == bindparam("district"))


def _names(
    asked: Select[tuple[UUID, str, str]], look_for_ids: Iterable[str], **also: UUID
) -> dict[str, str]:
    wanted = [UUID(one) for one in look_for_ids]
    if not wanted:
        return {}
    found = db.session.execute(asked, {"ids": wanted, **also})
    return {str(look_for): f"{shelf}/{key}" for look_for, shelf, key in found}


def look_for_views(
    set_ids: Iterable[str], framework_id: UUID | None, *, at: datetime | None = None
) -> dict[str, LookForView]:
    """The look-fors of these sets as the rules read them, each with its plate here.

    The plate is the first component of this framework that the look-for was aligned to, `at`
    a time, or is aligned to now.
    """
    rows = db.session.execute(_viewed(), {"sets": [UUID(str(key)) for key in set_ids]}).all()
    worn = plates((row.id for row in rows), framework_id, at=at)
    return {
        str(look_for): LookForView(str(look_for), statement, *worn.get(look_for, ("", "")), *more)
        for look_for, statement, *more in rows
    }


@cache
def _viewed() -> Select[tuple[Any, ...]]:
    # columns, in the order in which LookForView names them: every finished visit asks for all
    return (
        select(
            LookFor.id,
            LookFor.statement,
            LookFor.core_four,
            LookFor.role,
            LookFor.strength_phrase,
            LookFor.step_phrase,
            LookFor.question_phrase,
        )
        .where(LookFor.set_id.in_(given("sets")))
        .order_by(LookFor.position)
    )


@dataclass(frozen=True)
class Standing:
    """How many look-fors of a set wear a code of one framework."""

    look_for_set: LookForSet
    tied: int

    @property
    def open(self) -> int:
        """How many wear none yet."""
        return len(self.look_for_set.look_fors) - self.tied


def standings(framework: Framework, sets: Iterable[LookForSet]) -> list[Standing]:
    """For each set how far it is tied to a framework."""
    ids = {component.id for component in framework.components}
    return [
        Standing(one, sum(look_for.stands_among(ids) for look_for in one.look_fors)) for one in sets
    ]


def aligned_to(framework: Framework) -> dict[UUID, list[tuple[str, str, str]]]:
    """For each component its published look-fors in order: key, statement, and the reason."""
    found: dict[UUID, list[tuple[str, str, str]]] = {c.id: [] for c in framework.components}
    rows = db.session.execute(
        select(Alignment.component_id, LookFor.key, LookFor.statement, Alignment.reason)
        .join(LookFor, LookFor.id == Alignment.look_for_id)
        .join(LookForSet, LookForSet.id == LookFor.set_id)
        .join(Component, Component.id == Alignment.component_id)
        .where(Component.framework_id == framework.id, LookForSet.state == "published")
        .order_by(LookFor.key)
    )
    for component_id, key, statement, reason in rows:
        found[component_id].append((key, statement, reason))
    return found
