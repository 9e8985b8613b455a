"""Take in a batch of events: each is stored, or kept aside with a reason a person can read."""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING, Any
from uuid import UUID

from sqlalchemy import select

from models.base import db
from models.event import Event, EventAside, Held, body_digest
from models.look_for import known
from models.reach import Starts
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


CONFLICT = Aside("conflict", "Another version of this entry arrived first. Both are kept.")


@dataclass(frozen=True, slots=True)
class Offered:
    """One body of a batch, looked at by itself: a well-formed event, or why it is none."""

    body: Any
    event: Captured | None
    digest: bytes
    why: str = ""

    @classmethod
    def read(cls, body: Any) -> Offered:
        """Check a body before anybody holds the database up for it."""
        try:
            event = read_event(body)
        except BadEvent as bad:
            return cls(body, None, b"", str(bad))
        return cls(body, event, body_digest(event.body))

    @property
    def id(self) -> str:
        """Its id as the phone wrote it."""
        return str(self.body.get("id", "")) if isinstance(self.body, dict) else ""


def receive(offered: Sequence[Offered], *, by: Person, at: datetime) -> list[dict[str, str]]:
    """Store what can be stored and say of each body, in order, what became of it.

    Outcomes: `stored`, `conflict` (the id is taken by another body, which stays), `refused`
    (can never be accepted as it is), `quarantined` (well formed, but names something unknown).
    """
    batch = _Batch(offered, by, at)
    outcomes = batch.write()
    asides = [(one, why) for one, why in zip(offered, outcomes, strict=True) if why]
    EventAside.put(_aside(one, why, by=by, at=at) for one, why in asides)
    return [
        {"id": one.id, "outcome": why.outcome, "reason": why.reason}
        if why
        else {"id": one.id, "outcome": "stored"}
        for one, why in zip(offered, outcomes, strict=True)
    ]


def receive_bodies(bodies: Sequence[Any], *, by: Person, at: datetime) -> list[dict[str, str]]:
    """Store bodies that came another way than in a batch of their author's: sealed, or repaired."""
    return receive([Offered.read(body) for body in bodies], by=by, at=at)


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
    """One request's events on their way into the database.

    What they name is looked up for all of them at once, before the first is judged.
    """

    def __init__(self, offered: Sequence[Offered], author: Person, at: datetime) -> None:
        self.offered = offered
        self.author = author
        self.at = at
        events = [one.event for one in offered if one.event]
        starting = [event for event in events if event.kind == "started"]
        named = (event.walkthrough for event in events)
        self.walks, self.fresh = Walkthrough.hold(named, by=author, at=at)
        self.starts = Starts.of(author, [event.data for event in starting])
        self.started = Event.started_by(
            event.walkthrough for event in starting if self.walks[event.walkthrough].started_at
        )
        told = {key for event in events for key in event.look_fors}
        told.update(key for event in starting for key in event.data.get("focus", ()))
        self.look_fors = known(told, author.district_id)
        self.rows: dict[UUID, dict[str, Any]] = {}

    def write(self) -> list[Aside | None]:
        """Insert what may be inserted, settle the visits, and say what was put aside and why."""
        asides = [self._judge(one) for one in self.offered]
        held = self._held()
        settle(
            [self.walks[one] for one in held.events],
            held.events,
            self.starts,
            self.look_fors,
            at=self.at,
        )
        return [
            aside or _unless_held(one, held)
            for one, aside in zip(self.offered, asides, strict=True)
        ]

    def _held(self) -> Held:
        """Store the rows, and what their visits hold now.

        A visit that began with this batch holds nothing else, as long as none of the ids was
        taken: what was written need not be read back.
        """
        rows = self.rows.values()
        fresh = self.fresh if Event.keep(list(rows)) else set()
        held = Event.held({row["walkthrough_id"] for row in rows} - fresh)
        held.take(row for row in rows if row["walkthrough_id"] in fresh)
        return held

    def _judge(self, one: Offered) -> Aside | None:
        """Take one event in to be written, or say why not."""
        event = one.event
        if event is None:
            return Aside("refused", one.why)
        if self.walks[event.walkthrough].observer_id != self.author.id:
            return Aside("refused", "This visit is somebody else’s. Sign in as its author.")
        unknown = self._unknown(event)
        if unknown:
            return Aside("quarantined", unknown)
        row = self.rows.setdefault(event.id, self._row(event, one.digest))
        return None if row["digest"] == one.digest else CONFLICT

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
        reason = self.starts.why_not(event.data)
        if reason is None:
            self.started[event.walkthrough] = event.id
        return reason

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


def _unless_held(one: Offered, held: Held) -> Aside | None:
    """Nothing to say when this very body is stored; a conflict when another holds its id."""
    assert one.event is not None
    return None if held.digests.get(one.event.id) == one.digest else CONFLICT


def _aside(one: Offered, why: Aside, *, by: Person, at: datetime) -> EventAside:
    return EventAside(
        event_id="".join(letter for letter in one.id if letter.isprintable())[:80],
        digest=body_digest([str(by.id), why.outcome, one.body]),
        author_id=by.id,
        outcome=why.outcome,
        reason=why.reason,
        body=json.dumps(one.body),
        received_at=at,
    )
