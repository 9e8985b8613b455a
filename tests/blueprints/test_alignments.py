"""Alignments: tied from either side, with a reason; a visit shows what held when it began."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import timedelta
from uuid import UUID

import pytest
from flask import Flask
from sqlalchemy import select

from models.act import Act
from models.alignment import Alignment, PastAlignment, plates
from models.base import db
from models.framework import Component
from models.look_for import look_for_views
from tests.cast import Cast
from tests.page import Visitor
from tests.walk import AT, Phone

Visit = Callable[..., Visitor]
REASON = "Saying the goal aloud is part of respect for each other’s work."


def component(cast: Cast, key: str) -> Component:
    """A component of the district’s framework."""
    return next(each for each in cast.framework.components if each.key == key)


def ties(cast: Cast, key: str) -> dict[str, str]:
    """Component keys and reasons of a look-for in the district’s framework, in order."""
    db.session.remove()
    rows = (
        select(Component.key, Alignment.reason)
        .join(Component, Component.id == Alignment.component_id)
        .where(
            Alignment.look_for_id == cast.look_for(key).id,
            Component.framework_id == cast.framework.id,
        )
        .order_by(Alignment.position)
    )
    return dict(tuple(row) for row in db.session.execute(rows))


def look_for_ties(look_for_id: UUID) -> Sequence[Alignment]:
    """Every tie of a look-for, whatever the framework, in order."""
    db.session.remove()
    rows = select(Alignment).where(Alignment.look_for_id == look_for_id)
    return db.session.scalars(rows.order_by(Alignment.position)).all()


def test_a_coach_ties_a_look_for_to_a_component_and_removes_it(visit: Visit, cast: Cast) -> None:
    coach, look_for, part = visit(cast.coach), cast.look_for("BL01"), component(cast, "2b")
    path = f"/alignments?look_for={look_for.id}"
    assert "Fostering a Culture for Learning" in coach.get(path).words
    answer = coach.post(path, {"other": str(part.id), "reason": REASON})
    assert answer.status == 302
    assert ties(cast, "BL01") == {"3a": ties(cast, "BL01")["3a"], "2b": REASON}
    assert REASON in coach.get(path).words
    coach.post(f"/alignments/{look_for.id}/{part.id}/remove?look_for={look_for.id}")
    assert list(ties(cast, "BL01")) == ["3a"]


def test_the_same_from_the_side_of_the_component(visit: Visit, cast: Cast) -> None:
    coach, look_for, part = visit(cast.coach), cast.look_for("BL02"), component(cast, "4a")
    answer = coach.post(
        f"/alignments?component={part.id}", {"other": str(look_for.id), "reason": REASON}
    )
    assert answer.response.headers["Location"].endswith(f"component={part.id}")
    assert ties(cast, "BL02")["4a"] == REASON


def test_the_page_itself_asks_without_leaving_and_is_told_what_is_wrong(
    visit: Visit, cast: Cast
) -> None:
    coach, look_for, part = visit(cast.coach), cast.look_for("BL01"), component(cast, "2b")
    asks = {"headers": {"X-Crosswalk": "1"}}
    path = f"/alignments?look_for={look_for.id}"
    said = coach.post(path, {"other": str(part.id), "reason": ""}, **asks)
    assert said.status == 422
    assert said.response.get_json()["reason"].startswith("Say in a sentence")
    kept = coach.post(path, {"other": str(part.id), "reason": REASON}, **asks)
    assert kept.response.get_json()["tied"] == [[str(look_for.id), str(part.id)]]
    remove = f"/alignments/{look_for.id}/{part.id}/remove?look_for={look_for.id}"
    removed = coach.post(remove, **asks)
    assert removed.response.get_json()["removed"] is True


def test_several_are_tied_at_once_for_one_reason(visit: Visit, cast: Cast) -> None:
    coach, part = visit(cast.coach), component(cast, "4a")
    others = [str(cast.look_for(key).id) for key in ("BL01", "BL02")]
    asks = {"headers": {"X-Crosswalk": "1"}}
    path = f"/alignments?component={part.id}"
    kept = coach.post(path, {"other": others, "reason": REASON}, **asks).response.get_json()
    assert kept["tied"] == [[one, str(part.id)] for one in others]
    assert ties(cast, "BL01")["4a"] == ties(cast, "BL02")["4a"] == REASON


def test_the_editor_counts_what_is_open_and_leads_to_the_next(visit: Visit, cast: Cast) -> None:
    coach, look_for, part = visit(cast.coach), cast.look_for("BL02"), component(cast, "2c")
    path = f"/alignments?set={look_for.set_id}"
    assert "Every look-for of Core Four is tied" in coach.get(f"{path}&component={part.id}").words
    asks = {"headers": {"X-Crosswalk": "1"}}
    address = f"/alignments/{look_for.id}/{part.id}/remove?set={look_for.set_id}"
    assert coach.post(address, **asks).response.get_json()["open"] == 1
    page = coach.get(f"{path}&look_for={cast.look_for('BL01').id}")
    assert "12 of 13 look-fors tied" in page.words
    assert f"look_for={look_for.id}" in page.text.split("Next look-for")[0].rsplit("<a", 1)[1]
    tied = coach.post(f"{path}&look_for={look_for.id}", {"other": str(part.id), "reason": REASON})
    assert tied.status == 302
    assert "13 of 13 look-fors tied" in coach.get(path).words


def test_a_first_tie_may_begin_with_the_reason_of_another_framework(
    visit: Visit, cast: Cast
) -> None:
    coach, look_for = visit(cast.coach), cast.look_for("BL02")
    path = f"/alignments?look_for={look_for.id}"
    assert "Written for another framework" not in coach.get(path).words
    coach.post(
        f"/alignments/{look_for.id}/{component(cast, '2c').id}/remove?look_for={look_for.id}"
    )
    page = coach.get(path)
    assert "Written for another framework" in page.words
    other = next(tie.reason for tie in look_for_ties(look_for.id))
    assert other in page.text.split("<textarea")[1]


@pytest.mark.parametrize(
    ("sent", "said"),
    [
        ({"reason": REASON}, "Choose what to tie it to"),
        ({"other": "", "reason": REASON}, "Choose what to tie it to"),
        ({"other": "{part}", "reason": "x" * 301}, "at most 300 characters"),
        ({"other": "{part}"}, "Say in a sentence"),
    ],
)
def test_what_is_missing_is_said_and_what_was_typed_stays(
    visit: Visit, cast: Cast, sent: dict[str, str], said: str
) -> None:
    part = component(cast, "2b")
    form = {name: value.replace("{part}", str(part.id)) for name, value in sent.items()}
    page = visit(cast.coach).post(f"/alignments?look_for={cast.look_for('BL01').id}", form)
    assert page.status == 422
    assert said in page.words
    if "reason" in sent:
        assert sent["reason"] in page.text


def test_nothing_of_another_district_or_of_no_district_can_be_tied(
    visit: Visit, cast: Cast
) -> None:
    coach = visit(cast.coach)
    path = f"/alignments?look_for={cast.look_for('BL01').id}"
    unknown = "018f0000-0000-7000-8000-000000000000"
    assert coach.post(path, {"other": unknown, "reason": REASON}).status == 404
    assert coach.get(f"/alignments?look_for={unknown}").status == 404
    assert coach.get("/alignments?framework=nonsense").status == 404


def test_a_visit_shows_the_plate_that_held_when_it_began(visit: Visit, cast: Cast) -> None:
    phone = Phone()
    phone.whole_visit(cast)
    principal, coach = visit(cast.principal), visit(cast.coach)
    principal.sync(phone.batch())
    path = principal.get(f"/walkthroughs/{phone.walk}").response.headers["Location"]
    before = principal.get(path).words
    assert "Component 3a" in before
    look_for = cast.look_for("BL01")
    coach.post(
        f"/alignments/{look_for.id}/{component(cast, '3a').id}/remove?look_for={look_for.id}"
    )
    coach.post(
        f"/alignments?look_for={look_for.id}",
        {"other": str(component(cast, "2b").id), "reason": REASON},
    )
    assert list(ties(cast, "BL01")) == ["2b"], "from now on it wears another code"
    assert principal.get(path).words == before


def test_a_removed_tie_and_an_older_reason_are_remembered(cast: Cast, app: Flask) -> None:
    look_for, part = cast.look_for("BL01"), component(cast, "2b")
    by, one, two = cast.coach, AT, AT + timedelta(days=1)
    Alignment.tie(look_for.id, part.id, REASON, draft=False, by=by, at=one)
    Alignment.tie(look_for.id, part.id, "Better said.", draft=False, by=by, at=two)
    db.session.flush()
    past = db.session.scalars(select(PastAlignment)).one()
    assert (past.reason, past.since, past.ended_at) == (REASON, one, two)
    last = db.session.get_one(Alignment, (look_for.id, part.id))
    last.untie(draft=False, by=by, at=two + timedelta(days=1))
    acts = db.session.scalars(select(Act.act).order_by(Act.at)).all()
    assert acts == ["look-for-aligned", "look-for-aligned", "alignment-removed"]


def test_plates_are_read_as_of_a_time(cast: Cast, app: Flask) -> None:
    look_for, part = cast.look_for("BL01"), component(cast, "2b")
    first = db.session.get_one(Alignment, (look_for.id, component(cast, "3a").id))
    Alignment.tie(look_for.id, part.id, REASON, draft=False, by=cast.coach, at=AT)
    first.untie(draft=False, by=cast.coach, at=AT)

    def worn(**when: object) -> str:
        return plates([look_for.id], cast.framework.id, **when)[look_for.id][0]  # type: ignore[arg-type]

    assert worn(at=AT - timedelta(seconds=1)) == "3a"
    assert worn(at=AT + timedelta(seconds=1)) == "2b"
    assert worn() == "2b"
    views = look_for_views([str(look_for.set_id)], cast.framework.id, at=AT - timedelta(days=1))
    assert views[str(look_for.id)].plate == "3a"


def test_the_editor_of_a_district_without_a_framework_says_what_to_do(
    visit: Visit, cast: Cast
) -> None:
    cast.lead.district.framework_id = None
    db.session.commit()
    page = visit(cast.coach).get("/alignments")
    assert page.status == 404
    assert "There is no framework yet" in page.words


def test_searching_works_without_a_script(visit: Visit, cast: Cast) -> None:
    page = visit(cast.coach).get("/alignments?find=headphones")
    assert cast.look_for("DP04").statement in page.words
    assert cast.look_for("BL01").statement not in page.words
