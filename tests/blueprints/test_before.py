"""Before a visit: plans, wishes, and the notice a district asks for."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from sqlalchemy import select

from models.act import Act
from models.base import db
from models.district import District
from models.plan import Plan, Wish
from tests.cast import Cast, named
from tests.page import Visitor
from tests.walk import AT, Phone

Visit = Callable[..., Visitor]

WISH = "Who talks in the second half"
FAR = "2099-10-14"


def plan(**changes: str) -> dict[str, str]:
    """A plan to visit Ms. Okafor’s Math 7, as the form sends it."""
    usual = {
        "teacher": str(named("okafor")),
        "school_class": str(named("math 7")),
        "purpose": "walkthrough",
        "day": FAR,
    }
    return usual | changes


def kit_of(visitor: Visitor) -> dict[str, Any]:
    """What the visitor’s phone is given about Ms. Okafor, and the due list."""
    kit = visitor.get("/field-kit.json").response.get_json()
    teacher = next(t for t in kit["teachers"] if t["name"] == "Ms. Okafor")
    return {"teacher": teacher, "due": kit["due"]}


def test_a_planned_visit_is_seen_by_the_two_it_concerns_only(visit: Visit, cast: Cast) -> None:
    principal = visit(cast.principal)
    assert principal.post("/plans", plan()).status == 302
    assert "Wednesday, October 14" in principal.get("/plans").words
    teacher = visit(cast.teacher)
    assert "Wednesday, October 14" in teacher.get("/").words
    assert "Ms. Holt, Math 7" in teacher.get("/wishes").words
    for part in ("coach", "other_coach", "colleague", "lead", "administrator"):
        other = visit(getattr(cast, part))
        for path in ("/", "/plans", "/wishes", "/field-kit.json"):
            assert "October 14" not in other.get(path).text, part


def test_a_plan_comes_first_on_the_phone_and_on_today_with_its_class_and_purpose(
    visit: Visit, cast: Cast
) -> None:
    principal = visit(cast.principal)
    principal.post("/plans", plan(purpose="evaluation"))
    assert kit_of(principal)["due"][0] == {
        "teacher": str(named("okafor")),
        "class": str(named("math 7")),
        "purpose": "evaluation",
        "because": "Planned for Wednesday, October 14",
    }
    assert "Planned for Wednesday, October 14" in principal.get("/").words


@pytest.mark.parametrize(
    ("changes", "said"),
    [
        ({"teacher": str(named("moreau"))}, "not at a school where you visit"),
        ({"teacher": "nobody"}, "not at a school where you visit"),
        ({"purpose": "coaching"}, "You cannot visit this teacher for that"),
        ({"school_class": str(named("science 8"))}, "Choose a class of that teacher"),
        ({"day": "2020-01-06"}, "That day is over"),
        ({"day": "2099-10-17"}, "Schools do not work on that day"),
        ({"day": "someday"}, "Not a valid date"),
        ({"day": ""}, "Choose the day of the visit"),
    ],
)
def test_a_plan_that_cannot_be_says_why_and_keeps_what_was_chosen(
    visit: Visit, cast: Cast, changes: dict[str, str], said: str
) -> None:
    answer = visit(cast.principal).post("/plans", plan(**changes))
    assert answer.status == 422
    assert said in answer.words
    assert db.session.scalars(select(Plan)).all() == []
    if "teacher" not in changes:
        chosen = [o for o in answer.all("option") if o.get("selected") is not None]
        assert str(named("okafor")) in [o.get("value") for o in chosen]


def test_a_dropped_plan_is_gone_for_both(visit: Visit, cast: Cast) -> None:
    principal = visit(cast.principal)
    principal.post("/plans", plan())
    made = db.session.scalars(Plan.of_visitor(cast.principal)).one()
    assert visit(cast.teacher).post(f"/plans/{made.id}/drop").status == 404
    principal.get("/plans")
    assert principal.post(f"/plans/{made.id}/drop").status == 302
    assert "October 14" not in principal.get("/plans").words
    assert "October 14" not in visit(cast.teacher).get("/wishes").words
    assert [
        act.act for act in db.session.scalars(select(Act).where(Act.subject_id == made.id))
    ] == [
        "plan visit",
        "drop planned visit",
    ]


def test_a_wish_is_shown_to_whoever_may_visit_and_to_nobody_else(visit: Visit, cast: Cast) -> None:
    visit(cast.teacher).post("/wishes", {"text": WISH})
    for part in ("principal", "coach"):
        visitor = visit(getattr(cast, part))
        assert kit_of(visitor)["teacher"]["wish"] == WISH, part
        assert WISH in visitor.get("/").words, part
    for part in ("stranger", "colleague", "lead", "administrator"):
        visitor = visit(getattr(cast, part))
        assert WISH not in visitor.get("/").text, part
        assert WISH not in visitor.get("/field-kit.json").text, part


def test_what_is_asked_of_a_coach_is_seen_by_that_coach_only(visit: Visit, cast: Cast) -> None:
    coach, teacher = visit(cast.coach), visit(cast.teacher)
    coach.post("/plans", plan(purpose="coaching"))
    made = db.session.scalars(Plan.of_visitor(cast.coach)).one()
    teacher.post("/wishes", {"text": WISH, "plan": str(made.id)})
    assert kit_of(coach)["teacher"]["wish"] == WISH
    assert WISH in coach.get("/plans").words
    for part in ("principal", "other_coach", "stranger", "lead", "administrator"):
        visitor = visit(getattr(cast, part))
        for path in ("/", "/plans", "/field-kit.json", f"/people/{named('okafor')}"):
            assert WISH not in visitor.get(path).text, part


def test_a_wish_is_the_teachers_until_a_visit_has_used_it(visit: Visit, cast: Cast) -> None:
    teacher, principal = visit(cast.teacher), visit(cast.principal)
    teacher.post("/wishes", {"text": "Something else"})
    teacher.post("/wishes", {"text": WISH})
    assert "Something else" not in teacher.get("/wishes").words
    wish = db.session.scalars(Wish.visible_to(cast.teacher)).one()
    wish.made_at = AT - timedelta(days=1)
    db.session.commit()
    phone = Phone()
    phone.whole_visit(cast)
    principal.sync(phone.batch())
    assert kit_of(principal)["teacher"]["wish"] is None
    assert "Take back" not in teacher.get("/wishes").words
    path = principal.get(f"/walkthroughs/{phone.walk}").response.headers["Location"]
    assert WISH in principal.get(path).words
    assert visit(cast.teacher).post(f"/wishes/{wish.id}/withdraw").status == 404
    principal.post(f"/walkthroughs/{phone.walk}/retract")
    assert kit_of(principal)["teacher"]["wish"] == WISH


def test_a_coaching_visit_leaves_the_open_wish_where_it_is(visit: Visit, cast: Cast) -> None:
    visit(cast.teacher).post("/wishes", {"text": WISH})
    db.session.scalars(Wish.visible_to(cast.teacher)).one().made_at = AT - timedelta(days=1)
    db.session.commit()
    phone = Phone()
    phone.whole_visit(cast, purpose="coaching")
    visit(cast.coach).sync(phone.batch())
    assert kit_of(visit(cast.principal))["teacher"]["wish"] == WISH


def test_a_visit_on_the_day_uses_up_its_plan(visit: Visit, cast: Cast) -> None:
    made = Plan.make(
        by=cast.principal,
        teacher=cast.teacher,
        school_class=None,
        purpose="walkthrough",
        day=AT.date(),
        at=AT - timedelta(days=3),
    )
    db.session.commit()
    phone = Phone()
    phone.start(cast)
    visit(cast.principal).sync(phone.batch())
    assert db.session.get_one(Plan, made.id, populate_existing=True).walkthrough_id is not None
    assert "October 13" not in visit(cast.teacher).get("/wishes").words


def notice(days: int) -> None:
    district = db.session.scalars(select(District)).one()
    district.evaluation_notice = days
    db.session.commit()


def test_a_phone_offers_an_evaluation_only_with_the_agreed_notice(visit: Visit, cast: Cast) -> None:
    principal = visit(cast.principal)
    assert "evaluation" in kit_of(principal)["teacher"]["purposes"]
    notice(2)
    assert kit_of(principal)["teacher"]["purposes"] == ["walkthrough"]
    tomorrow = (datetime.now(UTC) + timedelta(days=1)).date().isoformat()
    refused = principal.post("/plans", plan(purpose="evaluation", day=tomorrow))
    assert refused.status == 422
    assert principal.post("/plans", plan(purpose="evaluation")).status == 302
    assert "evaluation" in kit_of(principal)["teacher"]["purposes"]


@pytest.mark.parametrize(("told_before", "flagged"), [(3, False), (0, True)])
def test_an_evaluation_without_notice_is_kept_and_says_so(
    visit: Visit, cast: Cast, told_before: int, *, flagged: bool
) -> None:
    notice(2)
    Plan.make(
        by=cast.principal,
        teacher=cast.teacher,
        school_class=None,
        purpose="evaluation",
        day=AT.date(),
        at=AT - timedelta(days=told_before),
    )
    db.session.commit()
    principal, phone = visit(cast.principal), Phone()
    phone.whole_visit(cast, purpose="evaluation")
    answer = principal.sync(phone.batch())
    assert {r["outcome"] for r in answer.response.get_json()["results"]} == {"stored"}
    path = principal.get(f"/walkthroughs/{phone.walk}").response.headers["Location"]
    principal.post(f"{path}/share", {"places-0-text": "Students compared two ways."})
    words = visit(cast.teacher).get(path).words
    assert ("Not announced 2 working days before" in words) == flagged
