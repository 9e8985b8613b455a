"""The pages of trends, with a spring that is closed and before anything is counted."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from playwright.sync_api import expect

from models.base import db
from tests import voice
from tests.browser.eyes import Eyes, press, unfold
from tests.browser.stage import Stage
from tests.cast import Cast
from tests.closed_term import SEEN, TERM, close
from tests.walk import AT

pytestmark = [pytest.mark.browser, pytest.mark.only_sqlite]


def test_pages_of_published_trends(eyes: Callable[..., Eyes], cast: Cast) -> None:
    close(cast.lead.district)
    lead = eyes(cast.lead)
    lead.see(f"/trends?term={TERM}", unfold)
    lead.see(f"/trends?term={TERM}&by=month")
    lead.see(f"/trends/look-fors/{SEEN}", unfold)
    lead.see(f"/trends/talk?term={TERM}", unfold)
    lead.see(f"/trends/conditions?term={TERM}")
    lead.see(f"/trends/words?term={TERM}")


def test_the_numbers_of_a_chart_are_unfolded_on_paper(
    eyes: Callable[..., Eyes], cast: Cast
) -> None:
    close(cast.lead.district)
    lead = eyes(cast.lead)
    for path in (f"/trends/talk?term={TERM}", f"/trends/look-fors/{SEEN}"):
        lead.see(path)
        numbers = lead.page.locator("details table").first
        expect(numbers).to_be_hidden()
        lead.page.emulate_media(media="print")
        expect(numbers).to_be_visible()
        lead.page.emulate_media(media="screen")


def test_pages_of_ones_own_visits(
    eyes: Callable[..., Eyes],
    stage: Stage,
    cast: Cast,
) -> None:
    path, teacher = stage.own_view(), stage.visit(cast.teacher)
    teacher.post(f"{path}/share", {"with": "observer"})
    teacher.post(f"{path}/share", {"with": "coach"})
    made = voice.make(cast, day=AT.date(), at=AT)
    voice.answer(made, voice.MIXED, at=AT)
    voice.close(made)
    teacher.post(f"/voice-sheets/{made.id}/share", {"with": "coach"})
    stage.principal.post("/trends/views?by=grade", {"name": "Grade by grade, all year"})
    db.session.rollback()
    close(cast.lead.district)
    principal = eyes(cast.principal)
    principal.see("/trends/rooms?by=month&subject=Mathematics", unfold)
    for part in ("Saved views", "Seen from both sides?", "Save these filters as"):
        expect(principal.page.get_by_text(part)).to_be_visible()
    principal.see("/trends/coverage", press("Tell me"))
    coach = eyes(cast.coach)
    coach.see("/trends/rooms")
    expect(coach.page.get_by_text("What students said themselves")).to_be_visible()


def test_pages_of_trends_before_anything_is_counted(
    eyes: Callable[..., Eyes],
    cast: Cast,
) -> None:
    coach = eyes(cast.other_coach)
    for page in ("", "/rooms", "/talk", "/conditions", "/coverage"):
        coach.see(f"/trends{page}")
