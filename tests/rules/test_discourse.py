"""The discourse check against the shared vectors, one rule and one edge at a time."""

import json
from pathlib import Path
from typing import Any

import pytest

from rules.discourse import (
    DO_NOT_BLEND,
    MOVES,
    QUIET_PHASES,
    REASON_SENTENCES,
    BadThresholds,
    Thresholds,
    approach_sentence,
    check,
    headline,
    judge_sweeps,
    lean,
    moves,
    next_look_sentence,
    parse_input,
    range_sentence,
    reason_sentence,
    students_needed,
    verdict_sentence,
)

VECTORS = json.loads((Path(__file__).parents[1] / "vectors/discourse.json").read_text("utf-8"))
SILENT = {"headphones": 14, "device": 6}


def visit(**more: Any) -> dict[str, Any]:
    sweeps = [[0, SILENT], [150, SILENT], [300, SILENT]]
    return {"n": 20, "sweeps": sweeps} | more


@pytest.mark.parametrize("vector", VECTORS["vectors"], ids=lambda vector: vector["name"])
def test_a_vector_gives_what_is_expected(vector: dict[str, Any]) -> None:
    reading = check(parse_input(vector["input"]), Thresholds.from_mapping(VECTORS["thresholds"]))
    assert reading.expected() == vector["expected"]
    assert reading.explain == vector.get("explain", reading.explain)


@pytest.mark.parametrize("vector", VECTORS["vectors"], ids=lambda vector: vector["name"])
def test_every_reason_has_a_sentence_without_gaps(vector: dict[str, Any]) -> None:
    reading = check(parse_input(vector["input"]))
    for code in reading.reasons:
        sentence = reason_sentence(code, reading)
        assert sentence.endswith(".")
        assert "{" not in sentence
        assert "None" not in sentence


def test_the_defaults_are_the_published_thresholds() -> None:
    assert VECTORS["thresholds"].items() <= Thresholds().as_dict().items()


def test_every_code_of_the_vectors_has_words() -> None:
    codes = {code for vector in VECTORS["vectors"] for code in vector["expected"]["reasons"]}
    assert {code for code in codes if not code.startswith("sweeps<")} <= set(REASON_SENTENCES)
    assert {f"phase:{phase}" for phase in QUIET_PHASES} <= set(REASON_SENTENCES)


def test_a_stored_input_is_checked_again_with_the_same_answer() -> None:
    given = parse_input(visit(groups=[12, 8], planned="10:40", uptake_answered=True))
    stored = json.loads(json.dumps(given.as_dict()))
    assert parse_input(stored) == given


def test_displaced_is_for_now_until_both_questions_are_answered() -> None:
    asked = check(parse_input(visit()))
    assert (asked.verdict, asked.for_now, asked.unanswered) == (
        "displaced",
        True,
        ("structure", "uptake"),
    )
    assert headline(asked) == "Displaced, for now"
    assert "none was recorded" in verdict_sentence(asked)
    assert "was recorded" in reason_sentence("no_talk_structure", asked)
    assert next_look_sentence(asked) == "Any talk structure? Anyone building on another’s idea?"

    answered = check(parse_input(visit(structure_answered=True, uptake_answered=True)))
    assert (answered.verdict, answered.for_now, answered.next_look) == ("displaced", False, None)
    assert headline(answered) == "Displaced"
    assert "none was seen or heard" in verdict_sentence(answered)
    assert "asked and saw no talk structure" in reason_sentence("no_talk_structure", answered)


def test_no_sentence_says_there_was_none() -> None:
    for more in ({}, {"structure": "partner_task"}, {"structure_answered": True}):
        reading = check(parse_input(visit(**more)))
        assert reading.verdict == "displaced"
        sentences = [verdict_sentence(reading)]
        sentences += [reason_sentence(code, reading) for code in reading.reasons]
        assert not any("there was n" in sentence.lower() for sentence in sentences)


def test_a_structure_recorded_leaves_one_question() -> None:
    reading = check(parse_input(visit(structure="partner_task")))
    assert reading.unanswered == ("uptake",)
    assert verdict_sentence(reading).endswith(
        "No student answering another’s idea: none was recorded."
    )


def test_each_share_shows_its_lowest_and_highest_sweep() -> None:
    sweeps = [
        [0, {"peer": 2, "device": 18}],
        [150, {"peer": 9, "device": 11}],
        [300, {"quiet": 16}],
    ]
    reading = check(parse_input(visit(sweeps=sweeps)))
    assert range_sentence("peer_share", reading) == "Lowest look 0 of 16, highest 9 of 20."
    assert reading.portions["peer_share"].count == 11


def test_one_sweep_has_no_range() -> None:
    reading = check(parse_input(visit(sweeps=[[0, SILENT]])))
    assert range_sentence("peer_share", reading) == ""


def test_the_live_reading_leans_and_says_so() -> None:
    given = parse_input(visit(sweeps=[[0, SILENT], [150, SILENT]], uptake=1))
    leaning = lean(given)
    assert leaning is not None
    assert leaning.for_now
    assert leaning.confidence == "for now"
    assert headline(leaning) == "For now: at risk, 2 of 3 sweeps"
    assert moves(leaning) == ()
    assert check(given).verdict == "not_enough_evidence"


def test_three_early_sweeps_lean_by_minutes() -> None:
    leaning = lean(parse_input(visit(sweeps=[[0, SILENT], [60, SILENT], [190, SILENT]])))
    assert leaning is not None
    assert headline(leaning) == "For now: displaced, 3 of 4 minutes"


@pytest.mark.parametrize("more", [{}, {"sweeps": []}, {"goal": False}, {"n": 2}])
def test_nothing_leans_where_the_verdict_is_firm_or_nothing_counts(more: dict[str, Any]) -> None:
    assert lean(parse_input(visit(**more))) is None


def test_the_next_look_says_when_in_the_words_of_a_clock() -> None:
    reading = check(parse_input(visit(sweeps=[[0, SILENT], [150, SILENT]])))
    assert reading.next_look is not None
    assert reading.next_look.after_s == 240
    assert next_look_sentence(reading, lambda _: "10:16") == (
        "One more sweep after 10:16 makes it firm."
    )


def test_a_late_second_sweep_moves_the_next_look() -> None:
    reading = check(parse_input(visit(sweeps=[[0, SILENT], [600, SILENT]])))
    assert reading.next_look is not None
    assert reading.next_look.after_s == 660


def test_following_the_next_look_makes_it_firm() -> None:
    sweeps: list[list[object]] = [[30, SILENT]]
    reading = check(parse_input(visit(sweeps=sweeps)))
    while reading.next_look is not None and reading.next_look.kind == "sweeps":
        assert reading.next_look.after_s is not None
        missing, after = reading.next_look.sweeps, reading.next_look.after_s
        sweeps.append([after - 60 * (missing - 1), SILENT])
        reading = check(parse_input(visit(sweeps=sweeps)))
    assert (reading.verdict, reading.valid_sweeps) == ("displaced", 3)


def test_without_sweeps_the_next_look_asks_for_all_of_them() -> None:
    assert next_look_sentence(check(parse_input(visit(sweeps=[])))) == (
        "Three sweeps make it firm, first to last at least 4 minutes."
    )


def test_a_planned_talk_says_when_to_go_back() -> None:
    reading = check(parse_input(visit(planned="10:40")))
    assert next_look_sentence(reading) == "Go back at 10:40, when talk is planned."


def test_quiet_and_other_are_said_once_they_are_one_in_ten() -> None:
    few = check(parse_input(visit(sweeps=[[0, {"quiet": 1, "device": 19}]])))
    more = check(parse_input(visit(sweeps=[[0, {"quiet": 2, "other": 2, "device": 16}]])))
    assert "reading or writing" not in few.explain
    assert "2 reading or writing (10%), 2 doing something else (10%)" in more.explain


def test_topics_of_part_of_the_class_say_of_how_many() -> None:
    reading = check(parse_input(visit(groups=[9, 3])))
    assert reading.explain.endswith(
        "Two topics, largest group 9. Topics were recorded for 12 of 20 students."
    )


def test_sweeps_are_judged_in_the_order_given() -> None:
    sweeps = [[200, SILENT], [0, SILENT], [230, SILENT], [400, {"peer": 3}], [500, {"peer": 22}]]
    assert judge_sweeps(parse_input(visit(sweeps=sweeps))) == (
        "valid",
        "valid",
        "too_soon",
        "short",
        "over",
    )


def test_moves_follow_the_reasons_and_end_with_do_not_blend() -> None:
    offered = moves(check(parse_input(visit())))
    assert offered[:3] == MOVES["headphone_room"]
    assert offered[-1] == DO_NOT_BLEND
    assert len({move.id for move in offered}) == len(offered)


def test_nothing_judged_offers_no_moves() -> None:
    assert moves(check(parse_input(visit(goal=False)))) == ()
    assert moves(check(parse_input(visit(sweeps=[])))) == ()


def test_a_move_means_the_same_wherever_it_is_offered() -> None:
    texts: dict[str, str] = {}
    for move in [move for offered in MOVES.values() for move in offered]:
        assert texts.setdefault(move.id, move.text) == move.text


def test_words_for_people_never_shout() -> None:
    sentences = [*REASON_SENTENCES.values(), *(m.text for ms in MOVES.values() for m in ms)]
    assert not any("!" in sentence for sentence in sentences)


def test_a_district_moves_a_threshold_and_the_answer_shows_it() -> None:
    strict = Thresholds.from_mapping({"min_sweeps": 4})
    reading = check(parse_input(visit()), strict)
    assert reading.verdict == "not_enough_evidence"
    assert reading.reasons == ("sweeps<4 or span<240s",)
    assert "3 of 4 sweeps" in reason_sentence(reading.reasons[0], reading)
    assert reading.thresholds.overrides() == {"min_sweeps": 4}


@pytest.mark.parametrize(
    ("changed", "named"),
    [
        ({"min_sweep": 4}, "min_sweep"),
        ({"min_sweeps": 0}, "min_sweeps"),
        ({"min_sweeps": 2.5}, "min_sweeps"),
        ({"min_sweeps": True}, "min_sweeps"),
        ({"hp_flag": "half"}, "hp_flag"),
        ({"hp_flag": 50}, "hp_flag"),
        ({"hp_flag": float("nan")}, "hp_flag"),
        ({"it_floor": 0.5}, "it_floor"),
        ({"k_thin": 9}, "k_thin"),
    ],
)
def test_a_threshold_that_cannot_be_used_is_refused_by_name(
    changed: dict[str, Any], named: str
) -> None:
    with pytest.raises(BadThresholds, match=named):
        Thresholds.from_mapping(changed)


def test_eight_students_hold_an_approach_of_one_in_five() -> None:
    assert students_needed(0.2, 0.8) == 8
    assert approach_sentence(0.2, 0.8) == (
        "A group of 8 contains an approach that 1 student in 5 has about 83 times in 100."
    )


@pytest.mark.parametrize(
    ("fraction", "sureness", "size"),
    [(0.5, 0.75, 2), (0.5, 0.76, 3), (0.9, 0.5, 1), (0.1, 0.9, 22)],
)
def test_the_group_is_the_smallest_that_is_sure_enough(
    fraction: float, sureness: float, size: int
) -> None:
    assert students_needed(fraction, sureness) == size
    assert 1 - (1 - fraction) ** size >= sureness - 1e-9
    assert 1 - (1 - fraction) ** (size - 1) < sureness


@pytest.mark.parametrize(("fraction", "sureness"), [(0, 0.8), (1, 0.8), (0.2, 0), (0.2, 1)])
def test_certainty_cannot_be_asked_for(fraction: float, sureness: float) -> None:
    with pytest.raises(BadThresholds):
        students_needed(fraction, sureness)
