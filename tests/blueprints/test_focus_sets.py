"""Focus sets: chosen for a season and a place; the phone is offered the nearest one in force."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import select

from models.base import db
from models.field_kit import field_kit
from models.focus_set import Choice, FocusSet
from models.look_for import LookForSet
from models.person import Person
from tests.cast import Cast, named
from tests.page import Visitor
from tests.walk import AT

Visit = Callable[..., Visitor]
FALL = {"name": "Talk this fall", "begins": "2026-09-01", "ends": "2026-12-18"}
TALK = ["discourse-protection DP01", "discourse-protection DP03"]


def chosen(visitor: Visitor, place: str, **more: Any) -> int:
    """Choose a focus by the form; returns the answer’s status."""
    return visitor.post("/focus-sets/new", FALL | {"place": place, "look_fors": TALK} | more).status


def offered(person: Person) -> list[tuple[str, str | None, str | None]]:
    """What a phone is offered: name, school, teacher."""
    db.session.remove()
    found = field_kit(person, at=AT)["focus_sets"]
    return [(each["name"], each["school"], each["teacher"]) for each in found]


def test_a_school_looks_for_the_same_things_this_fall(visit: Visit, cast: Cast) -> None:
    assert chosen(visit(cast.principal), f"school:{named('lincoln')}") == 302
    expected = [("Talk this fall", str(named("lincoln")), None)]
    assert offered(cast.principal) == expected
    assert offered(cast.coach) == expected
    assert offered(cast.stranger) == []
    kit = field_kit(cast.principal, at=AT)["focus_sets"][0]
    assert kit["look_fors"] == [str(cast.look_for("DP01").id), str(cast.look_for("DP03").id)]


def test_out_of_season_nothing_is_offered(visit: Visit, cast: Cast) -> None:
    chosen(visit(cast.principal), f"school:{named('lincoln')}")
    late = AT + timedelta(days=120)
    assert field_kit(cast.principal, at=late)["focus_sets"] == []


def test_the_last_day_counts_by_the_clock_of_the_district(cast: Cast, app: Flask) -> None:
    days = Choice("One day", date(2026, 10, 13), date(2026, 10, 13), TALK)
    FocusSet.choose(days, by=cast.lead, at=AT)
    db.session.flush()
    evening = AT.replace(day=14, hour=3)  # 10 in the evening of the 13th in Cedar Falls
    assert len(field_kit(cast.principal, at=evening)["focus_sets"]) == 1
    assert field_kit(cast.principal, at=AT.replace(day=14, hour=6))["focus_sets"] == []


def test_the_nearest_is_offered_first(visit: Visit, cast: Cast) -> None:
    chosen(visit(cast.lead), "district", name="District")
    principal = visit(cast.principal)
    chosen(principal, f"school:{named('lincoln')}", name="School")
    chosen(principal, f"person:{named('okafor')}", name="With Ms. Okafor")
    assert [name for name, _, _ in offered(cast.principal)] == [
        "With Ms. Okafor",
        "School",
        "District",
    ]


def test_what_a_coach_agreed_with_a_teacher_reaches_nobody_else(visit: Visit, cast: Cast) -> None:
    assert chosen(visit(cast.coach), f"person:{named('okafor')}", name="In confidence") == 302
    assert offered(cast.coach) == [("In confidence", None, str(named("okafor")))]
    for part, somebody in cast.everybody().items():
        words = visit(somebody).get("/focus-sets").words
        assert ("In confidence" in words) is (part in {"coach", "teacher"}), part
    for somebody in (cast.principal, cast.other_coach):
        assert offered(somebody) == []
    focus = db.session.scalars(select(FocusSet)).one()
    for somebody in (cast.principal, cast.lead, cast.other_coach):
        assert visit(somebody).get(f"/focus-sets/{focus.id}").status == 404


def test_ones_own_focus_is_for_every_visit(visit: Visit, cast: Cast) -> None:
    chosen(visit(cast.principal), f"person:{named('holt')}", name="Mine")
    assert offered(cast.principal) == [("Mine", None, None)]


@pytest.mark.parametrize(
    ("who", "place"),
    [
        ("principal", "district"),
        ("principal", "school:harbor"),
        ("principal", "person:moreau"),
        ("coach", "person:holt"),
        ("lead", "person:okafor"),
    ],
)
def test_nobody_chooses_for_a_place_out_of_reach(
    visit: Visit, cast: Cast, who: str, place: str
) -> None:
    kind, _, name = place.partition(":")
    wanted = f"{kind}:{named(name)}" if name else kind
    assert chosen(visit(getattr(cast, who)), wanted) == 422
    assert db.session.scalars(select(FocusSet)).all() == []


@pytest.mark.parametrize(
    ("more", "said"),
    [
        ({"look_fors": []}, "Choose at least one"),
        ({"ends": "2026-08-01"}, "The last day is before the first"),
        ({"ends": "soon"}, "Not a valid date value"),
        ({"name": ""}, "Give it a name"),
        ({"look_fors": ["core-four XX"]}, "One of them was retired"),
    ],
)
def test_what_cannot_be_chosen_is_said_and_the_rest_stays(
    visit: Visit, cast: Cast, more: dict[str, Any], said: str
) -> None:
    form = FALL | {"place": "district", "look_fors": TALK} | more
    page = visit(cast.lead).post("/focus-sets/new", form)
    assert page.status == 422
    assert said in page.words


def test_thirteen_are_too_many(visit: Visit, cast: Cast) -> None:
    every = [f"core-four BL{number:02}" for number in range(1, 14)]
    page = visit(cast.lead).post(
        "/focus-sets/new", FALL | {"place": "district", "look_fors": every}
    )
    assert page.status == 422
    assert "Keep 12 of 13" in page.words


def test_it_is_changed_and_taken_back(visit: Visit, cast: Cast) -> None:
    principal = visit(cast.principal)
    chosen(principal, f"school:{named('lincoln')}")
    focus = db.session.scalars(select(FocusSet)).one()
    assert "Talk this fall" in principal.get(f"/focus-sets/{focus.id}").text
    form = FALL | {
        "name": "Talk, again",
        "place": f"school:{named('lincoln')}",
        "look_fors": TALK[:1],
    }
    principal.post(f"/focus-sets/{focus.id}", form)
    assert [name for name, _, _ in offered(cast.principal)] == ["Talk, again"]
    principal.post(f"/focus-sets/{focus.id}/end")
    assert offered(cast.principal) == []


def test_a_focus_follows_the_next_version_of_its_set(visit: Visit, cast: Cast) -> None:
    chosen(visit(cast.lead), "district")
    protection = db.session.scalars(
        LookForSet.visible_to(cast.lead).where(LookForSet.key == "discourse-protection")
    ).one()
    draft = protection.next_draft(by=cast.lead, at=AT)
    draft.leave_out(draft.look_fors[0], by=cast.lead, at=AT)
    draft.publish(by=cast.lead, at=AT)
    db.session.commit()
    kit = field_kit(cast.principal, at=AT)["focus_sets"][0]
    assert kit["look_fors"] == [str(cast.look_for("DP03").id)]
    assert "1 look-for has been retired since" in visit(cast.lead).get("/focus-sets").words
