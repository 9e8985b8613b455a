"""Periods, bands, questions, heat maps, gauges and wordings of trends."""

from __future__ import annotations

from datetime import UTC, datetime
from zoneinfo import ZoneInfo

import pytest

from rules.trends import (
    Cell,
    Limits,
    Rate,
    Record,
    answers,
    closed,
    grade_band,
    month_of,
    months_between,
    months_of,
    period_title,
    term_of,
    terms_between,
)
from rules.trends.conditions import gauges
from rules.trends.coverage import covered
from rules.trends.gaps import answered, gaps
from rules.trends.heat import Line, heat
from rules.trends.plot import Point, plot
from rules.trends.sheet import rows
from rules.trends.talk import Talk, reasons
from rules.trends.wording import READERS, Findings, paragraphs

CHICAGO = ZoneInfo("America/Chicago")
FP = [Line(f"flexible-pacing/FP0{n}", f"Condition {n}") for n in range(1, 7)]


def record(verdict: str = "preserved", **marks: str) -> Record:
    keys = {f"a/{key}": mark for key, mark in marks.items()}
    return Record(keys, verdict, ["no_peer_talk"], same_day=True, read=False, answered=False)


def test_a_month_is_the_districts_and_closes_at_its_midnight() -> None:
    late = datetime(2026, 11, 1, 4, 30, tzinfo=UTC)
    assert month_of(late, CHICAGO) == "2026-10"
    assert not closed("2026-10", late, CHICAGO)
    assert closed("2026-10", datetime(2026, 11, 1, 5, tzinfo=UTC), CHICAGO)


def test_terms_hold_their_months() -> None:
    assert term_of("2026-08") == "2026-fall"
    assert months_of("2026-spring")[-1] == "2026-07"
    assert list(months_between("2025-11", "2026-02")) == [
        "2025-11",
        "2025-12",
        "2026-01",
        "2026-02",
    ]
    assert terms_between("2025-11", "2026-09") == ("2025-fall", "2026-spring", "2026-fall")
    assert period_title("2026-fall") == "Fall 2026"
    with pytest.raises(ValueError, match="is no term"):
        months_of("2026-winter")


@pytest.mark.parametrize(
    ("grade", "band"),
    [("07", "6 to 8"), ("KG", "K to 2"), ("K", "K to 2"), ("9-12", "9 to 12"), ("6-9", ""),
     ("", ""), ("K-5", ""), ("13", ""), ("Grade 4", "3 to 5")],
)  # fmt: skip
def test_a_grade_belongs_to_one_band_or_to_none(grade: str, band: str) -> None:
    assert grade_band(grade) == band


def test_a_rate_has_wilsons_range() -> None:
    assert (Rate(10, 20).low, Rate(10, 20).high) == (30, 70)
    assert (Rate(0, 10).low, Rate(0, 10).high) == (0, 28)
    assert Rate(0, 0).percent == 0


def test_untapped_in_focus_was_looked_for_and_no_chance_was_not() -> None:
    said = dict(answers(record(A="seen", B="not_seen", C="in_focus", D="no_chance")))
    assert {key: said[key] for key in said if key[:2] == "a/"} == {
        "a/A": True,
        "a/B": False,
        "a/C": False,
    }


def test_a_verdict_without_evidence_answers_no_question_of_talk() -> None:
    said = dict(answers(record("not_enough_evidence")))
    assert "talk:preserved" not in said
    assert said["talk:firm"] is False
    assert "talk:firm" not in dict(answers(record("not_applicable")))


def test_substitution_needs_marks_and_not_mere_silence() -> None:
    marks = {"substitution/SU01": "seen", "substitution/SU02": "not_seen"}
    marks |= {"substitution/SU03": "not_seen"}
    silent = Record(marks, "at_risk", [], same_day=True, read=True, answered=True)
    told = Record(marks | {"substitution/SU04": "not_seen"}, "at_risk", [], True, True, True)
    assert dict(answers(silent))["alarm:substitution"] is False
    assert dict(answers(told))["alarm:substitution"] is True


def test_knowing_without_organizing_is_the_gap() -> None:
    marks = {"knowing-and-organizing/KO01": "seen", "knowing-and-organizing/KO02": "not_seen"}
    told = Record(marks, "at_risk", [], same_day=True, read=True, answered=True)
    assert dict(answers(told))["pair:gap"] is True
    assert "pair:gap" not in dict(answers(record()))


def test_a_heat_map_tells_hidden_from_not_looked_for() -> None:
    lines = [Line("a/A", "Something"), Line("a/Z", "Nobody looked")]
    counts: dict[str, dict[str, Rate | None]] = {"a/A": {"x": Rate(1, 2), "y": None}}
    drawn = heat(lines, counts, [("x", "X"), ("y", "Y"), ("z", "Z")])
    [(_, [(line, squares)])] = drawn.groups
    assert line.code == "A"
    assert [square.few for square in squares] == [False, True, False]
    assert squares[0].rate == Rate(1, 2)
    assert drawn.some_few


def test_a_hidden_cell_leaves_no_number_in_a_file() -> None:
    counts: dict[str, dict[str, Rate | None]] = {"a/A": {"x": Rate(1, 2), "y": None}}
    drawn = heat([Line("a/A", "Something")], counts, [("x", "X"), ("y", "Y")])
    found = list(rows("Fall 2026", "school", drawn, {"talk:preserved": None}))
    assert found[0][-3:] == ("few", "few", "few")
    assert [row[-3:] for row in found[1:]] == [(1, 2, 50), ("few", "few", "few")]


def test_a_line_breaks_where_a_month_is_hidden() -> None:
    drawn = plot([Point("a", "a", Rate(1, 2)), Point("b", "b", None), Point("c", "c", Rate(2, 2))])
    assert drawn.line == ""
    assert drawn.dots == "M0.0 30.0h0 M100.0 0.0h0"
    whole = plot([Point("a", "a", Rate(0, 9)), Point("b", "b", Rate(9, 9))])
    assert whole.line == "M0.0 60.0L100.0 0.0"


def test_at_risk_is_the_rest_only_where_both_count_the_same_visits() -> None:
    assert Talk("", Rate(5, 10), Rate(2, 10)).at_risk == Rate(3, 10)
    assert Talk("", Rate(5, 10), Rate(2, 12)).at_risk is None
    assert Talk("", Rate(5, 10), None).bar == ()
    assert sum(part[3] for part in Talk("", Rate(5, 10), Rate(2, 10)).bar) == 10


def test_reasons_come_with_what_protects_talk() -> None:
    found = reasons({"why:headphone_room": Rate(2, 9), "why:no_peer_talk": Rate(5, 9)})
    assert [one.rate for one in found] == [Rate(5, 9), Rate(2, 9)]
    assert any("headphones off" in move.text.casefold() for move in found[1].moves)


def test_pacing_widens_with_six_of_six_and_names_what_is_missing_before() -> None:
    counts: dict[str, dict[str, Rate | None]] = {line.key: {"s": Rate(5, 10)} for line in FP}
    [ready] = gauges(FP, counts, [("s", "Lincoln")])
    assert ready.sentence.startswith("All 6 conditions are in place")
    counts["flexible-pacing/FP03"]["s"] = Rate(4, 10)
    [waits] = gauges(FP, counts, [("s", "Lincoln")])
    assert waits.sentence.endswith("5 of 6. Begin with: Condition 3.")


def test_five_teachers_rooms_put_no_condition_in_place() -> None:
    counts: dict[str, dict[str, Rate | None]] = {line.key: {"s": Rate(9, 10)} for line in FP}
    rooms = {(line.key, "s"): 5 for line in FP}
    [gauge] = gauges(FP, counts, [("s", "Lincoln")], rooms)
    assert gauge.in_place == 0


@pytest.mark.parametrize("reader", list(READERS))
def test_every_wording_speaks_plainly_and_names_no_tool(reader: str) -> None:
    totals = {"talk:preserved": Rate(9, 20), "talk:displaced": Rate(4, 20), "a/A": Rate(5, 20)}
    said = " ".join(paragraphs(Findings("Fall 2026", totals, [Line("a/A", "Ways")]), reader))
    assert "9 of" in said
    for word in ("Crosswalk", "!", "{", "sweep", "None"):
        assert word not in said
    nothing = paragraphs(Findings("Fall 2026", {}, []), "board")
    assert nothing


def test_no_look_for_is_named_as_seen_most_and_least() -> None:
    lines = [Line(f"a/{key}", f"Look-for {key}") for key in "ABCDE"]
    totals = {line.key: Rate(20 - at, 20) for at, line in enumerate(lines)}
    found = Findings("Fall 2026", totals, lines)
    assert [line.key for line, _ in found.least] == ["a/E", "a/D"]
    few = " ".join(paragraphs(Findings("Fall 2026", totals, lines[:2]), "staff"))
    assert "Seen most often" in few
    assert "Worth a common look" not in few


def test_rows_of_nothing_but_few_are_folded() -> None:
    lines = [Line("a/A", "Something"), Line("a/B", "Hidden"), Line("a/C", "Hidden or not looked")]
    counts: dict[str, dict[str, Rate | None]] = {
        "a/A": {"x": Rate(1, 2), "y": None},
        "a/B": {"x": None, "y": None},
        "a/C": {"y": None},
    }
    drawn = heat(lines, counts, [("x", "X"), ("y", "Y")])
    assert [line.code for _, found in drawn.shown for line, _ in found] == ["A"]
    assert [line.code for line in drawn.folded] == ["B", "C"]


def test_coverage_of_a_school_leaves_nobody_standing_alone() -> None:
    rooms = {name: frozenset(range(count)) for name, count in (("a", 9), ("b", 9), ("c", 7))}
    visited = {"a": frozenset(range(7)), "b": frozenset(range(8)), "c": frozenset({1, 2, 3, 4, 5})}
    assert covered(visited, rooms | {"d": frozenset({1})}, Limits()) == {
        "a": Cell(7, 9),
        "b": None,
        "c": None,
        "d": None,
    }
    assert covered({"a": frozenset(range(12))}, {"a": frozenset(range(9))}, Limits()) == {
        "a": Cell(9, 9)
    }


def test_students_and_their_teacher_are_counted_only_where_both_answered() -> None:
    told = {"now": {"clear": 4, "partly": 2, "not_yet": 0}, "how": {"clear": 1, "partly": 4}}
    pairs = [({"now": "clear", "going": "clear"}, told), ({"now": "partly", "how": "clear"}, {})]
    [now] = answered(pairs)
    assert (now.words, now.teachers, now.students) == ("Where are you now?", Rate(1, 1), Rate(4, 6))
    assert answered([]) == []


def test_gaps_compare_what_both_marked_and_the_furthest_apart_come_first() -> None:
    lines = [Line(f"a/{code}", code) for code in "ABCD"]
    pairs = [
        ({"a/A": "seen", "a/B": "seen", "a/C": "in_focus"}, {"a/A": "seen", "a/B": "not_seen"}),
        ({"a/A": "seen", "a/C": "in_focus"}, {"a/C": "seen", "a/D": "seen", "a/A": "no_chance"}),
        ({"a/B": "seen", "a/C": "not_seen"}, {"a/C": "seen", "a/B": "not_seen"}),
    ]
    told = [(gap.line.code, gap.both, gap.visitor, gap.teacher) for gap in gaps(lines, pairs)]
    assert told == [("B", 0, 2, 0), ("C", 0, 0, 2), ("A", 1, 0, 0)]
