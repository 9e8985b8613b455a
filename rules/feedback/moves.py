"""Moves that protect talk as next steps, and questions to think about, in our own words."""

MOVE_LINES: dict[str, str] = {}

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
    "Whose voice was part of this talk for the first time, and what made room for it?",
)
