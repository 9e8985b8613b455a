"""The roster's staff, and the roles it gives or proposes."""

from __future__ import annotations

from collections.abc import Sequence

from sqlalchemy import select
from sqlalchemy.orm import selectinload

from models.base import db, new_id
from models.district import District, School
from models.person import Person, RoleGrant, normal_email
from models.roster.outcome import NotTaken, Outcome, made_up, update
from rules.roles import Role
from rules.roster import Refusal, Roster, Staff, StaffRole


def take_people(
    roster: Roster, district: District, schools: dict[str, School], outcome: Outcome
) -> dict[str, Person]:
    """The roster's people by its keys; people it no longer has are ended."""
    here = db.session.scalars(
        select(Person).options(selectinload(Person.grants)).where(Person.district_id == district.id)
    ).all()
    known = _Known(here, roster)
    matched = {staff.source_id: known.find(staff) for staff in roster.staff}
    if known.refusals:
        raise NotTaken(known.refusals)
    known.release_addresses(matched)
    taken: dict[str, Person] = {}
    for staff in roster.staff:
        if person := _take_person(staff, matched[staff.source_id], district, schools, outcome):
            taken[staff.source_id] = person
    if "staff" in roster.told:
        _end_the_missing(here, taken, outcome)
    outcome.proposed = sum(g.proposed for person in taken.values() for g in person.grants)
    return taken


class _Known:
    """The people who are here already, and whom of them a line of the roster means."""

    def __init__(self, here: Sequence[Person], roster: Roster) -> None:
        self.roster = roster
        self.keys = {staff.source_id for staff in roster.staff}
        self.by_key = {person.source_id: person for person in here if person.source_id}
        self.by_email = {person.email: person for person in here if person.email}
        self.refusals: list[Refusal] = []

    def find(self, staff: Staff) -> Person | None:
        """By key; else by address, for districts that changed their keys or began without any."""
        person = self.by_key.get(staff.source_id)
        holder = self.by_email.get(normal_email(staff.email)) if staff.email else None
        if holder is None or holder is person or holder.source_id in self.keys:
            return person
        if person is None:
            return holder
        if holder.ended_at is None:
            self._refuse(staff, holder)
        return person

    def _refuse(self, staff: Staff, holder: Person) -> None:
        what = f"the e-mail of {staff.name} already belongs to {holder.full_name} here."
        remedy = "Correct the address, or end the other person first."
        self.refusals.append(Refusal(self.roster.staff_file, staff.line, what, remedy))

    def release_addresses(self, matched: dict[str, Person | None]) -> None:
        """Free addresses that move from one person to another, so that no two ever hold one."""
        moving = False
        for staff in self.roster.staff:
            email = normal_email(staff.email) if staff.email else None
            holder = self.by_email.get(email) if email else None
            if holder is not None and holder is not matched[staff.source_id]:
                holder.email = None
                moving = True
        if moving:
            db.session.flush()


def _take_person(
    staff: Staff,
    person: Person | None,
    district: District,
    schools: dict[str, School],
    outcome: Outcome,
) -> Person | None:
    if not staff.active:
        if person is not None:
            _end(person, outcome)
        return person
    if person is None:
        return _new_person(staff, district, schools, outcome)
    said = {} if _only_listed(staff, person) else _said(staff)
    back = update(person, **said, ended_at=None)
    if _take_roles(staff, person, schools, outcome) or back:
        outcome.changed["people"] += 1
    return person


def _only_listed(staff: Staff, person: Person) -> bool:
    """A plain list adds roles to somebody whom a real roster knows, and corrects nothing."""
    return made_up(staff.source_id) and not made_up(person.source_id)


def _said(staff: Staff) -> dict[str, str | None]:
    said: dict[str, str | None] = {
        "source_id": staff.source_id,
        "given_name": staff.given_name,
        "family_name": staff.family_name,
    }
    if staff.email:
        said["email"] = normal_email(staff.email)
    return said


def _new_person(
    staff: Staff, district: District, schools: dict[str, School], outcome: Outcome
) -> Person:
    person = Person(
        id=new_id(), district_id=district.id, **_said(staff), made_at=outcome.at, grants=[]
    )
    db.session.add(person)
    _take_roles(staff, person, schools, outcome)
    outcome.added["people"] += 1
    return person


def _take_roles(staff: Staff, person: Person, schools: dict[str, School], outcome: Outcome) -> bool:
    """Give what the roster gives, propose what it proposes; whether anything changed."""
    wanted = {
        (Role(role.role), schools[role.school].id if role.school else None): role
        for role in staff.roles
        if role.school is None or role.school in schools
    }
    changed = False
    if "staff" in outcome.told:
        for grant in list(person.grants):
            if (Role(grant.role), grant.school_id) not in wanted:
                changed |= _withdraw(grant, person, outcome)
    for (role, school_id), said in wanted.items():
        if not _settled(person, role, said, school_id):
            person.grant(role, school_id=school_id, at=outcome.at, proposed=said.proposed)
            changed = True
    return changed


def _settled(person: Person, role: Role, said: StaffRole, school_id: object) -> bool:
    """Whether the role is held or proposed already, or the proposal was turned down."""
    same = [g for g in person.grants if g.role == role and g.school_id == school_id]
    held = any(grant.ended_at is None for grant in same)
    return held or (said.proposed and any(grant.state != "active" for grant in same))


def _withdraw(grant: RoleGrant, person: Person, outcome: Outcome) -> bool:
    """Take back what a roster gave. What an administrator gave or agreed to stays theirs."""
    if grant.proposed:
        person.grants.remove(grant)
        return True
    if grant.role == Role.TEACHER and grant.granted_by is None and grant.ended_at is None:
        grant.ended_at = outcome.at
        return True
    return False


def _end_the_missing(here: Sequence[Person], taken: dict[str, Person], outcome: Outcome) -> None:
    """End whom the roster no longer has. Whoever was invited by hand was never on it."""
    present = {person.id for person in taken.values()}
    for person in here:
        if person.id not in present and not made_up(person.source_id):
            _end(person, outcome)


def _end(person: Person, outcome: Outcome) -> None:
    """They cannot sign in any more; every role ends with them."""
    if person.ended_at is not None:
        return
    for grant in list(person.grants):
        if grant.proposed:
            person.grants.remove(grant)
        elif grant.ended_at is None:
            grant.ended_at = outcome.at
    outcome.end("people", person)
