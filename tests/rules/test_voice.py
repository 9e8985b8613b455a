"""Tickets are told apart and read again; answers are counted, and told only where nobody shows."""

from __future__ import annotations

import itertools
import random
from dataclasses import fields

import pytest

from rules.room import LETTERS
from rules.voice import (
    ANSWERS,
    FEWEST,
    LENGTH,
    QUESTIONS,
    Tally,
    draw,
    interests,
    read,
    results,
    spaced,
    three,
    told,
    words_for,
)
from rules.voice.ticket import SPACE

KEY = b"the key of one sheet"


def tally(*students: dict[str, str]) -> Tally:
    made = Tally()
    for one in students:
        made = made.plus(one)
    return made


def test_a_ticket_is_nine_letters_that_are_read_however_they_are_typed() -> None:
    ticket = draw(KEY, 3)
    assert len(ticket) == LENGTH
    assert set(ticket) <= set(LETTERS)
    typed = f" {ticket[:3].lower()}-{ticket[3:6]} {ticket[6:].lower()}"
    assert read(typed) == read(spaced(ticket)) == ticket


def test_tickets_of_a_sheet_differ_and_follow_from_its_key_alone() -> None:
    sheet = [draw(KEY, number) for number in range(60)]
    assert len(set(sheet)) == 60
    assert sheet == [draw(KEY, number) for number in range(60)]
    assert not set(sheet) & {draw(b"another key", number) for number in range(60)}
    assert SPACE > 2**33


def test_any_one_wrong_letter_is_noticed() -> None:
    ticket = draw(KEY, 0)
    for at, letter in itertools.product(range(LENGTH), LETTERS):
        typed = ticket[:at] + letter + ticket[at + 1 :]
        assert (read(typed) == ticket) == (typed == ticket)
        assert read(typed) in (ticket, None)


@pytest.mark.parametrize("typed", ["", "BCD", "A" * 9, "BCDFGHJKMN", "😀" * 9, "null\x00byte"])
def test_what_is_no_ticket_is_read_as_none(typed: str) -> None:
    assert read(typed) is None


def test_a_tally_is_the_same_in_whatever_order_students_answer() -> None:
    students = [
        {question: random.Random(place).choice(ANSWERS) for question in QUESTIONS}
        for place in range(30)
    ]
    there, back = tally(*students), tally(*reversed(students))
    assert there == back
    assert there.packed() == back.packed()
    assert Tally.unpacked(there.packed()) == there


def test_every_tally_takes_as_many_bytes() -> None:
    assert len(Tally().packed()) == len(tally(*[{"now": "clear"}] * 60).packed()) == 26


def test_fewer_than_five_tell_nothing_at_all() -> None:
    mixed = [{"now": answer} for answer in ("clear", "clear", "partly", "not_yet")]
    assert results(tally(*mixed)) is None
    found = results(tally(*mixed, {"now": "partly"}))
    assert found is not None
    assert found.told == {"now": {"clear": 2, "partly": 2, "not_yet": 1}}


@pytest.mark.parametrize(
    ("counts", "shown"),
    [
        ((24, 0, 0), False),  # each of them said so
        ((23, 1, 0), False),  # the one who did not knows what all others said
        ((22, 1, 1), True),
        ((22, 2, 0), True),
        ((2, 1, 1), False),  # four
        ((3, 1, 1), True),
        ((4, 1, 0), False),
        ((0, 0, 0), False),
    ],
)
def test_all_alike_and_all_but_one_stay_hidden(
    counts: tuple[int, int, int], *, shown: bool
) -> None:
    assert told(dict(zip(ANSWERS, counts, strict=True))) is shown


def test_a_question_that_few_answered_is_hidden_among_others_that_are_told() -> None:
    students = [{"now": answer} for answer in ("clear", "partly") * 3]
    students[0]["how"] = "clear"
    found = results(tally(*students))
    assert found is not None
    assert set(found.told) == {"now"}
    assert [(one.key, one.total) for one in three(found.told)] == [
        ("now", 6),
        ("going", 0),
        ("how", 0),
    ]


def test_interests_never_stand_alone() -> None:
    said = {"interests": dict.fromkeys(ANSWERS, 3)}
    assert interests(said, []) is None
    both = interests(said, ["a look-for that was marked"])
    assert both is not None
    assert both.counts == (("Yes", 3), ("A little", 3), ("Not yet", 3))


def test_both_languages_say_everything() -> None:
    english, spanish = words_for("en", None), words_for("es", None)
    for field in fields(english):
        one, other = getattr(english, field.name), getattr(spanish, field.name)
        assert one != other, field.name
        assert one, field.name
        assert other, field.name
    assert list(english.questions) == list(spanish.questions) == list(QUESTIONS)
    for question in QUESTIONS:
        for said in (english, spanish):
            assert [code for code, _ in said.answers_to(question)] == list(ANSWERS)


def test_a_language_is_the_one_asked_for_else_that_of_the_browser_else_english() -> None:
    assert words_for("es", "en").lang == "es"
    assert words_for("", "es").lang == "es"
    assert words_for("tlh", None).lang == "en"
    assert FEWEST == 5
