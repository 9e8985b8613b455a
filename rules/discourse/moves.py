"""Protective moves: small things a teacher may choose, each answering one reason."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

from rules.discourse.reading import Check


@dataclass(frozen=True)
class Move:
    """One move with an id that a step and its check-back can name."""

    id: str
    text: str


_TOPIC_MOVES: Final = (
    Move("anchor_problem", "One anchor problem a week before paths split"),
    Move("convene_at_eight", "Convene at eight: discuss when eight students reach the topic"),
    Move("pace_bands", "Pace bands instead of free pace"),
    Move("other_section_samples", "Bring work samples from another section"),
    Move("seat_same_topic", "Seat students on the same topic together"),
)

MOVES: Final[Mapping[str, tuple[Move, ...]]] = {
    "headphone_room": (
        Move("say_before_submit", "Say it to a partner before you submit it"),
        Move("headphones_off_ends", "Headphones off for the first and last five minutes"),
        Move("one_screen_for_two", "One shared screen for two students"),
    ),
    "solo_device_room": (
        Move("checkpoint_talk", "Checkpoint talk after every third task"),
        Move("talk_station", "A talk station in the rotation"),
        Move("swap_playlist_item", "Swap one playlist item for a two-person task"),
    ),
    "listening_room": (
        Move("planned_stops", "Two planned stops for partners to explain to each other"),
    ),
    "no_talk_structure": (
        Move("choose_structure", "Choose one talk structure and name it to students"),
    ),
    "no_peer_talk": (
        Move(
            "add_or_disagree",
            "Ask “Who can add to, or disagree with, what was just said?”, then wait three seconds",
        ),
    ),
    "topics_thin": _TOPIC_MOVES,
    "topics_fragmented": _TOPIC_MOVES,
    "planned_not_seen": (
        Move("return_when_planned", "Come back at the time planned"),
        Move("two_line_note", "Ask the teacher for a two-line note on how the talk went"),
    ),
}
DO_NOT_BLEND: Final = Move(
    "do_not_blend",
    "Do not blend this one: mark the component protected for this unit, which counts as alignment",
)


def moves(check: Check) -> tuple[Move, ...]:
    """The moves for a check's reasons in their order, each once, ending with “do not blend”.

    Empty where nothing was judged, and in a reading that only leans.
    """
    if check.verdict in ("not_applicable", "not_enough_evidence") or check.confidence == "for now":
        return ()
    chosen = {move.id: move for code in check.reasons for move in MOVES.get(code, ())}
    return (*chosen.values(), DO_NOT_BLEND)
