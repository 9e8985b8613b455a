"""The events of walks, as they came from phones; and those kept aside for repair."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Sequence
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import ForeignKey, Index, Select, select
from sqlalchemy.dialects.postgresql import insert as postgresql_insert
from sqlalchemy.dialects.sqlite import insert as sqlite_insert
from sqlalchemy.orm import Mapped, mapped_column

from models.base import Model, db, new_id
from rules import capture


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

    def as_captured(self) -> capture.Event:
        """The event as the rules read it."""
        return capture.Event(
            id=str(self.id),
            walkthrough=str(self.walkthrough_id),
            device=self.device,
            seq=self.seq,
            at=self.at,
            kind=self.kind,
            data=self.data,
            elapsed_ms=self.elapsed_ms,
        )

    def as_sent(self) -> dict[str, Any]:
        """The event as a phone wrote it."""
        return {
            "id": str(self.id),
            "walkthrough": str(self.walkthrough_id),
            "device": self.device,
            "seq": self.seq,
            "at": capture.instant_text(self.at),
            "elapsed_ms": self.elapsed_ms,
            "kind": self.kind,
            "data": self.data,
        }

    @classmethod
    def as_they_came(cls, walkthrough_id: UUID) -> Select[tuple[Event]]:
        """Every event of one walk, device by device."""
        of_walk = select(cls).where(cls.walkthrough_id == walkthrough_id)
        return of_walk.order_by(cls.device, cls.seq)

    @classmethod
    def of(cls, walkthrough_ids: Iterable[UUID]) -> dict[UUID, list[capture.Event]]:
        """All events of these walks."""
        walks: dict[UUID, list[capture.Event]] = {walk: [] for walk in walkthrough_ids}
        for event in db.session.scalars(select(cls).where(cls.walkthrough_id.in_(walks))):
            walks[event.walkthrough_id].append(event.as_captured())
        return walks

    @classmethod
    def keep(cls, rows: Sequence[dict[str, Any]]) -> dict[UUID, bytes]:
        """Insert what is new, and say which body (digest) each id holds now.

        The unique key decides, not a look beforehand: two requests that race with the same
        event both find the one that came first.
        """
        if not rows:
            return {}
        insert = sqlite_insert if db.engine.dialect.name == "sqlite" else postgresql_insert
        # in order of id, so that two batches that overlap cannot wait for each other
        ordered = sorted(rows, key=lambda row: str(row["id"]))
        db.session.execute(insert(cls.__table__).on_conflict_do_nothing(), ordered)  # type: ignore[arg-type]
        held = select(cls.id, cls.digest).where(cls.id.in_([row["id"] for row in rows]))
        return {row.id: bytes(row.digest) for row in db.session.execute(held)}


class EventAside(Model):
    """An event that could not be stored as it came: a conflict, refused, or quarantined."""

    __tablename__ = "event_asides"

    id: Mapped[UUID] = mapped_column(primary_key=True, default=new_id)
    event_id: Mapped[str]
    digest: Mapped[bytes] = mapped_column(unique=True)
    author_id: Mapped[UUID] = mapped_column(ForeignKey("people.id"))
    outcome: Mapped[str]
    reason: Mapped[str]
    body: Mapped[str]
    """JSON in ASCII: half a character, say, has no place in a PostgreSQL document."""
    received_at: Mapped[datetime]

    @classmethod
    def put(cls, asides: Iterable[EventAside]) -> None:
        """Keep each once, however often the phone offers it again."""
        fresh = {aside.digest: aside for aside in asides}
        held = set(db.session.scalars(select(cls.digest).where(cls.digest.in_(fresh))))
        db.session.add_all(aside for digest, aside in fresh.items() if digest not in held)


def body_digest(body: object) -> bytes:
    """What tells one body from another: key order and spacing do not matter."""
    canonical = json.dumps(body, sort_keys=True, separators=(",", ":"), ensure_ascii=False)
    return hashlib.sha256(canonical.encode("utf-8", "surrogatepass")).digest()
