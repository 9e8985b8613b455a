"""Each kind of nonsense gets one sentence that names the place and what to write."""

import json
from typing import Any

import pytest

from rules.discourse import BadInput, parse_input

GOOD: dict[str, Any] = {"n": 24, "sweeps": [[0, {"peer": 4, "device": 20}]]}


def nested(depth: int) -> object:
    deep: object = []
    for _ in range(depth):
        deep = [deep]
    return deep


NONSENSE: list[tuple[object, str]] = [
    ([], "$ is a list"),
    ("text", "$ is “text”"),
    (None, "$ is null"),
    (3, "$ is 3"),
    ({}, "$.n is missing"),
    ({"n": 24}, "$.sweeps is missing"),
    (GOOD | {"n": None}, "$.n is null"),
    (GOOD | {"n": True}, "$.n is true"),
    (GOOD | {"n": "24"}, "$.n is “24”"),
    (GOOD | {"n": 24.5}, "$.n is 24.5"),
    (GOOD | {"n": -1}, "$.n is -1"),
    (GOOD | {"n": 10**9}, "$.n is 1000000000"),
    (GOOD | {"n": 10**6000}, "$.n is a number beyond all bounds"),
    (GOOD | {"n": float("nan")}, "$.n is nan"),
    (GOOD | {"n": nested(5000)}, "$.n is a list"),
    (GOOD | {"sweep": []}, "$ has the unknown key “sweep”"),
    (GOOD | {"sweeps": None}, "$.sweeps is null"),
    (GOOD | {"sweeps": {}}, "$.sweeps is an object"),
    (GOOD | {"sweeps": [7]}, "$.sweeps[0] is 7"),
    (GOOD | {"sweeps": nested(5000)}, "$.sweeps[0] has 1 parts"),
    (GOOD | {"sweeps": [[0]]}, "$.sweeps[0] has 1 parts"),
    (GOOD | {"sweeps": [[0, {}, 24, 1]]}, "$.sweeps[0] has 4 parts"),
    (GOOD | {"sweeps": [["0", {}]]}, "$.sweeps[0][0] is “0”"),
    (GOOD | {"sweeps": [[True, {}]]}, "$.sweeps[0][0] is true"),
    (GOOD | {"sweeps": [[float("nan"), {}]]}, "$.sweeps[0][0] is nan"),
    (GOOD | {"sweeps": [[float("inf"), {}]]}, "$.sweeps[0][0] is inf"),
    (GOOD | {"sweeps": [[10**400, {}]]}, "$.sweeps[0][0] is a number beyond all bounds"),
    (GOOD | {"sweeps": [[-5, {}]]}, "$.sweeps[0][0] is -5"),
    (GOOD | {"sweeps": [[0, []]]}, "$.sweeps[0][1] is a list"),
    (GOOD | {"sweeps": [[0, {"chatting": 1}]]}, "$.sweeps[0][1] has the unknown key “chatting”"),
    (GOOD | {"sweeps": [[0, {"peer": -1}]]}, "$.sweeps[0][1].peer is -1"),
    (GOOD | {"sweeps": [[0, {"peer": 10**9}]]}, "$.sweeps[0][1].peer is 1000000000"),
    (GOOD | {"sweeps": [[0, {"peer": True}]]}, "$.sweeps[0][1].peer is true"),
    (GOOD | {"sweeps": [[0, {"peer": None}]]}, "$.sweeps[0][1].peer is null"),
    (GOOD | {"sweeps": [[0, {}], [9, {"peer": 1.5}]]}, "$.sweeps[1][1].peer is 1.5"),
    (GOOD | {"sweeps": [[0, {}, "24"]]}, "$.sweeps[0][2] is “24”"),
    (GOOD | {"phase": "lunch"}, "$.phase is “lunch”"),
    (GOOD | {"phase": ["work"]}, "$.phase is a list"),
    (GOOD | {"goal": "no"}, "$.goal is “no”"),
    (GOOD | {"goal": 0}, "$.goal is 0"),
    (GOOD | {"structure": "chat"}, "$.structure is “chat”"),
    (GOOD | {"uptake": -1}, "$.uptake is -1"),
    (GOOD | {"uptake": True}, "$.uptake is true"),
    (GOOD | {"groups": 24}, "$.groups is 24"),
    (GOOD | {"groups": [12, "x" * 90]}, "$.groups[1] is “" + "x" * 40 + "…”"),
    (GOOD | {"groups": [-1]}, "$.groups[0] is -1"),
    (GOOD | {"planned": "later"}, "$.planned is “later”"),
    (GOOD | {"planned": "25:10"}, "$.planned is “25:10”"),
    (GOOD | {"planned": 1040}, "$.planned is 1040"),
    ({"vectors": []}, "$ has the unknown key “vectors”"),
]


@pytest.mark.parametrize(("given", "start"), NONSENSE, ids=[start for _, start in NONSENSE])
def test_nonsense_is_named_by_its_path(given: object, start: str) -> None:
    with pytest.raises(BadInput) as caught:
        parse_input(given)
    sentence = str(caught.value)
    assert sentence.startswith(start)
    assert sentence.endswith(".")
    assert ": write " in sentence
    assert "\n" not in sentence
    assert len(sentence) < 400


def test_an_entry_of_a_list_is_named_by_its_place() -> None:
    with pytest.raises(BadInput, match=r"^\$\[3\]\.n is -1"):
        parse_input(GOOD | {"n": -1}, "$[3]")


def test_null_means_not_recorded() -> None:
    nulls = dict.fromkeys(("structure", "groups", "planned", "uptake", "goal", "phase"))
    assert parse_input(GOOD | nulls) == parse_input(GOOD)
    assert parse_input(GOOD).goal
    assert parse_input(GOOD).phase == "work"


def test_categories_not_named_are_zero() -> None:
    (sweep,) = parse_input(GOOD).sweeps
    assert sum(sweep[1].values()) == 24
    assert len(sweep[1]) == 7


def test_a_stored_input_may_lack_the_number_present() -> None:
    stored = json.loads('{"n": null, "sweeps": [[0, {"peer": 4}, null]]}')
    assert parse_input(stored, n_required=False).n is None
