"""A walk's events and their fold: what was observed, whatever order the events arrived in."""

from rules.capture.event import (
    ASK_ANSWERS,
    EVENT_KINDS,
    MARKS,
    NOTE_SLOTS,
    PURPOSES,
    SPEAKERS,
    Event,
    instant_text,
    parse_instant,
)
from rules.capture.fold import check_input, fold
from rules.capture.observed import (
    Asked,
    Context,
    Heard,
    Level,
    Mark,
    Note,
    Observed,
    Override,
    Started,
    Structure,
    Sweep,
    Tap,
    Topics,
)
from rules.capture.undo import live_events

__all__ = [
    "ASK_ANSWERS",
    "EVENT_KINDS",
    "MARKS",
    "NOTE_SLOTS",
    "PURPOSES",
    "SPEAKERS",
    "Asked",
    "Context",
    "Event",
    "Heard",
    "Level",
    "Mark",
    "Note",
    "Observed",
    "Override",
    "Started",
    "Structure",
    "Sweep",
    "Tap",
    "Topics",
    "check_input",
    "fold",
    "instant_text",
    "live_events",
    "parse_instant",
]
