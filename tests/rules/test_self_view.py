"""Three views of one lesson, side by side."""

from dataclasses import replace

from rules.feedback.report import Report
from rules.self_view import heard, three_way
from tests.rules.test_feedback_report import letter
from tests.rules.walks import LOOK_FORS, Walk

SEEN, OTHER, THIRD = list(LOOK_FORS)[:3]


def shared() -> Report:
    """The observer saw one look-for, and asked two students."""
    walk = Walk().start()
    report = letter(walk)
    answers = (
        ("Where are you now?", "Now", ("clear", "not yet")),
        ("Where are you going?", "Going", ("partly", "partly")),
        ("How will you get there?", "How", ("not asked", "clear")),
    )
    return replace(report, marks=((SEEN, "seen"), (OTHER, "not_seen")), answers=answers)


def test_a_look_for_nobody_tapped_is_not_a_difference() -> None:
    three = three_way({SEEN: "seen", OTHER: "seen", THIRD: "seen"}, {}, shared(), LOOK_FORS)
    assert [(row.own, row.observer, row.differs) for row in three.look_fors] == [
        ("seen", "seen", False),
        ("seen", "not seen", True),
        ("seen", "not tapped", False),
    ]
    assert three.differing == 1


def test_students_stand_beside_the_teachers_own_answers() -> None:
    report = shared()
    three = three_way({}, {"now": "clear", "how": "not_yet"}, report, LOOK_FORS, [heard(report)])
    assert [(row.own, row.students) for row in three.questions] == [
        ("clear", "1 clear, 1 not yet"),
        ("no answer", "2 partly"),
        ("not yet", "1 clear"),
    ]


def test_more_voices_are_added_to_those_the_observer_heard() -> None:
    report = shared()
    more = {"now": {"clear": 9, "partly": 3}}
    three = three_way({}, {}, report, LOOK_FORS, [heard(report), more])
    assert three.questions[0].students == "10 clear, 3 partly, 1 not yet"
    assert three_way({}, {}, report, LOOK_FORS).questions[0].students == ""


def test_a_look_for_that_is_no_longer_known_is_left_out() -> None:
    assert three_way({"gone": "seen"}, {}, shared(), LOOK_FORS).look_fors == ()
