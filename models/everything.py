"""Every table, for those who need the whole schema at once (migrations, tests)."""

from models import (
    act,
    alignment,
    base,
    coaching,
    communication,
    district,
    event,
    feedback,
    focus_set,
    framework,
    look_for,
    person,
    room,
    seal,
    sealed,
    sign_in,
    stance,
    step,
    walkthrough,
)

__all__ = [
    "act",
    "alignment",
    "base",
    "coaching",
    "communication",
    "district",
    "event",
    "feedback",
    "focus_set",
    "framework",
    "look_for",
    "metadata",
    "person",
    "room",
    "seal",
    "sealed",
    "sign_in",
    "stance",
    "step",
    "walkthrough",
]

metadata = base.Model.metadata
