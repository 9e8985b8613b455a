"""The discourse-preservation check: did this visit see academic talk kept, at risk or displaced?"""

from rules.discourse.check import check, lean
from rules.discourse.given import BadInput, CheckInput, SweepInput, is_time_of_day, parse_input
from rules.discourse.moves import DO_NOT_BLEND, MOVES, Move, moves
from rules.discourse.reading import Check, NextLook, Portion, TopicGroups
from rules.discourse.sweeps import judge_sweeps, sweep_note
from rules.discourse.thresholds import (
    DEFAULT,
    NO_PUBLISHED_MINIMUM,
    RULE_VERSION,
    BadThresholds,
    Thresholds,
    approach_sentence,
    students_needed,
)
from rules.discourse.vocabulary import (
    CATEGORIES,
    CATEGORY_WORDS,
    CONFIDENCE_WORDS,
    MODELS,
    PHASES,
    QUIET_PHASES,
    SHARE_WORDS,
    TALK_STRUCTURES,
    TOPIC_WORDS,
    VERDICT_WORDS,
)
from rules.discourse.words import (
    REASON_SENTENCES,
    explain,
    headline,
    next_look_sentence,
    range_sentence,
    reason_sentence,
    verdict_sentence,
)

__all__ = [
    "CATEGORIES",
    "CATEGORY_WORDS",
    "CONFIDENCE_WORDS",
    "DEFAULT",
    "DO_NOT_BLEND",
    "MODELS",
    "MOVES",
    "NO_PUBLISHED_MINIMUM",
    "PHASES",
    "QUIET_PHASES",
    "REASON_SENTENCES",
    "RULE_VERSION",
    "SHARE_WORDS",
    "TALK_STRUCTURES",
    "TOPIC_WORDS",
    "VERDICT_WORDS",
    "BadInput",
    "BadThresholds",
    "Check",
    "CheckInput",
    "Move",
    "NextLook",
    "Portion",
    "SweepInput",
    "Thresholds",
    "TopicGroups",
    "approach_sentence",
    "check",
    "explain",
    "headline",
    "is_time_of_day",
    "judge_sweeps",
    "lean",
    "moves",
    "next_look_sentence",
    "parse_input",
    "range_sentence",
    "reason_sentence",
    "students_needed",
    "sweep_note",
    "verdict_sentence",
]
