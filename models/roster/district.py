"""The roster's district and schools."""

from __future__ import annotations

from collections.abc import Sequence

from sqlalchemy import select

from models.base import db, new_id
from models.district import District, School
from models.roster.outcome import NotTaken, Outcome, made_up, update
from rules.roster import Org, Refusal, Roster

ANOTHER = "Use another database for another district."


def take_district(roster: Roster, time_zone: str, outcome: Outcome) -> District:
    """The district this roster is for: the one here, or a new one from its org row."""
    org = roster.district
    here = db.session.scalars(select(District)).all()
    if not here:
        if org is None:
            raise _no_district(roster)
        return _new_district(org, time_zone, outcome)
    district = _the_one(here, org)
    if org is not None:
        _keep_district(district, org, outcome)
    return district


def _no_district(roster: Roster) -> NotTaken:
    if roster.staff_file == "users.csv":
        what = "there is no district yet, and no row of type district to make one from."
        return NotTaken([Refusal("orgs.csv", None, what, "Add the district’s row.")])
    what = "there is no district yet, and no column district to make one from."
    remedy = "Add a column district, with the district’s name in the first row."
    return NotTaken([Refusal(roster.staff_file, None, what, remedy)])


def _new_district(org: Org, time_zone: str, outcome: Outcome) -> District:
    district = District(
        id=new_id(),
        name=org.name,
        source_id=org.source_id,
        time_zone=time_zone,
        discourse_thresholds={},
        made_at=outcome.at,
    )
    db.session.add(district)
    outcome.made = district
    outcome.added["districts"] += 1
    return district


def _the_one(here: Sequence[District], org: Org | None) -> District:
    if any(district.demo for district in here):
        what = "this database holds the invented district of the demo."
        raise NotTaken([Refusal("roster", None, what, "Import into an empty database.")])
    if org is None and len(here) == 1:
        return here[0]
    for district in here:
        if org and (district.source_id == org.source_id or _same(district, org)):
            return district
    said = f"“{org.name}”" if org else "no district"
    names = " and ".join(f"“{district.name}”" for district in here)
    what = f"this roster is of {said}, and this database belongs to {names}."
    raise NotTaken([Refusal("roster", None, what, ANOTHER)])


def _same(kept: District | School, org: Org) -> bool:
    """The same under another key: only where one of the keys was made up from the name."""
    names_match = kept.name.casefold() == org.name.casefold()
    return names_match and (made_up(kept.source_id) or made_up(org.source_id))


def _keep_district(district: District, org: Org, outcome: Outcome) -> None:
    if made_up(org.source_id):
        return
    if update(district, name=org.name, source_id=org.source_id):
        outcome.changed["districts"] += 1


def take_schools(roster: Roster, district: District, outcome: Outcome) -> dict[str, School]:
    """The roster's schools by its keys; schools it no longer has are ended."""
    here = db.session.scalars(select(School).where(School.district_id == district.id)).all()
    by_key = {school.source_id: school for school in here if school.source_id}
    taken: dict[str, School] = {}
    for org in roster.schools:
        kept = by_key.get(org.source_id) or next((s for s in here if _same(s, org)), None)
        if kept is None and org.active:
            kept = _new_school(org, district, outcome)
        if kept is not None:
            taken[org.source_id] = kept
            _keep_school(kept, org, outcome)
    if "schools" in roster.told:
        gone = (s for s in here if s not in taken.values() and not made_up(s.source_id))
        for school in gone:
            outcome.end("schools", school)
    return taken


def _new_school(org: Org, district: District, outcome: Outcome) -> School:
    school = School(id=new_id(), district_id=district.id, name=org.name, source_id=org.source_id)
    db.session.add(school)
    outcome.added["schools"] += 1
    return school


def _keep_school(school: School, org: Org, outcome: Outcome) -> None:
    if not org.active:
        outcome.end("schools", school)
    elif made_up(org.source_id):
        outcome.keep("schools", school)
    else:
        outcome.keep("schools", school, name=org.name, source_id=org.source_id)
