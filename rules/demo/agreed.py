"""What the invented district agreed on: a focus for the season, a decision, a set being written."""

from datetime import timedelta
from typing import Any

FOCUS = "Talk beside the screens"
FOCUS_ON = (
    "discourse-protection DP02",
    "discourse-protection DP03",
    "discourse-protection DP04",
    "core-four BL04",
    "core-four BL09",
)
SEASON = (timedelta(days=-20), timedelta(days=70))
"""When the focus begins and ends, from the day on which the demo is made."""

DECIDED_ON = "3b"
STANCE = "refrain"
UNIT = "seminars"
REASON = (
    "In a seminar everybody hears the same idea at the same moment, and answers it. "
    "Split into paths, there is nothing to answer."
)

SET = "Talk in science labs"
SUMMARY = "For the four weeks of lab work in spring. Written by the coaches with two departments."
WRITTEN: tuple[dict[str, Any], ...] = (
    {
        "statement": "Lab partners say what they expect before they measure",
        "kind": "p",
        "core_four": "reflection",
        "role": "protects",
        "ask": "What did your partner expect, and why?",
        "starting": "The sheet asks for a guess, and most leave it blank.",
        "growing": "Partners guess aloud when the teacher asks for it.",
        "strong": "Partners argue their guess from the last lab, unasked.",
        "step_phrase": "Give one minute for the guess before anybody touches the equipment.",
        "question_phrase": "What would partners need to disagree about a guess?",
    },
    {
        "statement": "Two groups compare results and look for the reason they differ",
        "kind": "c",
        "core_four": "data",
        "role": "protects",
        "example": "“Yours is twice ours. Did you weigh the cup, too?”",
        "resource": "Pair groups whose first results differ, and give them three minutes.",
    },
)
