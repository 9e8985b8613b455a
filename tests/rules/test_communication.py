"""The communication kit: every audience, plain words, nothing that we ask others to avoid."""

import re

import pytest

from rules.communication import AUDIENCES, TEXTS, Text

PROGRAMS = re.compile(r"crosswalk|danielson|core four|google|i-ready|khan|lexia", re.IGNORECASE)
JARGON = re.compile(r"\b(walkthroughs?|look-fors?|blended|pedagog\w*|frameworks?|metrics?)\b", re.I)


@pytest.mark.parametrize("audience", AUDIENCES)
def test_each_audience_has_a_text_of_a_page_and_words_to_use_and_to_avoid(audience: str) -> None:
    text = TEXTS[audience]
    assert text.title
    assert 4 <= len(text.paragraphs) <= 8
    assert all("\n" not in part for part in text.paragraphs)
    assert len(text.words_to_use) >= 3
    assert len(text.words_to_avoid) >= 3
    assert len(text.body) <= 2600


@pytest.mark.parametrize("audience", AUDIENCES)
def test_no_text_names_a_program_or_raises_its_voice(audience: str) -> None:
    text = TEXTS[audience]
    assert not PROGRAMS.search(text.body)
    assert "!" not in text.body
    assert not re.search(r"['\"]", text.body + text.say + text.avoid)


def test_families_read_no_jargon() -> None:
    families = TEXTS["families"]
    assert not JARGON.search(families.title + families.body)
    longest = max(re.split(r"[.?]\s", families.body), key=lambda part: len(part.split()))
    assert len(longest.split()) <= 32, longest


def test_what_a_district_writes_is_parted_where_it_left_a_line_empty() -> None:
    text = Text("Why", "One.\n\n\nTwo\nlines.", " a \n\nb", "")
    assert text.paragraphs == ("One.", "Two\nlines.")
    assert text.words_to_use == ("a", "b")
    assert text.words_to_avoid == ()
