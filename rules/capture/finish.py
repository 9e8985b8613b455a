"""Whether the walk is finished: anything that changes it afterwards reopens it."""

from collections.abc import Sequence
from datetime import datetime
from itertools import accumulate

from rules.capture.event import Event
from rules.capture.undo import undone_target


def finished_at(known: Sequence[Event], live: Sequence[Event]) -> datetime | None:
    """When the walk was finished, None while it is open.

    `known` are all events in order, `live` those that stand and can be read. A standing event
    after `finished` reopens the walk; an `undone` does so only where what it takes back came
    before, so that undoing a late tap leaves the walk finished again.
    """
    place = {event.id: i for i, event in enumerate(known)}
    changed = max((place[event.id] for event in live if _changes(event)), default=-1)
    reaching = [0] * (len(known) + 1)
    for event in live:
        target = place.get(undone_target(event) or "")
        if target is not None and target < place[event.id]:
            reaching[target + 1] += 1
            reaching[place[event.id]] -= 1
    reached = list(accumulate(reaching))
    for event in live:
        i = place[event.id]
        if event.kind == "finished" and i > changed and not reached[i]:
            return event.at
    return None


def _changes(event: Event) -> bool:
    return event.kind not in ("finished", "undone")
