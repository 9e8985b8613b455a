"""Every table, for those who need the whole schema at once (migrations, tests)."""

from models import (
    act,
    base,
    binder,
    coaching,
    district,
    event,
    feedback,
    framework,
    job,
    look_for,
    person,
    plan,
    room,
    self_view,
    sign_in,
    walkthrough,
)

__all__ = [
    "act",
    "base",
    "binder",
    "coaching",
    "district",
    "event",
    "feedback",
    "framework",
    "job",
    "look_for",
    "metadata",
    "person",
    "plan",
    "room",
    "self_view",
    "sign_in",
    "walkthrough",
]

metadata = base.Model.metadata
