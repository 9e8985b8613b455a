"""Who may open which visit: said for each of the cast, and checked against every way in."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from models.base import db
from models.feedback import Feedback
from models.walkthrough import Walkthrough
from tests.cast import Cast, named
from tests.page import Visitor
from tests.walk import Phone

Visit = Callable[..., Visitor]

TRUTH = {
    # purpose, shared: who may open it besides its author
    ("walkthrough", False): set(),
    ("walkthrough", True): {"teacher", "coach"},
    ("evaluation", False): set(),
    ("evaluation", True): {"teacher"},
    ("coaching", False): set(),
    ("coaching", True): {"teacher"},
}
AUTHOR = {"walkthrough": "principal", "evaluation": "principal", "coaching": "coach"}


def visited(visit: Visit, cast: Cast, purpose: str, *, shared: bool) -> Feedback:
    """A finished visit for this purpose, shared or not."""
    author = getattr(cast, AUTHOR[purpose])
    phone = Phone()
    phone.whole_visit(cast, purpose=purpose)
    browser = visit(author)
    assert browser.sync(phone.batch()).status == 200
    feedback = db.session.scalars(Feedback.editable_by(author)).unique().one()
    if shared:
        form = {"places-0-text": "Students compared two ways."}
        assert browser.post(f"/feedback/{feedback.id}/share", form).status == 302
    db.session.remove()
    return feedback


@pytest.mark.parametrize(("purpose", "shared"), list(TRUTH))
def test_only_those_in_the_truth_table_can_open_it(
    visit: Visit, cast: Cast, purpose: str, *, shared: bool
) -> None:
    feedback = visited(visit, cast, purpose, shared=shared)
    others = set(cast.everybody()) - {AUTHOR[purpose]}
    allowed = TRUTH[purpose, shared]
    for part in sorted(others):
        person = getattr(cast, part)
        walks = db.session.scalars(Walkthrough.visible_to(person)).unique().all()
        letters = db.session.scalars(Feedback.visible_to(person)).unique().all()
        assert bool(walks) == (part in allowed), f"{part} and the visit"
        opened = visit(person).get(f"/feedback/{feedback.id}").status == 200
        assert opened == bool(letters), f"{part} and the letter"


def test_a_coaching_visit_is_one_dated_line_to_evaluators_and_administrators_only(
    visit: Visit, cast: Cast
) -> None:
    visited(visit, cast, "coaching", shared=True)
    path = f"/people/{named('okafor')}"
    for part in ("principal", "administrator"):
        words = visit(getattr(cast, part)).get(path).words
        assert words.count("coaching visit") == 1, part
        assert "Oct 13, 2026" in words
    for part in ("other_coach", "lead"):
        assert "coaching visit" not in visit(getattr(cast, part)).get(path).words, part


def test_how_many_coaching_visits_a_day_held_cannot_be_seen(visit: Visit, cast: Cast) -> None:
    visited(visit, cast, "coaching", shared=False)
    once = visit(cast.principal).get(f"/people/{named('okafor')}").words
    second = Phone(device="phone-2")
    second.whole_visit(cast, purpose="coaching")
    visit(cast.coach).sync(second.batch())
    assert visit(cast.principal).get(f"/people/{named('okafor')}").words == once


def test_a_coaches_words_reach_no_page_of_anybody_else(visit: Visit, cast: Cast) -> None:
    canary = "canary 7f3a of the coaching visit"
    phone = Phone()
    phone.start(cast, purpose="coaching")
    phone.act("note_written", {"note": "n1", "text": canary, "slot": "step"})
    phone.act("finished")
    visit(cast.coach).sync(phone.batch())
    feedback = db.session.scalars(Feedback.editable_by(cast.coach)).unique().one()
    paths = ["/", "/walkthroughs", f"/walkthroughs/{phone.walk}", f"/feedback/{feedback.id}"]
    paths += ["/people", f"/people/{named('okafor')}", f"/feedback/{feedback.id}.pdf"]
    paths += ["/field-kit.json"]
    assert canary in visit(cast.coach).get(f"/feedback/{feedback.id}").text
    for part in sorted(set(cast.everybody()) - {"coach"}):
        browser = visit(getattr(cast, part))
        for path in paths:
            assert canary not in browser.get(path).text, f"{part} reads it at {path}"


def test_a_guessed_id_and_a_missing_one_get_the_same_answer(visit: Visit, cast: Cast) -> None:
    feedback = visited(visit, cast, "walkthrough", shared=True)
    stranger = visit(cast.stranger)
    missing = "01980000-0000-7000-8000-000000000000"
    for path in ("/feedback/{}", "/feedback/{}.pdf", "/people/{}", "/frameworks/{}"):
        real = named("okafor") if "people" in path else feedback.id
        guessed = stranger.get(path.format(real))
        unknown = stranger.get(path.format(missing))
        assert (guessed.status, guessed.text) == (unknown.status, unknown.text)
