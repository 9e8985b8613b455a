"""The codes of the discourse check and the words people read for them."""

from collections.abc import Mapping
from typing import Final

# In the order of the count: the first that fits a student is the one tapped.
CATEGORY_WORDS: Final[Mapping[str, str]] = {
    "peer": "With a classmate",
    "teacher": "With the teacher",
    "headphones": "In headphones",
    "device": "On a device",
    "listening": "Listening as a group",
    "quiet": "Reading or writing",
    "other": "Off task, moving or waiting",
}
CATEGORIES: Final = tuple(CATEGORY_WORDS)

VERDICT_WORDS: Final[Mapping[str, str]] = {
    "preserved": "Preserved",
    "at_risk": "At risk",
    "displaced": "Displaced",
    "not_enough_evidence": "Not enough evidence",
    "not_applicable": "Not applicable",
}
CONFIDENCE_WORDS: Final[Mapping[str, str]] = {
    "this visit": "this visit",
    "one sighting": "one sighting",
    "for now": "for now",
}

PHASES: Final[Mapping[str, str]] = {
    "opening": "Opening",
    "work": "Work time",
    "discussion": "Discussion",
    "closing": "Closing",
    "assessment": "Assessment",
    "silent_by_design": "Silent by design",
    "transition_only": "Transition only",
}
QUIET_PHASES: Final = ("assessment", "silent_by_design", "transition_only")

TALK_STRUCTURES: Final[Mapping[str, str]] = {
    "turn_and_talk": "Turn-and-talk",
    "think_pair_share": "Think-pair-share",
    "partner_check": "Partner check",
    "partner_task": "Partner task",
    "group_task": "Group task with roles",
    "jigsaw": "Jigsaw",
    "peer_feedback": "Peer-feedback protocol",
    "seminar": "Seminar",
    "whole_class_discussion": "Whole-class discussion",
    "number_talk": "Number talk",
    "gallery_walk": "Gallery walk",
    "other": "Another talk structure",
}

MODELS: Final[Mapping[str, str]] = {
    "whole_class": "Whole class",
    "station_rotation": "Station rotation",
    "lab_rotation": "Lab rotation",
    "individual_rotation": "Individual rotation",
    "flipped": "Flipped",
    "flex": "Flex",
    "a_la_carte": "À la carte",
    "enriched_virtual": "Enriched virtual",
}

SHARE_WORDS: Final[Mapping[str, str]] = {
    "peer_share": "With a classmate",
    "interactive_share": "In talk with a classmate or the teacher",
    "headphone_share": "In headphones",
    "solo_device_share": "Alone on a device, with or without headphones",
    "listening_share": "Listening as a group",
}
SHARE_CATEGORIES: Final[Mapping[str, tuple[str, ...]]] = {
    "peer_share": ("peer",),
    "interactive_share": ("peer", "teacher"),
    "headphone_share": ("headphones",),
    "solo_device_share": ("device", "headphones"),
    "listening_share": ("listening",),
}

TOPIC_WORDS: Final[Mapping[str, str]] = {
    "shared": "Most students share a topic with enough others",
    "thin": "Most students share a topic with only a few others",
    "fragmented": "Most students work on a topic nearly alone",
    "not_recorded": "Topics were not recorded",
}
