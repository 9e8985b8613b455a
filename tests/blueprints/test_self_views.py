"""The self-view: before reading, never forced, and private until it is shared."""

from __future__ import annotations

from collections.abc import Callable

from models.base import db
from models.coaching import Caseload
from models.feedback import Feedback
from tests.blueprints.test_loop import shared
from tests.cast import BEGAN, Cast
from tests.page import Visitor

Visit = Callable[..., Visitor]


def marks(cast: Cast) -> dict[str, str]:
    """What Ms. Okafor would have marked: one as the observer did, one otherwise."""
    return {
        f"mark-{cast.look_for('BL01').id}": "seen",
        f"mark-{cast.look_for('DP01').id}": "not_seen",
        "answer-now": "clear",
        "answer-how": "partly",
    }


def opened(cast: Cast) -> bool:
    """Whether the letter counts as read by the teacher."""
    db.session.rollback()
    letter = db.session.scalars(Feedback.answerable_by(cast.teacher)).unique().one()
    return letter.opened_at is not None


def test_the_teacher_is_offered_the_same_look_fors_and_sees_no_mark_of_the_observer(
    visit: Visit, cast: Cast
) -> None:
    _, path = shared(visit, cast)
    teacher = visit(cast.teacher)
    assert "your own view first" in teacher.get("/").words
    page = teacher.get(f"{path}/self-view")
    assert page.status == 200
    assert cast.look_for("BL01").statement in page.words
    assert "Where are you going?" in page.words
    assert "Read it now" in page.words
    assert not [box for box in page.all("input") if box.get("checked") is not None]
    letter = visit(cast.principal).get(path)
    strengths = letter.words.split("What was strong")[1][:80]
    assert strengths not in page.words
    assert not opened(cast)


def test_nobody_has_to_make_one(visit: Visit, cast: Cast) -> None:
    _, path = shared(visit, cast)
    teacher = visit(cast.teacher)
    assert teacher.get(path).status == 200
    assert teacher.get(f"{path}/self-view").response.headers["Location"] == path
    assert teacher.post(f"{path}/self-view", marks(cast)).status == 409
    assert "your own view first" not in teacher.get("/").words


def test_views_stand_side_by_side_and_are_hers_until_she_shares_them(
    visit: Visit, cast: Cast
) -> None:
    principal, path = shared(visit, cast)
    teacher = visit(cast.teacher)
    assert teacher.post(f"{path}/self-view", marks(cast)).status == 302
    page = teacher.get(f"{path}/self-view")
    assert "1 look-for seen differently" in page.words
    rows = [" ".join(" ".join(row.itertext()).split()) for row in page.all("tr")]
    assert any("not seen seen differs" in row for row in rows)
    assert any("Where are you now? clear 1 clear" in row for row in rows)
    assert opened(cast)
    for part in ("principal", "coach", "other_coach", "lead", "administrator"):
        answer = visit(getattr(cast, part)).get(f"{path}/self-view")
        assert "side by side" not in answer.text, part
    assert "own view beside" not in principal.get(path).words
    assert teacher.post(f"{path}/self-view/share", {"with": "observer"}).status == 302
    assert "Ms. Okafor shared this with you" in principal.get(f"{path}/self-view").words
    assert "own view beside yours" in principal.get(path).words
    assert "side by side" not in visit(cast.coach).get(f"{path}/self-view").text


def test_an_empty_self_view_is_not_kept_and_a_second_one_is_refused(
    visit: Visit, cast: Cast
) -> None:
    _, path = shared(visit, cast)
    teacher = visit(cast.teacher)
    answer = teacher.post(f"{path}/self-view", {"mark-none": "seen", "answer-now": "perhaps"})
    assert answer.status == 422
    assert "Mark at least one look-for" in answer.words
    assert teacher.post(f"{path}/self-view/share", {"with": "observer"}).status == 409
    assert teacher.post(f"{path}/self-view", marks(cast)).status == 302
    assert teacher.post(f"{path}/self-view", marks(cast)).status == 409


def test_a_coach_sees_what_was_shared_with_the_coach_and_the_author_does_not(
    visit: Visit, cast: Cast
) -> None:
    principal, path = shared(visit, cast)
    teacher, coach = visit(cast.teacher), visit(cast.coach)
    teacher.post(f"{path}/self-view", marks(cast))
    assert "Share with Mr. Reyes" in teacher.get(f"{path}/self-view").words
    assert "Seen from both sides?" not in coach.get("/trends/rooms").words
    assert teacher.post(f"{path}/self-view/share", {"with": "everybody"}).status == 400
    assert teacher.post(f"{path}/self-view/share", {"with": "coach"}).status == 302
    answer = teacher.get(f"{path}/self-view")
    assert "Mr. Reyes can see your view now" in answer.words
    assert "You shared it with your coach on" in answer.words
    assert "Share with Mr. Reyes" not in answer.words
    assert "Ms. Okafor shared this with you" in coach.get(f"{path}/self-view").words
    assert "Seen from both sides?" in coach.get("/trends/rooms").words
    assert "Who has looked Mr. Reyes" in teacher.get(f"{path}/self-view").words
    for part in ("principal", "other_coach", "lead", "administrator"):
        reader = visit(getattr(cast, part))
        assert "side by side" not in reader.get(f"{path}/self-view").text, part
        assert "Seen from both sides?" not in reader.get("/trends/rooms").text, part
    assert "own view beside" not in principal.get(path).words


def test_nobody_is_offered_a_coach_who_does_not_coach_her_any_more(
    visit: Visit, cast: Cast
) -> None:
    _, path = shared(visit, cast)
    teacher, coach = visit(cast.teacher), visit(cast.coach)
    teacher.post(f"{path}/self-view", marks(cast))
    teacher.post(f"{path}/self-view/share", {"with": "coach"})
    [home] = db.session.scalars(Caseload.of_teacher(cast.teacher)).unique()
    home.end(by=cast.teacher, at=BEGAN)
    db.session.commit()
    assert "side by side" not in coach.get(f"{path}/self-view").text
    assert "Share with Mr. Reyes" not in teacher.get(f"{path}/self-view").words
    assert teacher.post(f"{path}/self-view/share", {"with": "coach"}).status == 409
