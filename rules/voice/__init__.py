"""Student voice: tickets, what is asked in which words, and what of the answers may be told."""

from rules.voice.side import Question, interests, three
from rules.voice.tally import ANSWERS, FEWEST, QUESTIONS, Result, Tally, results, told
from rules.voice.ticket import LENGTH, draw, read, spaced
from rules.voice.words import LANGUAGES, Words, words_for

__all__ = [
    "ANSWERS",
    "FEWEST",
    "LANGUAGES",
    "LENGTH",
    "QUESTIONS",
    "Question",
    "Result",
    "Tally",
    "Words",
    "draw",
    "interests",
    "read",
    "results",
    "spaced",
    "three",
    "told",
    "words_for",
]
