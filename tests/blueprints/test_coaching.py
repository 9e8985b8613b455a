"""A coaching, from the question to the check-back: asked, agreed, a step, met, ended."""

from __future__ import annotations

import json
from collections.abc import Callable
from datetime import timedelta
from uuid import UUID

import page as pdf_ua
from sqlalchemy import select

from blueprints.kit import access
from models.act import Act
from models.base import db
from models.coaching import Caseload
from models.feedback import Feedback
from models.step import Step
from rules.roles import Role
from tests.cast import Cast, named
from tests.jobs.test_pdf_letter import words
from tests.page import Visitor
from tests.walk import Phone

Visit = Callable[..., Visitor]


def path_with(cast: Cast, teacher: str = "okafor") -> str:
    """The address of the coaching of one teacher."""
    db.session.rollback()
    rows = select(Caseload.id).where(
        Caseload.teacher_id == named(teacher), Caseload.beside_id.is_(None)
    )
    return f"/coaching/{db.session.scalars(rows).one()}"


def in_days(days: int) -> str:
    """A day from now on, as a browser sends it."""
    return (access.now().date() + timedelta(days=days)).isoformat()


def agreed(visit: Visit, cast: Cast, **changes: str) -> str:
    """A step that coach and teacher agreed on; returns its address."""
    look_for = str(cast.look_for("DP01").id)
    form = {"step": "One pair stop in period 3", "look_for": look_for, "due_on": in_days(7)}
    answer = visit(cast.coach).post(f"{path_with(cast)}/steps", form | changes)
    assert answer.status == 302, answer.words
    return str(answer.response.headers["Location"])


def acts(act: str) -> int:
    """How many lines the audit trail has for an act."""
    db.session.rollback()
    return len(db.session.scalars(select(Act).where(Act.act == act)).all())


def test_a_coach_asks_and_nothing_opens_before_the_teacher_agrees(visit: Visit, cast: Cast) -> None:
    phone = Phone()
    phone.whole_visit(cast)
    phone.events[0]["data"] |= {"teacher": str(named("lindqvist")), "class": None}
    principal = visit(cast.principal)
    principal.sync(phone.batch())
    letter = db.session.scalars(Feedback.editable_by(cast.principal)).unique().one()
    principal.post(f"/feedback/{letter.id}/share", {"places-0-text": "Students compared."})
    coach, teacher = visit(cast.coach), visit(cast.colleague)
    assert coach.post("/coaching", {"person": str(named("lindqvist"))}).status == 302
    path = path_with(cast, "lindqvist")
    assert "has not answered yet" in coach.get(path).words
    assert coach.get(f"/feedback/{letter.id}").status == 404
    assert coach.post(f"{path}/goal", {"goal": "More talk"}).status == 404
    assert "Mr. Reyes asks to coach you" in teacher.get("/").words
    assert teacher.post(f"{path}/agree").status == 302
    assert coach.get(f"/feedback/{letter.id}").status == 200
    assert coach.post(f"{path}/goal", {"goal": "More talk"}).status == 302
    assert acts("agree to coaching") == 1


def test_a_teacher_may_say_no_and_may_be_asked_again(visit: Visit, cast: Cast) -> None:
    coach, teacher = visit(cast.coach), visit(cast.colleague)
    coach.post("/coaching", {"person": str(named("lindqvist"))})
    path = path_with(cast, "lindqvist")
    again = coach.post("/coaching", {"person": str(named("lindqvist"))})
    assert again.status == 422
    assert "has been asked already" in again.words
    assert teacher.post(f"{path}/end").status == 302
    assert coach.get(path).status == 404
    assert coach.post("/coaching", {"person": str(named("lindqvist"))}).status == 302


def test_nobody_is_evaluator_and_coach_of_the_same_teacher(visit: Visit, cast: Cast) -> None:
    cast.other_coach.grant(Role.OBSERVER, school_id=named("lincoln"), at=access.now())
    db.session.commit()
    answer = visit(cast.other_coach).post("/coaching", {"person": str(named("lindqvist"))})
    assert answer.status == 422
    assert "Nobody is evaluator and coach of the same teacher" in answer.words


def test_a_role_that_would_make_a_coach_an_evaluator_is_refused_with_the_reason(
    visit: Visit, cast: Cast
) -> None:
    grant = cast.coach.grant(
        Role.OBSERVER, school_id=named("lincoln"), at=access.now(), proposed=True
    )
    db.session.commit()
    administrator = visit(cast.administrator)
    path = f"/people/{named('reyes')}/roles/{grant.id}/agree"
    answer = administrator.post(path)
    assert answer.status == 409
    assert "nobody is evaluator and coach of the same teacher" in answer.words
    visit(cast.teacher).post(f"{path_with(cast)}/end")
    assert administrator.post(path).status == 302


def test_a_role_that_came_by_another_way_closes_the_coaching_at_once(
    visit: Visit, cast: Cast
) -> None:
    step, path, coach = agreed(visit, cast), path_with(cast), visit(cast.coach)
    phone = Phone()
    phone.whole_visit(cast, purpose="coaching")
    coach.sync(phone.batch())
    letter = db.session.scalars(Feedback.editable_by(cast.coach)).unique().one()
    assert coach.get(step).status == 200
    db.session.rollback()
    cast.coach.grant(Role.OBSERVER, school_id=named("lincoln"), at=access.now())
    db.session.commit()
    for closed in (
        step,
        path,
        f"{step}.ics",
        f"/feedback/{letter.id}",
        f"/walkthroughs/{phone.walk}",
    ):
        assert coach.get(closed).status == 404, closed
    assert "pair stop" not in coach.get("/field-kit.json").text
    assert visit(cast.teacher).get(step).status == 200


def test_a_goal_takes_the_place_of_the_one_before(visit: Visit, cast: Cast) -> None:
    path = path_with(cast)
    visit(cast.coach).post(f"{path}/goal", {"goal": "Students answer each other"})
    visit(cast.teacher).post(f"{path}/goal", {"goal": "Every student speaks once a lesson"})
    words = visit(cast.coach).get(path).words
    assert "Every student speaks once a lesson" in words
    assert "Students answer each other" not in words
    assert acts("set coaching goal") == 2


def test_a_step_goes_from_agreed_to_tried_to_met(visit: Visit, cast: Cast) -> None:
    step = agreed(visit, cast)
    board = visit(cast.coach).get("/coaching").words
    assert "One pair stop in period 3" in board
    teacher = visit(cast.teacher)
    assert "One pair stop in period 3" in teacher.get("/").words
    assert teacher.post(f"{step}/tried", {"answer": "Eleven pairs talked"}).status == 302
    coach = visit(cast.coach)
    assert "Eleven pairs talked" in coach.get(step).words
    assert coach.post(f"{step}/close", {"outcome": "met", "words": "Seen twice"}).status == 302
    assert "Met on" in teacher.get(step).words
    assert teacher.post(f"{step}/tried", {"answer": "again"}).status == 409
    assert (acts("mark step tried"), acts("close step as met")) == (1, 1)


def test_a_step_can_be_adjusted_by_the_teacher_and_both_stay_readable(
    visit: Visit, cast: Cast
) -> None:
    step = agreed(visit, cast)
    form = {"step": "Two pair stops", "due_on": in_days(14)}
    answer = visit(cast.teacher).post(f"{step}/adjust", form)
    assert answer.status == 302
    page = visit(cast.coach).get(answer.response.headers["Location"])
    assert "Two pair stops" in page.words
    assert "One pair stop in period 3" in page.words
    assert acts("close step as adjusted") == 1


def test_one_step_at_a_time(visit: Visit, cast: Cast) -> None:
    agreed(visit, cast)
    form = {"step": "Another", "due_on": in_days(3)}
    answer = visit(cast.coach).post(f"{path_with(cast)}/steps", form)
    assert answer.status == 422
    assert "There is a step already" in answer.words
    assert "Another" in answer.words


def test_a_bad_day_is_told_and_the_words_are_kept(visit: Visit, cast: Cast) -> None:
    coach, path = visit(cast.coach), f"{path_with(cast)}/steps"
    for due_on, said in (
        ("", "Choose the day of the check-back."),
        ("soon", "Write the day as year-month-day"),
        (in_days(-2), "Choose a day from today on"),
        ("9999-12-31", "Choose a day from today on"),
    ):
        answer = coach.post(path, {"step": "One pair stop", "due_on": due_on})
        assert answer.status == 422
        assert said in answer.words
        assert "One pair stop" in answer.words


def test_the_check_back_is_preloaded_on_the_phone(visit: Visit, cast: Cast) -> None:
    agreed(visit, cast)
    db.session.rollback()
    kit = json.loads(visit(cast.coach).get("/field-kit.json").text)
    assert kit["due"][0]["teacher"] == str(named("okafor"))
    assert kit["due"][0]["because"].startswith("Check-back ")
    [okafor] = [one for one in kit["teachers"] if one["id"] == str(named("okafor"))]
    assert okafor["last_step"] == "One pair stop in period 3"
    assert okafor["focus"] == [str(cast.look_for("DP01").id)]
    for part in (cast.other_coach, cast.principal):
        assert "pair stop" not in visit(part).get("/field-kit.json").text


def shared_with_step(visit: Visit, cast: Cast, purpose: str) -> Feedback:
    """Feedback with a step, shared with the teacher."""
    author = cast.coach if purpose == "coaching" else cast.principal
    phone = Phone()
    phone.whole_visit(cast, purpose=purpose)
    browser = visit(author)
    browser.sync(phone.batch())
    letter = db.session.scalars(Feedback.editable_by(author)).unique().one()
    form = {"places-3-text": "Try a talk station", "places-3-evidence": "3"}
    assert browser.post(f"/feedback/{letter.id}/share", form).status == 302
    db.session.rollback()
    return letter


def test_a_step_of_a_walkthrough_belongs_to_whoever_may_read_the_feedback(
    visit: Visit, cast: Cast
) -> None:
    shared_with_step(visit, cast, "walkthrough")
    step = db.session.scalars(select(Step)).one()
    assert step.origin == "walkthrough"
    readers = {"principal", "teacher", "coach"}
    for part, person in cast.everybody().items():
        allowed = part in readers
        assert (visit(person).get(f"/steps/{step.id}").status == 200) == allowed, part
    kit = visit(cast.principal).get("/field-kit.json").text
    assert "Try a talk station" in kit


def test_a_step_of_a_coaching_visit_is_coaching(visit: Visit, cast: Cast) -> None:
    shared_with_step(visit, cast, "coaching")
    step = db.session.scalars(select(Step)).one()
    assert step.origin == "coaching"
    for part, person in cast.everybody().items():
        allowed = part in {"coach", "teacher"}
        assert (visit(person).get(f"/steps/{step.id}").status == 200) == allowed, part


def test_a_step_taken_back_with_its_feedback_is_gone(visit: Visit, cast: Cast) -> None:
    letter = shared_with_step(visit, cast, "walkthrough")
    visit(cast.principal).post(f"/feedback/{letter.id}/take-back")
    db.session.rollback()
    assert db.session.scalars(select(Step)).all() == []


def test_a_note_of_ones_own_is_read_by_nobody_else_until_it_is_shared(
    visit: Visit, cast: Cast
) -> None:
    path, coach, teacher = path_with(cast), visit(cast.coach), visit(cast.teacher)
    coach.post(f"{path}/notes", {"note": "Ask about the seating", "readers": "me"})
    assert "Ask about the seating" in coach.get(path).words
    assert "Ask about the seating" not in teacher.get(path).words
    share = coach.get(path).text.split('action="/coaching/notes/')[1].split('"')[0]
    assert teacher.post(f"/coaching/notes/{share}").status == 404
    assert coach.post(f"/coaching/notes/{share}").status == 302
    assert "Ask about the seating" in teacher.get(path).words


def test_a_co_coach_reads_only_after_the_teacher_agrees(visit: Visit, cast: Cast) -> None:
    step, path = agreed(visit, cast), path_with(cast)
    coach, other, teacher = visit(cast.coach), visit(cast.other_coach), visit(cast.teacher)
    coach.post(f"{path}/notes", {"note": "For both of us", "readers": "both"})
    coach.post(f"{path}/notes", {"note": "Only mine", "readers": "me"})
    assert coach.post(f"{path}/co-coaches", {"person": str(named("adair"))}).status == 302
    assert other.get(path).status == 404
    assert other.get(step).status == 404
    db.session.rollback()
    asked = db.session.scalars(select(Caseload).where(Caseload.coach_id == named("adair"))).one()
    assert other.get(f"/coaching/{asked.id}").status == 200
    assert teacher.post(f"/coaching/{asked.id}/agree").status == 302
    assert other.get(step).status == 200
    assert coach.get(path).status == 200
    looks = teacher.get(path).words
    assert "Who has looked besides Mr. Reyes Ms. Adair" in looks  # on the step, written down
    assert "Who has looked" not in coach.get(path).words
    letter = shared_with_step(visit, cast, "coaching")
    assert "Ms. Adair, your co-coach" in teacher.get(f"/feedback/{letter.id}").words
    assert other.get(f"/feedback/{letter.id}").status == 200
    words = other.get(path).words
    assert "For both of us" in words
    assert "Only mine" not in words
    assert teacher.post(f"/coaching/{asked.id}/end").status == 302
    assert other.get(path).status == 404


def test_mentoring_minutes_are_counted_and_nobody_is_named(visit: Visit, cast: Cast) -> None:
    path, teacher = path_with(cast), visit(cast.teacher)
    form = {"on_day": in_days(-1), "minutes": "25", "students": "3"}
    assert teacher.post(f"{path}/mentoring", form).status == 302
    assert teacher.post(f"{path}/mentoring", form | {"minutes": "15"}).status == 302
    assert "40 minutes on 2 days" in visit(cast.coach).get(path).words
    for changes in ({"minutes": "many"}, {"minutes": "0"}, {"students": "99999"}):
        answer = teacher.post(f"{path}/mentoring", form | changes)
        assert answer.status == 422
        assert "as a number from 1 to" in answer.words


def test_the_plan_opens_its_resource_when_the_time_comes(visit: Visit, cast: Cast) -> None:
    path, coach, teacher = path_with(cast), visit(cast.coach), visit(cast.teacher)
    look_for = cast.look_for("DP02")
    form = {
        "plan": "One structure for a month",
        "look_for": str(look_for.id),
        "begins_on": in_days(-3),
        "ends_on": in_days(20),
        "resource": "",
    }
    assert coach.post(f"{path}/plan", form).status == 302
    page = teacher.get(f"{path}/plan")
    assert "Choose one structure for a month" in page.words  # the look-for’s own resource
    part = page.text.split('href="/coaching/plan/')[1].split('"')[0]
    wrong = form | {"ends_on": in_days(-9)}
    refused = teacher.post(f"/coaching/plan/{part}", wrong)
    assert refused.status == 422
    assert "not before the first" in refused.words
    assert teacher.post(f"/coaching/plan/{part}", form | {"plan": "Two"}).status == 302
    assert coach.post(f"/coaching/plan/{part}/drop").status == 302
    assert "No phase is planned yet" in teacher.get(f"{path}/plan").words


def test_phases_come_from_visits_that_both_may_read_and_the_teacher_moves_them(
    visit: Visit, cast: Cast
) -> None:
    for number, purpose in enumerate(("coaching", "coaching", "evaluation")):
        phone = Phone(f"phone-{number}")
        phone.whole_visit(cast, purpose=purpose)
        author = cast.coach if purpose == "coaching" else cast.principal
        browser = visit(author)
        browser.sync(phone.batch())
        rows = Feedback.editable_by(author).where(Feedback.walkthrough_id == UUID(phone.walk))
        letter = db.session.scalars(rows).unique().one()
        browser.post(f"/feedback/{letter.id}/share", {"places-0-text": "Students compared."})
        db.session.rollback()
    path, look_for = path_with(cast), cast.look_for("DP01")
    one = f"{path}/phases/{look_for.id}"
    assert "Seen in 2 of the last 2 visits" in visit(cast.coach).get(one).words
    assert visit(cast.coach).post(one, {"phase": "strong", "reason": "x"}).status == 404
    teacher = visit(cast.teacher)
    assert teacher.post(one, {"phase": "strong", "reason": ""}).status == 422
    assert teacher.post(one, {"phase": "strong", "reason": "Period 5 does it"}).status == 302
    page = visit(cast.coach).get(f"{path}/phases").words
    assert "Moved by the teacher: Period 5 does it" in page


def test_what_has_ended_is_open_to_the_teacher_only(visit: Visit, cast: Cast) -> None:
    path, coach, teacher = path_with(cast), visit(cast.coach), visit(cast.teacher)
    coach.post(f"{path}/notes", {"note": "Well begun", "readers": "both"})
    assert coach.post(f"{path}/end").status == 302
    assert coach.get(path).status == 404
    assert "Well begun" in teacher.get(path).words
    assert teacher.post(f"{path}/notes", {"note": "x", "readers": "both"}).status == 404


def test_asking_again_brings_back_what_the_pair_kept(visit: Visit, cast: Cast) -> None:
    path, coach, teacher = path_with(cast), visit(cast.coach), visit(cast.teacher)
    coach.post(f"{path}/goal", {"goal": "Students answer each other"})
    teacher.post(f"{path}/end")
    coach.post("/coaching", {"person": str(named("okafor"))})
    assert "Students answer each other" not in coach.get(path).words
    teacher.post(f"{path}/agree")
    assert "Students answer each other" in coach.get(path).words


def test_the_calendar_entry_says_check_back_visit_and_nothing_else(
    visit: Visit, cast: Cast
) -> None:
    step = agreed(visit, cast, due_at="10:05")
    coach = visit(cast.coach)
    answer = coach.get(f"{step}.ics")
    assert answer.response.mimetype == "text/calendar"
    told = answer.text.replace("\r\n ", "")
    assert "SUMMARY:Check-back visit" in told
    assert "TZID=America/Chicago" in told
    assert "T100500" in told
    for secret in ("Okafor", "Reyes", "pair stop", "Lincoln", "Math"):
        assert secret not in told
    assert visit(cast.teacher).get(f"{step}.ics").text == answer.text
    coach.post(f"{step}/check-back", {"due_on": in_days(9)})
    later = coach.get(f"{step}.ics").text
    uid = next(line for line in told.splitlines() if line.startswith("UID"))
    assert uid in later
    assert ("SEQUENCE:0" in told, "SEQUENCE:1" in later) == (True, True)
    coach.post(f"{step}/close", {"outcome": "dropped"})
    assert "STATUS:CANCELLED" in coach.get(f"{step}.ics").text
    assert "VEVENT" not in coach.get("/coaching/check-backs.ics").text


def test_the_library_offers_the_look_fors_step_and_ones_own(visit: Visit, cast: Cast) -> None:
    step = agreed(visit, cast)
    coach = visit(cast.coach)
    coach.post(f"{step}/close", {"outcome": "met"})
    look_for = cast.look_for("DP01")
    page = coach.get(f"{path_with(cast)}/step?look_for={look_for.id}")
    assert "Give partners different halves" in page.words
    assert "One pair stop in period 3 Yours" in page.words
    taken = coach.get(f"{path_with(cast)}/step?look_for={look_for.id}&idea=look-for")
    assert "Try turning one task of the playlist" in taken.text.split("<textarea")[1]
    assert "One pair stop" in coach.get("/steps/library").words
    assert "One pair stop" not in visit(cast.teacher).get("/steps/library").words


def test_the_caseload_on_paper_is_the_coachs_own_and_accessible(visit: Visit, cast: Cast) -> None:
    agreed(visit, cast)
    made = visit(cast.coach).get("/coaching/caseload.pdf?paper=a4").response
    assert made.mimetype == "application/pdf"
    found = pdf_ua.validate_pdf_bytes(made.data, profile="ua1")
    assert found.is_compliant, [(f.rule_id, f.message) for f in found.failures]
    assert "Ms. Okafor" in words(made.data)
    assert "One pair stop" in words(made.data)
    other = visit(cast.other_coach).get("/coaching/caseload.pdf").response.data
    assert "Nobody is on the caseload yet" in words(other)
    assert "Okafor" not in words(other)
    assert visit(cast.principal).get("/coaching/caseload.pdf").status == 404
