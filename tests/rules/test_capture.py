"""The fold against the shared vectors, in any order, repeated and from any device."""

import json
from itertools import islice, permutations
from pathlib import Path
from random import Random
from typing import Any

import pytest

from rules.capture import check_input, fold, instant_text, live_events, parse_instant
from rules.discourse import Thresholds, check
from tests.rules.drawn import as_event

VECTORS = json.loads((Path(__file__).parents[1] / "vectors/capture.json").read_text("utf-8"))


def found_in(events: list[Any]) -> dict[str, Any]:
    observed = fold(events)
    given = check_input(observed)
    plain = observed.as_dict() | {"check_input": given.as_dict(), "check": check(given).as_dict()}
    found: dict[str, Any] = json.loads(json.dumps(plain))
    return found


@pytest.mark.parametrize("vector", VECTORS, ids=lambda vector: vector["name"])
def test_a_vector_is_folded_as_expected(vector: dict[str, Any]) -> None:
    found = found_in([as_event(event) for event in vector["events"]])
    for name, expected in vector["expect"].items():
        if name.startswith("check"):
            assert expected.items() <= found[name].items()
        else:
            assert found[name] == expected, name


@pytest.mark.parametrize("vector", VECTORS, ids=lambda vector: vector["name"])
def test_any_order_and_any_repetition_fold_the_same(vector: dict[str, Any]) -> None:
    events = [as_event(event) for event in vector["events"]]
    expected = fold(events)
    for order in islice(permutations(events), 30):
        assert fold(order) == expected
    draw = Random(vector["name"])
    for _ in range(5):
        repeated = [*events, *draw.choices(events or [], k=len(events) * 2)] if events else []
        draw.shuffle(repeated)
        assert fold(repeated) == expected


def test_thousands_of_undos_of_undos_settle() -> None:
    chain = [event("e0", "look_for_marked", {"look_for": "BL01", "mark": "seen"})]
    chain += [event(f"e{i}", "undone", {"event": f"e{i - 1}"}, seq=i) for i in range(1, 4_001)]
    assert len(fold(chain).marks) == 1
    assert fold(chain[:-1]).marks == ()


def test_data_that_is_no_object_or_endlessly_nested_is_passed_over() -> None:
    deep: Any = []
    for _ in range(5000):
        deep = [deep]
    odd = [
        event("a", "look_for_marked", ["BL01"]),
        event("b", "context_set", None),
        event("c", "note_written", {"note": "n", "text": deep}),
        event("c", "note_written", {"note": "n", "text": [deep]}),
    ]
    assert fold(odd).marks == ()
    assert fold(odd).notes == ()


def test_a_district_that_counts_fuller_sweeps_says_so() -> None:
    sweep = event("a", "sweep_taken", {"counts": {"device": 20}, "present": 24})
    strict = Thresholds.from_mapping({"min_coverage": 0.9})
    assert fold([sweep]).sweeps[0].counted
    assert fold([sweep], strict).sweeps[0].note == "needs 22 of 24 to count"


def test_what_stands_is_listed_in_order() -> None:
    vector = next(v for v in VECTORS if v["name"] == "an undone undo restores the tap")
    events = [as_event(each) for each in vector["events"]]
    assert [each.id for each in live_events(reversed(events))] == ["a", "c"]


def test_instants_are_read_and_written_as_the_phone_does() -> None:
    at = parse_instant("2026-11-21T10:06:31.120+01:00")
    assert at is not None
    assert instant_text(at) == "2026-11-21T09:06:31.120Z"
    assert parse_instant("2026-11-21 10:06") is None


def event(id_: str, kind: str, data: Any, seq: int = 0) -> Any:
    at = "2026-11-21T10:00:00Z"
    return as_event({"id": id_, "device": "p1", "seq": seq, "at": at, "kind": kind, "data": data})
