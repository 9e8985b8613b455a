"""A small storm: workers die, lines are cut, events come twice; what was acknowledged is there."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from uuid import uuid4

import pytest

from benchmarks.kit.database import Database
from benchmarks.kit.journal import Sent
from benchmarks.kit.loss import Kept, Losses, compare
from benchmarks.storm import kills

SMALL = kills.Size(observers=3, walks=4, events=12, seconds=30, every=0.2)
SENT = {one: Sent(one, "holt", f"body of {one}") for one in ("e1", "e2")}
KEPT = [Kept(one, "holt", f"body of {one}", ("walk", "phone", int(one[1]))) for one in SENT]


@pytest.fixture
def place(database: str, tmp_path: Path, request: pytest.FixtureRequest) -> Iterator[Database]:
    """A fresh database of either kind, for a server of its own."""
    if database == "sqlite":
        yield Database(database, tmp_path, f"sqlite:///{tmp_path / 'crosswalk.db'}")
        return
    postgres, name = request.getfixturevalue("postgres"), f"storm{uuid4().hex[:8]}"
    yield Database(database, tmp_path, postgres.create(name))
    postgres.drop(name)


def test_no_acknowledged_tap_is_lost_doubled_or_given_to_another_author(place: Database) -> None:
    outcome = kills.run(place, SMALL)
    assert outcome.storm.kills, "no worker was killed"
    assert outcome.losses.acknowledged, "nothing was acknowledged"
    assert outcome.losses.none, outcome.losses
    assert not outcome.refused


def test_the_check_counts_what_was_acknowledged_and_finds_nothing_wrong() -> None:
    found = compare(SENT, {"e1"}, KEPT)
    assert found == Losses(1, lost=0, doubled=0, misattributed=0, changed=0, unknown=0)
    assert found.none


@pytest.mark.parametrize(
    ("rows", "fault"),
    [
        (KEPT[:1], "lost"),
        ([*KEPT, KEPT[0]], "doubled"),
        ([*KEPT, replace(KEPT[0], id="e3")], "doubled"),
        ([KEPT[0], replace(KEPT[1], author="reyes")], "misattributed"),
        ([KEPT[0], replace(KEPT[1], digest="another body")], "changed"),
        ([*KEPT, Kept("e9", "holt", "", ("walk", "phone", 9))], "unknown"),
    ],
)
def test_the_check_notices_each_way_to_break_the_promise(rows: list[Kept], fault: str) -> None:
    found = compare(SENT, set(SENT), rows)
    assert getattr(found, fault) > 0
    assert not found.none
