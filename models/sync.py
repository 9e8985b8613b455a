"""Take in a batch of events: each is stored, or kept aside with a reason a person can read."""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING, Any
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.dialects.postgresql import insert as postgresql_insert
from sqlalchemy.dialects.sqlite import insert as sqlite_insert

from models.base import db
from models.event import Event, EventAside, body_digest
from models.look_for import LookFor, LookForSet
from models.reach import Reach
from models.settle import settle
from models.walkthrough import Walkthrough
from rules.events import BadEvent, Captured, read_event

if TYPE_CHECKING:
    from models.person import Person


@dataclass(frozen=True, slots=True)
class Aside:
    """Why an event was not stored."""

    outcome: str
    reason: str


def receive(bodies: Sequence[Any], *, by: Person, at: datetime) -> list[dict[str, str]]:
    """Store what can be stored and say of each body, in order, what became of it.

    Outcomes: `stored`, `conflict` (the id is taken by another body, which stays), `refused`
    (can never be accepted as it is), `quarantined` (well formed, but names something unknown).
    """
    batch = _Batch(by, at)
    outcomes = [batch.offer(body) for body in bodies]
    batch.write()
    answers = []
    asides = []
    for body, outcome in zip(bodies, outcomes, strict=True):
        final = batch.final(outcome) if isinstance(outcome, Captured) else outcome
        event_id = str(body.get("id", "")) if isinstance(body, dict) else ""
        if final is None:
            answers.append({"id": event_id, "outcome": "stored"})
            continue
        answers.append({"id": event_id, "outcome": final.outcome, "reason": final.reason})
        asides.append(_aside(body, event_id, final, by=by, at=at))
    EventAside.put(asides)
    settle(batch.touched, at=at)
    return answers


def have(ids: Iterable[UUID], *, by: Person) -> list[UUID]:
    """Which of these events of this author are stored, or were set aside by the author."""
    wanted = list(ids)
    held = select(Event.id).where(Event.id.in_(wanted), Event.author_id == by.id)
    decided = select(EventAside.event_id).where(
        EventAside.event_id.in_([str(one) for one in wanted]),
        EventAside.author_id == by.id,
        EventAside.settled_at.is_not(None),
    )
    found = {*db.session.scalars(held), *map(UUID, db.session.scalars(decided))}
    return [one for one in wanted if one in found]


class _Batch:
    """One request's events on their way into the database."""

    def __init__(self, author: Person, at: datetime) -> None:
        self.author = author
        self.at = at
        self.rows: dict[UUID, dict[str, Any]] = {}
        self.held: dict[UUID, bytes] = {}
        self.walks: dict[UUID, Walkthrough] = {}
        self.started: dict[UUID, UUID] = {}
        self.touched: set[UUID] = set()
        self._reach: Reach | None = None
        self._look_fors: set[UUID] | None = None

    @property
    def reach(self) -> Reach:
        """Whom and what this author may visit; asked only when a walk begins."""
        if self._reach is None:
            self._reach = Reach.of(self.author)
        return self._reach

    @property
    def look_fors(self) -> set[UUID]:
        """Every look-for this district ever published: old walks keep theirs."""
        if self._look_fors is None:
            ids = (
                select(LookFor.id)
                .join(LookForSet, LookForSet.id == LookFor.set_id)
                .where(LookForSet.district_id == self.author.district_id)
            )
            self._look_fors = set(db.session.scalars(ids))
        return self._look_fors

    def offer(self, body: Any) -> Captured | Aside:
        """Look at one body: an event to write, or the reason why not."""
        try:
            event = read_event(body)
        except BadEvent as bad:
            return Aside("refused", str(bad))
        walk = self._walk(event.walkthrough)
        if walk.observer_id != self.author.id:
            return Aside("refused", "This visit is somebody else’s. Sign in as its author.")
        unknown = self._unknown(event)
        if unknown:
            return Aside("quarantined", unknown)
        digest = body_digest(event.body)
        row = self.rows.setdefault(event.id, self._row(event, digest))
        if row["digest"] != digest:
            return _conflict()
        return event

    def _unknown(self, event: Captured) -> str | None:
        if event.kind == "started":
            return self._why_not_start(event)
        strangers = [key for key in event.look_fors if key not in self.look_fors]
        if strangers:
            return (
                f"Look-for {strangers[0]} is in no set of your district. "
                "An administrator can repair this; the tap is kept."
            )
        return None

    def _why_not_start(self, event: Captured) -> str | None:
        earlier = self.started.get(event.walkthrough)
        if earlier is not None and earlier != event.id:
            return "This visit was started already; its purpose and teacher stay as they were."
        reason = self.reach.why_not(event.data)
        if reason is None:
            self.started[event.walkthrough] = event.id
        return reason

    def _walk(self, walk_id: UUID) -> Walkthrough:
        """The visit's row, made with its first event, and held until we commit."""
        if walk_id in self.walks:
            return self.walks[walk_id]
        insert = sqlite_insert if db.engine.dialect.name == "sqlite" else postgresql_insert
        db.session.execute(
            insert(Walkthrough).on_conflict_do_nothing(),
            {
                "id": walk_id,
                "observer_id": self.author.id,
                "sets": [],
                "demo": False,
                "received_at": self.at,
            },
        )
        walk = db.session.get_one(Walkthrough, walk_id, with_for_update=True)
        self.walks[walk_id] = walk
        if walk.started_at is not None:
            first = select(Event.id).where(Event.walkthrough_id == walk_id, Event.kind == "started")
            known = db.session.scalar(first)
            if known is not None:
                self.started[walk_id] = known
        return walk

    def _row(self, event: Captured, digest: bytes) -> dict[str, Any]:
        return {
            "id": event.id,
            "walkthrough_id": event.walkthrough,
            "author_id": self.author.id,
            "device": event.device,
            "seq": event.seq,
            "at": event.at,
            "elapsed_ms": event.elapsed_ms,
            "kind": event.kind,
            "data": event.data,
            "digest": digest,
            "received_at": self.at,
        }

    def write(self) -> None:
        """Insert, and learn which body each id holds now."""
        self.held = Event.keep(list(self.rows.values()))
        self.touched = {row["walkthrough_id"] for row in self.rows.values()}

    def final(self, event: Captured) -> Aside | None:
        """None when this very body is stored; a conflict when another holds its id."""
        return None if self.held.get(event.id) == body_digest(event.body) else _conflict()


def _conflict() -> Aside:
    return Aside("conflict", "Another version of this entry arrived first. Both are kept.")


def _aside(body: Any, event_id: str, why: Aside, *, by: Person, at: datetime) -> EventAside:
    return EventAside(
        event_id="".join(letter for letter in event_id if letter.isprintable())[:80],
        digest=body_digest([str(by.id), why.outcome, body]),
        author_id=by.id,
        outcome=why.outcome,
        reason=why.reason,
        body=json.dumps(body),
        received_at=at,
    )
