"""Trends: what may be counted, which groups are large enough to show, and how a count reads."""

from rules.trends.band import Rate, grade_band
from rules.trends.group import Limits, Visit, safe
from rules.trends.hiding import Cell, Tables, publish
from rules.trends.periods import (
    closed,
    month_of,
    months_between,
    months_of,
    period_short,
    period_title,
    same_day,
    term_of,
    terms_between,
)
from rules.trends.question import QUESTIONS, Question, Record, answers

__all__ = [
    "QUESTIONS",
    "Cell",
    "Limits",
    "Question",
    "Rate",
    "Record",
    "Tables",
    "Visit",
    "answers",
    "closed",
    "grade_band",
    "month_of",
    "months_between",
    "months_of",
    "period_short",
    "period_title",
    "publish",
    "safe",
    "same_day",
    "term_of",
    "terms_between",
]
