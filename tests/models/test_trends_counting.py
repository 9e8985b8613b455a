"""What the database counts of visits, under any filter, is what counting them by hand comes to."""

from __future__ import annotations

import random
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any
from uuid import UUID

import pytest

from models.base import db, new_id
from models.trends.answers import IN_A_PART, Answers, Place
from models.trends.fact import Fact
from models.trends.reading import lines
from models.trends.rooms import MOST_QUOTES, Rooms
from models.walkthrough import Walkthrough
from rules.trends import Rate, Record, answers
from rules.trends.heat import Heat
from rules.trends.question import QUESTIONS
from tests.cast import Cast, named

MARKS = ("seen", "not_seen", "in_focus", "no_chance", "not_applicable")
COACHES = {named("reyes"), named("adair")}
MONTHS = ("2026-08", "2026-09", "2026-10", "2026-11")
CHOICES = {
    "school": (str(named("lincoln")), str(named("harbor"))),
    "subject": ("", "Mathematics", "Music & “Art”"),
    "grade": ("", "6 to 8"),
    "model": ("", "flex", "station_rotation"),
    "observer": ("observer", "coach"),
}
OVER_ALL = {q.key for q in QUESTIONS} | {
    "knowing-and-organizing/KO01",
    "knowing-and-organizing/KO02",
}


RECORDED = ("marks", "verdict", "reasons", "same_day", "read", "answered")


@dataclass
class World:
    """Invented visits, most of them shared."""

    facts: list[dict[str, Any]]

    @classmethod
    def invent(cls, cast: Cast, chance: random.Random) -> World:
        """Seventy visits that name every look-for there is, so that one part does not hold all."""
        keys = [line.key for line in lines(cast.principal)]
        world = cls([_fact(chance, keys) for _ in range(70)])
        db.session.add_all(_walk(fact) for fact in world.facts)
        db.session.flush()
        Fact.write(named("district"), world.facts)
        return world

    def record(self, fact: dict[str, Any]) -> Record:
        """What questions are asked of."""
        return Record(**{name: fact[name] for name in RECORDED})


def _fact(chance: random.Random, keys: Sequence[str]) -> dict[str, Any]:
    at = datetime(2026, 9, 1, 15, tzinfo=UTC) + timedelta(hours=chance.randrange(2000))
    some = chance.sample(keys, chance.randint(0, len(keys)))
    shared = chance.random() < 0.9
    return {
        "walkthrough_id": new_id(),
        "district_id": named("district"),
        "teacher_id": named(chance.choice(("okafor", "lindqvist", "moreau"))),
        "observer_id": named(chance.choice(("holt", "reyes", "varga", "adair"))),
        "class_id": None,
        "school_id": UUID(chance.choice(CHOICES["school"])),
        **{name: chance.choice(CHOICES[name]) for name in ("subject", "grade", "model")},
        "phase": "work",
        "started_at": at,
        "shared_at": at + timedelta(hours=5) if shared else None,
        "month": chance.choice(MONTHS) if shared else None,
        **{name: chance.random() < 0.5 for name in ("same_day", "read", "answered")},
        "rule_version": "1",
        "verdict": chance.choice(
            ("preserved", "at_risk", "displaced", "not_enough_evidence", "not_applicable")
        ),
        "reasons": chance.sample(["no_peer_talk", "headphone_room", "of another day"], 2),
        "marks": {key: chance.choice(MARKS) for key in some},
    }


def _walk(fact: dict[str, Any]) -> Walkthrough:
    same = ("observer_id", "school_id", "teacher_id", "started_at", "shared_at")
    return Walkthrough(
        id=fact["walkthrough_id"],
        purpose="walkthrough",
        sets=[],
        received_at=fact["started_at"],
        **{name: fact[name] for name in same},
    )


Kept = Callable[[dict[str, Any]], bool]


def may_read(cast: Cast, name: str) -> Kept:
    """Whose visits somebody reads, in words."""
    ways: dict[str, Kept] = {
        "principal": lambda f: (
            f["observer_id"] == named("holt") or f["school_id"] == named("lincoln")
        ),
        "coach": lambda f: f["observer_id"] == named("reyes") or f["teacher_id"] == named("okafor"),
    }
    return lambda fact: fact["shared_at"] is not None and ways[name](fact)


def asked(chance: random.Random, rooms: Rooms) -> tuple[Rooms, list[Kept]]:
    """Any filters, taken both ways."""
    wanted = {
        name: chance.choice(values) for name, values in CHOICES.items() if chance.random() < 0.3
    }
    missing = [name for name in ("subject", "grade", "model") if chance.random() < 0.15]
    months = chance.sample(MONTHS, chance.randint(1, 4))
    kept: list[Kept] = [
        lambda f: all(not v or _value(f, name) == v for name, v in wanted.items()),
        lambda f: not any(f[name] for name in missing),
        lambda f: f["month"] in months,
    ]
    return rooms.only(**wanted).without(missing).within(months), kept


def _value(fact: dict[str, Any], by: str) -> str:
    if by == "observer":
        return "coach" if fact["observer_id"] in COACHES else "observer"
    return str(fact["school_id"] if by == "school" else fact[by])


def recount(records: Iterable[tuple[str, Record]]) -> dict[tuple[str, str], Rate]:
    """Every question by value, visit after visit."""
    yes, n = Counter[tuple[str, str]](), Counter[tuple[str, str]]()
    for value, record in records:
        for question, answer in answers(record):
            n[question, value] += 1
            yes[question, value] += answer
    return {key: Rate(yes[key], times) for key, times in n.items()}


def squares(heat: Heat) -> dict[tuple[str, str], Rate]:
    return {
        (line.key, value): square.rate
        for _, rows in heat.groups
        for line, found in rows
        for (value, _), square in zip(heat.columns, found, strict=True)
        if square.rate
    }


@pytest.mark.parametrize("seed", [1, 2])
@pytest.mark.parametrize("who", ["principal", "coach"])
def test_any_filter_counts_what_counting_by_hand_counts(cast: Cast, who: str, seed: int) -> None:
    chance = random.Random(seed)
    world = World.invent(cast, chance)
    assert len(Place.of(named("district"))) > IN_A_PART
    whole = Rooms.of(getattr(cast, who))
    mine = may_read(cast, who)
    for by in ("school", "subject", "grade", "model", "month", "observer"):
        rooms, kept = asked(chance, whole)
        facts = [f for f in world.facts if mine(f) and all(each(f) for each in kept)]
        _the_same(world, rooms, facts, by)
    _the_same(world, whole, [f for f in world.facts if mine(f)], "month")


def _the_same(world: World, rooms: Rooms, facts: list[dict[str, Any]], by: str) -> None:
    records = [(fact, world.record(fact)) for fact in facts]
    assert rooms.visits == len(facts)
    assert rooms.teachers == len({fact["teacher_id"] for fact in facts})
    assert {value for value, _ in rooms.values(by)} == {_value(fact, by) for fact in facts}
    told = recount((_value(fact, by), record) for fact, record in records)
    assert squares(rooms.heat(by)) == {key: rate for key, rate in told.items() if "/" in key[0]}
    over_all = recount(("", record) for _, record in records)
    assert rooms.totals() == {key: r for (key, _), r in over_all.items() if key in OVER_ALL}
    _each_month(rooms, records)
    _pacing(rooms, records)
    seen = [f for f in facts if f["marks"].get("core-four/BL01") == "seen"]
    seen.sort(key=lambda f: (f["started_at"], f["walkthrough_id"]), reverse=True)
    quoted = [quote.walkthrough_id for quote in rooms.quotes("core-four/BL01")]
    assert quoted == [fact["walkthrough_id"] for fact in seen[:MOST_QUOTES]]


def _each_month(rooms: Rooms, records: list[tuple[dict[str, Any], Record]]) -> None:
    months = recount((fact["month"], record) for fact, record in records)
    points = {point.title: point.rate for point in rooms.points("watch-outs/WO01")}
    assert [rate for rate in points.values() if rate] == [
        months["watch-outs/WO01", month] for month in MONTHS if ("watch-outs/WO01", month) in months
    ]
    assert [(talk.preserved, talk.displaced) for talk in rooms.talk()] == [
        (months["talk:preserved", month], months["talk:displaced", month])
        for month in MONTHS
        if ("talk:preserved", month) in months
    ]


def _pacing(rooms: Rooms, records: list[tuple[dict[str, Any], Record]]) -> None:
    counts, schools, teachers = rooms.pacing()
    schooled = recount((_value(fact, "school"), record) for fact, record in records)
    pacing = {key: rate for key, rate in schooled.items() if key[0].startswith("flexible-pacing/")}
    assert {(q, s): rate for q, cells in counts.items() for s, rate in cells.items()} == pacing
    assert {school for school, _ in schools} == {_value(fact, "school") for fact, _ in records}
    met: dict[tuple[str, str], set[UUID]] = defaultdict(set)
    for fact, record in records:
        for question, _ in answers(record):
            met[question, _value(fact, "school")].add(fact["teacher_id"])
    assert teachers == {key: len(met[key]) for key in pacing}


def test_nothing_is_left_of_answers_whose_fact_is_gone(cast: Cast) -> None:
    world = World.invent(cast, random.Random(3))
    Fact.drop(fact["walkthrough_id"] for fact in world.facts)
    assert db.session.query(Answers).count() == 0


def test_a_place_is_given_once_and_to_nobody_else(cast: Cast) -> None:
    first = Place.give(named("district"), ["own/B", "own/A"])
    later = Place.give(named("district"), ["own/A", "own/C"])
    assert later == {**first, "own/C": len(first)}
    assert sorted(later.values()) == list(range(len(later)))


def test_a_part_of_which_nothing_is_left_says_nothing(cast: Cast) -> None:
    world = World.invent(cast, random.Random(4))
    for fact in world.facts:
        fact["marks"] = {}
    Fact.write(named("district"), world.facts)
    assert squares(Rooms.of(cast.principal).heat("school")) == {}
