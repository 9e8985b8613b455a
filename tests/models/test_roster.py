"""A district is brought in line with its roster, and the same roster changes nothing twice."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest
from flask import Flask
from sqlalchemy import func, select

from models.base import db
from models.district import District, School, SchoolClass
from models.person import Person
from models.roster import NotTaken, Outcome, take
from models.sign_in import Invitation, with_password
from rules.roles import Role
from rules.roster import Org, Roster, RosterClass, Staff, StaffRole

AT = datetime(2026, 8, 17, 12, 0, tzinfo=UTC)
ALL = frozenset({"schools", "staff", "classes", "teaching"})
NOOR = Staff("t1", "Noor", "Vance", "n.vance@juniper.example", (StaffRole("s1", "teacher"),))
BO = Staff("t2", "Bo", "Marsh", "b.marsh@juniper.example", (StaffRole("s2", "teacher"),))
HEAD = Staff("h1", "Imre", "Holl", "i.holl@juniper.example", (StaffRole("s1", "observer", True),))
MATH = RosterClass("c1", "s1", "Math 7", "Mathematics", "7", "3", "114", ("t1",), 24)
ROSTER = Roster(
    district=Org("d", "Juniper Bend"),
    schools=(Org("s1", "Saltgrass"), Org("s2", "Cottonwood")),
    staff=(NOOR, BO, HEAD),
    classes=(MATH,),
    told=ALL,
)


def taken(roster: Roster, days: int = 0) -> Outcome:
    outcome = take(roster, time_zone="America/Chicago", at=AT + timedelta(days=days))
    db.session.commit()
    return outcome


def counts(outcome: Outcome) -> tuple[dict[str, int], dict[str, int], dict[str, int]]:
    return dict(outcome.added), dict(outcome.changed), dict(outcome.ended)


def person(source_id: str) -> Person:
    found = Person.whole().where(Person.source_id == source_id)
    return db.session.scalars(found.execution_options(populate_existing=True)).one()


def staff(*people: Staff) -> Roster:
    return replace(ROSTER, staff=people)


def refused(roster: Roster) -> str:
    with pytest.raises(NotTaken) as caught:
        take(roster, time_zone="America/Chicago", at=AT)
    db.session.rollback()
    return str(caught.value)


def test_the_first_roster_makes_the_district_from_its_org_row(bare: Flask) -> None:
    assert counts(taken(ROSTER)) == (
        {"districts": 1, "schools": 2, "people": 3, "classes": 1},
        {},
        {},
    )
    district = db.session.scalars(select(District)).one()
    assert (district.name, district.time_zone) == ("Juniper Bend", "America/Chicago")


def test_the_same_roster_again_changes_nothing(bare: Flask) -> None:
    taken(ROSTER)
    assert counts(taken(ROSTER, days=1)) == ({}, {}, {})


def test_a_class_keeps_what_the_roster_says_of_it(bare: Flask) -> None:
    taken(ROSTER)
    kept = db.session.scalars(select(SchoolClass)).one()
    assert (kept.name, kept.subject, kept.grade) == ("Math 7", "Mathematics", "7")
    assert (kept.period, kept.room, kept.student_count) == ("3", "114", 24)


def test_a_teacher_has_the_role_and_an_administrator_of_a_school_is_only_proposed(
    bare: Flask,
) -> None:
    assert taken(ROSTER).proposed == 1
    assert person("t1").roles == {Role.TEACHER}
    assert person("h1").roles == frozenset()
    assert [grant.role for grant in person("h1").grants if grant.proposed] == ["observer"]


def test_nobody_on_a_roster_can_sign_in_until_invited(bare: Flask) -> None:
    taken(ROSTER)
    assert with_password("n.vance@juniper.example", "") is None
    token = Invitation.make(person("t1"), by=None, at=AT)
    invitation = Invitation.find(token, at=AT)
    assert invitation is not None
    invitation.accept("a long walk to school", at=AT)
    db.session.commit()
    assert with_password("n.vance@juniper.example", "a long walk to school") is not None


def test_whoever_is_missing_from_a_complete_roster_has_ended(bare: Flask) -> None:
    taken(ROSTER)
    gone = replace(ROSTER, schools=ROSTER.schools[:1], staff=(NOOR, HEAD), classes=())
    assert counts(taken(gone, days=1)) == (
        {},
        {},
        {"schools": 1, "people": 1, "classes": 1},
    )
    assert person("t2").ended_at == AT + timedelta(days=1)
    assert person("t2").roles == frozenset()


def test_whoever_comes_back_is_the_same_person_again(bare: Flask) -> None:
    taken(ROSTER)
    before = person("t2").id
    taken(staff(NOOR, HEAD), days=1)
    assert counts(taken(ROSTER, days=2)) == ({}, {"people": 1}, {})
    assert person("t2").id == before
    assert person("t2").roles == {Role.TEACHER}


def test_whoever_the_roster_calls_inactive_is_ended_and_a_stranger_is_not_made(
    bare: Flask,
) -> None:
    taken(ROSTER)
    left = replace(BO, active=False, roles=())
    stranger = replace(BO, source_id="t9", active=False, roles=())
    assert counts(taken(staff(NOOR, left, HEAD, stranger))) == ({}, {}, {"people": 1})


def test_somebody_invited_by_hand_is_not_ended_by_a_roster(bare: Flask) -> None:
    taken(ROSTER)
    district = db.session.scalars(select(District)).one()
    by_hand = Person(
        district_id=district.id, given_name="Owen", family_name="Quill", made_at=AT, grants=[]
    )
    db.session.add(by_hand)
    db.session.commit()
    assert counts(taken(ROSTER, days=1)) == ({}, {}, {})
    assert by_hand.ended_at is None


def test_a_person_with_the_same_address_under_a_new_key_is_not_made_twice(bare: Flask) -> None:
    taken(ROSTER)
    before = person("t1").id
    rekeyed = replace(NOOR, source_id="new-1", email="N.Vance@juniper.example")
    moved = replace(
        ROSTER, staff=(rekeyed, BO, HEAD), classes=(replace(MATH, teachers=("new-1",)),)
    )
    assert counts(taken(moved)) == ({}, {"people": 1}, {})
    assert person("new-1").id == before


def test_two_people_may_swap_addresses(bare: Flask) -> None:
    taken(ROSTER)
    swapped = staff(replace(NOOR, email=BO.email), replace(BO, email=NOOR.email), HEAD)
    assert counts(taken(swapped)) == ({}, {"people": 2}, {})
    assert person("t1").email == BO.email


def test_an_address_that_belongs_to_somebody_else_here_is_refused_with_its_line(
    bare: Flask,
) -> None:
    taken(ROSTER)
    person("t2").source_id = None
    db.session.commit()
    taking = staff(replace(NOOR, email=BO.email, line=7), HEAD)
    assert refused(taking) == (
        "users.csv, line 7: the e-mail of Noor Vance already belongs to Bo Marsh here."
        " Correct the address, or end the other person first."
    )


def test_a_move_to_another_school_ends_the_role_at_the_old_one(bare: Flask) -> None:
    taken(ROSTER)
    moved = replace(NOOR, roles=(StaffRole("s2", "teacher"),))
    assert counts(taken(staff(moved, BO, HEAD)))[1] == {"people": 1}
    names = select(School.name).where(School.id.in_(person("t1").school_ids(Role.TEACHER)))
    assert db.session.scalars(names).all() == ["Cottonwood"]


def test_a_role_an_administrator_agreed_to_outlives_the_roster(bare: Flask) -> None:
    taken(ROSTER)
    person("h1").grants[0].agree(by=person("t1"), at=AT)
    db.session.commit()
    taken(staff(NOOR, BO, replace(HEAD, roles=())), days=1)
    assert person("h1").roles == {Role.OBSERVER}


def test_a_proposal_that_was_turned_down_is_not_made_again(bare: Flask) -> None:
    taken(ROSTER)
    person("h1").grants[0].ended_at = AT
    db.session.commit()
    assert counts(taken(ROSTER, days=1)) == ({}, {}, {})
    assert not any(grant.proposed for grant in person("h1").grants)


def test_a_proposal_the_roster_takes_back_may_come_again(bare: Flask) -> None:
    taken(ROSTER)
    taken(staff(NOOR, BO, replace(HEAD, roles=())))
    assert person("h1").grants == []
    taken(ROSTER)
    assert [grant.proposed for grant in person("h1").grants] == [True]


def test_a_class_changes_its_teachers_and_their_order(bare: Flask) -> None:
    taken(ROSTER)
    changed = replace(ROSTER, classes=(replace(MATH, teachers=("t2", "t1"), student_count=25),))
    assert counts(taken(changed)) == ({}, {"classes": 1}, {})
    assert counts(taken(changed)) == ({}, {}, {})
    kept = db.session.scalars(select(SchoolClass).options(db.selectinload("*"))).one()
    assert [row.teacher_id for row in kept.teaching] == [person("t2").id, person("t1").id]


def test_a_roster_without_enrollments_leaves_teachers_and_numbers_as_they_are(
    bare: Flask,
) -> None:
    taken(ROSTER)
    silent = replace(
        ROSTER,
        classes=(replace(MATH, teachers=(), student_count=0),),
        told=ALL - {"teaching"},
    )
    assert counts(taken(silent)) == ({}, {}, {})


def test_a_roster_that_tells_no_classes_ends_none(bare: Flask) -> None:
    taken(ROSTER)
    assert counts(taken(replace(ROSTER, classes=(), told=ALL - {"classes"}))) == ({}, {}, {})


def test_a_plain_list_ends_nobody_and_leaves_names_of_a_real_roster_alone(bare: Flask) -> None:
    taken(ROSTER)
    listed = Roster(
        schools=(Org("school:saltgrass", "SALTGRASS"),),
        staff=(
            Staff(
                f"email:{NOOR.email}",
                "N.",
                "Vance",
                NOOR.email,
                (StaffRole("school:saltgrass", "coach", proposed=True),),
            ),
        ),
        staff_file="staff.csv",
    )
    assert counts(taken(listed)) == ({}, {"people": 1}, {})
    assert person("t1").given_name == "Noor"
    assert sorted(grant.role for grant in person("t1").grants) == ["coach", "teacher"]
    assert counts(taken(listed)) == ({}, {}, {})


def test_a_real_roster_takes_over_what_a_plain_list_began(bare: Flask) -> None:
    listed = Roster(
        district=Org("district:juniper bend", "Juniper Bend"),
        schools=(Org("school:saltgrass", "Saltgrass"),),
        staff=(replace(NOOR, source_id=f"email:{NOOR.email}", roles=()),),
        staff_file="staff.csv",
    )
    taken(listed)
    added, changed, ended = counts(taken(ROSTER))
    assert added == {"schools": 1, "people": 2, "classes": 1}
    assert changed == {"districts": 1, "schools": 1, "people": 1}
    assert ended == {}


def test_another_districts_roster_is_refused(bare: Flask) -> None:
    taken(ROSTER)
    assert refused(replace(ROSTER, district=Org("x", "Elsewhere"))) == (
        "roster: this roster is of “Elsewhere”, and this database belongs to “Juniper Bend”."
        " Use another database for another district."
    )


def test_a_first_roster_without_a_district_is_refused(bare: Flask) -> None:
    assert refused(replace(ROSTER, district=None)) == (
        "orgs.csv: there is no district yet, and no row of type district to make one from."
        " Add the district’s row."
    )
    assert "Add a column district" in refused(
        replace(ROSTER, district=None, staff_file="staff.csv")
    )


def test_a_roster_is_not_mixed_into_the_invented_district_of_the_demo(bare: Flask) -> None:
    taken(ROSTER)
    db.session.scalars(select(District)).one().demo = True
    db.session.commit()
    assert "the invented district of the demo" in refused(ROSTER)


def test_after_a_refusal_and_a_rollback_nothing_of_the_roster_is_here(bare: Flask) -> None:
    refused(replace(ROSTER, district=None))
    assert db.session.scalar(select(func.count()).select_from(Person)) == 0
