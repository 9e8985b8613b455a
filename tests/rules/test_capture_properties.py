"""What must hold of the fold for any events whatever."""

from random import Random
from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st

from rules.capture import EVENT_KINDS, MARKS, check_input, fold
from rules.discourse import CATEGORIES, check, judge_sweeps
from tests.rules import drawn

few = settings(max_examples=40, deadline=None)
seeds = st.integers(0, 2**32)

anything = st.recursive(
    st.sampled_from([None, True, False, 0, 7, -1, 2**70, 0.5, -0.0, 1e300, "", " ", "text", "seen"])
    | st.just(float("nan"))
    | st.just(float("inf")),
    lambda inner: (
        st.lists(inner, max_size=3)
        | st.dictionaries(st.sampled_from(["peer", "text", "x"]), inner, max_size=3)
    ),
    max_leaves=5,
)
KEYS = (
    *("look_for", "mark", "counts", "present", "began_at", "sizes", "note", "text", "student"),
    *("event", "purpose", "sets", "focus", "verdict", "reason", "structure", "component", "none"),
    *("phase", "discourse_goal", "planned_talk_at", "look_fors", "slot", "level", "speaker"),
)


def drawn_walk(seed: int) -> list[Any]:
    return [drawn.as_event(event) for event in drawn.walk(Random(seed))]


@few
@given(seeds, st.randoms(use_true_random=False))
def test_the_fold_is_commutative_and_idempotent(seed: int, draw: Random) -> None:
    events = drawn_walk(seed)
    expected = fold(events)
    shuffled = [*events, *draw.choices(events, k=len(events))] if events else []
    draw.shuffle(shuffled)
    assert fold(shuffled) == expected


@few
@given(
    st.lists(
        st.tuples(
            st.sampled_from(sorted(EVENT_KINDS)),
            st.dictionaries(st.sampled_from(KEYS), anything, max_size=6),
        ),
        max_size=8,
    )
)
def test_no_data_makes_the_fold_raise(given_: list[tuple[str, dict[str, Any]]]) -> None:
    at = "2026-11-21T10:00:00Z"
    events = [
        drawn.as_event(
            {"id": str(i), "device": "p", "seq": i, "at": at, "kind": kind, "data": data}
        )
        for i, (kind, data) in enumerate(given_)
    ]
    observed = fold(events)
    check(check_input(observed))
    assert len(observed.sweeps) <= len(events)


@few
@given(seeds)
def test_what_was_observed_is_well_formed(seed: int) -> None:
    observed = fold(drawn_walk(seed))
    assert all(mark.mark in MARKS for mark in observed.marks)
    assert len({mark.look_for for mark in observed.marks}) == len(observed.marks)
    for mark in observed.marks:
        assert (len(mark.taps) > 0) == (mark.mark == "seen")
    for number, sweep in enumerate(observed.sweeps, start=1):
        assert sweep.number == number
        assert tuple(sweep.counts) == CATEGORIES
        assert sweep.counted == (sweep.note == "")
    assert [note.at for note in observed.notes] == sorted(note.at for note in observed.notes)


@few
@given(seeds)
def test_the_sweeps_shown_as_counting_are_those_the_check_counts(seed: int) -> None:
    observed = fold(drawn_walk(seed))
    counted = [sweep.counted for sweep in observed.sweeps]
    given_ = check_input(observed)
    assert [outcome == "valid" for outcome in judge_sweeps(given_)] == counted
    assert check(given_).valid_sweeps == sum(counted)


@few
@given(seeds)
def test_undoing_the_last_event_gives_back_what_was_before(seed: int) -> None:
    draw = Random(seed)
    events = [event for event in drawn_walk(seed) if event.kind != "undone"]
    at = "2026-11-21T11:00:00Z"
    kind = draw.choice([kind for kind in EVENT_KINDS if kind != "undone"])
    late = {"id": "late", "device": "p", "seq": 1, "at": at, "kind": kind}
    data = {"look_for": "BL01", "mark": "seen", "note": "n1", "text": "late", "present": 9}
    undo = late | {"id": "undo", "seq": 2, "kind": "undone", "data": {"event": "late"}}
    both = [*events, drawn.as_event(late | {"data": data}), drawn.as_event(undo)]
    before, after = fold(events).as_dict(), fold(both).as_dict()
    for name in before.keys() - {"first_at", "last_at"}:
        assert after[name] == before[name], name
