"""Trends as their readers use them: filters saved under a name, and what is refused."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from models.base import db
from models.trends.published import TrendPeriod
from models.view import View
from tests.blueprints.test_loop import shared
from tests.blueprints.test_self_views import marks
from tests.cast import Cast, named
from tests.closed_term import CLOSED, close
from tests.page import Visitor
from tests.voice import MIXED, answer, make
from tests.voice import close as close_sheet
from tests.walk import AT

Visit = Callable[..., Visitor]


def test_filters_are_saved_under_a_name_opened_again_and_dropped(visit: Visit, cast: Cast) -> None:
    principal, _ = shared(visit, cast)
    kept = principal.post(
        "/trends/views?by=grade&subject=Mathematics", {"name": " Math  by grade "}
    )
    home = kept.response.headers["Location"]
    assert home == "/trends/rooms?by=grade&subject=Mathematics"
    page = principal.get(home)
    assert "Saved as “Math by grade”." in page.words
    [link] = [a for a in page.all("a") if a.text == "Math by grade"]
    assert link.get("href") == home
    principal.post("/trends/views?by=month&subject=Mathematics", {"name": "Math by grade"})
    page = principal.get("/trends/rooms")
    [link] = [a for a in page.all("a") if a.text == "Math by grade"]
    assert link.get("href") == "/trends/rooms?by=month&subject=Mathematics"
    assert "Math by grade" not in visit(cast.coach).get("/trends/rooms").words
    [form] = [f for f in page.all("form") if str(f.get("action")).endswith("/drop")]
    principal.post(str(form.get("action")))
    assert "Saved views" not in principal.get("/trends/rooms").words


def test_observer_groups_are_told_apart_on_screen_and_nowhere_else(
    visit: Visit, cast: Cast
) -> None:
    principal, _ = shared(visit, cast)
    page = principal.get("/trends/rooms?by=observer&observer=observer")
    assert "By observer group." in page.words
    assert "Observers" in ["".join(head.itertext()).strip() for head in page.all("th")]
    refused = principal.get("/trends/rooms?observer=coach")
    assert refused.status == 400
    assert "which is not there" in refused.words
    for path in ("/trends", "/trends.csv", "/trends.xlsx", "/trends.pdf"):
        assert principal.get(f"{path}?by=observer").status == 400, path


def test_students_stand_beside_only_where_their_teacher_shared_their_answers_too(
    visit: Visit, cast: Cast
) -> None:
    principal, path = shared(visit, cast)
    teacher = visit(cast.teacher)
    teacher.post(f"{path}/self-view", marks(cast))
    teacher.post(f"{path}/self-view/share", {"with": "observer"})
    made = make(cast, day=AT.date(), at=AT)
    answer(made, MIXED, at=AT)
    close_sheet(made)
    assert "What students said themselves" not in principal.get("/trends/rooms").words
    teacher.post(f"/voice-sheets/{made.id}/share", {"with": "observers"})
    words = principal.get("/trends/rooms").words
    assert "Where are you now? 4 of 6 students clear · 1 of 1 teacher’s view" in words
    assert "How will you get there? 1 of 6 students clear · 0 of 1 teacher’s view" in words
    assert "Where are you going?" not in words  # the teacher left it out
    looked = db.session.scalars(View.of(made.id)).all()
    assert [view.person_id for view in looked] == [cast.principal.id]
    assert "What students said themselves" not in visit(cast.coach).get("/trends/rooms").words


def test_a_school_is_found_by_name_where_there_are_many(visit: Visit, cast: Cast) -> None:
    close(cast.principal.district)
    lead = visit(cast.lead)
    whole, found = lead.get("/trends?by=school"), lead.get("/trends?by=school&find=cedar")
    for page, names in ((whole, ["Cedar", "Lincoln"]), (found, ["Cedar"])):
        heads = ["".join(h.itertext()) for h in page.all("th") if h.get("scope") == "col"]
        assert [name for name in ("Cedar", "Lincoln") if any(name in h for h in heads)] == names
    conditions = lead.get("/trends/conditions?find=CEDAR")
    assert "Cedar Middle School" in conditions.words
    assert "Lincoln Middle School" not in conditions.words
    for path in ("/trends", "/trends/conditions"):
        assert "No school is called “Nowhere”." in lead.get(f"{path}?find=Nowhere").words


def test_a_term_of_which_nothing_could_be_shown_is_not_opened_first(
    visit: Visit, cast: Cast
) -> None:
    close(cast.principal.district)
    empty = TrendPeriod(
        district_id=named("district"), period="2026-fall", limits={}, made_at=CLOSED
    )
    db.session.add(empty)
    db.session.commit()
    page = visit(cast.lead).get("/trends")
    assert "Spring 2026: shared walkthroughs" in page.words
    assert "Fall 2026" in [option.text for option in page.all("option")]
    assert "Fall 2026: shared walkthroughs" in visit(cast.lead).get("/trends?term=2026-fall").words


@pytest.mark.parametrize("name", ["", "   ", "x" * 61])
def test_a_view_without_a_fitting_name_is_refused(visit: Visit, cast: Cast, name: str) -> None:
    refused = visit(cast.principal).post("/trends/views?by=grade", {"name": name})
    assert refused.status == 422
    assert "at most 60 characters" in refused.words


def test_a_view_of_what_is_not_there_is_not_saved(visit: Visit, cast: Cast) -> None:
    refused = visit(cast.principal).post("/trends/views?subject=Alchemy", {"name": "Gold"})
    assert refused.status == 400
    assert "Saved views" not in visit(cast.principal).get("/trends/rooms").words


def test_only_a_view_that_was_shared_with_the_visitor_is_compared(visit: Visit, cast: Cast) -> None:
    principal, path = shared(visit, cast)
    teacher = visit(cast.teacher)
    marks = {f"mark-{cast.look_for(key).id}": "seen" for key in ("BL01", "DP01")}
    teacher.post(f"{path}/self-view", marks)
    assert "Seen from both sides?" not in principal.get("/trends/rooms").words
    teacher.post(f"{path}/self-view/share", {"with": "observer"})
    assert "Seen from both sides?" in principal.get("/trends/rooms").words
    assert "1 both" in principal.get("/trends/rooms").words
    assert "Seen from both sides?" not in visit(cast.coach).get("/trends/rooms").words
