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
    walkthrough,
)
from models.trends import alert, counted, fact, published

__all__ = [
    "act",
    "alert",
    "base",
    "coaching",
    "counted",
    "district",
    "event",
    "fact",
    "feedback",
    "framework",
    "look_for",
    "metadata",
    "person",
    "published",
    "room",
    "sign_in",
    "walkthrough",
]

metadata = base.Model.metadata
