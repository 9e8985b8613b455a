"""Student voice: the teacher’s sheets of tickets, and the page that answers a ticket."""

from blueprints.voice import answering, sheets
from blueprints.voice.bp import bp

__all__ = ["answering", "bp", "sheets"]
