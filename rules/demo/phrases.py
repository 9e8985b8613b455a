"""What invented teachers, students and observers say. No name of a student is among it."""

from collections.abc import Mapping

STUDENT_QUOTES: Mapping[str, tuple[str, ...]] = {
    "talk": (
        "I thought it was the other way round until we drew it.",
        "She says the slope is the speed. I’m not sure yet, so we’re checking with the table.",
        "We have two answers, and we’re looking for the step where they part.",
        "He asked why, and then I didn’t know why.",
        "We’re learning to back up what we say with a line from the text.",
    ),
    "alone": (
        "I’m on lesson twelve. You have to get eight of ten.",
        "I don’t know what the others are doing.",
        "When I’m stuck I watch the video again.",
        "I do the next one until the bar is green.",
    ),
    "quiet": (
        "I’m writing the part where she finds the letter.",
        "We’re copying this because it is on the quiz.",
        "I know what it is for: the first paragraph has to make you want the second.",
    ),
}
TALKING = frozenset({"seminar", "partners", "groups", "stations", "glimpse"})
ALONE = frozenset({"headphones", "screens"})

TEACHER_QUOTES = (
    "Before you write it, say it to the person beside you.",
    "Who can add to that, or see it another way?",
    "Where is the evidence for that? Show your partner the line.",
    "If you are done, look at the card before you look at me.",
    "I want your thinking, also the part that did not work.",
)

OWN_STRENGTHS: Mapping[str, str] = {
    "seminar": (
        "Students carried the discussion: you spoke four times in ten minutes, each time to open "
        "it further."
    ),
    "partners": "The minute of writing before the talk gave every pair something to talk about.",
    "groups": "The roles were used: each group’s reporter was asking the others, not only writing.",
    "stations": (
        "Students moved between stations without a word from you, and your table kept its "
        "attention."
    ),
    "writing": (
        "The room was quiet because the work was worth it: everybody was still writing when I left."
    ),
}
OWN_STEPS: Mapping[str, str] = {
    "headphones": (
        "Try headphones off for the first and the last five minutes, with one question to a "
        "partner in each."
    ),
    "screens": (
        "Try one two-person task in the playlist: one screen, two students, one answer they both "
        "stand behind."
    ),
    "lecture": (
        "Try two planned stops in the explanation, a minute each, in which partners explain the "
        "step so far."
    ),
    "stations": "Try one station without a screen whose task needs a partner’s thinking.",
}
OWN_QUESTIONS: Mapping[str, str] = {
    "headphones": (
        "What would students lose, and what would they gain, if two of them shared a list on "
        "Thursdays?"
    ),
    "partners": "Which pairs were ready to be pulled apart and meet another pair?",
    "seminar": "Who listened hard today, and how do you find out what they took from it?",
}

REPLIES: Mapping[str, tuple[str, ...]] = {
    "headphones": (
        "Fair. This was the third day of the unit check, and they were all over the place by "
        "then. I’ll try the five minutes at the start.",
        "I had the talk planned for the last ten minutes. Come back at the end of the period if "
        "you can.",
    ),
    "screens": (
        "The shared task is a good idea. I’ll try it with the graphing activity next week.",
        "They did share at the end. I’ll bring the sharing forward so that it helps the work.",
    ),
    "lecture": (
        "I know I talked a lot today: new material. I’ll put the two stops in on Thursday.",
        "Thank you. Partner explanation after the second example is easy to add.",
    ),
    "stations": (
        "Thank you for counting. I had not noticed how quiet the tablet station is.",
        "I’ll swap one list item for a pair task and see whether the noise is worth it.",
    ),
    "partners": (
        "Thank you. They asked for more time to talk, which has never happened before.",
        "It helps to read the students’ words. May I use one of them to open tomorrow’s lesson?",
    ),
    "other": (
        "Thank you, this is useful. I’d like to talk about the question when you have ten minutes.",
        "Read it twice. The step is small enough that I will really do it.",
    ),
}
CONTEXTS = (
    "Two students had just come back from the nurse, which is why that table was waiting.",
    "What you could not see: the pairs had talked about this task the day before.",
    "The fire drill took the first ten minutes, so the opening discussion had moved to Friday.",
    "Half of that group is new to the class this week.",
)
