"""Kept for repair: its author finds each entry in words and what to do; nobody else does."""

from __future__ import annotations

import json
from collections.abc import Callable
from typing import Any
from uuid import UUID

import pytest
from sqlalchemy import select

from models.base import db, new_id
from models.event import Event, EventAside
from models.look_for import LookFor, LookForSet
from models.sealed import SealedAside
from models.walkthrough import Walkthrough
from rules.capture import fold
from tests.cast import Cast
from tests.page import Visitor
from tests.sealing import marked, seal, told
from tests.walk import Phone

Visit = Callable[..., Visitor]
WORDS = "They argued about zero"


def aside() -> EventAside:
    db.session.rollback()
    return db.session.scalars(select(EventAside).order_by(EventAside.received_at)).one()


def finished(walk: str) -> bool:
    db.session.rollback()
    return db.session.get_one(Walkthrough, UUID(walk)).finished_at is not None


def two_versions(visit: Visit, cast: Cast, words: str = WORDS) -> tuple[Phone, Visitor]:
    """A finished visit whose note came to school in two versions under one id."""
    phone = Phone()
    phone.start(cast)
    phone.act("note_written", {"note": "n1", "text": "They argued about nothing"})
    phone.act("finished")
    principal = visit(cast.principal)
    principal.sync(phone.batch())
    second = json.loads(json.dumps(phone.events[2]))
    second["data"]["text"] = words
    principal.sync({"device": "phone-1", "events": [second]})
    return phone, principal


def test_two_versions_of_a_note_are_shown_and_one_is_chosen(visit: Visit, cast: Cast) -> None:
    phone, principal = two_versions(visit, cast)
    assert "1 entry" in principal.get("/").words
    page = principal.get("/repairs")
    assert f"Note written: “{WORDS}”" in page.words
    assert "At school: Note written: “They argued about nothing”" in page.words
    assert "Visit to Ms. Okafor" in page.words
    answer = principal.post(f"/repairs/{aside().id}/use")
    assert answer.status == 302
    assert "Nothing waits for repair" in principal.get("/repairs").words
    observed = fold(Event.of([UUID(phone.walk)])[UUID(phone.walk)])
    assert [note.text for note in observed.notes] == [WORDS]
    assert finished(phone.walk), "choosing a version does not open the visit again"


def test_the_version_at_school_may_stay(visit: Visit, cast: Cast) -> None:
    phone, principal = two_versions(visit, cast)
    before = len(Event.of([UUID(phone.walk)])[UUID(phone.walk)])
    principal.post(f"/repairs/{aside().id}/set-aside")
    assert "Nothing waits for repair" in principal.get("/repairs").words
    assert len(Event.of([UUID(phone.walk)])[UUID(phone.walk)]) == before
    assert aside().settled_at is not None, "it is kept all the same"


def test_what_was_set_aside_asks_no_more_on_the_phone_either(visit: Visit, cast: Cast) -> None:
    phone = Phone()
    phone.start(cast)
    bad = phone.act("look_for_marked", {"look_for": str(new_id()), "mark": "seen"})
    principal = visit(cast.principal)
    principal.sync(phone.batch())
    asked = {"ids": [bad]}
    assert principal.post("/sync/have", json=asked).response.get_json()["have"] == []
    principal.post(f"/repairs/{aside().id}/set-aside")
    assert principal.post("/sync/have", json=asked).response.get_json()["have"] == [bad]
    assert visit(cast.coach).post("/sync/have", json=asked).response.get_json()["have"] == []


def test_an_entry_is_stored_once_what_it_names_is_known(visit: Visit, cast: Cast) -> None:
    phone = Phone()
    phone.start(cast)
    new = new_id()
    phone.act("look_for_marked", {"look_for": str(new), "mark": "seen"})
    principal = visit(cast.principal)
    principal.sync(phone.batch())
    page = principal.get("/repairs")
    assert "a look-for not known here. Seen" in page.words
    assert "in no set of your district" in page.words
    principal.post(f"/repairs/{aside().id}/again")
    assert "could not be stored this time either" in principal.get("/repairs").words
    known = db.session.scalars(select(LookForSet)).first()
    assert known is not None
    db.session.add(
        LookFor(
            id=new,
            set_id=known.id,
            key="NEW1",
            statement="Students teach each other",
            position=99,
            **_rest(cast),
        )
    )
    db.session.commit()
    assert "Students teach each other. Seen" in principal.get("/repairs").words
    principal.post(f"/repairs/{aside().id}/again")
    assert "Stored. It is part of the visit now." in principal.get("/repairs").words
    assert len(Event.of([UUID(phone.walk)])[UUID(phone.walk)]) == 3


def _rest(cast: Cast) -> dict[str, Any]:
    """The other columns of a look-for, as one that is there has them."""
    like = cast.look_for("BL01")
    given = {"id", "set_id", "key", "statement", "position"}
    columns = [column.key for column in LookFor.__table__.columns]
    return {name: getattr(like, name) for name in columns if name not in given}


@pytest.mark.parametrize("part", ["administrator", "lead", "principal", "other_coach", "teacher"])
def test_what_waits_of_a_coach_is_told_to_nobody_else(visit: Visit, cast: Cast, part: str) -> None:
    """Neither kinds nor words nor how many; nor may anybody else act on them."""
    phone = Phone()
    phone.whole_visit(cast, purpose="coaching")
    phone.act("note_written", {"note": "n", "text": WORDS, "mood": "kind"})
    coach = visit(cast.coach)
    sealed = seal(told(coach), phone.events, key_id=str(new_id()))
    coach.sync(phone.batch() | {"sealed": [sealed]})
    assert WORDS in coach.get("/repairs").words
    assert "Sealed on a shared device" in coach.get("/repairs").words
    kept = [aside().id, db.session.scalars(select(SealedAside)).one().id]
    somebody = visit(getattr(cast, part))
    page = somebody.get("/repairs")
    assert "Nothing waits for repair" in page.words
    assert WORDS not in page.text
    assert "Kept for repair" not in somebody.get("/").words
    paths = [f"/repairs/{kept[0]}/{act}" for act in ("again", "use", "set-aside")]
    paths += [f"/repairs/sealed/{kept[1]}/{act}" for act in ("mine", "set-aside")]
    for path in paths:
        answer = somebody.post(path)
        missing = somebody.post(path.replace(str(kept[0]), str(new_id())))
        assert answer.status == 404
        assert missing.status == 404


def test_the_author_looks_at_what_bears_no_mark_and_takes_it(visit: Visit, cast: Cast) -> None:
    phone = Phone(device="tablet-1")
    phone.whole_visit(cast)
    phone.act("note_written", {"note": "n", "text": WORDS})
    key = told(visit(cast.principal))
    inside = marked(key, phone.events)
    inside[-1][1] = ""
    visit(cast.stranger).sync({"device": "t", "sealed": [seal(key, [], inside=inside)]})
    principal = visit(cast.principal)
    page = principal.get("/repairs")
    assert "Brought in by Ilona Varga" in page.words
    assert f"“{WORDS}”" in page.words
    [record] = db.session.scalars(select(SealedAside))
    principal.post(f"/repairs/sealed/{record.id}/mine")
    assert "Nothing waits for repair" in principal.get("/repairs").words
    events = Event.of([UUID(phone.walk)])[UUID(phone.walk)]
    assert len(events) == len(phone.events)


def test_what_cannot_be_opened_can_be_tried_again_and_set_aside(visit: Visit, cast: Cast) -> None:
    principal = visit(cast.principal)
    record = seal(told(principal), [], key_id=str(new_id()))
    principal.sync({"device": "t", "sealed": [record]})
    [kept] = db.session.scalars(select(SealedAside))
    assert "key that this school does not hold" in principal.get("/repairs").words
    principal.post(f"/repairs/sealed/{kept.id}/mine")
    assert "could not be stored this time either" in principal.get("/repairs").words
    principal.post(f"/repairs/sealed/{kept.id}/set-aside")
    assert "Nothing waits for repair" in principal.get("/repairs").words


def test_what_can_never_be_stored_is_still_shown_in_words(visit: Visit, cast: Cast) -> None:
    principal = visit(cast.principal)
    principal.sync({"device": "d", "events": [7, {"kind": "\ud800"}, {"kind": "note_written"}]})
    page = principal.get("/repairs")
    assert "Something that is not an entry" in page.words
    assert "An entry that is not known here" in page.words
    assert page.words.count("Set aside") == 3
