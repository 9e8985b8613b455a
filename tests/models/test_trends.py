"""Facts follow events; a month is counted once; a published number never changes."""

from __future__ import annotations

import random
from datetime import UTC, datetime, timedelta
from typing import Any
from uuid import UUID

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import select

from models.base import db, new_id
from models.district import School
from models.feedback import Feedback
from models.sync import receive
from models.trends.alert import TrendAlert, ringing
from models.trends.answers import Answers, Place, in_parts
from models.trends.fact import Fact
from models.trends.marked import Marked
from models.trends.published import TrendTable, publish_due
from models.trends.rebuild import rebuild
from models.trends.rooms import Rooms
from models.walkthrough import Walkthrough
from rules.trends.question import answered_inside
from tests.cast import Cast, named
from tests.walk import AT, Phone

NOVEMBER = datetime(2026, 11, 3, 15, 0, tzinfo=UTC)
SEEN = "core-four/BL01"


def walked(cast: Cast, *, purpose: str = "walkthrough", at: datetime = AT) -> Phone:
    phone = Phone()
    phone.at = at
    phone.whole_visit(cast, purpose=purpose)
    by = cast.coach if purpose == "coaching" else cast.principal
    assert {one["outcome"] for one in receive(phone.events, by=by, at=AT)} == {"stored"}
    db.session.flush()
    return phone


def shared(cast: Cast, phone: Phone, *, at: datetime) -> Feedback:
    rows = Feedback.whole().where(Feedback.walkthrough_id == UUID(phone.walk))
    feedback = db.session.scalars(rows).unique().one()
    draft = feedback.draft
    assert draft is not None
    draft.sentences = [{"slot": "strength", "text": "Students compared two ways.", "evidence": []}]
    feedback.share({}, by=cast.principal, at=at)
    db.session.flush()
    return feedback


def facts() -> list[Fact]:
    db.session.expire_all()
    return list(db.session.scalars(select(Fact).order_by(Fact.walkthrough_id)))


def kept() -> list[dict[str, Any]]:
    found = []
    for fact in facts():
        said = db.session.get_one(Marked, fact.walkthrough_id)
        found.append({**_columns(said), **_columns(fact)})
    return found


def _columns(row: Fact | Marked) -> dict[str, Any]:
    return {column.key: getattr(row, column.key) for column in row.__table__.columns}


def marks(fact: Fact) -> dict[str, Any]:
    return db.session.get_one(Marked, fact.walkthrough_id).marks


def told() -> dict[UUID, dict[str, bool]]:
    """What the bits of each fact say, in words."""
    parts = in_parts(Place.of(named("district")))
    found = {}
    for fact in facts():
        more = db.session.scalars(
            select(Answers).where(Answers.walkthrough_id == fact.walkthrough_id)
        )
        rows = {0: (fact.asked, fact.yes)} | {row.part: (row.asked, row.yes) for row in more}
        found[fact.walkthrough_id] = {
            question: bool(yes >> bit & 1)
            for part, (asked, yes) in rows.items()
            for question, bit in parts[part]
            if asked >> bit & 1
        }
    return found


def test_a_walkthrough_leaves_one_fact_with_what_its_class_says(cast: Cast) -> None:
    phone = walked(cast)
    [fact] = facts()
    assert str(fact.walkthrough_id) == phone.walk
    assert (fact.subject, fact.grade) == ("Mathematics", "6 to 8")
    assert marks(fact) == {SEEN: "seen", "discourse-protection/DP01": "seen"}
    assert fact.month is None


@pytest.mark.parametrize("purpose", ["coaching", "evaluation"])
def test_no_other_purpose_leaves_a_fact(cast: Cast, purpose: str) -> None:
    if purpose == "evaluation":
        phone = Phone()
        phone.whole_visit(cast, purpose=purpose)
        phone.events[0]["data"]["teacher"] = str(named("lindqvist"))
        phone.events[0]["data"]["class"] = str(named("science 8"))
        receive(phone.events, by=cast.principal, at=AT)
    else:
        walked(cast, purpose=purpose)
    assert db.session.scalars(select(Walkthrough)).first() is not None
    assert facts() == []


def test_a_fact_follows_sharing_taking_back_and_retracting(cast: Cast) -> None:
    phone = walked(cast)
    feedback = shared(cast, phone, at=AT)
    assert facts()[0].month == "2026-10"
    feedback = db.session.scalars(Feedback.whole()).unique().one()
    feedback.take_back(by=cast.principal, at=AT)
    assert facts()[0].month is None
    db.session.get_one(Walkthrough, UUID(phone.walk)).retract(at=AT)
    assert facts() == []


def test_a_late_tap_changes_the_fact_and_undo_takes_it_back(cast: Cast) -> None:
    phone = walked(cast)
    late = Phone("phone-2", UUID(phone.walk))
    late.at = phone.at
    tapped = late.mark(cast, "BL02", "not_seen")
    receive(late.events, by=cast.principal, at=AT)
    assert marks(facts()[0])["core-four/BL02"] == "not_seen"
    late.act("undone", {"event": tapped})
    receive(late.events, by=cast.principal, at=AT)
    assert "core-four/BL02" not in marks(facts()[0])


DEEDS = st.lists(
    st.tuples(
        st.sampled_from(
            ["mark", "undo", "sweep", "share", "take back", "open", "reply", "retract", "override"]
        ),
        st.integers(0, 2),
        st.integers(0, 4),
    ),
    max_size=8,
)


@settings(
    max_examples=4, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(deeds=DEEDS, seed=st.integers(0, 999))
def test_facts_written_as_events_arrive_equal_a_recount(
    cast: Cast, deeds: list[tuple[str, int, int]], seed: int
) -> None:
    history = History(cast, random.Random(seed))
    for deed in deeds:
        history.play(*deed)
    before, bits = kept(), told()
    made = rebuild(cast.principal.district)
    assert kept() == before
    assert told() == bits == {fact.walkthrough_id: inside(fact) for fact in facts()}
    assert made == len(before)
    db.session.rollback()


class History:
    """Three visits on which anything may happen, in any order, from phones that are late."""

    def __init__(self, cast: Cast, chance: random.Random) -> None:
        self.cast = cast
        self.chance = chance
        self.phones = [walked(cast, at=AT + timedelta(days=day)) for day in range(3)]

    def play(self, deed: str, which: int, detail: int) -> None:
        phone = self.phones[which]
        if deed in {"share", "take back", "open", "reply", "retract"}:
            self.office(deed, phone)
            return
        if deed == "mark":
            kinds = ("seen", "not_seen", "no_chance", "not_applicable", "seen")
            phone.mark(self.cast, self.chance.choice(["BL01", "BL03", "DP02"]), kinds[detail])
        elif deed == "undo":
            taps = [one["id"] for one in phone.events if one["kind"] not in ("started", "undone")]
            phone.act("undone", {"event": self.chance.choice(taps)})
        elif deed == "sweep":
            phone.sweep(detail * 4, 1, 19 - detail * 4, 2, 1, 0, 1)
        else:
            phone.act("verdict_overridden", {"verdict": "displaced", "reason": "Seen by eye."})
        late = self.chance.sample(phone.events, len(phone.events))
        receive(late, by=self.cast.principal, at=AT)
        db.session.flush()

    def office(self, deed: str, phone: Phone) -> None:
        walk = db.session.get_one(Walkthrough, UUID(phone.walk))
        rows = Feedback.whole().where(Feedback.walkthrough_id == walk.id)
        feedback = db.session.scalars(rows).unique().one_or_none()
        if feedback is None:
            return
        if deed == "share" and walk.shared_at is None:
            shared(self.cast, phone, at=AT)
        elif deed == "take back" and walk.shared_at is not None and not feedback.opened_at:
            feedback.take_back(by=self.cast.principal, at=AT)
        elif deed == "open" and walk.shared_at is not None:
            feedback.open(by=self.cast.teacher.id, at=AT)
        elif deed == "reply" and walk.shared_at is not None:
            feedback.reply("We turned to partners.", kind="reply", by=self.cast.teacher, at=AT)
        elif deed == "retract" and walk.shared_at is None:
            walk.retract(at=AT)
            db.session.flush()


def inside(fact: Fact) -> dict[str, bool]:
    said = db.session.get_one(Marked, fact.walkthrough_id)
    return answered_inside(said.marks, fact.verdict, said.reasons)


def invent(cast: Cast, month: str, teachers: int, *, yes: int, school: str = "lincoln") -> None:
    """Facts of a month as if so many teachers had been visited by two observers."""
    phone = walked(cast)
    [mould] = [one for one in kept() if str(one["walkthrough_id"]) == phone.walk]
    db.session.execute(Fact.__table__.delete().where(Fact.walkthrough_id == UUID(phone.walk)))  # type: ignore[attr-defined]
    people = [named(n) for n in ("okafor", "lindqvist", "moreau", "holt", "reyes", "adair")]
    people += [named(n) for n in ("varga", "brooks", "quill")]
    rows = []
    for number in range(teachers):
        walk = Walkthrough(
            id=new_id(), observer_id=named("holt"), sets=[], demo=False, received_at=AT
        )
        db.session.add(walk)
        db.session.flush()
        rows.append(
            {
                **mould,
                "walkthrough_id": walk.id,
                "teacher_id": people[number % len(people)],
                "observer_id": named("holt" if number % 2 else "varga"),
                "school_id": named(school),
                "month": month,
                "shared_at": datetime(2026, int(month[5:]), 15, 12, tzinfo=UTC),
                "marks": {SEEN: "seen" if number < yes else "not_seen"},
            }
        )
    Fact.write(cast.principal.district_id, rows)
    db.session.flush()


def table(period: str, by: str = "all") -> TrendTable:
    return db.session.get_one(
        TrendTable, (named("district"), period, by, SEEN), populate_existing=True
    )


def test_the_open_month_is_not_counted_and_a_closed_one_once(cast: Cast) -> None:
    district = cast.principal.district
    invent(cast, "2026-10", 9, yes=4)
    assert publish_due(district, at=datetime(2026, 10, 31, 12, tzinfo=UTC)) == []
    assert publish_due(district, at=NOVEMBER) == ["2026-10"]
    assert publish_due(district, at=NOVEMBER) == []
    assert table("2026-10").cells == {"": [4, 9]}


def test_a_month_too_small_waits_and_is_counted_with_the_next(cast: Cast) -> None:
    invent(cast, "2026-09", 4, yes=2)
    invent(cast, "2026-10", 9, yes=4)
    publish_due(cast.principal.district, at=NOVEMBER)
    assert table("2026-09").cells == {"": None}
    assert (table("2026-10").since, table("2026-10").cells) == ("2026-09", {"": [6, 13]})


def test_what_changes_after_a_month_is_counted_changes_no_published_number(cast: Cast) -> None:
    district = cast.principal.district
    invent(cast, "2026-10", 9, yes=4)
    publish_due(district, at=NOVEMBER)
    for fact in db.session.scalars(select(Fact).where(Fact.month == "2026-10")):
        db.session.get_one(Marked, fact.walkthrough_id).marks = {SEEN: "seen"}
    invent(cast, "2026-10", 8, yes=8)
    publish_due(district, at=datetime(2027, 1, 4, 12, tzinfo=UTC))
    assert table("2026-10").cells == {"": [4, 9]}
    assert table("2026-fall").cells == {"": [4, 9]}


def test_a_term_is_told_apart_once_its_last_month_is_counted(cast: Cast) -> None:
    invent(cast, "2026-10", 9, yes=4)
    invent(cast, "2026-11", 9, yes=3)
    made = publish_due(cast.principal.district, at=datetime(2027, 1, 4, 12, tzinfo=UTC))
    assert made == ["2026-10", "2026-11", "2026-12", "2026-fall"]
    assert table("2026-fall", "school").cells == {str(named("lincoln")): [7, 18]}


def test_who_may_count_a_visit_is_who_may_open_it(cast: Cast) -> None:
    shared(cast, walked(cast), at=AT)
    walked(cast, at=AT + timedelta(days=1))
    for part, somebody in cast.everybody().items():
        opened = db.session.scalars(
            Walkthrough.visible_to(somebody).where(
                Walkthrough.shared_at.is_not(None), Walkthrough.teacher_id != somebody.id
            )
        )
        counted = db.session.scalars(select(Fact.walkthrough_id).where(*Rooms.of(somebody).where))
        assert set(counted) == {walk.id for walk in opened.unique()}, part


def test_an_alert_rings_when_the_latest_visits_are_all_displaced(cast: Cast) -> None:
    school = cast.math.school_id
    TrendAlert.ask(db.session.get_one(School, school), 2, by=cast.principal, at=AT)
    for day in (0, 1):
        shared(cast, walked(cast, at=AT + timedelta(days=day)), at=AT)
    assert list(ringing(cast.principal)) == []
    for fact in db.session.scalars(select(Fact)):
        fact.verdict = "displaced"
    db.session.flush()
    assert [alert.school.id for alert in ringing(cast.principal)] == [school]
    assert list(ringing(cast.coach)) == []
