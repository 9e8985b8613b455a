"""Feedback: from evidence to a letter whose every sentence says what it rests on."""

from rules.feedback.draft import Plan, draft, plan
from rules.feedback.evidence import Clock, Evidence, LookForView, gather
from rules.feedback.scene import Author, Sentence, Slot

__all__ = [
    "Author",
    "Clock",
    "Evidence",
    "LookForView",
    "Plan",
    "Sentence",
    "Slot",
    "draft",
    "gather",
    "plan",
]
