"""Evidence: numbered rows in order of time, without what was undone."""

from tests.rules.walks import LOOK_FORS, Walk, okafor


def test_rows_are_numbered_from_one_in_order_of_time() -> None:
    rows = okafor().evidence(LOOK_FORS)
    assert [row.number for row in rows] == list(range(1, 12))
    assert [row.at for row in rows] == sorted(row.at for row in rows)


def test_an_undone_tap_is_no_evidence() -> None:
    walk = Walk().start()
    walk.mark(5, "model")
    wrong = walk.mark(6, "ways")
    walk.add("undone", 6.1, event=wrong)
    assert [row.look_for for row in walk.evidence(LOOK_FORS)] == ["model"]


def test_taps_with_nothing_between_them_share_a_row() -> None:
    walk = Walk().start()
    walk.mark(5, "ideas")
    walk.again(6, "ideas")
    walk.again(7, "ideas")
    (row,) = walk.evidence(LOOK_FORS)
    assert row.events == ("e003", "e004", "e005")


def test_taps_with_something_between_them_stand_apart() -> None:
    walk = Walk().start()
    walk.mark(5, "ideas")
    walk.mark(6, "model")
    walk.again(7, "ideas")
    assert [row.look_for for row in walk.evidence(LOOK_FORS)] == ["ideas", "model", "ideas"]


def test_a_students_words_stand_in_the_row_of_the_look_for_they_belong_to() -> None:
    row = okafor().evidence(LOOK_FORS)[3]
    assert row.text == LOOK_FORS["ways"].statement
    assert row.said == "I multiplied first, why did you subtract?"
    assert row.events == ("e006", "e007")


def test_words_written_long_after_a_look_for_stand_in_their_own_row() -> None:
    walk = Walk().start()
    walk.mark(5, "ways")
    walk.note(8, "Mine is shorter", speaker="student", look_fors=["ways"])
    assert [row.text for row in walk.evidence(LOOK_FORS)][1] == "Heard from a student"


def test_marks_that_say_something_about_the_lesson_are_rows_and_not_applicable_is_none() -> None:
    walk = Walk().start()
    walk.mark(5, "ways", "not_seen")
    walk.mark(6, "model", "no_chance")
    walk.mark(7, "group", "not_applicable")
    details = [row.detail for row in walk.evidence(LOOK_FORS)]
    assert details == ["Marked not seen", "No chance to see"]


def test_notes_written_for_a_place_in_the_letter_are_no_rows() -> None:
    walk = Walk().start()
    walk.note(5, "Try a pair stop.", slot="step")
    walk.note(6, "Two pairs at the window.")
    assert [row.text for row in walk.evidence(LOOK_FORS)] == ["Two pairs at the window."]


def test_a_sweep_keeps_its_counts_and_why_it_does_not_count() -> None:
    walk = Walk().start()
    walk.sweep(6, 3, 2, 0, 0, 5, 0, 0, present=24)
    (row,) = walk.evidence(LOOK_FORS)
    assert row.counts is not None
    assert row.counts["listening"] == 5
    assert not row.counted
    assert row.detail == "needs 20 of 24 to count"


def test_a_look_for_without_wording_is_named_as_such() -> None:
    walk = Walk().start()
    walk.mark(5, "retired")
    assert walk.evidence(LOOK_FORS)[0].text == "A look-for whose wording is not at hand"


def test_a_structure_is_told_in_words_and_another_one_by_its_name() -> None:
    walk = Walk().start()
    walk.add("structure_seen", 5, structure="gallery_walk")
    walk.add("structure_seen", 6, structure="other", name="Fishbowl")
    texts = [row.text for row in walk.evidence(LOOK_FORS)]
    assert texts == ["Talk structure: Gallery walk", "Talk structure: Fishbowl"]
