"""Rescue files: anybody with an account may bring one in, nobody but its author learns of it."""

from __future__ import annotations

import json
from collections.abc import Callable
from io import BytesIO
from typing import Any

import pytest
from sqlalchemy import func, select

from models.base import db, new_id
from models.event import Event
from tests.cast import Cast
from tests.page import Page, Visitor
from tests.sealing import seal, told
from tests.walk import Phone

Visit = Callable[..., Visitor]
WORDS = "They argued about zero"


def rescue_file(visit: Visit, cast: Cast) -> bytes:
    """What a coach’s phone saved."""
    phone = Phone()
    phone.whole_visit(cast, purpose="coaching")
    phone.act("note_written", {"note": "n", "text": WORDS})
    sealed = seal(told(visit(cast.coach)), phone.events)
    return as_file(sealed)


def as_file(*sealed: Any, **changes: Any) -> bytes:
    return json.dumps(
        {"file": "crosswalk-rescue", "version": 1, "sealed": list(sealed)} | changes
    ).encode()


def bring(visitor: Visitor, content: bytes, name: str = "crosswalk-rescue.json") -> Page:
    """Chooses the file and presses the button."""
    return visitor.post("/rescue", {"file": (BytesIO(content), name)})


def events() -> tuple[int, set[Any]]:
    db.session.rollback()
    count = db.session.scalar(select(func.count()).select_from(Event)) or 0
    return count, set(db.session.scalars(select(Event.author_id)))


def test_an_administrator_brings_it_in_and_reads_nothing(visit: Visit, cast: Cast) -> None:
    content = rescue_file(visit, cast)
    administrator = visit(cast.administrator)
    assert bring(administrator, content).status == 302
    page = administrator.get("/rescue")
    assert "1 record arrived, each as its author’s." in page.words
    for told_nobody in (WORDS, "Okafor", "Reyes", "coaching"):
        assert told_nobody not in page.text
    assert WORDS.encode() not in content
    count, authors = events()
    assert authors == {cast.coach.id}
    assert bring(administrator, content).status == 302
    assert events() == (count, authors), "the same file twice changes nothing"


@pytest.mark.parametrize(
    ("content", "words"),
    [
        (b"", "Choose the rescue file."),
        (b"  \n", "That file is empty."),
        (b"\x89PNG\r\n", "That is not a rescue file of Crosswalk."),
        (b"[]", "That is not a rescue file of Crosswalk."),
        (b'{"file": "another"}', "That is not a rescue file of Crosswalk."),
        (as_file({"id": "x" * 100})[:-40], "is cut short or damaged"),
        (as_file(version=2), "written by a newer Crosswalk"),
        (as_file(), "holds no taps"),
        (as_file(*range(2001)), "holds over 2,000 records"),
        (b"[" * 100_000, "That is not a rescue file of Crosswalk."),
    ],
)
def test_a_wrong_file_gets_one_clear_sentence_and_changes_nothing(
    visit: Visit, cast: Cast, content: bytes, words: str
) -> None:
    name = "crosswalk-rescue.json" if content else ""
    page = bring(visit(cast.principal), content, name)
    assert page.status == 422
    assert words in page.words
    assert events()[0] == 0


def test_of_a_file_for_another_school_it_says_why_and_keeps_it(visit: Visit, cast: Cast) -> None:
    phone = Phone()
    phone.whole_visit(cast)
    key = told(visit(cast.principal))
    foreign = seal(key, phone.events, key_id=str(new_id()))
    principal = visit(cast.principal)
    bring(principal, as_file(foreign, seal(key, phone.events)))
    page = principal.get("/rescue")
    assert "1 record arrived" in page.words
    assert "1 record did not arrive in whole." in page.words
    assert "key that this school does not hold" in page.words
    assert events()[0] == len(phone.events)
