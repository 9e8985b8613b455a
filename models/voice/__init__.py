"""Student voice: sheets of tickets, answers that lead to nobody, and what stands beside them."""

from models.voice.beside import Beside, beside, of_visit
from models.voice.sheet import CLOSE, MOST_TICKETS, VoiceSheet, VoiceView
from models.voice.ticket import VoiceGuesses, VoiceTicket

__all__ = [
    "CLOSE",
    "MOST_TICKETS",
    "Beside",
    "VoiceGuesses",
    "VoiceSheet",
    "VoiceTicket",
    "VoiceView",
    "beside",
    "of_visit",
]
