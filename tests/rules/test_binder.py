"""File names that every system takes, and what a correction changed."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rules.binder import FORBIDDEN, LONGEST, name_of, unlike
from rules.feedback.changes import Change, changes

DAY = date(2026, 10, 13)


@pytest.mark.parametrize(
    ("teacher", "about", "name"),
    [
        ("Okafor", "Math 7", "2026-10-13 Okafor, Math 7.pdf"),
        ("Nuñez-O’Brien", "AP/IB: History?", "2026-10-13 Nuñez-O’Brien, AP IB History.pdf"),
        ("", "", "2026-10-13 feedback.pdf"),
        ("..", ' "*" ', "2026-10-13 feedback.pdf"),
    ],
)
def test_a_file_is_named_for_the_day_and_the_room(teacher: str, about: str, name: str) -> None:
    assert name_of(DAY, teacher, about) == name


@given(st.text(max_size=300), st.text(max_size=300))
def test_any_name_can_be_saved_on_windows(teacher: str, about: str) -> None:
    name = name_of(DAY, teacher, about)
    assert not FORBIDDEN.intersection(name)
    assert all(ord(letter) >= 32 for letter in name)
    assert len(name) <= LONGEST + len(".pdf")
    assert name.startswith("2026-10-13 ")
    assert name.removesuffix(".pdf").strip(" .") == name.removesuffix(".pdf")


def test_two_visits_on_one_day_do_not_share_a_name() -> None:
    taken: set[str] = set()
    names = [unlike(name, taken) for name in ("a.pdf", "A.pdf", "a.pdf", "b.pdf")]
    assert names == ["a.pdf", "A (2).pdf", "a (3).pdf", "b.pdf"]


def test_a_correction_tells_what_it_changed_and_nothing_else() -> None:
    def said(slot: str, text: str) -> dict[str, str]:
        return {"slot": slot, "text": text}

    before = [
        said("strength", "Pairs compared."),
        said("step", "Try it."),
        said("question", "Why?"),
    ]
    after = [
        said("strength", "Pairs compared."),
        said("step", "Keep it."),
        said("discourse", "Talk."),
    ]
    assert changes(before, after) == (
        Change("Talk about the content", "", "Talk."),
        Change("One next step", "Try it.", "Keep it."),
        Change("A question to think about", "Why?", ""),
    )
    assert changes(before, [before[1], before[0], before[2]]) == ()
