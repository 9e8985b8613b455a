"""The events of walks, as they came from phones; and those kept aside for repair."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING, Any
from uuid import UUID

from sqlalchemy import ForeignKey, Index, select
from sqlalchemy.orm import Mapped, mapped_column

from models.base import Model, db, new_id, write_new
from rules import capture

if TYPE_CHECKING:
    from sqlalchemy import Select

    from models.person import Person
    from models.walkthrough import Walkthrough


class Event(Model):
    """One tap: written once, never changed. What was observed is the fold of a walk's events."""

    __tablename__ = "events"
    __table_args__ = (Index("ix_events_walkthrough_id", "walkthrough_id"),)

    id: Mapped[UUID] = mapped_column(primary_key=True)
    walkthrough_id: Mapped[UUID] = mapped_column(ForeignKey("walkthroughs.id"))
    author_id: Mapped[UUID] = mapped_column(ForeignKey("people.id"))
    device: Mapped[str]
    seq: Mapped[int]
    at: Mapped[datetime]
    elapsed_ms: Mapped[int | None]
    kind: Mapped[str]
    data: Mapped[dict[str, Any]]
    digest: Mapped[bytes]
    received_at: Mapped[datetime]

    def as_sent(self) -> dict[str, Any]:
        """The event as the phone sent it."""
        return {
            "id": str(self.id),
            "walkthrough": str(self.walkthrough_id),
            "device": self.device,
            "seq": self.seq,
            "at": self.at.isoformat().replace("+00:00", "Z"),
            "elapsed_ms": self.elapsed_ms,
            "kind": self.kind,
            "data": self.data,
        }

    @classmethod
    def sent_for(cls, walk: Walkthrough) -> list[dict[str, Any]]:
        """Every event of one visit, for a device of its author that goes on with it."""
        rows = (
            select(cls).where(cls.walkthrough_id == walk.id).order_by(cls.at, cls.device, cls.seq)
        )
        return [event.as_sent() for event in db.session.scalars(rows)]

    @classmethod
    def of(cls, walkthrough_ids: Iterable[UUID]) -> dict[UUID, list[capture.Event]]:
        """All events of these walks."""
        return cls.held(walkthrough_ids).events

    @classmethod
    def held(cls, walkthrough_ids: Iterable[UUID]) -> Held:
        """All events of these walks, and which body each id holds."""
        found = Held({walk: [] for walk in walkthrough_ids}, {})
        if not found.events:
            return found
        # columns, not objects: a phone's batch brings hundreds, and nobody changes one
        asked = select(*(getattr(cls, name) for name in _SAID), cls.digest)
        for row in db.session.execute(asked.where(cls.walkthrough_id.in_(found.events))):
            *said, digest = row
            found.events[row.walkthrough_id].append(_as_captured(*said))
            found.digests[row.id] = bytes(digest)
        return found

    @classmethod
    def started_by(cls, walkthrough_ids: Iterable[UUID]) -> dict[UUID, UUID]:
        """The event that started each of these walks, of those that have one."""
        wanted = list(walkthrough_ids)
        if not wanted:
            return {}
        first = select(cls.walkthrough_id, cls.id).where(
            cls.walkthrough_id.in_(wanted), cls.kind == "started"
        )
        return {row.walkthrough_id: row.id for row in db.session.execute(first)}

    @classmethod
    def keep(cls, rows: Sequence[dict[str, Any]]) -> bool:
        """Insert what is new, and say whether all of it was.

        The unique key decides, not a look beforehand: two requests that race with the same
        event both find the one that came first.
        """
        if not rows:
            return True
        # in order of id, so that two batches that overlap cannot wait for each other
        ordered = sorted(rows, key=lambda row: row["id"].int)
        return write_new(cls, ordered) == len(rows)


@dataclass(frozen=True, slots=True)
class Held:
    """The events of some walks as the rules read them, and the digest of each by its id."""

    events: dict[UUID, list[capture.Event]]
    digests: dict[UUID, bytes]


_SAID = ("id", "walkthrough_id", "device", "seq", "at", "kind", "data", "elapsed_ms")
"""The columns of an event in the order in which the rules read them."""


def _as_captured(event_id: UUID, walkthrough_id: UUID, *said: Any) -> capture.Event:
    return capture.Event(str(event_id), str(walkthrough_id), *said)


class EventAside(Model):
    """An event that could not be stored as it came: a conflict, refused, or quarantined."""

    __tablename__ = "event_asides"

    id: Mapped[UUID] = mapped_column(primary_key=True, default=new_id)
    event_id: Mapped[str]
    digest: Mapped[bytes] = mapped_column(unique=True)
    author_id: Mapped[UUID] = mapped_column(ForeignKey("people.id"), index=True)
    outcome: Mapped[str]
    reason: Mapped[str]
    body: Mapped[str]
    """JSON in ASCII: half a character, say, has no place in a PostgreSQL document."""
    received_at: Mapped[datetime]
    settled_at: Mapped[datetime | None]
    """When it was stored after all, or its author set it aside."""

    @classmethod
    def visible_to(cls, person: Person) -> Select[tuple[EventAside]]:
        """Those this person captured and has not decided on; nobody else’s, whoever asks."""
        return (
            select(cls)
            .where(cls.author_id == person.id, cls.settled_at.is_(None))
            .order_by(cls.received_at, cls.id)
        )

    @classmethod
    def put(cls, asides: Iterable[EventAside]) -> None:
        """Keep each once, however often the phone offers it again."""
        fresh = {aside.digest: aside for aside in asides}
        if not fresh:
            return
        held = set(db.session.scalars(select(cls.digest).where(cls.digest.in_(fresh))))
        db.session.add_all(aside for digest, aside in fresh.items() if digest not in held)


def body_digest(body: object) -> bytes:
    """What tells one body from another: key order and spacing do not matter."""
    return hashlib.sha256(_canonical(body).encode("utf-8", "surrogatepass")).digest()


_canonical = json.JSONEncoder(sort_keys=True, separators=(",", ":"), ensure_ascii=False).encode
