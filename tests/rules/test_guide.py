"""The guide: at most twelve look-fors a page, groups whole, and a card as big as it can be."""

from hypothesis import given
from hypothesis import strategies as st

from rules.guide import MOST_A_PAGE, Line, card_size, groups, pages


def line(core_four: str | None = None, words: str = "Students say what they learn") -> Line:
    return Line(words, "Strong.", "3a", "Purpose", core_four)


CODES = st.sampled_from(["flexible", "targeted", "reflection", "data", None])


@given(st.lists(CODES, max_size=60))
def test_no_page_has_more_than_twelve_and_nothing_is_lost(codes: list[str | None]) -> None:
    lines = [line(code, f"Number {number}") for number, code in enumerate(codes)]
    found = pages(lines)
    sizes = [sum(len(group.lines) for group in page) for page in found]
    assert all(0 < size <= MOST_A_PAGE for size in sizes)
    told = [each.statement for page in found for group in page for each in group.lines]
    assert sorted(told) == sorted(each.statement for each in lines)


def test_thirteen_are_two_pages_of_like_length() -> None:
    lines = [line(code) for code in ["flexible"] * 4 + ["targeted"] * 3 + ["reflection"] * 6]
    sizes = [sum(len(group.lines) for group in page) for page in pages(lines)]
    assert sizes == [7, 6]


def test_a_group_longer_than_a_page_goes_on_under_its_heading() -> None:
    lines = [line("data") for _ in range(14)] + [line("flexible")]
    names = [[group.name for group in page] for page in pages(lines)]
    assert names == [
        ["Flexible content and tools", "Data-driven decisions"],
        ["Data-driven decisions"],
    ]


def test_groups_come_in_the_order_of_the_core_four_and_one_alone_has_no_heading() -> None:
    found = groups([line("data"), line(None), line("flexible")])
    assert [group.name for group in found] == [
        "Flexible content and tools",
        "Data-driven decisions",
        "In any part of the lesson",
    ]
    assert [group.name for group in groups([line(None)])] == [""]


def test_the_fewer_look_fors_the_bigger_the_card() -> None:
    sizes = [card_size([line()] * count) for count in (2, 6, 13, 30)]
    assert sizes == sorted(sizes, reverse=True)
    assert sizes[0] == 40
    assert sizes[-1] >= 9
