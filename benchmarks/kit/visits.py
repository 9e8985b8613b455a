"""Invented visits: the events that a phone writes in one classroom."""

from __future__ import annotations

import random
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from typing import Any

from benchmarks.kit.school import Observer, Stage
from models.base import new_id
from rules.discourse import CATEGORIES

AT = datetime(2026, 10, 13, 15, 4, tzinfo=UTC)
PRESENT = 24
Body = dict[str, Any]


@dataclass
class Visit:
    """One walk on one device; every act becomes an event."""

    device: str
    walk: str = field(default_factory=lambda: str(new_id()))
    seq: int = 0
    at: datetime = AT
    events: list[Body] = field(default_factory=list)

    def act(self, kind: str, data: Mapping[str, Any] | None = None) -> None:
        """Write one event, some seconds after the last."""
        self.seq += 1
        self.at += timedelta(seconds=9)
        self.events.append(
            {
                "id": str(new_id()),
                "walkthrough": self.walk,
                "device": self.device,
                "seq": self.seq,
                "at": instant(self.at),
                "elapsed_ms": self.seq * 9000,
                "kind": kind,
                "data": dict(data or {}),
            }
        )


def instant(at: datetime) -> str:
    """As the phone writes it."""
    return at.isoformat(timespec="milliseconds").replace("+00:00", "Z")


def visit(stage: Stage, observer: Observer, events: int, chance: random.Random) -> Visit:
    """A whole visit of so many events, from the start to “finished”: three sweeps, a note, taps."""
    walk = Visit(device=f"phone-{observer.id[-6:]}")
    start(walk, stage, observer)
    middle = max(0, events - 3)
    for place in range(middle):
        if place in (middle // 6, middle // 2, middle - 1):
            sweep(walk, chance)
        elif place == middle // 3:
            walk.act("note_written", {"note": "n1", "text": "“I used a number line,” said one."})
        else:
            tap(walk, stage.look_fors, chance)
    walk.act("finished")
    return walk


def start(walk: Visit, stage: Stage, observer: Observer) -> None:
    """The two events that a phone writes at Start."""
    walk.act(
        "started",
        {
            "teacher": observer.teacher,
            "class": observer.school_class,
            "purpose": "walkthrough",
            "framework": stage.framework,
            "sets": stage.sets[:1],
            "focus": [],
        },
    )
    walk.act("context_set", {"present": PRESENT, "subject": "Mathematics", "grade": "7"})


def sweep(walk: Visit, chance: random.Random) -> None:
    """Count the room."""
    began = instant(walk.at)
    walk.at += timedelta(seconds=150)
    counts = dict.fromkeys(CATEGORIES, 0)
    for _ in range(PRESENT):
        counts[chance.choice(CATEGORIES)] += 1
    walk.act("sweep_taken", {"counts": counts, "present": PRESENT, "began_at": began})


def tap(walk: Visit, look_fors: list[str], chance: random.Random) -> None:
    """See one look-for, or see it again."""
    look_for = chance.choice(look_fors)
    if chance.random() < 0.6:
        walk.act("look_for_marked", {"look_for": look_for, "mark": "seen"})
    else:
        walk.act("look_for_counted", {"look_for": look_for})


def second_device(first: Visit, stage: Stage, chance: random.Random, taps: int = 5) -> Visit:
    """A tablet that taps along in the same visit."""
    walk = Visit(device=f"{first.device}-b", walk=first.walk)
    for _ in range(taps):
        tap(walk, stage.look_fors, chance)
    return walk
