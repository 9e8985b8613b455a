"""Every table, for those who need the whole schema at once (migrations, tests)."""

from models import (
    act,
    base,
    coaching,
    district,
    event,
    feedback,
    framework,
    look_for,
    person,
    room,
    sign_in,
    step,
    walkthrough,
)

__all__ = [
    "act",
    "base",
    "coaching",
    "district",
    "event",
    "feedback",
    "framework",
    "look_for",
    "metadata",
    "person",
    "room",
    "sign_in",
    "step",
    "walkthrough",
]

metadata = base.Model.metadata
