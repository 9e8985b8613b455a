"""Student voice, as a teacher and her students use it, and as nobody may."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta

import pytest
from flask import Flask
from sqlalchemy import select

from blueprints.kit import access
from jobs import queue
from models.base import db
from models.job import Job
from models.voice import CLOSE, VoiceGuesses, VoiceSheet, VoiceTicket
from models.voice.ticket import MOST_WRONG
from rules.voice import draw
from tests.blueprints.test_loop import as_posted, shared
from tests.blueprints.test_self_views import marks
from tests.cast import Cast, named
from tests.page import Page, Visitor
from tests.voice import MIXED, answer, close, make, secret, sheet, sheet_of_tickets
from tests.walk import AT, Phone

Visit = Callable[..., Visitor]

pytestmark = pytest.mark.only_sqlite


def made_by_form(visit: Visit, cast: Cast, **more: str) -> Page:
    today = access.now().astimezone(cast.teacher.district.zone).date().isoformat()
    form = {"about": str(named("math 7")), "day": today, "tickets": ""} | more
    return visit(cast.teacher).post("/voice-sheets", form)


def test_a_teacher_makes_a_sheet_students_answer_and_the_numbers_appear_once(
    visit: Visit, cast: Cast
) -> None:
    path = str(made_by_form(visit, cast).response.headers["Location"])
    [made] = db.session.scalars(VoiceSheet.visible_to(cast.teacher))
    tickets = made.letters(secret=secret())
    assert len(tickets) == 24  # the roster’s number
    for ticket, given in zip(tickets, MIXED, strict=False):
        assert visit().get(f"/voice/{ticket}").status == 200
        sent = visit().post(f"/voice/{ticket}", dict(given))
        assert sent.response.headers["Location"] == "/voice/thanks?lang=en"
    open_page = visit(cast.teacher).get(path)
    assert "6 of 24 tickets used." in open_page.words
    assert "What students said" not in open_page.words
    assert visit(cast.teacher).post(f"{path}/close").status == 302
    page = visit(cast.teacher).get(path)
    assert "6 students answered (24 tickets made)." in page.words
    assert "Where are you now? Clear 4 Partly 2 Not yet 0" in page.words
    assert db.session.scalars(select(VoiceTicket)).all() == []


def test_a_ticket_is_used_once_and_nobody_learns_why_it_cannot_be_used(
    visit: Visit, cast: Cast
) -> None:
    used, fresh, *_ = sheet_of_tickets(cast)
    assert visit().post(f"/voice/{used}", {"now": "clear"}).status == 303
    again = visit().post(f"/voice/{used}", {"now": "clear"})
    unknown = visit().get("/voice/not-a-ticket")
    close(db.session.scalars(VoiceSheet.whole()).one())
    closed = visit().get(f"/voice/{fresh}")
    assert [page.status for page in (again, unknown, closed)] == [404, 404, 404]
    assert again.text == unknown.text == closed.text
    assert "Nothing is wrong with you" in again.words


def test_no_cookie_is_set_and_none_is_needed(visit: Visit, cast: Cast, app: Flask) -> None:
    [ticket, *_] = sheet_of_tickets(cast)
    client = app.test_client()
    for answered in (
        client.get("/voice"),
        client.get(f"/voice/{ticket}"),
        client.post(f"/voice/{ticket}", data={"how": "partly"}),
        client.get("/voice/thanks?lang=es"),
    ):
        assert answered.status_code in (200, 303)
        assert "Set-Cookie" not in answered.headers
        assert answered.headers["Cache-Control"] == "no-store"


def test_another_site_cannot_spend_a_ticket(visit: Visit, cast: Cast) -> None:
    [ticket, *_] = sheet_of_tickets(cast)
    elsewhere = {"Sec-Fetch-Site": "cross-site"}
    assert visit().post(f"/voice/{ticket}", {"now": "clear"}, headers=elsewhere).status == 403
    assert visit().get(f"/voice/{ticket}").status == 200


def test_an_empty_answer_spends_nothing_and_strange_ones_count_nowhere(
    visit: Visit, cast: Cast
) -> None:
    [ticket, *_] = sheet_of_tickets(cast)
    empty = visit().post(f"/voice/{ticket}", {"now": "", "how": "perhaps", "name": "A student"})
    assert empty.status == 422
    assert "Choose at least one answer" in empty.words
    assert visit().get(f"/voice/{ticket}").status == 200


def test_letters_are_typed_as_they_come_and_a_slip_is_told_at_once(
    visit: Visit, cast: Cast
) -> None:
    [ticket, *_] = sheet_of_tickets(cast)
    typed = f"{ticket[:3].lower()} {ticket[3:6]}-{ticket[6:]}"
    found = visit().get("/voice", query_string={"ticket": typed, "lang": "es"})
    assert found.response.headers["Location"] == f"/voice/{ticket}?lang=es"
    slip = visit().get("/voice", query_string={"ticket": ticket[:8] + "A"})
    assert slip.status == 422
    assert f'value="{ticket[:8]}A"' in slip.text
    assert db.session.scalars(select(VoiceGuesses)).all() == []


def test_spanish_is_asked_for_or_taken_from_the_browser(visit: Visit, cast: Cast) -> None:
    [ticket, *_] = sheet_of_tickets(cast)
    page = visit().get(f"/voice/{ticket}", headers={"Accept-Language": "es-MX,es;q=0.9"})
    assert page.root.get("lang") == "es"
    assert "¿Hacia dónde vas?" in page.words
    asked = visit().get(f"/voice/{ticket}?lang=en", headers={"Accept-Language": "es"})
    assert asked.root.get("lang") == "en"


def test_another_language_takes_along_what_was_chosen_and_spends_nothing(
    visit: Visit, cast: Cast
) -> None:
    [ticket, *_] = sheet_of_tickets(cast)
    chosen = {"lang": "en", "going": "partly", "instead": "es"}
    asked = visit().post(f"/voice/{ticket}", chosen)
    assert asked.root.get("lang") == "es"
    assert 'name="going" value="partly" checked' in asked.text
    assert asked.text.count(" checked") == 1
    assert visit().get(f"/voice/{ticket}").status == 200


def test_many_wrong_tickets_make_everybody_wait_a_little_and_nothing_is_lost(
    visit: Visit, cast: Cast
) -> None:
    [ticket, *_] = sheet_of_tickets(cast)
    db.session.add(VoiceGuesses(id=1, wrong=MOST_WRONG + 3, at=access.now()))
    db.session.commit()
    waiting = visit().post(f"/voice/{ticket}", {"now": "clear", "how": "partly"})
    assert waiting.status == 429
    assert "Your ticket is still good" in waiting.words
    assert waiting.text.count(" checked") == 2
    row = db.session.get_one(VoiceGuesses, 1)
    row.at -= timedelta(seconds=5)
    db.session.commit()
    assert visit().post(f"/voice/{ticket}", {"now": "clear"}).status == 303


def test_only_tickets_that_nobody_was_given_count_as_guesses(visit: Visit, cast: Cast) -> None:
    [ticket, *_] = sheet_of_tickets(cast)
    visit().post(f"/voice/{ticket}", {"now": "clear"})
    visit().get(f"/voice/{ticket}")  # used
    visit().get("/voice/mistyped")  # no ticket could read so
    assert db.session.scalars(select(VoiceGuesses.wrong)).all() == []
    visit().get(f"/voice/{draw(b'nobody', 0)}")
    visit().post(f"/voice/{draw(b'nobody', 1)}", {"now": "clear"})
    [wrong] = db.session.scalars(select(VoiceGuesses.wrong))
    assert 1 < wrong <= 2


def test_fewer_than_five_are_told_so_and_nothing_is_kept(visit: Visit, cast: Cast) -> None:
    made = make(cast)
    answer(made, MIXED[:4])
    path = f"/voice-sheets/{made.id}"
    assert "with 4 answers, nothing would be shown" in visit(cast.teacher).get(path).words
    visit(cast.teacher).post(f"{path}/close")
    page = visit(cast.teacher).get(path)
    assert "Fewer than five answered" in page.words
    kept = sheet(made.id)
    assert (kept.results, kept.locked) == (None, None)
    assert visit(cast.teacher).post(f"{path}/share", {"with": "coach"}).status == 409


def test_a_sheet_closes_by_itself_when_its_day_ends(
    visit: Visit, cast: Cast, monkeypatch: pytest.MonkeyPatch
) -> None:
    made = make(cast)
    answer(made, MIXED)
    [job] = db.session.scalars(select(Job).where(Job.kind == CLOSE))
    zone = cast.teacher.district.zone
    assert job.due_at.astimezone(zone).isoformat()[11:19] == "00:00:00"
    assert job.due_at.astimezone(zone).date() == made.day + timedelta(days=1)
    ticket = made.letters(secret=secret())[-1]
    late = job.due_at + timedelta(seconds=1)
    assert VoiceSheet.takes(ticket, secret=secret(), at=late) is False
    assert not VoiceSheet.answer(ticket, {"now": "clear"}, secret=secret(), at=late)
    db.session.commit()
    monkeypatch.setattr(queue, "now", lambda: late)
    assert queue.work_off() == 1
    found = sheet(made.id).result
    assert found is not None
    assert found.answered == 6


def test_there_is_one_sheet_for_a_class_and_a_day(visit: Visit, cast: Cast) -> None:
    assert made_by_form(visit, cast).status == 302
    again = made_by_form(visit, cast)
    assert again.status == 409
    assert "This class has a sheet for that day." in again.words
    far = made_by_form(visit, cast, day="2099-01-01", tickets="17")
    assert far.status == 409
    assert 'value="17"' in far.text
    assert made_by_form(visit, cast, tickets="4").status == 422
    assert made_by_form(visit, cast, about=str(named("science 8"))).status == 422


def test_an_unused_sheet_can_be_thrown_away_and_a_used_one_cannot(visit: Visit, cast: Cast) -> None:
    first = make(cast)
    assert visit(cast.teacher).post(f"/voice-sheets/{first.id}/drop").status == 302
    second = make(cast)
    answer(second, MIXED[:1])
    assert visit(cast.teacher).post(f"/voice-sheets/{second.id}/drop").status == 409


def test_results_are_the_teachers_until_she_shares_them_with_one_or_the_other(
    visit: Visit, cast: Cast
) -> None:
    made = make(cast)
    answer(made, MIXED)
    close(made)
    path = f"/voice-sheets/{made.id}"

    def readers() -> set[str]:
        return {
            part for part, who in cast.everybody().items() if visit(who).get(path).status == 200
        }

    assert readers() == {"teacher"}
    page = visit(cast.teacher).get(path)
    assert "Your coach Mr. Reyes" in page.words
    assert "Observers of your school Ms. Holt" in page.words
    visit(cast.teacher).post(f"{path}/share", {"with": "coach"})
    assert readers() == {"teacher", "coach"}
    visit(cast.teacher).post(f"{path}/share", {"with": "observers"})
    assert readers() == {"teacher", "coach", "principal"}
    words = visit(cast.teacher).get(path).words
    assert words.count("Mr. Reyes") == 3  # may see it, and looked twice
    assert words.count("Ms. Holt") == 2
    assert visit(cast.teacher).post(f"{path}/share", {"with": "everybody"}).status == 400


def test_interests_are_told_only_beside_what_a_visitor_saw_of_them(
    visit: Visit, cast: Cast
) -> None:
    made = make(cast, day=AT.date(), at=AT)
    answer(made, MIXED, at=AT)
    close(made)
    principal, teacher = visit(cast.principal), visit(cast.teacher)
    page = teacher.get(f"/voice-sheets/{made.id}")
    assert "never alone" in page.words
    assert "A little" not in page.words
    phone = Phone()
    phone.start(cast)
    phone.mark(cast, "IN01", "not_seen")
    phone.act("student_asked", {"student": "A", "now": "partly", "going": "clear", "how": "clear"})
    phone.act("finished")
    principal.sync(phone.batch())
    letter = str(principal.get(f"/walkthroughs/{phone.walk}").response.headers["Location"])
    principal.post(f"{letter}/share", as_posted(principal.get(letter)))
    # unopened, it would tell what the observer marked before her own view
    assert "never alone" in teacher.get(f"/voice-sheets/{made.id}").words
    teacher.get(letter)
    page = teacher.get(f"/voice-sheets/{made.id}")
    assert "Does your teacher know what interests you? Yes 2 A little 2 Not yet 2" in page.words
    assert f"{cast.look_for('IN01').statement} not seen" in page.words
    assert "Ms. Holt asked 1 student: 1 partly" in page.words


def test_tickets_stand_in_the_three_ways_and_reach_the_observer_only_when_shared(
    visit: Visit, cast: Cast
) -> None:
    principal, path = shared(visit, cast)
    made = make(cast, day=AT.date(), at=AT)
    answer(made, MIXED, at=AT)
    close(made)
    teacher = visit(cast.teacher)
    teacher.post(f"{path}/self-view", marks(cast))
    teacher.post(f"{path}/self-view/share", {"with": "observer"})
    assert "4 clear, 2 partly" in teacher.get(f"{path}/self-view").words
    assert "By ticket" not in principal.get(f"{path}/self-view").words
    teacher.post(f"/voice-sheets/{made.id}/share", {"with": "observers"})
    assert "4 clear, 2 partly" in principal.get(f"{path}/self-view").words
