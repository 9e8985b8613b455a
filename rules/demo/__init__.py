"""The demo: an invented district and a year of visits in it, the same for the same seed.

Everybody here is made up. Nothing in this folder writes anything down; it returns plain values.
"""

from rules.demo.coaching import Coaching, coaching
from rules.demo.district import BEGAN, SIZES, Invention, Klass, Post, Somebody, invent
from rules.demo.events import Shelf, events
from rules.demo.loop import Loop, loop
from rules.demo.visits import Visit, visits

__all__ = [
    "BEGAN",
    "SIZES",
    "Coaching",
    "Invention",
    "Klass",
    "Loop",
    "Post",
    "Shelf",
    "Somebody",
    "Visit",
    "coaching",
    "events",
    "invent",
    "loop",
    "visits",
]
