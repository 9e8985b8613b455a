"""Today: each role finds the next right thing."""

from __future__ import annotations

from collections.abc import Callable

from tests.cast import Cast
from tests.page import Visitor
from tests.walk import Phone

Visit = Callable[..., Visitor]


def test_an_observer_finds_who_waited_longest_and_can_start(visit: Visit, cast: Cast) -> None:
    words = visit(cast.principal).get("/").words
    assert "0 of 2 classrooms visited by you" in words
    assert "Start a visit with Ms. Okafor" in visit(cast.principal).get("/").text
    assert "Ms. Moreau" not in words  # of another school


def test_a_visited_teacher_moves_down_the_list(visit: Visit, cast: Cast) -> None:
    phone = Phone()
    phone.whole_visit(cast)
    principal = visit(cast.principal)
    principal.sync(phone.batch())
    text = principal.get("/").text
    assert text.index("Start a visit with Mr. Lindqvist") < text.index(
        "Start a visit with Ms. Okafor"
    )
    assert "1 of 2 classrooms visited by you" in principal.get("/").words


def test_a_coach_finds_the_caseload_first(visit: Visit, cast: Cast) -> None:
    text = visit(cast.coach).get("/").text
    assert text.index("Start a visit with Ms. Okafor") < text.index(
        "Start a visit with Mr. Lindqvist"
    )


def test_a_visit_that_is_still_open_can_be_gone_on_with(visit: Visit, cast: Cast) -> None:
    phone = Phone()
    phone.start(cast)
    principal = visit(cast.principal)
    principal.sync(phone.batch())
    assert f"/capture#walk={phone.walk}" in principal.get("/").text


def test_a_lead_sees_counts_and_no_teacher_by_name(visit: Visit, cast: Cast) -> None:
    words = visit(cast.lead).get("/").words
    assert "2 schools, 3 teachers" in words
    assert "Okafor" not in words


def test_a_teacher_without_feedback_learns_what_is_looked_for(visit: Visit, cast: Cast) -> None:
    page = visit(cast.teacher).get("/")
    assert "No feedback yet" in page.words
    assert 'href="/frameworks"' in page.text
