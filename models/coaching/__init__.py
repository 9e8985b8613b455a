"""Coaching in confidence: who coaches whom, and what they keep together."""

from models.coaching.caseload import Caseload, stops_role, why_not
from models.coaching.goal import Goal
from models.coaching.mentoring import Mentoring
from models.coaching.note import CoachingNote
from models.coaching.phase import PhaseMove
from models.coaching.plan import PlanPart

__all__ = [
    "Caseload",
    "CoachingNote",
    "Goal",
    "Mentoring",
    "PhaseMove",
    "PlanPart",
    "stops_role",
    "why_not",
]
