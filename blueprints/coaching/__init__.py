"""Coaching in confidence: the caseload, and what a coach and a teacher keep together."""

from blueprints.coaching import growth, kept, pair
from blueprints.coaching.board import bp

__all__ = ["bp", "growth", "kept", "pair"]
