"""Which events stand: undoing, undoing an undo, and circles that undo nothing."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence

from rules.capture.event import EVENT_KINDS, Event, body_text, order, readable


def each_once(events: Iterable[Event]) -> tuple[Event, ...]:
    """Events of known kinds in order, one per id; of two bodies under one id the earlier."""
    first: dict[str, Event] = {}
    for event in events:
        if event.kind not in EVENT_KINDS:
            continue
        other = first.get(event.id)
        if other is None or _before(event, other):
            first[event.id] = event
    return tuple(sorted(first.values(), key=order))


def live_events(events: Iterable[Event]) -> tuple[Event, ...]:
    """The events that stand, each once, in order; undone ones and unknown kinds left out.

    An event is undone while an `undone` that itself stands names it, whichever came first: a
    slow clock must not protect a tap from being taken back. `undone` events that name each
    other in a circle undo nothing.
    """
    return standing(each_once(events))


def standing(known: Sequence[Event]) -> tuple[Event, ...]:
    """Those of the known events (each once) that are not undone, in the order given."""
    targets = {event.id: undone_target(event) for event in known}
    settled = _settle(targets)
    return tuple(event for event in known if settled.get(event.id, False))


def undone_target(event: Event) -> str | None:
    """The id an `undone` event names, None for any other event."""
    target = readable(event).get("event") if event.kind == "undone" else None
    return target if isinstance(target, str) else None


def _before(event: Event, other: Event) -> bool:
    if order(event) != order(other):
        return order(event) < order(other)
    return _content(event) < _content(other)


def _content(event: Event) -> tuple[str, int]:
    return body_text(event), -1 if event.elapsed_ms is None else event.elapsed_ms


def _settle(targets: Mapping[str, str | None]) -> dict[str, bool]:
    """Does it stand? Each is settled once all that name it are; a circle never is, so is void."""
    undoers: dict[str, list[str]] = defaultdict(list)
    for id_, target in targets.items():
        if target is not None and target in targets:
            undoers[target].append(id_)
    waiting = Counter({id_: len(named_by) for id_, named_by in undoers.items()})
    ready = [id_ for id_ in targets if not waiting[id_]]
    settled: dict[str, bool] = {}
    while ready:
        id_ = ready.pop()
        settled[id_] = not any(settled[undoer] for undoer in undoers.get(id_, ()))
        target = targets[id_]
        if target is not None and target in targets:
            waiting[target] -= 1
            if not waiting[target]:
                ready.append(target)
    return settled
