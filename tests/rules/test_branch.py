"""One level of a large framework: the way down, the way up, and finding by words."""

from __future__ import annotations

from dataclasses import dataclass

from rules.framework.branch import MOST_FOUND, Branch


@dataclass(frozen=True)
class One:
    """A component of the test."""

    id: str
    plate: str
    name: str


TOP, STRAND, LEAF = One("a", "1", "Talk"), One("b", "1.1", "Listening"), One("c", "1.1.1", "Pairs")
TREE = {None: [TOP, One("z", "2", "Tools")], "a": [STRAND], "b": [LEAF]}


def test_the_top_says_how_many_parts_each_has() -> None:
    level = Branch.under(TREE, "")
    assert level is not None
    assert [part.id for part in level.parts] == ["a", "z"]
    assert not level.above
    assert level.sizes == {"a": 1, "z": 0}
    assert level.groups == {"a"}


def test_a_level_knows_the_way_up() -> None:
    level = Branch.under(TREE, "b")
    assert level is not None
    assert (level.above, level.parts) == ((TOP, STRAND), (LEAF,))


def test_what_has_no_parts_or_is_unknown_is_no_level() -> None:
    assert Branch.under(TREE, "c") is None
    assert Branch.under(TREE, "None") is None


def test_words_are_found_in_code_and_name_at_any_depth() -> None:
    assert Branch.holding(TREE, "PAIRS 1.1").parts == (LEAF,)
    assert Branch.holding(TREE, "nothing like it").parts == ()


def test_only_the_first_sixty_are_shown_and_the_rest_is_counted() -> None:
    many = {None: [One(str(n), "", f"Part {n}") for n in range(MOST_FOUND + 5)]}
    level = Branch.holding(many, "part")
    assert (len(level.parts), level.more) == (MOST_FOUND, 5)
