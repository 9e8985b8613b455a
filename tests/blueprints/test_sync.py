"""What the server does with the events of phones: each is stored, or kept aside with a reason."""

from __future__ import annotations

import gzip
import json
from collections.abc import Callable
from typing import Any
from uuid import UUID

import pytest
from sqlalchemy import func, select

from models.base import db, new_id
from models.event import Event, EventAside
from models.feedback import Feedback
from models.trends.marked import Marked
from models.walkthrough import DiscourseCheck, Walkthrough
from tests.cast import Cast, named
from tests.page import Page, Visitor
from tests.walk import Phone

Visit = Callable[..., Visitor]


def outcomes(page: Page) -> list[str]:
    """What became of each event."""
    assert page.status == 200, page.text
    return [result["outcome"] for result in page.response.get_json()["results"]]


def reason(page: Page) -> str:
    """Why the first event that was not stored was not."""
    results = page.response.get_json()["results"]
    return next(str(result["reason"]) for result in results if "reason" in result)


def stored() -> int:
    """How many events there are."""
    return db.session.scalar(select(func.count()).select_from(Event)) or 0


def test_the_same_events_sent_three_times_are_stored_once(visit: Visit, cast: Cast) -> None:
    phone = Phone()
    phone.whole_visit(cast)
    browser = visit(cast.principal)
    for _ in range(3):
        assert set(outcomes(browser.sync(phone.batch()))) == {"stored"}
    assert stored() == len(phone.events)


def test_events_may_come_in_any_order_and_in_pieces(visit: Visit, cast: Cast) -> None:
    phone = Phone()
    phone.whole_visit(cast)
    browser = visit(cast.principal)
    for event in reversed(phone.events):
        assert outcomes(browser.sync({"device": phone.device, "events": [event]})) == ["stored"]
    walk = db.session.get_one(Walkthrough, UUID(phone.walk))
    assert walk.teacher_id == named("okafor")
    assert walk.finished_at is not None
    assert db.session.scalars(select(Feedback)).one().walkthrough_id == walk.id


def test_a_changed_event_under_the_same_id_is_a_conflict_and_both_are_kept(
    visit: Visit, cast: Cast
) -> None:
    phone = Phone()
    phone.start(cast)
    phone.mark(cast, "BL01")
    browser = visit(cast.principal)
    browser.sync(phone.batch())
    changed = json.loads(json.dumps(phone.events[-1]))
    changed["data"]["mark"] = "not_seen"
    page = browser.sync({"device": "phone-1", "events": [changed, changed]})
    assert outcomes(page) == ["conflict", "conflict"]
    assert "Both are kept" in reason(page)
    kept = db.session.scalars(select(EventAside)).one()
    assert json.loads(kept.body)["data"]["mark"] == "not_seen"
    first = db.session.get_one(Event, UUID(changed["id"]))
    assert first.data["mark"] == "seen"


def test_an_id_taken_by_another_visit_is_a_conflict_and_no_tap_is_called_stored(
    visit: Visit, cast: Cast
) -> None:
    first, second = Phone(), Phone("phone-2")
    first.whole_visit(cast)
    second.whole_visit(cast)
    second.events[3]["id"] = first.events[3]["id"]
    browser = visit(cast.principal)
    browser.sync(first.batch())
    told = outcomes(browser.sync(second.batch()))
    assert told == ["stored"] * 3 + ["conflict"] + ["stored"] * (len(told) - 4)
    assert stored() == len(first.events) + len(second.events) - 1
    walk = db.session.get_one(Walkthrough, UUID(second.walk))
    assert walk.finished_at is not None


def test_a_batch_that_holds_one_id_twice_is_judged_by_what_was_stored(
    visit: Visit, cast: Cast
) -> None:
    phone = Phone()
    phone.whole_visit(cast)
    changed = json.loads(json.dumps(phone.events[2]))
    changed["data"]["mark"] = "not_seen"
    changed["at"] = "2026-10-13T15:04:00.000Z"
    told = outcomes(
        visit(cast.principal).sync(phone.batch() | {"events": [*phone.events, changed]})
    )
    assert told == ["stored"] * len(phone.events) + ["conflict"]
    said = db.session.scalars(select(Marked)).one()
    assert said.marks["core-four/BL01"] == "seen"


def test_one_poison_event_never_blocks_the_others(visit: Visit, cast: Cast) -> None:
    phone = Phone()
    phone.start(cast)
    poison = phone.act("look_for_marked", {"look_for": str(new_id()), "mark": "seen"})
    phone.mark(cast, "BL01")
    phone.events.append("not even an object")  # type: ignore[arg-type]
    phone.mark(cast, "BL02")
    page = visit(cast.principal).sync(phone.batch())
    assert outcomes(page) == ["stored", "stored", "quarantined", "stored", "refused", "stored"]
    assert "is in no set of your district" in reason(page)
    kept = db.session.scalars(select(EventAside).where(EventAside.event_id == poison)).one()
    assert kept.author_id == cast.principal.id


@pytest.mark.parametrize(
    ("kind", "data", "words"),
    [
        ("note_written", {"note": "n1", "text": "x" * 10_001}, "at most 10,000 characters"),
        ("note_written", {"note": "n1", "text": "a\x00b"}, "cannot be stored"),
        ("note_written", {"note": "n1", "text": "half \ud800"}, "half a character"),
        ("sweep_taken", {"counts": {"peer": -1}}, "whole number from 0 to 99"),
        ("sweep_taken", {"counts": {"peer": 100}}, "whole number from 0 to 99"),
        ("sweep_taken", {"counts": {"peer": 1.5}}, "whole number from 0 to 99"),
        ("sweep_taken", {"counts": {"asleep": 1}}, "not a category"),
        ("look_for_marked", {"look_for": "3b", "mark": "seen"}, "UUID"),
        ("look_for_marked", {"look_for": str(new_id()), "mark": "superb"}, "must be one of"),
        ("graded", {"level": 4}, "not a kind of event"),
        ("\x00\ud800", {}, "not a kind of event"),
        ("finished", {"with": "applause"}, "has no field"),
        ("context_set", {"planned_talk_at": "soon"}, "time of day like 10:40"),
        ("student_asked", {"student": "Maya"}, "must be one of"),
    ],
)
def test_an_event_that_can_never_be_stored_is_refused_in_words(
    visit: Visit, cast: Cast, kind: str, data: dict[str, Any], words: str
) -> None:
    phone = Phone()
    phone.act(kind, data)
    page = visit(cast.principal).sync(phone.batch())
    assert outcomes(page) == ["refused"]
    assert words in reason(page)


def test_an_event_that_leaves_something_out_stops_nobody_else(visit: Visit, cast: Cast) -> None:
    phone = Phone()
    phone.whole_visit(cast)
    spoiled = [
        [{**event, "data": {k: v for k, v in event["data"].items() if k != left_out}}]
        for event in phone.events
        for left_out in event["data"]
    ]
    browser = visit(cast.principal)
    for events in [*spoiled, phone.events]:
        assert browser.sync({"device": phone.device, "events": events}).status == 200
    assert "“sets” must be a list" in reason(browser.sync({"device": "x", "events": spoiled[4]}))


def test_a_sweep_over_or_under_the_class_size_is_stored_and_told(visit: Visit, cast: Cast) -> None:
    phone = Phone()
    phone.start(cast)
    phone.sweep(20, 7, 0, 0, 0, 0, 0)
    phone.sweep(3, 0, 0, 0, 0, 0, 0)
    browser = visit(cast.principal)
    assert set(outcomes(browser.sync(phone.batch()))) == {"stored"}
    page = browser.get(f"/walkthroughs/{phone.walk}")
    assert "not counted: 27 of 24" in page.words
    assert "needs 20 of 24 to count" in page.words


def test_nobody_can_write_into_somebody_elses_visit(visit: Visit, cast: Cast) -> None:
    phone = Phone()
    phone.start(cast)
    visit(cast.principal).sync(phone.batch())
    other = Phone(device="phone-2", walk=UUID(phone.walk))
    other.mark(cast, "BL01")
    page = visit(cast.stranger).sync(other.batch())
    assert outcomes(page) == ["refused"]
    assert "somebody else’s" in reason(page)
    assert db.session.get_one(Walkthrough, UUID(phone.walk)).observer_id == cast.principal.id


def test_an_observer_of_another_school_cannot_start_a_visit_here(visit: Visit, cast: Cast) -> None:
    phone = Phone()
    phone.start(cast)
    page = visit(cast.stranger).sync(phone.batch())
    assert outcomes(page) == ["quarantined", "stored"]
    assert "not at a school where you visit" in reason(page)
    assert db.session.get_one(Walkthrough, UUID(phone.walk)).teacher_id is None


@pytest.mark.parametrize(
    ("part", "purpose", "allowed"),
    [
        ("principal", "walkthrough", True),
        ("principal", "evaluation", True),
        ("principal", "coaching", False),
        ("coach", "coaching", True),
        ("coach", "evaluation", False),
        ("other_coach", "coaching", False),
        ("other_coach", "walkthrough", True),
    ],
)
def test_only_a_coach_starts_a_coaching_visit_and_never_to_evaluate(
    visit: Visit, cast: Cast, part: str, purpose: str, *, allowed: bool
) -> None:
    phone = Phone()
    phone.start(cast, purpose=purpose)
    page = visit(getattr(cast, part)).sync(phone.batch())
    assert outcomes(page)[0] == ("stored" if allowed else "quarantined")


def test_the_purpose_of_a_visit_cannot_be_changed_by_starting_it_again(
    visit: Visit, cast: Cast
) -> None:
    phone = Phone()
    phone.start(cast)
    browser = visit(cast.principal)
    browser.sync(phone.batch())
    phone.events.clear()
    phone.start(cast, purpose="evaluation")
    page = browser.sync(phone.batch())
    assert outcomes(page) == ["quarantined", "stored"]
    assert "its purpose and teacher stay" in reason(page)
    assert db.session.get_one(Walkthrough, UUID(phone.walk)).purpose == "walkthrough"


def test_the_stored_verdict_keeps_rule_thresholds_and_inputs(visit: Visit, cast: Cast) -> None:
    phone = Phone()
    phone.whole_visit(cast)
    visit(cast.principal).sync(phone.batch())
    kept = db.session.get_one(DiscourseCheck, UUID(phone.walk))
    assert kept.rule_version == "2026.1"
    assert kept.thresholds["k_mass"] == 8
    assert len(kept.inputs["sweeps"]) == 3
    assert kept.result["verdict"] == kept.verdict == "preserved"


def test_a_signed_out_phone_is_asked_to_sign_in_and_loses_nothing(visit: Visit, cast: Cast) -> None:
    phone = Phone()
    phone.start(cast)
    page = visit().sync(phone.batch())
    assert page.status == 401
    assert page.response.get_json()["server"] == "crosswalk"
    assert "nothing on this device is lost" in page.response.get_json()["reason"]
    assert set(outcomes(visit(cast.principal).sync(phone.batch()))) == {"stored"}


def test_taps_of_somebody_else_on_a_shared_tablet_stay_on_it(visit: Visit, cast: Cast) -> None:
    phone = Phone()
    phone.start(cast)
    batch = phone.batch() | {"author": str(cast.coach.id)}
    assert visit(cast.principal).sync(batch).status == 409
    assert stored() == 0


@pytest.mark.parametrize(
    ("body", "status"),
    [
        (b"{", 400),
        (b"[]", 400),
        (b'{"device": "d", "events": {}}', 400),
        (b'{"device": "", "events": []}', 400),
        (json.dumps({"device": "d", "events": [{}] * 201}).encode(), 400),
        (json.dumps({"device": "d", "events": ["x" * 1_100_000]}).encode(), 413),
        (json.dumps({"device": "d", "events": [{"text": "x" * 5_000_000}]}).encode(), 413),
    ],
)
def test_a_bad_envelope_gets_one_sentence_and_stores_nothing(
    visit: Visit, cast: Cast, body: bytes, status: int
) -> None:
    headers = {"X-Crosswalk": "1", "Content-Type": "application/json"}
    page = visit(cast.principal).post("/sync", body=body, headers=headers)
    assert page.status == status
    assert page.response.get_json()["reason"].endswith(".")
    assert stored() == 0


def test_gzip_is_unpacked_and_a_bomb_is_refused(visit: Visit, cast: Cast) -> None:
    phone = Phone()
    phone.start(cast)
    headers = {
        "X-Crosswalk": "1",
        "Content-Type": "application/json",
        "Content-Encoding": "gzip",
    }
    browser = visit(cast.principal)
    small = gzip.compress(json.dumps(phone.batch()).encode())
    assert browser.post("/sync", body=small, headers=headers).status == 200
    bomb = gzip.compress(b" " * 50_000_000)
    assert browser.post("/sync", body=bomb, headers=headers).status == 413
    torn = small[:40]
    assert browser.post("/sync", body=torn, headers=headers).status == 400


def test_a_phone_can_ask_what_we_hold_of_its_own(visit: Visit, cast: Cast) -> None:
    phone = Phone()
    phone.start(cast)
    browser = visit(cast.principal)
    browser.sync(phone.batch())
    ids = [event["id"] for event in phone.events]
    asked = {"ids": [*ids, str(new_id())]}
    answer = browser.post("/sync/have", json=asked).response.get_json()
    assert sorted(answer["have"]) == sorted(ids)
    stranger = visit(cast.stranger).post("/sync/have", json=asked).response.get_json()
    assert stranger["have"] == []


def test_another_sites_form_cannot_send_events(visit: Visit, cast: Cast) -> None:
    phone = Phone()
    phone.start(cast)
    headers = {"X-Crosswalk": "1", "Sec-Fetch-Site": "cross-site"}
    page = visit(cast.principal).post("/sync", json=phone.batch(), headers=headers)
    assert page.status == 403
    assert stored() == 0


def test_a_phone_is_told_when_what_it_was_told_is_stored_is_gone(visit: Visit, cast: Cast) -> None:
    phone = Phone()
    phone.start(cast)
    browser = visit(cast.principal)
    browser.sync(phone.batch())
    phone.mark(cast, "BL01")
    last = {"events": phone.events[-1:], "after": phone.events[1]["id"]}
    assert browser.sync(phone.batch() | last).response.get_json()["lost"] is False
    gone = {"events": [], "after": str(new_id())}
    assert browser.sync(phone.batch() | gone).response.get_json()["lost"] is True


def test_what_we_hold_is_told_to_its_author_only(visit: Visit, cast: Cast) -> None:
    asked = {"ids": [], "author": str(cast.coach.id)}
    assert visit(cast.principal).post("/sync/have", json=asked).status == 409
