"""The draft of the letter, read as the teacher reads it."""

import pytest

from rules.feedback import Sentence
from tests.rules.walks import LOOK_FORS, Walk, okafor


def texts(walk: Walk, slot: str) -> list[str]:
    return [s.text for s in walk.plan(LOOK_FORS).sentences if s.slot == slot]


def only(walk: Walk, slot: str) -> Sentence:
    (sentence,) = [s for s in walk.plan(LOOK_FORS).sentences if s.slot == slot]
    return sentence


def lab() -> Walk:
    walk = Walk().start(present=28)
    for minute, counts in (
        (6, (0, 1, 20, 6, 0, 0, 1)),
        (8.5, (1, 1, 20, 5, 0, 1, 0)),
        (11, (0, 1, 19, 6, 0, 1, 1)),
        (13.5, (0, 2, 20, 6, 0, 0, 0)),
    ):
        walk.sweep(minute, *counts)
    return walk


def test_an_empty_walk_says_nothing_and_tells_the_observer_why() -> None:
    plan = Walk().start().plan(LOOK_FORS)
    assert plan.sentences == ()
    assert plan.left_out == (
        "No strength yet: nothing recorded shows one. Write it in your own words.",
        "No note on talk: no sweep of the room counts in this visit.",
        "No next step: nothing recorded points to one. Write it in your own words.",
    )


def test_a_strength_names_the_time_and_the_words_that_were_heard() -> None:
    assert texts(okafor(), "strength") == [
        "At 10:09, different approaches or mistakes were shown and compared. "
        "One student said, “I multiplied first, why did you subtract?”",
        "Both students I asked had a clear answer to “Where are you now?” "
        "One said, “for the sign mistakes from Monday.”",
    ]


def test_a_talk_structure_is_told_with_the_sweep_taken_in_it() -> None:
    walk = Walk().start()
    walk.add("structure_seen", 5, structure="turn_and_talk")
    walk.sweep(6, 11, 4, 2, 6, 0, 0, 1)
    assert texts(walk, "strength") == [
        "A turn-and-talk was running at 10:05; in the sweep at 10:06, "
        "11 of 24 students were talking with a classmate about the content."
    ]


def test_talk_without_a_named_structure_is_a_strength_too() -> None:
    walk = Walk().start()
    walk.sweep(6, 11, 4, 2, 6, 0, 0, 1)
    assert texts(walk, "strength") == [
        "11 of 24 students were talking with a classmate about the content at 10:06, "
        "and 4 more were talking with you."
    ]


def test_a_watch_out_is_never_a_strength() -> None:
    walk = Walk().start()
    walk.mark(5, "rows")
    assert texts(walk, "strength") == []


def test_the_same_thing_is_not_told_twice() -> None:
    walk = Walk().start()
    walk.mark(5, "ideas")
    walk.add("uptake_heard", 6)
    walk.add("uptake_heard", 7)
    assert len(texts(walk, "strength")) == 1


def test_the_observers_own_words_come_first_and_leave_room_for_one_more() -> None:
    walk = okafor()
    walk.note(12.5, "You opened with two worked solutions.", slot="strength", look_fors=["model"])
    first, second = (s for s in walk.plan(LOOK_FORS).sentences if s.slot == "strength")
    assert (first.text, first.by) == ("You opened with two worked solutions.", "person")
    assert first.evidence == ("e003",)
    assert second.by == "rules"


def test_a_persons_sentence_may_have_no_evidence() -> None:
    walk = okafor()
    walk.note(13, "Send me a photo of one pair’s work.", slot="step")
    step = only(walk, "step")
    assert (step.by, step.evidence) == ("person", ())


def test_the_last_of_several_own_steps_is_taken_and_the_others_are_counted() -> None:
    walk = okafor()
    walk.note(13, "Try a pair stop.", slot="step")
    walk.note(14, "Try one question for pairs.", slot="step")
    plan = walk.plan(LOOK_FORS)
    assert [s.text for s in plan.sentences if s.slot == "step"] == ["Try one question for pairs."]
    assert "One of your notes for the next step left out: there is no more room there." in (
        plan.left_out
    )


def test_talk_that_fell_is_told_in_people_and_times_without_a_cause() -> None:
    walk = Walk().start()
    walk.sweep(6, 9, 0, 2, 12, 0, 0, 1)
    walk.sweep(9, 4, 0, 5, 14, 0, 0, 1)
    walk.sweep(12, 2, 1, 8, 12, 0, 0, 1)
    assert texts(walk, "discourse")[0] == (
        "Talk with a classmate went from 9 of 24 students at 10:06 to 2 at 10:12, "
        "while silent work on a device went from 14 to 20."
    )


def test_a_room_on_devices_is_told_as_a_range_where_the_sweeps_agree() -> None:
    assert texts(lab(), "discourse")[0] == (
        "From 10:06 to 10:13, 25 to 26 of 28 students were working silently on a device, "
        "19 to 20 of them in headphones; 1 to 2 were talking with a classmate or with you "
        "about the content."
    )


def test_talk_that_held_is_told_with_every_sweep() -> None:
    walk = Walk().start()
    walk.add("structure_seen", 5, structure="seminar")
    for minute, counts in ((6, (9, 5)), (9, (12, 5)), (12, (10, 2))):
        walk.sweep(minute, *counts, 0, 0, 0, 24 - sum(counts), 0)
    assert texts(walk, "discourse") == [
        "Talk held: 14 of 24 students at 10:06, 17 at 10:09 and 12 at 10:12 were talking "
        "with a classmate or with you about the content."
    ]


def test_one_sweep_says_that_it_is_too_few() -> None:
    walk = Walk().start()
    walk.sweep(6, 1, 0, 0, 0, 19, 4, 0)
    assert texts(walk, "discourse") == [
        "1 of 24 students at 10:06 was talking with a classmate or with you about the content. "
        "One sweep counts, too few for a reading: it takes three over four minutes."
    ]


def test_right_quiet_gets_no_note_on_talk() -> None:
    walk = Walk().start(phase="assessment")
    walk.sweep(6, 0, 0, 0, 0, 0, 24, 0)
    assert texts(walk, "discourse") == []
    assert any("does not apply" in line for line in walk.plan(LOOK_FORS).left_out)


def test_the_step_answers_the_first_reason_of_the_check() -> None:
    step = only(lab(), "step")
    assert "headphones" in step.because
    assert step.evidence == ("e003", "e004", "e005", "e006")
    assert step.text.startswith("Try ")


def test_talk_planned_for_later_comes_before_every_other_reason() -> None:
    walk = Walk().start(planned_talk_at="10:40")
    for minute in (6, 8, 10, 12):
        walk.sweep(minute, 0, 1, 14, 8, 0, 1, 0)
    assert only(walk, "step").text == (
        "You planned talk for 10:40: send me two lines afterwards on what you heard."
    )


def test_an_observer_who_reads_the_room_otherwise_gets_no_move_against_that_reading() -> None:
    walk = lab()
    walk.add("verdict_overridden", 15, verdict="not_applicable", reason="It was a test.")
    assert texts(walk, "step") == []
    assert texts(walk, "discourse") == []


def test_a_look_for_marked_not_seen_offers_its_step_and_its_question() -> None:
    walk = Walk().start()
    walk.mark(5, "ways", "not_seen")
    assert only(walk, "step").text == LOOK_FORS["ways"].step_phrase
    assert only(walk, "question").text == LOOK_FORS["ways"].question_phrase


def test_where_nothing_else_is_known_the_question_asks_for_the_minutes_not_seen() -> None:
    walk = Walk().start()
    walk.mark(5, "plain")
    walk.again(7, "plain")
    asked = only(walk, "question")
    assert asked.text == "What would I have seen and heard before 10:05 or after 10:07?"


@pytest.mark.parametrize("purpose", ["walkthrough", "coaching", "evaluation"])
def test_the_purpose_changes_no_word(purpose: str) -> None:
    walk = okafor()
    started = walk.events[0]
    other = Walk()
    other.events = [
        started.__class__(**{**vars(started), "data": {**started.data, "purpose": purpose}}),
        *walk.events[1:],
    ]
    assert other.plan(LOOK_FORS) == walk.plan(LOOK_FORS)
