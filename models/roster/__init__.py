"""Bring a district in line with its roster: schools, people, classes; all of it, or nothing."""

from __future__ import annotations

from datetime import datetime

from models.base import db
from models.roster.classes import take_classes
from models.roster.district import take_district, take_schools
from models.roster.outcome import NotTaken, Outcome
from models.roster.people import take_people
from rules.roster import Roster

__all__ = ["NotTaken", "Outcome", "take"]


def take(roster: Roster, *, time_zone: str, at: datetime) -> Outcome:
    """Add, change and end what the roster says; the caller commits, or rolls back a dry run.

    Raises NotTaken with its refusals where the roster cannot be taken; the caller rolls back.
    Taking the same roster again changes nothing. Whoever is new cannot sign in until invited.
    """
    outcome = Outcome(at=at, told=roster.told)
    outcome.district = district = take_district(roster, time_zone, outcome)
    db.session.flush()
    schools = take_schools(roster, district, outcome)
    db.session.flush()
    people = take_people(roster, district, schools, outcome)
    db.session.flush()
    take_classes(roster, district, schools, people, outcome)
    db.session.flush()
    return outcome
