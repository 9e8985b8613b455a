"""Student voice: sheets of tickets, answers that lead to nobody, and what stands beside them."""

from models.voice.beside import Beside, beside, of_visit
from models.voice.sheet import CLOSE, MOST_TICKETS, VoiceSheet
from models.voice.ticket import VoiceGuesses, VoiceTicket

__all__ = [
    "CLOSE",
    "MOST_TICKETS",
    "Beside",
    "VoiceGuesses",
    "VoiceSheet",
    "VoiceTicket",
    "beside",
    "of_visit",
]
