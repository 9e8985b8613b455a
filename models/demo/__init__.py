"""Writes an invented district down: the rows that phones and people would have left behind."""

from models.demo.agreed import agree
from models.demo.coaching import coach
from models.demo.people import Stage, found
from models.demo.year import live

__all__ = ["Stage", "agree", "coach", "found", "live"]
