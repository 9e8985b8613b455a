"""The whole loop by its pages: walk, sync, draft, share, read, reply, PDF, correct."""

from __future__ import annotations

from collections.abc import Callable
from io import BytesIO

from pypdf import PdfReader

from models.base import db
from models.feedback import Feedback
from tests.cast import Cast
from tests.page import Page, Visitor
from tests.walk import Phone

Visit = Callable[..., Visitor]


def walked(visit: Visit, cast: Cast) -> tuple[Visitor, str]:
    """The principal has finished a visit; returns her browser and the path of the feedback."""
    principal = visit(cast.principal)
    phone = Phone()
    phone.whole_visit(cast)
    answer = principal.sync(phone.batch())
    assert answer.status == 200, answer.text
    outcomes = {result["outcome"] for result in answer.response.get_json()["results"]}
    assert outcomes == {"stored"}, answer.text
    page = principal.get(f"/walkthroughs/{phone.walk}")
    return principal, page.response.headers["Location"]


def as_posted(page: Page) -> dict[str, object]:
    """The draft’s form as a browser would send it back."""
    found: dict[str, object] = {}
    for area in page.all("textarea"):
        if str(area.get("name", "")).startswith("places"):
            found[str(area.get("name"))] = "".join(area.itertext())
    for box in page.all("input"):
        if box.get("type") == "checkbox" and box.get("checked") is not None:
            kept = found.setdefault(str(box.get("name")), [])
            assert isinstance(kept, list)
            kept.append(box.get("value"))
    return found


def shared(visit: Visit, cast: Cast) -> tuple[Visitor, str]:
    """The principal has shared the draft as the rules wrote it."""
    principal, path = walked(visit, cast)
    answer = principal.post(f"{path}/share", as_posted(principal.get(path)))
    assert answer.status == 302, answer.words
    return principal, path


def test_a_finished_visit_has_a_draft_in_which_every_sentence_has_evidence(
    visit: Visit, cast: Cast
) -> None:
    principal, path = walked(visit, cast)
    page = principal.get(path)
    assert page.heading == "Feedback for Ms. Okafor"
    assert "Every sentence has evidence" in page.words
    feedback = db.session.scalars(Feedback.editable_by(cast.principal)).unique().one()
    assert feedback.draft is not None
    assert {s["slot"] for s in feedback.draft.sentences} >= {"strength", "step", "question"}
    assert all(s["evidence"] and s["because"] for s in feedback.draft.sentences)


def test_the_teacher_sees_nothing_until_it_is_shared(visit: Visit, cast: Cast) -> None:
    _, path = walked(visit, cast)
    teacher = visit(cast.teacher)
    assert teacher.get(path).status == 404
    assert teacher.get(f"{path}.pdf").status == 404
    assert "No feedback yet" in teacher.get("/").words


def test_the_teacher_reads_acknowledges_replies_and_the_principal_sees_it(
    visit: Visit, cast: Cast
) -> None:
    principal, path = shared(visit, cast)
    teacher = visit(cast.teacher)
    assert "New feedback for you" in teacher.get("/").words
    letter = teacher.get(path)
    assert letter.heading == "Your Math 7"
    assert "Ms. Holt" in letter.words
    assert "Mr. Reyes, your coach" in letter.words
    assert teacher.post(f"{path}/acknowledge").status == 302
    reply = {"text": "The gallery walk came after you left.", "kind": "context"}
    assert teacher.post(f"{path}/reply", reply).status == 302
    assert "The gallery walk came after you left." in principal.get(path).words


def test_the_pdf_carries_the_reply_and_is_made_once(visit: Visit, cast: Cast) -> None:
    principal, path = shared(visit, cast)
    first = principal.get(f"{path}.pdf")
    assert first.response.mimetype == "application/pdf"
    again = principal.get(f"{path}.pdf")
    assert first.response.data == again.response.data
    visit(cast.teacher).post(
        f"{path}/reply", {"text": "Thank you for the numbers.", "kind": "reply"}
    )
    later = principal.get(f"{path}.pdf").response.data
    assert later != first.response.data
    words = " ".join(page.extract_text() for page in PdfReader(BytesIO(later)).pages)
    assert "Thank you for the numbers." in words


def test_an_edited_sentence_is_a_persons_and_keeps_its_evidence(visit: Visit, cast: Cast) -> None:
    principal, path = walked(visit, cast)
    form = as_posted(principal.get(path))
    name = next(key for key in form if key.endswith("-text") and form[key])
    form[name] = "In my own words."
    assert principal.post(path, form).status == 302
    feedback = db.session.scalars(Feedback.editable_by(cast.principal)).unique().one()
    assert feedback.draft is not None
    mine = next(s for s in feedback.draft.sentences if s["text"] == "In my own words.")
    assert mine["by"] == "person"
    assert mine["evidence"]
    assert mine["because"] == ""


def test_a_correction_is_a_new_version_and_the_old_one_stays_readable(
    visit: Visit, cast: Cast
) -> None:
    principal, path = shared(visit, cast)
    visit(cast.teacher).get(path)
    assert principal.post(f"{path}/correct", {"reason": "A count was wrong"}).status == 302
    assert visit(cast.teacher).get(path).heading == "Your Math 7"
    form = as_posted(principal.get(path))
    assert principal.post(f"{path}/share", form).status == 302
    letter = visit(cast.teacher).get(path)
    assert "A count was wrong" in letter.words
    assert visit(cast.teacher).get(f"{path}.pdf?version=1").status == 200
    assert visit(cast.teacher).get(f"{path}.pdf?version=7").status == 404


def test_it_can_be_taken_back_until_the_teacher_opens_it(visit: Visit, cast: Cast) -> None:
    principal, path = shared(visit, cast)
    assert principal.post(f"{path}/take-back").status == 302
    assert visit(cast.teacher).get(path).status == 404
    principal.post(f"{path}/share", as_posted(principal.get(path)))
    assert visit(cast.teacher).get(path).status == 200
    assert principal.post(f"{path}/take-back").status == 409
