"""After sharing: clocks, requests for corrections with their answers, and what changed."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta
from io import BytesIO

import pytest
import time_machine
from pypdf import PdfReader

from jobs.queue import work_off
from models.base import db
from models.feedback import Feedback
from tests.blueprints.test_loop import as_posted, shared, walked
from tests.cast import Cast
from tests.page import Visitor
from tests.walk import AT, Phone

Visit = Callable[..., Visitor]

ASKED = "We did talk it over; the second sweep fell into the reading."


def pdf_words(visitor: Visitor, path: str) -> str:
    """The words of a PDF."""
    body = visitor.get(f"{path}.pdf").response.get_data()
    return " ".join(page.extract_text() for page in PdfReader(BytesIO(body)).pages)


def letter_of(cast: Cast) -> Feedback:
    """The one letter there is."""
    db.session.rollback()
    return db.session.scalars(Feedback.editable_by(cast.principal)).unique().one()


def asked(visit: Visit, cast: Cast) -> tuple[Visitor, Visitor, str]:
    """The teacher has read the letter and asks for a correction."""
    principal, path = shared(visit, cast)
    teacher = visit(cast.teacher)
    teacher.post(f"{path}/reply", {"text": ASKED, "kind": "correction"})
    return principal, teacher, path


def test_a_request_for_a_correction_waits_on_today_until_it_is_answered(
    visit: Visit, cast: Cast
) -> None:
    principal, _, path = asked(visit, cast)
    assert "Asks for a correction" in principal.get("/").words
    page = principal.get(path)
    assert "Ms. Okafor asks for a correction" in page.words
    assert page.words.count(ASKED) == 1
    assert principal.post(f"{path}/answer", {"text": " "}).status == 422
    assert principal.post(f"{path}/answer", {"text": "The count was right."}).status == 302
    assert "Asks for a correction" not in principal.get("/").words
    assert principal.post(f"{path}/answer", {"text": "Once more."}).status == 409


def test_an_answer_in_words_travels_with_the_page_and_the_pdf(visit: Visit, cast: Cast) -> None:
    principal, teacher, path = asked(visit, cast)
    principal.post(f"{path}/answer", {"text": "The count was right; the reading was not."})
    for words in (teacher.get(path).words, pdf_words(teacher, path)):
        assert "asked for a correction" in words
        assert "the second sweep fell into the reading" in words
        assert "the reading was not" in words


def test_a_new_version_answers_the_request_and_shows_what_changed(visit: Visit, cast: Cast) -> None:
    principal, teacher, path = asked(visit, cast)
    assert principal.post(f"{path}/correct", {"reason": "Asked for by Ms. Okafor"}).status == 302
    assert "Asks for a correction" in principal.get("/").words
    form = as_posted(principal.get(path)) | {"places-3-text": "Try the checkpoint on Thursday."}
    assert principal.post(f"{path}/share", form).status == 302
    assert "Asks for a correction" not in principal.get("/").words
    page = teacher.get(path)
    assert "What changed in version 2" in page.words
    assert [e.text for e in page.all("ins")] == ["Try the checkpoint on Thursday."]
    assert len(page.all("del")) == 1
    assert letter_of(cast).replies[0].answered_in == 2


def test_only_the_author_answers_a_request(visit: Visit, cast: Cast) -> None:
    _, _, path = asked(visit, cast)
    for part in ("teacher", "coach", "other_coach", "lead"):
        answer = visit(getattr(cast, part)).post(f"{path}/answer", {"text": "No."})
        assert answer.status == 404, part


def test_a_visit_has_five_working_days_to_be_shared(visit: Visit, cast: Cast) -> None:
    with time_machine.travel(datetime(2026, 10, 14, 15, 0, tzinfo=UTC), tick=False):
        principal, path = walked(visit, cast)
        assert letter_of(cast).share_by == date(2026, 10, 20)
        assert "Share by Tuesday, October 20" in principal.get("/").words
        assert "Share by Tuesday, October 20" in principal.get(path).words


def test_a_coaching_visit_has_no_clock(visit: Visit, cast: Cast) -> None:
    phone = Phone()
    phone.whole_visit(cast, purpose="coaching")
    visit(cast.coach).sync(phone.batch())
    kept = db.session.scalars(Feedback.editable_by(cast.coach)).unique().one()
    assert kept.share_by is None


@pytest.mark.parametrize(("days", "late"), [(7, False), (8, True)])
def test_what_is_shared_after_its_day_says_so_for_ever(
    visit: Visit, cast: Cast, days: int, *, late: bool
) -> None:
    with time_machine.travel(AT + timedelta(days=days), tick=False):
        _, path = shared(visit, cast)
        teacher = visit(cast.teacher)
        said = "Shared after Tuesday, October 20, the last day for it: not to be used"
        assert (said in teacher.get(path).words) == late
        assert (said in pdf_words(teacher, path)) == late


def test_it_can_be_shared_tomorrow_at_seven(visit: Visit, cast: Cast) -> None:
    evening = datetime(2026, 10, 13, 22, 0, tzinfo=UTC)
    with time_machine.travel(evening, tick=False) as clock:
        principal, path = walked(visit, cast)
        form = as_posted(principal.get(path)) | {"when": "later"}
        assert principal.post(f"{path}/share", form).status == 302
        assert "Wednesday, October 14 at 7:00" in principal.get(path).words
        assert "Shared by itself" in principal.get("/").words
        work_off()
        assert visit(cast.teacher).get(path).status == 404
        principal.post(path, as_posted(principal.get(path)) | {"places-3-text": "Try a pair stop."})
        clock.move_to(datetime(2026, 10, 14, 12, 0, 1, tzinfo=UTC))
        work_off()
        assert "Try a pair stop." in visit(cast.teacher).get(path).words
        assert letter_of(cast).shared_at == datetime(2026, 10, 14, 12, 0, 1, tzinfo=UTC)
        work_off()
        assert len(letter_of(cast).versions) == 1


def test_what_is_held_back_is_not_shared_at_seven(visit: Visit, cast: Cast) -> None:
    with time_machine.travel(datetime(2026, 10, 13, 22, 0, tzinfo=UTC), tick=False) as clock:
        principal, path = walked(visit, cast)
        assert principal.post(f"{path}/hold-back").status == 409
        principal.post(f"{path}/share", as_posted(principal.get(path)) | {"when": "later"})
        assert principal.post(f"{path}/hold-back").status == 302
        clock.move_to(datetime(2026, 10, 14, 12, 1, tzinfo=UTC))
        work_off()
        assert visit(cast.teacher).get(path).status == 404


def test_who_lost_the_role_overnight_shares_nothing(visit: Visit, cast: Cast) -> None:
    with time_machine.travel(datetime(2026, 10, 13, 22, 0, tzinfo=UTC), tick=False) as clock:
        principal, path = walked(visit, cast)
        principal.post(f"{path}/share", as_posted(principal.get(path)) | {"when": "later"})
        db.session.rollback()
        cast.principal.grants[0].ended_at = datetime.now(UTC)
        db.session.commit()
        clock.move_to(datetime(2026, 10, 14, 12, 1, tzinfo=UTC))
        work_off()
        assert visit(cast.teacher).get(path).status == 404


def test_two_working_days_without_opening_are_told_to_the_author(visit: Visit, cast: Cast) -> None:
    with time_machine.travel(AT + timedelta(hours=2), tick=False) as clock:
        principal, path = shared(visit, cast)
        assert "Not opened since" not in principal.get("/").words
        clock.move_to(AT + timedelta(days=2, hours=2))
        assert "Not opened since Oct 13" in principal.get("/").words
        assert "has not opened it in two working days" in principal.get(path).words
        visit(cast.teacher).get(path)
        assert "Not opened since" not in principal.get("/").words


def test_a_link_to_hand_over_stands_there_until_it_is_opened(visit: Visit, cast: Cast) -> None:
    principal, path = shared(visit, cast)
    link = f"http://127.0.0.1:8000{path}/self-view"
    assert link in principal.get(path).words
    assert link not in visit(cast.coach).get(path).words
    visit(cast.teacher).get(path)
    assert link not in principal.get(path).words
