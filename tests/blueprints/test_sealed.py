"""Sealed records: whoever carries them, they arrive as their author’s, or are kept as they came."""

from __future__ import annotations

import json
from collections.abc import Callable
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import func, select

from models.base import db, new_id
from models.event import Event, EventAside
from models.seal import SealKey
from models.sealed import SealedAside
from models.walkthrough import Walkthrough
from tests.cast import Cast, named
from tests.page import Page, Visitor
from tests.sealing import marked, seal, told
from tests.walk import Phone

Visit = Callable[..., Visitor]


def carry(visitor: Visitor, *sealed: Any, **more: Any) -> list[dict[str, str]]:
    """What the school says of each record."""
    page = visitor.sync({"device": "tablet-1", "sealed": list(sealed), **more})
    assert page.status == 200, page.text
    return page.response.get_json()["results"]  # type: ignore[no-any-return]


def outcomes(results: list[dict[str, str]]) -> list[str]:
    return [one["outcome"] for one in results]


def authors() -> set[Any]:
    db.session.rollback()
    return set(db.session.scalars(select(Event.author_id)))


def count(table: Any) -> int:
    db.session.rollback()
    return db.session.scalar(select(func.count()).select_from(table)) or 0


def walked(cast: Cast, **more: Any) -> list[dict[str, Any]]:
    """The events of a whole visit on a shared tablet."""
    phone = Phone(device="tablet-1")
    phone.whole_visit(cast, **more)
    return phone.events


def test_what_one_person_sealed_arrives_as_theirs_whoever_carries_it(
    visit: Visit, cast: Cast
) -> None:
    events = walked(cast)
    record = seal(told(visit(cast.principal)), events)
    for carrier in (cast.stranger, cast.teacher, cast.administrator):
        assert carry(visit(carrier), record) == [{"id": record["id"], "outcome": "stored"}]
    assert count(Event) == len(events)
    assert authors() == {cast.principal.id}
    assert count(SealedAside) == 0
    walk = db.session.scalars(select(Walkthrough)).one()
    assert walk.observer_id == cast.principal.id
    assert walk.finished_at is not None


def test_the_same_events_sealed_and_plain_are_stored_once(visit: Visit, cast: Cast) -> None:
    events = walked(cast)
    principal = visit(cast.principal)
    record = seal(told(principal), events)
    principal.sync({"device": "tablet-1", "events": events})
    assert outcomes(carry(visit(cast.coach), record)) == ["stored"]
    principal.sync({"device": "tablet-1", "events": events})
    assert count(Event) == len(events)
    assert count(EventAside) == 0


def test_an_unfinished_visit_comes_back_to_its_author_as_an_open_one(
    visit: Visit, cast: Cast
) -> None:
    events = walked(cast)[:-1]
    principal = visit(cast.principal)
    carry(visit(cast.stranger), seal(told(principal), events))
    assert "Still open" in principal.get("/").words


@pytest.mark.parametrize(
    ("change", "words"),
    [
        ({"author": str(named("reyes"))}, "cannot be opened"),
        ({"device": "another"}, "cannot be opened"),
        ({"id": str(new_id())}, "cannot be opened"),
        ({"box": "AAAA"}, "cannot be opened"),
        ({"epk": "AAAA"}, "cannot be opened"),
        ({"iv": "AAAA"}, "cannot be opened"),
        ({"key_id": str(new_id())}, "key that this school does not hold"),
        ({"author": str(new_id())}, "nobody who works here"),
        ({"box": "not base64 at all!"}, "is damaged"),
        ({"author": "Ms. Holt"}, "must be a UUID"),
    ],
)
def test_what_cannot_be_opened_is_kept_as_it_came_and_never_blocks_the_rest(
    visit: Visit, cast: Cast, change: dict[str, str], words: str
) -> None:
    events = walked(cast)
    key = told(visit(cast.principal))
    broken, sound = seal(key, walked(cast)) | change, seal(key, events)
    for _ in range(2):
        results = carry(visit(cast.stranger), broken, "nonsense", sound)
        assert outcomes(results)[2] == "stored"
        assert outcomes(results)[0] in {"quarantined", "refused"}
        assert words in results[0]["reason"]
        assert results[0]["reason"].endswith(".")
    assert count(Event) == len(events)
    assert count(SealedAside) == 2
    kept = db.session.scalars(select(SealedAside).where(SealedAside.sealed_id != "")).one()
    assert json.loads(kept.body) == broken


def test_the_mark_decides_the_author_and_not_the_name_on_the_outside(
    visit: Visit, cast: Cast
) -> None:
    events = walked(cast)
    strangers = told(visit(cast.stranger))
    forgery = seal(strangers, events, author=str(cast.principal.id))
    results = carry(visit(cast.stranger), forgery)
    assert outcomes(results) == ["quarantined"]
    assert "its author’s mark" in results[0]["reason"]
    assert count(Event) == 0


def test_the_mark_of_another_device_of_the_author_does_not_count(visit: Visit, cast: Cast) -> None:
    phone = told(visit(cast.principal), "her own phone")
    forgery = seal(phone, walked(cast), device="tablet-1")
    assert outcomes(carry(visit(cast.stranger), forgery)) == ["quarantined"]


def test_a_changed_tap_loses_its_mark_and_ninety_nine_still_arrive(
    visit: Visit, cast: Cast
) -> None:
    events = walked(cast)
    key = told(visit(cast.principal))
    inside = marked(key, events)
    inside[2][0] = inside[2][0].replace('"seen"', '"not_seen"')
    inside.append(["{", ""])
    results = carry(visit(cast.stranger), seal(key, [], inside=inside))
    assert outcomes(results) == ["quarantined"]
    assert count(Event) == len(events) - 1


def test_who_carries_it_learns_nothing_of_what_is_inside(visit: Visit, cast: Cast) -> None:
    """Not even that a tap in it waits for repair: its author is told, and only its author."""
    events = walked(cast, purpose="coaching")
    events[2]["data"]["look_for"] = str(new_id())
    sound = seal(told(visit(cast.coach)), events)
    page = visit(cast.administrator).sync({"device": "tablet-1", "sealed": [sound]})
    assert page.response.get_json()["results"] == [{"id": sound["id"], "outcome": "stored"}]
    aside = db.session.scalars(select(EventAside)).one()
    assert aside.author_id == cast.coach.id


def test_whoever_does_not_visit_may_carry_and_not_capture(visit: Visit, cast: Cast) -> None:
    events = walked(cast)
    page = visit(cast.teacher).sync({"device": "tablet-1", "events": events})
    assert page.status == 403
    assert "does not visit classrooms" in page.response.get_json()["reason"]


def test_a_school_says_of_sealed_records_whether_it_holds_them(visit: Visit, cast: Cast) -> None:
    events = walked(cast)
    key = told(visit(cast.principal))
    broken = seal(key, [], key_id=str(new_id()))
    stranger = visit(cast.stranger)
    carry(stranger, seal(key, events), broken)
    asked = [events[-1]["id"], broken["id"], str(new_id())]
    page = stranger.post("/sync/have", json={"carried": asked}, headers={"X-Crosswalk": "1"})
    assert sorted(page.response.get_json()["have"]) == sorted(asked[:2])


def test_a_pair_made_before_still_opens(visit: Visit, cast: Cast, app: Flask) -> None:
    key = told(visit(cast.principal))
    result = app.test_cli_runner().invoke(args=["seal", "rotate"])
    assert result.exit_code == 0, result.output
    newer = told(visit(cast.principal))
    assert newer["seal"]["key_id"] != key["seal"]["key_id"]
    assert newer["seal"]["key_id"] in result.output
    kit = visit(cast.principal).get("/field-kit.json").response.get_json()
    assert kit["seal"] == newer["seal"]
    assert outcomes(carry(visit(cast.stranger), seal(key, walked(cast)))) == ["stored"]


def test_the_private_half_never_leaves_and_lies_locked_in_the_database(
    visit: Visit, cast: Cast
) -> None:
    told(visit(cast.principal))
    kept = db.session.scalars(select(SealKey)).one()
    assert len(kept.locked) == 12 + 32 + 16
    answer = visit(cast.principal).get("/field-kit.json").text
    assert set(json.loads(answer)["seal"]) == {"key_id", "public_key", "until"}


def test_a_kit_before_the_first_key_says_that_there_is_none(visit: Visit, cast: Cast) -> None:
    page: Page = visit(cast.principal).get("/field-kit.json")
    assert page.response.get_json()["seal"] is None


def test_an_open_visit_comes_back_to_its_author_with_every_tap(visit: Visit, cast: Cast) -> None:
    phone = Phone(device="tablet-1")
    phone.whole_visit(cast)
    end = phone.events.pop()
    principal = visit(cast.principal)
    carry(visit(cast.stranger), seal(told(principal), phone.events))
    path = f"/sync/visits/{phone.walk}"
    back = principal.get(path).response.get_json()["events"]
    assert [event["id"] for event in back] == [event["id"] for event in phone.events]
    assert set(outcomes(carry(principal, events=back))) == {"stored"}, "the same bodies again"
    assert count(EventAside) == 0
    for somebody in (cast.coach, cast.stranger, cast.other_coach):
        assert visit(somebody).get(path).status == 404
    carry(principal, events=[end])
    assert principal.get(path).status == 404, "what is finished is reviewed, not walked"
