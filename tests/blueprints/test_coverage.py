"""Coverage by its page: what visits saw, what is decided on purpose, and only then what is open."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from flask import Flask
from sqlalchemy import select

from models.base import db
from models.coverage import coverage_for
from models.feedback import Feedback
from models.framework import Component, Framework
from models.look_for import LookForSet
from models.stance import Stance
from tests.blueprints.test_loop import shared
from tests.cast import Cast, named
from tests.page import Visitor
from tests.walk import AT, Phone

Visit = Callable[..., Visitor]
REASON = "Students need to hear each other before anyone types."


def component(cast: Cast, key: str) -> Component:
    """A component of the district’s framework."""
    return next(each for each in cast.framework.components if each.key == key)


def part(page_words: str, heading: str, until: str) -> str:
    """What stands between two headings."""
    return page_words.split(f" {heading} ", 1)[1].split(f" {until} ", 1)[0]


def still_open(visitor: Visitor) -> str:
    """What the page calls open."""
    return part(visitor.get("/coverage").words, "Still open", "Held by look-fors")


def decided(visitor: Visitor, cast: Cast, key: str, **more: str) -> str:
    """Decide by the form; returns where it leads."""
    form = {"stance": "refrain", "unit": "", "reason": REASON, "place": "district"} | more
    answer = visitor.post(f"/stances/{component(cast, key).id}", form)
    assert answer.status == 302, answer.words
    return str(answer.response.headers["Location"])


def test_what_happens_already_is_told_before_what_is_open(visit: Visit, cast: Cast) -> None:
    principal, _ = shared(visit, cast)
    principal.get("/")  # shows and forgets whom the feedback went to
    words = principal.get("/coverage").words
    assert words.index("Already happening") < words.index("Still open")
    happening = part(words, "Already happening", "Decided on purpose")
    assert "From the last 1 shared visit" in happening
    assert (
        "Component 3a Communicating About Purpose and Content seen in 1 visit, 1 room" in happening
    )
    assert "Okafor" not in words


def test_only_what_was_shared_counts(visit: Visit, cast: Cast) -> None:
    phone = Phone()
    phone.whole_visit(cast)
    principal = visit(cast.principal)
    principal.sync(phone.batch())
    assert "No shared visit yet" in principal.get("/coverage").words


@pytest.mark.parametrize("purpose", ["coaching", "evaluation"])
def test_coaching_and_evaluation_are_in_no_count(
    visit: Visit, cast: Cast, app: Flask, purpose: str
) -> None:
    author = cast.coach if purpose == "coaching" else cast.principal
    phone = Phone()
    phone.whole_visit(cast, purpose=purpose)
    somebody = visit(author)
    somebody.sync(phone.batch())
    feedback = db.session.scalars(Feedback.editable_by(author)).unique().one()
    somebody.post(f"/feedback/{feedback.id}/share", {"places-0-text": "Students compared."})
    for person in (cast.principal, cast.coach):
        assert "No shared visit yet" in visit(person).get("/coverage").words


@pytest.mark.parametrize("who", ["lead", "administrator", "teacher", "colleague"])
def test_who_cannot_open_visits_reads_that_counts_are_missing(
    visit: Visit, cast: Cast, who: str
) -> None:
    shared(visit, cast)
    words = visit(getattr(cast, who)).get("/coverage").words
    assert "because they can open each visit" in words
    assert "seen in" not in words


def test_a_principal_of_another_school_counts_nothing_of_this_one(visit: Visit, cast: Cast) -> None:
    shared(visit, cast)
    assert "No shared visit yet" in visit(cast.stranger).get("/coverage").words


def test_old_visits_count_under_the_next_version_of_a_set(visit: Visit, cast: Cast) -> None:
    shared(visit, cast)
    core = db.session.scalars(
        LookForSet.visible_to(cast.lead).where(LookForSet.key == "core-four")
    ).one()
    draft = core.next_draft(by=cast.lead, at=AT)
    draft.publish(by=cast.lead, at=AT)
    db.session.commit()
    sets = db.session.scalars(LookForSet.visible_to(cast.principal)).all()
    found = coverage_for(cast.principal, cast.framework, sets)
    assert [row.part.plate for row in found.coverage.happening][:1] == ["3a"]


def test_not_blended_on_purpose_is_alignment_and_never_a_gap(visit: Visit, cast: Cast) -> None:
    lead = visit(cast.lead)
    name = component(cast, "4c").name
    assert name in still_open(lead)
    held = lead.get("/coverage").words
    where = decided(lead, cast, "4c", unit="Fractions")
    assert where.endswith("#on-purpose")
    assert name not in still_open(lead)
    words = lead.get("/coverage").words
    assert words != held
    assert (
        "Not blended on purpose , Fractions" in words
        or "Not blended on purpose, Fractions" in words
    )
    stance = db.session.scalars(select(Stance)).one()
    lead.post(f"/stances/{stance.id}/end")
    assert name in still_open(lead)


def test_balance_needs_a_look_for_all_the_same(visit: Visit, cast: Cast) -> None:
    lead = visit(cast.lead)
    decided(lead, cast, "4c", stance="balance")
    assert component(cast, "4c").name in still_open(lead)


def test_a_decision_of_a_school_is_its_own(visit: Visit, cast: Cast) -> None:
    principal = visit(cast.principal)
    decided(principal, cast, "4c", place=str(named("lincoln")))
    assert component(cast, "4c").name not in still_open(visit(cast.teacher))
    assert component(cast, "4c").name in still_open(visit(cast.stranger))
    stance = db.session.scalars(select(Stance)).one()
    assert visit(cast.stranger).post(f"/stances/{stance.id}/end").status == 404


def test_nobody_decides_for_a_place_that_is_not_theirs(visit: Visit, cast: Cast) -> None:
    form = {"stance": "refrain", "reason": REASON}
    for place in ("", "district", str(named("harbor"))):
        answer = visit(cast.principal).post(
            f"/stances/{component(cast, '4c').id}", form | {"place": place}
        )
        assert answer.status == 422
    assert db.session.scalars(select(Stance)).all() == []


def test_a_decision_needs_its_reason(visit: Visit, cast: Cast) -> None:
    form = {"stance": "protect", "unit": "Poems", "reason": " ", "place": "district"}
    page = visit(cast.lead).post(f"/stances/{component(cast, '4c').id}", form)
    assert page.status == 422
    assert "Say why" in page.words
    assert "Poems" in page.text


def test_deciding_again_replaces_and_another_unit_stands_beside(visit: Visit, cast: Cast) -> None:
    lead = visit(cast.lead)
    decided(lead, cast, "4c")
    decided(lead, cast, "4c", stance="protect")
    decided(lead, cast, "4c", unit="Poems")
    db.session.remove()
    in_force = db.session.scalars(Stance.visible_to(cast.lead)).all()
    assert [(each.stance, each.unit) for each in in_force] == [
        ("protect", ""),
        ("refrain", "Poems"),
    ]


def test_one_set_alone_and_another_framework(visit: Visit, cast: Cast) -> None:
    watch_outs = cast.look_for("WO01").set_id
    teacher = visit(cast.teacher)
    words = teacher.get(f"/coverage?set={watch_outs}").words
    assert cast.look_for("WO01").statement in words
    assert cast.look_for("BL01").statement not in words
    assert teacher.get("/coverage?set=nonsense").status == 404
    assert teacher.get("/coverage?framework=018f0000-0000-7000-8000-000000000000").status == 404


def test_look_fors_without_a_component_are_listed(visit: Visit, cast: Cast) -> None:
    rows = Framework.visible_to(cast.lead).where(Framework.key == "cel-5d-plus-v3")
    rubric = db.session.scalars(rows).one().id
    words = visit(cast.teacher).get(f"/coverage?framework={rubric}").words
    loose = words.split("Look-fors without a component", 1)[1]
    assert cast.look_for("WO02").statement in loose
    assert cast.look_for("BL01").statement not in loose


def test_do_not_blend_this_one_leads_to_the_decision(visit: Visit, cast: Cast) -> None:
    principal, path = _displaced(visit, cast)
    page = principal.get(path)
    links = [a.get("href") for a in page.all("a") if "Mark a component" in "".join(a.itertext())]
    assert len(links) == 1
    assert principal.get(str(links[0])).status == 200
    decided(visit(cast.lead), cast, "3b", unit="Fractions")
    assert "not blended on purpose, in Fractions" in principal.get(path).words.replace(" ,", ",")


def _displaced(visit: Visit, cast: Cast) -> tuple[Visitor, str]:
    phone = Phone()
    phone.start(cast)
    for _ in range(3):
        phone.sweep(0, 1, 15, 7, 0, 0, 1)
    phone.act("finished")
    principal = visit(cast.principal)
    principal.sync(phone.batch())
    return principal, principal.get(f"/walkthroughs/{phone.walk}").response.headers["Location"]
