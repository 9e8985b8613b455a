"""Writing look-fors: a draft is changed, a published set superseded, and old visits keep theirs."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import select

from models.act import Act, NotNow
from models.base import db
from models.field_kit import field_kit
from models.look_for import LookFor, LookForSet
from models.walkthrough import Walkthrough
from tests.cast import Cast
from tests.page import Page, Visitor
from tests.walk import AT, Phone

Visit = Callable[..., Visitor]
NEW = "Students ask a question that nobody in the room can answer yet"


def the(cast: Cast, key: str = "core-four") -> LookForSet:
    """The published set of this key."""
    db.session.remove()
    return db.session.scalars(LookForSet.visible_to(cast.lead).where(LookForSet.key == key)).one()


def draft_of(visitor: Visitor, look_for_set: LookForSet) -> str:
    """Begin the next version; returns the path of its draft."""
    answer = visitor.post(f"/look-fors/{look_for_set.id}/next")
    assert answer.status == 302
    return str(answer.response.headers["Location"])


def words(**more: Any) -> dict[str, Any]:
    """A look-for as its form sends it."""
    return {"statement": NEW, "kind": "p", "core_four": "", "leap": "", "role": ""} | more


def seen_by_phones(cast: Cast) -> set[str]:
    """What a field kit offers."""
    db.session.remove()
    return {each["statement"] for each in field_kit(cast.principal, at=AT)["look_fors"]}


def test_a_district_writes_a_set_that_nobody_meets_before_it_is_published(
    visit: Visit, cast: Cast
) -> None:
    coach, lead, principal = visit(cast.coach), visit(cast.lead), visit(cast.principal)
    answer = coach.post("/look-fors/new", {"name": "Talk in labs", "summary": "For science."})
    path = answer.response.headers["Location"]
    assert coach.post(f"{path}/write", words()).status == 302
    assert NEW in coach.get(path).words
    assert NEW not in seen_by_phones(cast)
    assert "Talk in labs" not in principal.get("/look-fors").words
    assert principal.get(path).status == 404
    assert coach.post(f"{path}/publish").status == 404
    assert lead.post(f"{path}/publish").status == 302
    assert NEW in seen_by_phones(cast)
    assert "Talk in labs" in principal.get("/look-fors").words


def test_an_empty_draft_is_not_published_and_says_why(visit: Visit, cast: Cast) -> None:
    lead = visit(cast.lead)
    path = lead.post("/look-fors/new", {"name": "Empty"}).response.headers["Location"]
    assert "Publish" not in lead.get(path).words
    refused = lead.post(f"{path}/publish")
    assert refused.status == 409
    assert "Write one first" in refused.words


def test_the_next_version_supersedes_and_a_walk_keeps_its_wording(visit: Visit, cast: Cast) -> None:
    phone = Phone()
    phone.whole_visit(cast)
    principal, lead = visit(cast.principal), visit(cast.lead)
    principal.sync(phone.batch())
    feedback = principal.get(f"/walkthroughs/{phone.walk}").response.headers["Location"]
    old = cast.look_for("BL01").statement
    assert old in principal.get(feedback).words
    before = the(cast)
    draft = draft_of(lead, before)
    edited = db.session.scalars(
        select(LookFor).join(LookForSet).where(LookFor.key == "BL01", LookForSet.state == "draft")
    ).one()
    assert lead.post(f"{draft}/{edited.id}", _kept(lead, f"{draft}/{edited.id}", NEW)).status == 302
    assert "changed" in lead.get(draft).words
    assert old in seen_by_phones(cast), "a draft changes nothing"
    lead.post(f"{draft}/publish")
    assert seen_by_phones(cast) >= {NEW}
    assert old not in seen_by_phones(cast)
    db.session.remove()
    assert db.session.get_one(LookForSet, before.id).state == "superseded"
    after = principal.get(feedback).words
    assert old in after
    assert NEW not in after
    kept = principal.get(f"/look-fors/{before.id}")
    assert old in kept.words
    assert "A newer version is in use" in kept.words


def _kept(visitor: Visitor, path: str, statement: str) -> dict[str, Any]:
    """The form as it is shown, with another statement."""
    return fields(visitor.get(path)) | {"statement": statement}


def fields(page: Page) -> dict[str, Any]:
    """What the form of a look-for holds."""
    found: dict[str, Any] = {}
    for control in [*page.all("input"), *page.all("textarea")]:
        name, kind = control.get("name"), control.get("type", "text")
        if (
            name is None
            or name == "csrf_token"
            or (kind == "radio" and "checked" not in control.attrib)
        ):
            continue
        if kind == "checkbox" and "checked" not in control.attrib:
            continue
        found[name] = control.text or control.get("value") or ""
    for select_ in page.all("select"):
        chosen = [o for o in select_.iter() if o.tag.endswith("option") and "selected" in o.attrib]
        found[str(select_.get("name"))] = chosen[0].get("value") if chosen else ""
    return found


def test_a_published_set_is_never_edited(visit: Visit, cast: Cast, app: Flask) -> None:
    published, look_for = the(cast), cast.look_for("BL01")
    lead = visit(cast.lead)
    assert lead.get(f"/look-fors/{published.id}/{look_for.id}").status == 404
    assert lead.post(f"/look-fors/{published.id}/{look_for.id}", words()).status == 404
    assert lead.post(f"/look-fors/{published.id}/write", words()).status == 404
    with pytest.raises(NotNow, match="Start its next version"):
        the(cast).add(words(), by=cast.lead, at=AT)


def test_a_look_for_retires_with_the_next_version_and_can_come_back(
    visit: Visit, cast: Cast
) -> None:
    lead = visit(cast.lead)
    gone = cast.look_for("WO03").statement
    path = draft_of(lead, the(cast, "watch-outs"))
    draft = db.session.scalars(LookForSet.drafts_of(cast.lead)).one()
    lead.post(f"{path}/{draft.look_fors[2].id}/retire")
    page = lead.get(path)
    assert "Retired with this version" in page.words
    lead.post(f"{path}/{cast.look_for('WO03').id}/bring-back")
    assert "Retired with this version" not in lead.get(path).words
    db.session.remove()
    draft = db.session.scalars(LookForSet.drafts_of(cast.lead)).one()
    back = next(each for each in draft.look_fors if each.key == "WO03")
    assert back.alignments, "its alignments come back with it"
    lead.post(f"{path}/{back.id}/retire")
    lead.post(f"{path}/publish")
    assert gone not in seen_by_phones(cast)


def test_two_people_open_one_draft_and_neither_overwrites_the_other_unseen(
    visit: Visit, cast: Cast
) -> None:
    coach, lead = visit(cast.coach), visit(cast.lead)
    path = draft_of(coach, the(cast))
    assert draft_of(lead, the(cast)) == path
    draft = db.session.scalars(LookForSet.drafts_of(cast.lead)).one()
    form = f"{path}/{draft.look_fors[0].id}"
    mine, theirs = _kept(coach, form, "My words"), _kept(lead, form, "Their words")
    assert lead.post(form, theirs).status == 302
    refused = coach.post(form, mine)
    assert refused.status == 409
    assert "Somebody changed this look-for" in refused.words
    assert fields(refused)["statement"] == "My words"
    assert coach.post(form, fields(refused)).status == 302


def test_a_watch_out_is_never_a_strength(visit: Visit, cast: Cast) -> None:
    coach = visit(cast.coach)
    path = draft_of(coach, the(cast, "watch-outs"))
    wrong = words(role="watch_out", strength_phrase="Well seen.", ask="Kept?")
    refused = coach.post(f"{path}/write", wrong)
    assert refused.status == 422
    assert "A watch-out is never a strength" in refused.words
    assert fields(refused)["ask"] == "Kept?"


@pytest.mark.parametrize(
    ("more", "said"),
    [
        ({"statement": " "}, "Write what can be seen or heard"),
        ({"statement": "long " * 40}, "at most 120 characters"),
        ({"kind": "x"}, "Not a valid choice"),
        ({"statement": "A null \x00 byte"}, "cannot be kept"),
        ({"example": "long " * 300}, "at most 1000 characters"),
    ],
)
def test_what_cannot_be_kept_is_said_in_one_sentence(
    visit: Visit, cast: Cast, more: dict[str, str], said: str
) -> None:
    coach = visit(cast.coach)
    path = draft_of(coach, the(cast))
    refused = coach.post(f"{path}/write", words(**more))
    assert refused.status == 422
    assert said in refused.words


def test_a_whole_set_retires_and_is_offered_again(visit: Visit, cast: Cast) -> None:
    lead, statement = visit(cast.lead), cast.look_for("WO01").statement
    watch_outs = the(cast, "watch-outs")
    lead.post(f"/look-fors/{watch_outs.id}/retire")
    assert statement not in seen_by_phones(cast)
    assert "Retired sets" in lead.get("/look-fors").words
    lead.post(f"/look-fors/{watch_outs.id}/reopen")
    assert statement in seen_by_phones(cast)


def test_a_draft_is_discarded_and_leaves_nothing_but_its_act(visit: Visit, cast: Cast) -> None:
    lead = visit(cast.lead)
    path = draft_of(lead, the(cast))
    assert lead.post(f"{path}/discard").status == 302
    assert db.session.scalars(LookForSet.drafts_of(cast.lead)).all() == []
    acts = db.session.scalars(select(Act.act).where(Act.act.like("look-for-set-%"))).all()
    assert sorted(acts) == ["look-for-set-begun", "look-for-set-discarded"]


def test_a_phone_cannot_start_a_visit_with_a_draft(visit: Visit, cast: Cast) -> None:
    path = draft_of(visit(cast.lead), the(cast))
    phone = Phone()
    phone.start(cast, sets=[path.rsplit("/", 1)[-1]])
    answer = visit(cast.principal).sync(phone.batch()).response.get_json()
    assert answer["results"][0]["outcome"] != "stored"
    assert db.session.scalars(select(Walkthrough.started_at)).all() in ([], [None])


def test_versions_of_a_district_never_take_a_number_of_the_shelf(visit: Visit, cast: Cast) -> None:
    lead = visit(cast.lead)
    for expected in ("1.1", "1.2"):
        path = draft_of(lead, the(cast))
        lead.post(f"{path}/publish")
        assert the(cast).version == expected
