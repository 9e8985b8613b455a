"""A phone in a test: it writes events as the capture screen does."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import UTC, datetime, timedelta
from typing import Any
from uuid import UUID

from models.base import db, new_id
from models.look_for import LookForSet
from tests.cast import Cast, named

AT = datetime(2026, 10, 13, 15, 4, tzinfo=UTC)
"""10:04 in Cedar Falls."""

CATEGORIES = ("peer", "teacher", "headphones", "device", "listening", "quiet", "other")


class Phone:
    """One walk on one device; every act becomes an event."""

    def __init__(self, device: str = "phone-1", walk: UUID | None = None) -> None:
        self.device = device
        self.walk = str(walk or new_id())
        self.seq = 0
        self.at = AT
        self.events: list[dict[str, Any]] = []

    def act(self, kind: str, data: Mapping[str, Any] | None = None, *, after: int = 20) -> str:
        """Write one event `after` seconds later; returns its id."""
        self.at += timedelta(seconds=after)
        self.seq += 1
        event = {
            "id": str(new_id()),
            "walkthrough": self.walk,
            "device": self.device,
            "seq": self.seq,
            "at": self.at.isoformat(timespec="milliseconds").replace("+00:00", "Z"),
            "kind": kind,
            "data": dict(data or {}),
        }
        self.events.append(event)
        return str(event["id"])

    def start(self, cast: Cast, *, purpose: str = "walkthrough", **changes: Any) -> None:
        """Begin a visit to Ms. Okafor’s Math 7."""
        sets = db.session.scalars(LookForSet.visible_to(cast.principal)).all()
        data = {
            "teacher": str(named("okafor")),
            "class": str(named("math 7")),
            "purpose": purpose,
            "framework": str(cast.framework.id),
            "sets": [str(one.id) for one in sets],
            "focus": [],
        }
        self.act("started", data | changes)
        self.act("context_set", {"present": 24})

    def sweep(self, *counts: int, after: int = 130) -> str:
        """Count the room in the order of CATEGORIES."""
        began = (self.at + timedelta(seconds=after)).isoformat().replace("+00:00", "Z")
        data = {"counts": dict(zip(CATEGORIES, counts, strict=True)), "present": 24}
        return self.act("sweep_taken", data | {"began_at": began}, after=after)

    def mark(self, cast: Cast, key: str, mark: str = "seen") -> str:
        """Mark a look-for by its key."""
        return self.act("look_for_marked", {"look_for": str(cast.look_for(key).id), "mark": mark})

    def whole_visit(self, cast: Cast, *, purpose: str = "walkthrough") -> None:
        """Look-fors, three sweeps, a student, a note, and the end."""
        self.start(cast, purpose=purpose)
        self.mark(cast, "BL01")
        self.sweep(11, 4, 2, 6, 0, 0, 1)
        self.mark(cast, "DP01")
        self.act("structure_seen", {"structure": "partner_task"})
        self.sweep(4, 5, 5, 9, 0, 0, 1)
        self.act(
            "student_asked",
            {
                "student": "A",
                "now": "clear",
                "going": "partly",
                "how": "not_yet",
                "classmate": "yes",
                "quote": "For the sign mistakes from Monday.",
            },
        )
        self.sweep(3, 5, 6, 9, 0, 0, 1)
        self.act("finished")

    def batch(self) -> dict[str, Any]:
        """What goes to /sync."""
        return {"device": self.device, "events": self.events}
