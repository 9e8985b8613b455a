"""The report: what a page and a PDF show of one shared letter."""

from dataclasses import replace

import pytest

from rules.feedback import Sentence, draft, gather
from rules.feedback.kept import keep, restore
from rules.feedback.letter import Brand, Cover, Reply, Report
from rules.feedback.report import report
from tests.rules.walks import LOOK_FORS, Walk, clock, okafor

COVER = Cover(
    teacher="Ms. Okafor",
    observer="Ms. Holt, principal",
    class_name="Math 7",
    class_line="Math 7, Period 3, Room 114",
    day="Tuesday, October 14",
    short_day="October 14",
    began="10:04",
    ended="10:16",
    minutes=12,
)


def letter(walk: Walk, cover: Cover = COVER, **more: object) -> Report:
    observed, check = walk.observed(), walk.check()
    evidence = gather(observed, LOOK_FORS)
    sentences = draft(observed, check, evidence, LOOK_FORS, clock=clock)
    return report(
        cover, observed, check, evidence, sentences, LOOK_FORS, clock=clock, **more  # type: ignore[arg-type]
    )  # fmt: skip


def test_each_line_gives_the_numbers_of_its_evidence_and_marks_their_rows_as_used() -> None:
    made = letter(okafor())
    assert [line.numbers for line in made.strengths] == [(4,), (6, 9)]
    used = {number for line in (*made.strengths, *made.discourse) for number in line.numbers}
    assert used <= {row.number for row in made.rows if row.used}
    assert not made.rows[0].used


def test_the_footer_promises_no_rating_only_where_no_level_can_exist() -> None:
    assert letter(okafor()).footer == (
        "Ms. Okafor, Math 7, October 14. Twelve minutes of one lesson; "
        "no rating is given or stored."
    )
    assert "rating" not in letter(okafor(), levels_possible=True).footer


def test_an_override_shows_both_readings_and_the_reason() -> None:
    walk = okafor()
    walk.add("verdict_overridden", 17, verdict="at_risk", reason="Both groups were at my elbow.")
    verdict = letter(walk).verdict
    assert verdict is not None
    assert (verdict.code, verdict.word, verdict.by_rule) == ("at_risk", "At risk", "Preserved")
    assert verdict.override_reason == "Both groups were at my elbow."


def test_why_gives_each_reason_with_its_number_and_the_rule() -> None:
    verdict = letter(okafor()).verdict
    assert verdict is not None
    assert (
        "37 of 72 student-moments went by alone on a device (51%), 13 of them in headphones."
        in (verdict.why)
    )
    assert "It describes this room in these minutes, not a teacher." in verdict.why
    assert verdict.why[-1] == "Rule 2026.1."


def test_a_visit_without_a_count_of_the_room_shows_no_verdict() -> None:
    walk = Walk().start()
    walk.mark(5, "model")
    assert letter(walk).verdict is None


def test_right_quiet_is_shown_as_not_applicable_with_its_reason() -> None:
    walk = Walk().start(phase="assessment")
    verdict = letter(walk).verdict
    assert verdict is not None
    assert verdict.word == "Not applicable"
    assert verdict.why[0] == "The class was in an assessment, where quiet is right."


def test_components_are_counted_by_taps_and_watch_outs_are_not_among_them() -> None:
    walk = okafor()
    walk.mark(17, "rows")
    assert letter(walk).components == (
        ("3b", "Discussion", "3 times"),
        ("3a", "Discussion", "once"),
        ("3d", "Discussion", "once"),
    )


def test_a_bar_says_its_counts_in_words() -> None:
    assert letter(okafor()).bars[0].words == (
        "Sweep 1 at 10:06, 24 students: 11 with a classmate, 4 with the teacher, "
        "2 in headphones, 6 on a device, 1 off task, moving or waiting"
    )


def test_a_sweep_that_does_not_count_is_evidence_but_no_bar_of_the_letter() -> None:
    walk = Walk().start()
    walk.sweep(6, 3, 2, 0, 0, 5, 0, 0, present=24)
    made = letter(walk)
    assert made.bars == ()
    assert made.rows[0].bar is not None


def test_the_legend_names_only_what_occurs_in_the_order_of_the_bars() -> None:
    assert [code for code, _ in letter(okafor()).legend] == [
        "peer",
        "teacher",
        "headphones",
        "device",
        "other",
    ]


@pytest.mark.parametrize(
    ("color", "ink"),
    [("#B3261E", "#b3261e"), ("#ffee00", "#0e5a52"), ("red; }", "#0e5a52"), ("", "#0e5a52")],
)
def test_a_brand_color_is_used_only_where_words_in_it_can_be_read(color: str, ink: str) -> None:
    assert Brand(color=color).ink == ink


def test_a_logo_is_shown_only_as_png_or_jpeg() -> None:
    assert Brand(logo=b"\x89PNG\r\n\x1a\nxyz").logo_url is not None
    assert Brand(logo=b"<svg onload=alert(1)>").logo_url is None


def test_a_kept_report_comes_back_the_same_with_todays_replies() -> None:
    made = letter(okafor(), history=("October 15: version 2, a count was wrong",), version=2)
    reply = Reply("Ms. Okafor", "October 15, 8:10", "Thank you.")
    assert restore(keep(made), replies=(reply,)) == replace(made, replies=(reply,))


def test_a_sentence_whose_evidence_was_undone_points_at_nothing() -> None:
    walk = okafor()
    observed, check = walk.observed(), walk.check()
    gone = Sentence("strength", "Kept from before.", ("undone-event",), "", "person")
    evidence = gather(observed, LOOK_FORS)
    made = report(COVER, observed, check, evidence, [gone], LOOK_FORS, clock=clock)
    assert made.strengths[0].numbers == ()
