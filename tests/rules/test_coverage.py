"""Coverage: a decision holds a component as a look-for does, and a visit counts once."""

from rules.coverage import Decision, Part, Sightings, coverage

TREE = (
    Part("d", None, "3", "Instruction"),
    Part("a", "d", "3a", "Purpose"),
    Part("b", "d", "3b", "Discussion", discourse_linked=True),
    Part("c", "d", "3c", "Engagement"),
)
REFRAIN = Decision("b", "refrain", "Fractions", "Talk first.", "Lincoln")
BALANCE = Decision("c", "balance", "", "Half on paper.")


def test_headings_are_not_counted_unless_something_is_tied_to_them() -> None:
    assert [row.part.id for row in coverage(TREE, [], []).rows] == ["a", "b", "c"]
    assert [row.part.id for row in coverage(TREE, [("BL01", "d")], []).rows] == [*"dabc"]


def test_a_component_left_unblended_on_purpose_is_held_and_never_open() -> None:
    found = coverage(TREE, [("BL01", "a")], ["BL01"], [REFRAIN])
    assert [row.part.id for row in found.held] == ["a", "b"]
    assert [row.part.id for row in found.open] == ["c"]
    assert [row.part.id for row in found.on_purpose] == ["b"]


def test_without_the_decision_the_same_component_is_open() -> None:
    assert [row.part.id for row in coverage(TREE, [("BL01", "a")], ["BL01"]).open] == ["b", "c"]


def test_protecting_counts_and_balancing_does_not_because_a_part_is_blended() -> None:
    protect = Decision("a", "protect", "", "It works.")
    found = coverage(TREE, [], [], [protect, BALANCE])
    assert [row.part.id for row in found.held] == ["a"]
    assert found.open[-1].decisions == (BALANCE,)


def test_look_fors_without_a_component_are_named() -> None:
    assert coverage(TREE, [("BL01", "a")], ["BL01", "BL02"]).loose == ("BL02",)


def test_a_visit_in_which_two_look_fors_of_a_component_were_seen_counts_once() -> None:
    seen = {
        "BL01": (frozenset({"v1", "v2"}), frozenset({"r1"})),
        "BL02": (frozenset({"v2", "v3"}), frozenset({"r1", "r2"})),
    }
    found = coverage(TREE, [("BL01", "a"), ("BL02", "a")], seen, seen=seen)
    assert found.rows[0].seen == Sightings(visits=3, rooms=2)
    assert [row.part.id for row in found.happening] == ["a"]


def test_what_happens_most_often_is_told_first() -> None:
    seen = {
        "BL01": (frozenset({"v1"}), frozenset({"r1"})),
        "BL02": (frozenset({"v1", "v2"}), frozenset({"r1"})),
    }
    found = coverage(TREE, [("BL01", "a"), ("BL02", "c")], seen, seen=seen)
    assert [row.part.id for row in found.happening] == ["c", "a"]


def test_a_decision_says_what_where_and_for_which_unit() -> None:
    assert REFRAIN.words == "Not blended on purpose, in Fractions, Lincoln"
    assert BALANCE.words == "Balanced"
