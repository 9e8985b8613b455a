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
    walkthrough,
)
from models.trends import alert, counted, fact, published

__all__ = [
    "act",
    "alert",
    "alignment",
    "base",
    "coaching",
    "communication",
    "counted",
    "district",
    "event",
    "fact",
    "feedback",
    "focus_set",
    "framework",
    "look_for",
    "metadata",
    "person",
    "published",
    "room",
    "seal",
    "sealed",
    "sign_in",
    "stance",
    "walkthrough",
]

metadata = base.Model.metadata
