"""What must hold of the discourse check for any visit."""

from dataclasses import replace
from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st

from rules.discourse import (
    CATEGORIES,
    VERDICT_WORDS,
    CheckInput,
    check,
    judge_sweeps,
    lean,
    parse_input,
)
from rules.discourse.words import explain

BETTER = {"displaced": 0, "at_risk": 1, "preserved": 2}
few = settings(max_examples=40, deadline=None)


@st.composite
def counts(draw: st.DrawFn, total: int) -> dict[str, int]:
    """`total` students cut into the seven categories."""
    cuts = sorted(draw(st.lists(st.integers(0, total), min_size=6, max_size=6)))
    ends = zip([0, *cuts], [*cuts, total], strict=True)
    shuffled = draw(st.permutations(CATEGORIES))
    return {name: end - start for name, (start, end) in zip(shuffled, ends, strict=True)}


@st.composite
def visits(draw: st.DrawFn, *, over: int = 1) -> CheckInput:
    n = draw(st.integers(3, 32))
    sweeps = []
    for i in range(draw(st.integers(1, 5))):
        total = draw(st.integers(max(1, n * 3 // 4), n + over))
        sweeps.append((i * 120 + draw(st.integers(0, 110)), draw(counts(total))))
    structure = draw(st.sampled_from([None, "partner_task", "seminar"]))
    groups = draw(st.sampled_from([(), (n,), (4,) * (n // 4 or 1), (1,) * n]))
    return CheckInput(
        n=n,
        sweeps=tuple(sweeps),
        structure=structure,
        uptake=draw(st.sampled_from([0, 0, 2])),
        groups=groups,
        planned=draw(st.sampled_from([None, None, "10:40"])),
    )


def with_counts(visit: CheckInput, change: Any) -> CheckInput:
    return replace(visit, sweeps=tuple((s[0], change(dict(s[1])), *s[2:]) for s in visit.sweeps))


@few
@given(visits())
def test_the_answer_is_whole_and_can_be_read_back(visit: CheckInput) -> None:
    reading = check(visit)
    assert reading.verdict in VERDICT_WORDS
    assert reading.reasons or reading.verdict == "preserved"
    assert reading.explain == explain(reading)
    assert sum(reading.counts.values()) == reading.student_moments
    for share in reading.shares.values():
        assert share is None or 0 <= share <= 1
    assert check(parse_input(visit.as_dict())) == reading


@few
@given(visits(), st.randoms(use_true_random=False))
def test_the_order_of_sweeps_in_the_list_does_not_matter(visit: CheckInput, draw: Any) -> None:
    shuffled = list(visit.sweeps)
    draw.shuffle(shuffled)
    assert check(replace(visit, sweeps=tuple(shuffled))) == check(visit)


@few
@given(visits())
def test_quiet_and_other_may_change_places(visit: CheckInput) -> None:
    def swap(of: dict[str, int]) -> dict[str, int]:
        return of | {"quiet": of["other"], "other": of["quiet"]}

    assert check(with_counts(visit, swap)).expected() == check(visit).expected()


@few
@given(visits())
def test_headphones_and_device_may_change_places_without_changing_the_verdict(
    visit: CheckInput,
) -> None:
    def swap(of: dict[str, int]) -> dict[str, int]:
        return of | {"device": of["headphones"], "headphones": of["device"]}

    swapped, reading = check(with_counts(visit, swap)), check(visit)
    assert (swapped.verdict, swapped.confidence) == (reading.verdict, reading.confidence)
    assert swapped.shares["solo_device_share"] == reading.shares["solo_device_share"]


@few
@given(visits(over=0), st.integers(2, 5))
def test_a_room_k_times_as_large_has_the_same_shares(visit: CheckInput, k: int) -> None:
    assert visit.n is not None
    larger = with_counts(visit, lambda of: {name: k * count for name, count in of.items()})
    larger = replace(larger, n=k * visit.n, groups=())
    reading, enlarged = check(replace(visit, groups=())), check(larger)
    assert enlarged.shares == reading.shares
    assert enlarged.student_moments == k * reading.student_moments
    assert (enlarged.verdict, enlarged.reasons) == (reading.verdict, reading.reasons)


@few
@given(visits(), st.data())
def test_moving_students_from_devices_to_talk_never_makes_the_verdict_worse(
    visit: CheckInput, data: st.DataObject
) -> None:
    source = data.draw(st.sampled_from(["device", "headphones"]))
    share = data.draw(st.integers(1, 100))

    def talk(of: dict[str, int]) -> dict[str, int]:
        moved = of[source] * share // 100
        return of | {source: of[source] - moved, "peer": of["peer"] + moved}

    better, before = check(with_counts(visit, talk)), check(visit)
    if before.verdict in BETTER:
        assert BETTER[better.verdict] >= BETTER[before.verdict]
    else:
        assert better.verdict in (before.verdict, "preserved")


@few
@given(visits(), st.data())
def test_a_later_sweep_never_uncounts_an_earlier_one(
    visit: CheckInput, data: st.DataObject
) -> None:
    assert visit.n is not None
    last = max(sweep[0] for sweep in visit.sweeps)
    later = (last + data.draw(st.integers(1, 200)), data.draw(counts(visit.n)))
    more = replace(visit, sweeps=(*visit.sweeps, later))
    assert judge_sweeps(more)[:-1] == judge_sweeps(visit)


@few
@given(visits(), st.data())
def test_a_sweep_that_cannot_count_changes_nothing(visit: CheckInput, data: st.DataObject) -> None:
    assert visit.n is not None
    total = data.draw(st.sampled_from([visit.n // 2, visit.n + 2]))
    moment = data.draw(st.integers(0, 700))
    more = replace(visit, sweeps=(*visit.sweeps, (moment, data.draw(counts(total)))))
    assert check(more) == check(visit)


@few
@given(visits())
def test_a_reading_leans_only_where_evidence_is_missing(visit: CheckInput) -> None:
    leaning, reading = lean(visit), check(visit)
    assert (leaning is not None) == (
        reading.verdict == "not_enough_evidence" and reading.valid_sweeps > 0
    )
    if leaning is not None:
        assert leaning.for_now
        assert leaning.verdict in BETTER


@few
@given(visits(), st.sampled_from(["assessment", "silent_by_design", "transition_only"]))
def test_right_quiet_is_never_judged(visit: CheckInput, phase: str) -> None:
    assert check(replace(visit, phase=phase)).verdict == "not_applicable"


@few
@given(st.integers(5, 30), st.integers(0, 100), st.integers(0, 40))
def test_uptake_or_a_plan_keeps_a_device_room_from_being_displaced(
    n: int, in_headphones: int, writing: int
) -> None:
    quiet = n * writing // 100
    headphones = (n - quiet) * in_headphones // 100
    counted = {"quiet": quiet, "headphones": headphones, "device": n - quiet - headphones}
    silent = CheckInput(n=n, sweeps=tuple((i * 150, counted) for i in range(3)))
    assert check(silent).verdict == "displaced"
    assert check(replace(silent, uptake=1)).verdict == "at_risk"
    planned = check(replace(silent, planned="10:40"))
    assert planned.verdict == "at_risk"
    assert planned.reasons[-1] == "planned_not_seen"
