"""When something happened by a device's own steady clock, which no hand can set back."""

from collections.abc import Callable, Sequence
from datetime import datetime

from rules.capture.event import Event, from_ms, to_ms

Steady = Callable[[Event, datetime], datetime]


def steady_clocks(known: Sequence[Event]) -> Steady:
    """How to read an instant that an event tells of, by the steady clock of its device.

    A device's clock begins where its earliest event (by elapsed_ms, seq, id) stood: that
    event's `at`, less the milliseconds that had passed. From there only `elapsed_ms` counts, so
    that a wall clock set back or forward in between moves nothing. Events without `elapsed_ms`
    are read as they say. The answer is never later than the event itself.
    """
    begins: dict[str, tuple[tuple[int, int, str], int]] = {}
    for event in known:
        if event.elapsed_ms is None:
            continue
        place = (event.elapsed_ms, event.seq, event.id)
        if event.device not in begins or place < begins[event.device][0]:
            begins[event.device] = place, to_ms(event.at) - event.elapsed_ms

    def read(event: Event, told: datetime) -> datetime:
        if event.elapsed_ms is None:
            return told
        before = max(0, to_ms(event.at) - to_ms(told))
        return from_ms(begins[event.device][1] + event.elapsed_ms - before)

    return read
