"""Kinds of rooms an observer walks into, and what happens in them."""

from collections.abc import Mapping
from dataclasses import dataclass, field

Weights = Mapping[str, float]


@dataclass(frozen=True)
class Room:
    """One kind of lesson, as chances: of each category in a sweep, of each look-for being seen."""

    sweep: Weights
    phase: str = "work"
    models: Weights = field(default_factory=lambda: {"whole_class": 1})
    structures: tuple[str, ...] = ()
    uptake: tuple[int, int] = (0, 0)
    topics: tuple[int, int] | None = None  # the fewest and the most groups on different topics
    seen: Weights = field(default_factory=dict)
    notes: tuple[str, ...] = ()
    looks: tuple[int, int] = (3, 4)
    talk_later: float = 0.0


ROOMS: Mapping[str, Room] = {
    "seminar": Room(
        sweep={"peer": 62, "teacher": 18, "listening": 4, "quiet": 13, "other": 3},
        phase="discussion",
        structures=("seminar", "whole_class_discussion"),
        uptake=(4, 9),
        topics=(1, 1),
        seen={"DP01": 0.9, "DP02": 0.95, "DP03": 0.95, "DP07": 0.7, "BL13": 0.8, "BL01": 0.6},
        notes=(
            "Chairs in a circle. The first question came from a student and stayed on the board.",
            "Eleven students spoke before the teacher did. Two changed their mind aloud.",
            "Students go back to the text for a line before they answer.",
        ),
    ),
    "partners": Room(
        sweep={"peer": 46, "teacher": 12, "device": 12, "quiet": 23, "other": 7},
        structures=("turn_and_talk", "think_pair_share", "partner_check", "number_talk"),
        uptake=(1, 4),
        topics=(1, 2),
        seen={"DP02": 0.9, "DP03": 0.6, "DP01": 0.5, "BL01": 0.6, "BL09": 0.6, "BL10": 0.5},
        notes=(
            "Partners compare two ways to set it up, then one of each pair moves on.",
            "A timer on the board: one minute to write, two to talk, and then the other way round.",
            "The pair by the door keeps asking each other how they know.",
        ),
    ),
    "groups": Room(
        sweep={"peer": 52, "teacher": 9, "device": 14, "quiet": 17, "other": 8},
        structures=("group_task", "jigsaw", "gallery_walk", "peer_feedback"),
        uptake=(2, 6),
        topics=(1, 4),
        seen={"DP01": 0.85, "DP02": 0.85, "DP03": 0.6, "DP06": 0.6, "BL06": 0.5, "BL11": 0.4},
        notes=(
            "Each group has a sheet with roles; the reporter is writing while the others argue.",
            "Posters on three walls. Students leave a question on each before they sit down.",
        ),
    ),
    "stations": Room(
        sweep={"peer": 19, "teacher": 18, "headphones": 20, "device": 25, "quiet": 14, "other": 4},
        models={"station_rotation": 0.85, "lab_rotation": 0.15},
        structures=("partner_task", "partner_check"),
        uptake=(0, 3),
        topics=(3, 5),
        seen={"BL02": 0.8, "BL03": 0.75, "BL04": 0.6, "BL05": 0.6, "BL12": 0.5, "DP04": 0.4},
        notes=(
            "Three stations. The one with the teacher is five students with last Friday’s exit "
            "slip.",
            "Cards at each station say what comes next; nobody asked where to go.",
            "Headphones hang on a hook by the talk station.",
        ),
    ),
    "headphones": Room(
        sweep={"headphones": 66, "device": 20, "teacher": 5, "peer": 1.5, "quiet": 5, "other": 3},
        models={"individual_rotation": 0.6, "flex": 0.4},
        topics=(7, 11),
        seen={"WO01": 0.85, "BL08": 0.5, "BL07": 0.45, "BL02": 0.6},
        notes=(
            "Rows face the wall. Each student is in headphones on a list of their own.",
            "The teacher goes from screen to screen; most stops are about a login or a frozen "
            "page.",
            "A progress bar on each screen. Nobody looks up when the door opens.",
        ),
        talk_later=0.12,
    ),
    "screens": Room(
        sweep={"device": 58, "headphones": 9, "teacher": 10, "peer": 8, "quiet": 10, "other": 5},
        models={"flex": 0.4, "lab_rotation": 0.3, "individual_rotation": 0.3},
        topics=(4, 8),
        uptake=(0, 1),
        seen={"BL06": 0.4, "BL07": 0.5, "BL08": 0.5, "WO02": 0.3, "BL05": 0.4},
        notes=(
            "Slides being built on one screen each; two students turn theirs round to show.",
            "The task asks for an explanation in a text box. Most write a line.",
        ),
        talk_later=0.1,
    ),
    "lecture": Room(
        sweep={"listening": 74, "teacher": 9, "quiet": 12, "device": 2, "other": 3},
        seen={"BL05": 0.4, "BL01": 0.3},
        notes=(
            "Notes on the board; students copy the worked example.",
            "Four questions to the whole class, each answered by somebody in the front row.",
        ),
        uptake=(0, 1),
        topics=(1, 1),
    ),
    "writing": Room(
        sweep={"quiet": 84, "device": 8, "teacher": 5, "other": 3},
        phase="silent_by_design",
        seen={"BL10": 0.6, "BL13": 0.5, "BL01": 0.5},
        notes=(
            "Everyone writes. The teacher kneels beside one desk at a time.",
            "A first draft on paper; the sentence starters on the wall are in use.",
        ),
        looks=(2, 3),
    ),
    "test": Room(
        sweep={"quiet": 90, "device": 7, "other": 3},
        phase="assessment",
        notes=("A test on paper until the bell.",),
        looks=(1, 2),
    ),
    "glimpse": Room(
        sweep={"peer": 24, "teacher": 20, "device": 22, "quiet": 22, "listening": 8, "other": 4},
        uptake=(0, 1),
        seen={"BL02": 0.4, "DP02": 0.3},
        notes=("Called away by the office after six minutes.",),
        looks=(1, 2),
    ),
}

#: What teachers lean to. Most rooms are mixed; a few are nearly always one thing.
LEANINGS: Mapping[str, Weights] = {
    "talks": {
        "seminar": 3,
        "partners": 4,
        "groups": 4,
        "stations": 1,
        "writing": 1.2,
        "lecture": 0.6,
    },
    "rotates": {"stations": 6, "partners": 2, "headphones": 1, "groups": 1, "screens": 1},
    "plugs in": {"headphones": 6, "screens": 3, "stations": 1.2, "lecture": 0.5, "partners": 0.5},
    "explains": {"lecture": 5, "partners": 2, "writing": 1.5, "test": 1, "screens": 1},
    "mixes": {
        "partners": 2,
        "groups": 2,
        "stations": 2,
        "screens": 1.5,
        "lecture": 1.5,
        "headphones": 1,
        "writing": 1,
        "seminar": 0.7,
    },
}
HOW_MANY: Weights = {"talks": 18, "rotates": 20, "plugs in": 18, "explains": 16, "mixes": 28}
ANYWHERE: Weights = {"glimpse": 0.6, "test": 0.25, "writing": 0.3}
