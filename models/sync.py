"""Take in a batch of events: each is stored, or kept aside with a reason a person can read."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING, Any
from uuid import UUID

from sqlalchemy import select

from models.base import db
from models.event import Event, EventAside, body_digest
from models.look_for import known
from models.reach import Starts
from models.settle import Reading, read_visits, settle
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


def receive(bodies: Sequence[Any], *, by: Person, at: datetime) -> list[dict[str, str]]:
    """Store bodies that came another way than in a batch of their author’s: sealed, or repaired."""
    return Batch([Offered.read(body) for body in bodies], by=by).store(at=at)


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


class Batch:
    """One request’s events on their way into the database.

    What they name is looked up for all of them at once, and what they say is read, before
    `store` holds the database up for anybody.
    """

    def __init__(self, offered: Sequence[Offered], *, by: Person) -> None:
        self.offered = offered
        self.author = by
        self.events: dict[UUID, list[Captured]] = {}
        for one in offered:
            if one.event:
                self.events.setdefault(one.event.walkthrough, []).append(one.event)
        starting = [e for some in self.events.values() for e in some if e.kind == "started"]
        self.starting = {event.walkthrough for event in starting}
        self.starts = Starts.of(by, [event.data for event in starting])
        named = {key for some in self.events.values() for e in some for key in e.look_fors}
        named.update(key for event in starting for key in event.data.get("focus", ()))
        self.look_fors = known(named, by.district_id)
        self.ahead = self._read_ahead()

    def _read_ahead(self) -> dict[UUID, Reading]:
        """What the visits say that begin here, should the database hold nothing else of them."""
        whole = {visit: [one.as_read() for one in self.events[visit]] for visit in self.starting}
        return read_visits(whole, self.author.district)

    def store(self, *, at: datetime) -> list[dict[str, str]]:
        """Store what can be stored and say of each body, in order, what became of it.

        Outcomes: `stored`, `conflict` (the id is taken by another body, which stays), `refused`
        (can never be accepted as it is), `quarantined` (well formed, but names something unknown).
        """
        outcomes = _Writing(self, at).write()
        asides = [(one, why) for one, why in zip(self.offered, outcomes, strict=True) if why]
        EventAside.put(_aside(one, why, by=self.author, at=at) for one, why in asides)
        return [
            {"id": one.id, "outcome": why.outcome, "reason": why.reason}
            if why
            else {"id": one.id, "outcome": "stored"}
            for one, why in zip(self.offered, outcomes, strict=True)
        ]


class _Writing:
    """A batch while the database is held up for it."""

    def __init__(self, batch: Batch, at: datetime) -> None:
        self.batch = batch
        self.at = at
        self.walks, self.fresh = Walkthrough.hold(batch.events, by=batch.author, at=at)
        self.started = Event.started_by(
            visit for visit in batch.starting if self.walks[visit].started_at
        )
        self.rows: dict[UUID, dict[str, Any]] = {}

    def write(self) -> list[Aside | None]:
        """Insert what may be inserted, settle the visits, and say what was put aside and why."""
        batch = self.batch
        asides = [self._judge(one) for one in batch.offered]
        all_new = Event.keep(list(self.rows.values()))
        touched = Counter(row["walkthrough_id"] for row in self.rows.values())
        # what was read ahead holds where nothing was put aside, and nothing was there before
        ahead = {
            visit: batch.ahead[visit]
            for visit in (self.fresh & batch.starting if all_new else ())
            if touched[visit] == len(batch.events[visit])
        }
        held = Event.held(touched.keys() - ahead.keys())
        readings = ahead | read_visits(held.events, batch.author.district)
        walks = [self.walks[visit] for visit in touched]
        settle(walks, readings, batch.starts, batch.look_fors, at=self.at)
        written = {
            key: row["digest"] for key, row in self.rows.items() if row["walkthrough_id"] in ahead
        }
        digests = held.digests | written
        return [
            aside or _unless_held(one, digests)
            for one, aside in zip(batch.offered, asides, strict=True)
        ]

    def _judge(self, one: Offered) -> Aside | None:
        """Take one event in to be written, or say why not."""
        event = one.event
        if event is None:
            return Aside("refused", one.why)
        if self.walks[event.walkthrough].observer_id != self.batch.author.id:
            return Aside("refused", "This visit is somebody else’s. Sign in as its author.")
        unknown = self._unknown(event)
        if unknown:
            return Aside("quarantined", unknown)
        row = self.rows.setdefault(event.id, self._row(event, one.digest))
        return None if row["digest"] == one.digest else CONFLICT

    def _unknown(self, event: Captured) -> str | None:
        if event.kind == "started":
            return self._why_not_start(event)
        strangers = [key for key in event.look_fors if key not in self.batch.look_fors]
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
        reason = self.batch.starts.why_not(event.data)
        if reason is None:
            self.started[event.walkthrough] = event.id
        return reason

    def _row(self, event: Captured, digest: bytes) -> dict[str, Any]:
        return {
            "id": event.id,
            "walkthrough_id": event.walkthrough,
            "author_id": self.batch.author.id,
            "device": event.device,
            "seq": event.seq,
            "at": event.at,
            "elapsed_ms": event.elapsed_ms,
            "kind": event.kind,
            "data": event.data,
            "digest": digest,
            "received_at": self.at,
        }


def _unless_held(one: Offered, digests: Mapping[UUID, bytes]) -> Aside | None:
    """Nothing to say when this very body is stored; a conflict when another holds its id."""
    assert one.event is not None
    return None if digests.get(one.event.id) == one.digest else CONFLICT


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
