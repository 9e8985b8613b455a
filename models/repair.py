"""Entries kept aside, as their author finds them: what it was, why, and what may be done.

Only the author sees them, whoever else asks: what kind of entry waits, and how many, is already
something about a coaching visit.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import TYPE_CHECKING, Any
from uuid import UUID

from sqlalchemy import func, select
from sqlalchemy.orm import joinedload

from models.act import Act
from models.base import db, new_id
from models.event import Event, EventAside
from models.look_for import LookFor, LookForSet
from models.person import Person
from models.sealed import UNMARKED, Kept, Opened, SealedAside, open_sealed
from models.sync import receive
from models.walkthrough import Walkthrough
from rules.repair import REMEDIES, has_versions, instead, what, when
from rules.sealed import BadSealed, read_sealed

if TYPE_CHECKING:
    from collections.abc import Mapping

MINE = (
    "Look at it: if you tapped this, take it as yours. If you did not, set it aside; "
    "it then stays out of every visit."
)


@dataclass(frozen=True)
class Stuck:
    """One entry aside, in words."""

    id: UUID
    outcome: str
    what: str
    reason: str
    remedy: str
    at: datetime
    teacher: str
    first: str = ""
    """The version that arrived first, where another may take its place."""


@dataclass(frozen=True)
class Carried:
    """A sealed record aside; what is in it, where it can be opened."""

    id: UUID
    reason: str
    received_at: datetime
    carrier: str
    inside: Sequence[str] = field(default_factory=list)
    remedy: str = ""


def waiting(person: Person) -> int:
    """How many entries of theirs wait for a decision."""
    asides = (EventAside.visible_to(person), SealedAside.visible_to(person))
    counts = [select(func.count()).select_from(rows.order_by(None).subquery()) for rows in asides]
    return sum(db.session.scalar(count) or 0 for count in counts)


def stuck(person: Person) -> list[Stuck]:
    """Every entry of this person that is kept aside, oldest first."""
    asides = db.session.scalars(EventAside.visible_to(person)).all()
    bodies = {aside.id: json.loads(aside.body) for aside in asides}
    look_fors = _statements(person) if asides else {}
    teachers = _teachers(bodies.values(), person)
    firsts = _firsts(asides, bodies, person)
    return [
        Stuck(
            id=aside.id,
            outcome=aside.outcome,
            what=what(bodies[aside.id], look_fors),
            reason=aside.reason,
            remedy=REMEDIES[aside.outcome],
            at=when(bodies[aside.id]) or aside.received_at,
            teacher=teachers.get(_walk_id(bodies[aside.id]), ""),
            first=what(firsts[aside.id], look_fors) if aside.id in firsts else "",
        )
        for aside in asides
    ]


def carried(person: Person, *, secret: str) -> list[Carried]:
    """Sealed records that name this person and were not taken in whole."""
    asides = db.session.scalars(SealedAside.visible_to(person)).all()
    look_fors = _statements(person) if asides else {}
    carriers = _names({aside.carrier_id for aside in asides})
    found = []
    for aside in asides:
        opened = _opened(aside, secret=secret)
        inside = [what(body, look_fors) for body in opened.unmarked] if opened else []
        found.append(
            Carried(
                id=aside.id,
                reason=aside.reason,
                received_at=aside.received_at,
                carrier=carriers.get(aside.carrier_id, ""),
                inside=inside,
                remedy=MINE if inside else REMEDIES["quarantined"],
            )
        )
    return found


def try_again(aside: EventAside, *, by: Person, at: datetime) -> str:
    """Offer an entry again as it is; returns what became of it."""
    [answer] = receive([json.loads(aside.body)], by=by, at=at)
    if answer["outcome"] == aside.outcome:
        aside.reason = answer["reason"]
    else:
        _settle(aside, "repair entry", by=by, at=at)
    return answer["outcome"]


def use_second(aside: EventAside, *, by: Person, at: datetime) -> bool:
    """Put the version kept aside in the place of the one that arrived first."""
    body = json.loads(aside.body)
    first = _firsts([aside], {aside.id: body}, by).get(aside.id)
    if first is None:
        return False
    events = instead(first, body, ids=[str(new_id()), str(new_id())])
    answers = receive(events, by=by, at=at)
    if any(answer["outcome"] != "stored" for answer in answers):
        return False
    _settle(aside, "choose version", by=by, at=at)
    return True


def set_aside(aside: EventAside | SealedAside, *, by: Person, at: datetime) -> None:
    """Decide that an entry stays out; it is kept, and asks no more."""
    _settle(aside, "set entry aside", by=by, at=at)


def take_as_mine(aside: SealedAside, *, secret: str, by: Person, at: datetime) -> str:
    """Offer a sealed record again; its author, who has read it, stands for what is unmarked."""
    opened = _opened(aside, secret=secret)
    if opened is None or opened.author.id != by.id:
        return aside.outcome
    if opened.unmarked and aside.reason != UNMARKED:  # opened only now: not yet looked at
        receive(opened.marked, by=by, at=at)
        aside.reason = UNMARKED
        return aside.outcome
    receive([*opened.marked, *opened.unmarked], by=by, at=at)
    _settle(aside, "take sealed entry", by=by, at=at)
    return "stored"


def _settle(aside: EventAside | SealedAside, act: str, *, by: Person, at: datetime) -> None:
    aside.settled_at = at
    Act.record(act, aside.id, by=by, at=at, of=aside.body)


def _opened(aside: SealedAside, *, secret: str) -> Opened | None:
    try:
        return open_sealed(read_sealed(json.loads(aside.body)), secret=secret)
    except (Kept, BadSealed):
        return None


def _statements(person: Person) -> dict[str, str]:
    rows = db.session.execute(
        select(LookFor.id, LookFor.statement)
        .join(LookForSet, LookForSet.id == LookFor.set_id)
        .where(LookForSet.district_id == person.district_id)
    )
    return {str(row.id): row.statement for row in rows}


def _names(ids: Iterable[UUID]) -> dict[UUID, str]:
    people = db.session.scalars(select(Person).where(Person.id.in_(list(ids))))
    return {person.id: person.full_name for person in people}


def _walk_id(body: Any) -> UUID | None:
    try:
        return UUID(body["walkthrough"])
    except (TypeError, KeyError, ValueError, AttributeError):
        return None


def _teachers(bodies: Any, person: Person) -> dict[UUID | None, str]:
    """Whom the visits were to, of those of this person that have begun."""
    ids = {_walk_id(body) for body in bodies} - {None}
    walks = db.session.scalars(
        select(Walkthrough)
        .options(joinedload(Walkthrough.teacher))
        .where(Walkthrough.id.in_(ids), Walkthrough.observer_id == person.id)
    )
    return {walk.id: walk.teacher.name for walk in walks if walk.teacher}


def _firsts(
    asides: Sequence[EventAside], bodies: Mapping[UUID, Any], person: Person
) -> dict[UUID, dict[str, Any]]:
    """The versions that arrived first, of conflicts in which the second may take their place."""
    wanted = {
        aside.id: UUID(aside.event_id)
        for aside in asides
        if aside.outcome == "conflict" and has_versions(bodies[aside.id]["kind"])
    }
    events = db.session.scalars(
        select(Event).where(Event.id.in_(wanted.values()), Event.author_id == person.id)
    )
    held = {event.id: event for event in events}
    return {
        aside_id: held[event_id].as_sent()
        for aside_id, event_id in wanted.items()
        if event_id in held
    }
