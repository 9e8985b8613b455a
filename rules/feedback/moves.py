"""Moves that protect talk as next steps, and questions to think about, in our own words."""

# One line for each move a teacher can try; {planned} is the time talk was planned for.
MOVE_LINES = {
    "say_before_submit": "Try “say it to a partner before you submit it”: before an answer goes "
    "in, each student explains it to the student beside them.",
    "headphones_off_ends": "Try headphones off for the first and last five minutes, with one "
    "question for partners to answer aloud.",
    "one_screen_for_two": "Try one shared screen for two students on one task: one types, the "
    "other explains, and halfway they change places.",
    "checkpoint_talk": "Try a checkpoint talk: after every third task, two students compare how "
    "they did one of them before they go on.",
    "talk_station": "Try a talk station in the rotation, with one question that pairs settle "
    "before they move on.",
    "swap_playlist_item": "Try swapping one playlist item for a task that takes two students.",
    "planned_stops": "Try two planned stops of two minutes, at which partners explain the idea so "
    "far to each other.",
    "choose_structure": "Try one talk structure, such as turn-and-talk, at the same point of the "
    "next three lessons, and tell students its name.",
    "add_or_disagree": "Try asking “Who can add to, or disagree with, what was just said?”, then "
    "wait three seconds.",
    "anchor_problem": "Try one anchor problem this week that every student meets before the paths "
    "split.",
    "convene_at_eight": "Try convening at eight: when eight students have reached a topic, bring "
    "them together to discuss it.",
    "pace_bands": "Try pace bands: within a week students choose among the same two or three "
    "topics, so that a partner is always at hand.",
    "other_section_samples": "Try bringing two work samples from another section, and ask students "
    "to compare the approaches.",
    "seat_same_topic": "Try seating students on the same topic together, with one question for "
    "each table to settle.",
    "two_line_note": "You planned talk for {planned}: send me two lines afterwards on what you "
    "heard.",
}

QUESTIONS = {
    "headphone_room": (
        "Which part of today’s work would be richer if students needed each other to finish it?",
        "When in a lesson like this would taking the headphones off help students’ thinking most?",
    ),
    "solo_device_room": (
        "Which task on the screen would be better talked through by two students?",
        "Which part of today’s work would be richer if students needed each other to finish it?",
    ),
    "listening_room": (
        "At which point could students have put the idea to each other in their own words?",
        "Which moment of the explanation would you most like to hear students say back?",
    ),
    "no_talk_structure": (
        "Which moment of this lesson would you most like to hear students talk through?",
        "Where in this lesson would two students see the same problem differently?",
    ),
    "no_peer_talk": (
        "Which student’s idea from today would you have liked the others to answer?",
        "What could students ask each other here that they now ask only you?",
    ),
    "topics_thin": (
        "What one problem could bring the different paths into the same conversation?",
        "Which two topics are close enough for their students to compare notes?",
    ),
    "topics_fragmented": (
        "What one problem could bring the different paths into the same conversation?",
        "Which two topics are close enough for their students to compare notes?",
    ),
    "planned_not_seen": (
        "What will you listen for when students talk later in this lesson?",
        "What do you want students to bring with them into that conversation?",
    ),
}

TALK_QUESTIONS = (
    "What had students practiced before, so that they could talk like this today?",
    "Which part of this talk would you like students to carry on without a prompt?",
    "Whose voice would you most like to hear more of in talk like this?",
)
