"""What holds for every draft, whatever was recorded."""

import re
from pathlib import Path

import yaml
from hypothesis import given, settings
from hypothesis import strategies as st

from rules.capture import live_events
from rules.discourse import MOVES, TALK_STRUCTURES
from rules.feedback.moves import MOVE_LINES, QUESTIONS, TALK_QUESTIONS
from tests.rules.walks import LOOK_FORS, Walk

# DESIGN: never about a person's worth or level; what the room did, never what "you didn't" do.
BANNED = re.compile(
    r"!|\b(score|rating|grade(?!-level)|graded|proficient|weak|weakness|lacking|failed|fails|compliance|"
    r"needs improvement|good job|great job|well done|unsatisfactory|poor|basic|you didn’t|"
    r"you did not|learners?|users?|kids|teacher’s level)\b",
    re.IGNORECASE,
)
FRAMEWORKS = Path(__file__).parents[2] / "frameworks"

looks = st.sampled_from(sorted(LOOK_FORS))
marks = st.sampled_from(["seen", "seen", "not_seen", "no_chance", "not_applicable"])
answers = st.sampled_from(["clear", "partly", "not_yet"])
words = st.text(max_size=200)
acts = st.one_of(
    st.tuples(st.just("mark"), looks, marks),
    st.tuples(st.just("again"), looks),
    st.tuples(st.just("sweep"), st.lists(st.integers(0, 9), min_size=7, max_size=7)),
    st.tuples(st.just("uptake")),
    st.tuples(st.just("structure"), st.sampled_from(sorted(TALK_STRUCTURES))),
    st.tuples(st.just("topics"), st.lists(st.integers(0, 12), max_size=6)),
    st.tuples(st.just("student"), st.sampled_from("ABC"), answers, answers, answers, words),
    st.tuples(
        st.just("note"),
        words,
        st.sampled_from([None, "strength", "step", "question"]),
        st.sampled_from([None, "teacher", "student"]),
        st.lists(looks, max_size=2),
    ),
    st.tuples(st.just("override"), st.sampled_from(["preserved", "at_risk", "not_applicable"])),
    st.tuples(st.just("undo"), st.integers(0, 30)),
)


def walked(steps: list[tuple[object, ...]]) -> Walk:
    walk = Walk().start()
    for number, (act, *rest) in enumerate(steps):
        _add(walk, 4 + number * 0.9, str(act), rest)
    return walk


def _add(walk: Walk, minute: float, act: str, rest: list[object]) -> None:
    match act, rest:
        case "mark", [str(look_for), str(mark)]:
            walk.mark(minute, look_for, mark)
        case "again", [str(look_for)]:
            walk.again(minute, look_for)
        case "sweep", [list(numbers)]:
            walk.sweep(minute, *numbers, present=max(3, sum(numbers)))
        case "uptake", []:
            walk.add("uptake_heard", minute)
        case "structure", [str(structure)]:
            walk.add("structure_seen", minute, structure=structure)
        case "topics", [list(sizes)]:
            walk.add("topics_grouped", minute, sizes=sizes)
        case "student", [str(letter), str(now), str(going), str(how), str(said)]:
            walk.student(minute, letter, now, going, how, said)
        case "note", [text, slot, speaker, look_fors]:
            walk.note(minute, str(text), slot=slot, speaker=speaker, look_fors=look_fors)
        case "override", [verdict]:
            walk.add("verdict_overridden", minute, verdict=verdict, reason="Seen otherwise.")
        case "undo", [int(which)] if which < len(walk.events):
            walk.add("undone", minute, event=walk.events[which].id)


drafts = st.lists(acts, max_size=16).map(walked)


@settings(deadline=None, max_examples=150)
@given(drafts)
def test_every_sentence_by_rule_rests_on_events_that_stand(walk: Walk) -> None:
    live = {event.id for event in live_events(walk.events)}
    rows = {event for row in walk.evidence(LOOK_FORS) for event in row.events}
    for sentence in walk.plan(LOOK_FORS).sentences:
        assert set(sentence.evidence) <= live & rows
        assert sentence.because
        assert sentence.evidence or sentence.by == "person"


@settings(deadline=None, max_examples=150)
@given(drafts)
def test_a_letter_has_at_most_two_strengths_one_step_and_one_question(walk: Walk) -> None:
    slots = [sentence.slot for sentence in walk.plan(LOOK_FORS).sentences]
    most = {"strength": 2, "discourse": 2, "step": 1, "question": 1}
    assert all(slots.count(slot) <= most[slot] for slot in slots)
    assert slots == sorted(slots, key=list(most).index)


@settings(deadline=None, max_examples=100)
@given(drafts)
def test_the_same_evidence_in_any_order_gives_the_same_letter(walk: Walk) -> None:
    again = Walk()
    again.events = list(reversed(walk.events)) * 2
    assert again.plan(LOOK_FORS) == walk.plan(LOOK_FORS)


@settings(deadline=None, max_examples=150)
@given(drafts)
def test_every_machine_strength_carries_a_number_a_time_or_a_quote(walk: Walk) -> None:
    for sentence in walk.plan(LOOK_FORS).sentences:
        if sentence.slot == "strength" and sentence.by == "rules":
            assert re.search(r"\d|“|\b(one|both|all|twice|times)\b", sentence.text, re.IGNORECASE)


@settings(deadline=None, max_examples=150)
@given(drafts)
def test_machine_words_are_about_the_room_and_end_as_sentences_do(walk: Walk) -> None:
    for sentence in walk.plan(LOOK_FORS).sentences:
        if sentence.by == "rules":
            bare = re.sub(r"“[^”]*”", "", sentence.text)
            assert not BANNED.search(bare), bare
            assert re.search(r"[.?]”?$", sentence.text), sentence.text
            assert sentence.text[0].isupper() or sentence.text[0].isdigit(), sentence.text


def test_every_move_a_teacher_can_try_has_its_line_and_every_reason_its_question() -> None:
    for_observers = {"return_when_planned"}
    offered = {move.id for moves in MOVES.values() for move in moves} - for_observers
    assert offered == set(MOVE_LINES)
    assert set(QUESTIONS) == set(MOVES)


def test_our_own_lines_keep_to_the_voice() -> None:
    questions = [line for lines in QUESTIONS.values() for line in lines] + list(TALK_QUESTIONS)
    assert all(line.endswith("?") for line in questions)
    assert all(line.endswith(".") for line in MOVE_LINES.values())
    for line in (*questions, *MOVE_LINES.values()):
        assert not BANNED.search(line), line


def test_the_phrases_on_the_shelf_keep_to_the_voice() -> None:
    names = ("strength_phrase", "step_phrase", "question_phrase")
    sets = [yaml.safe_load(path.read_text(encoding="utf-8")) for path in FRAMEWORKS.glob("*.yaml")]
    phrases = [
        (one["key"], one[name])
        for each in sets
        for one in each.get("look_fors", [])
        for name in names
        if one.get(name)
    ]
    assert len(phrases) > 60
    for key, phrase in phrases:
        assert not BANNED.search(phrase), (key, phrase)
