"""Coaching never reaches evaluation: whoever is not in it cannot tell two worlds apart.

Both worlds hold the same coaching visits (teacher, coach, day) and differ in everything else about
them: how many on that day, what was tapped, what was written, kept, agreed, planned and closed.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from datetime import datetime
from uuid import UUID

import pytest
from sqlalchemy import func, select

import models.field_kit
from models.base import db
from models.person import Person
from models.walkthrough import Walkthrough
from tests.cast import Cast
from tests.conftest import Theatre
from tests.page import Visitor
from tests.trust.confidence import loud, quiet, rows_of_coaching
from tests.trust.crawl import Answer, Browser, addresses, crawl, print_nothing, stop_the_clock
from tests.trust.paths import in_the_open

Visit = Callable[..., Visitor]
World = Callable[[Visit, Cast], None]

pytestmark = [pytest.mark.only_sqlite, pytest.mark.long]
OUTSIDE = (
    *("principal", "lead", "administrator", "other_coach", "colleague"),
    *("stranger", "strangers_teacher"),
)


class Stage:
    """One set of people and open visits, on which a world is built anew each time."""

    def __init__(self, theatre: Theatre, visit: Visit, cast: Cast) -> None:
        self.theatre, self.visit, self.cast = theatre, visit, cast
        self.open = in_the_open(visit, cast)
        everybody = {part: getattr(cast, part) for part in OUTSIDE} | {"nobody": None}
        self.browsers = [Browser(theatre.app, part, who) for part, who in everybody.items()]
        self.paths: list[str] = []
        theatre.store("before coaching")

    def play(self, world: World) -> dict[tuple[str, str], Answer]:
        """Build a world and look at all of it."""
        self.theatre.put_on("before coaching")
        world(self.visit, self.cast)
        if not self.paths:  # the loud one comes first: only it has rows to guess at
            hidden = rows_of_coaching(self.cast)
            rows = [self.open | hidden, hidden | self.open]
            self.paths = list(addresses(self.theatre.app, rows))
        return crawl(self.browsers, self.paths)


@pytest.fixture
def stage(theatre: Theatre, visit: Visit, cast: Cast, monkeypatch: pytest.MonkeyPatch) -> Stage:
    """People, open visits and signed-in browsers, with the clock held."""
    stop_the_clock(monkeypatch)
    print_nothing(monkeypatch)
    return Stage(theatre, visit, cast)


def told_apart(stage: Stage) -> list[str]:
    """Where somebody outside can tell the two worlds apart."""
    one, other = stage.play(loud), stage.play(quiet)
    _is_let_in(stage, one)
    return [
        f"{part} at {path}" for (part, path), answer in one.items() if answer != other[part, path]
    ]


def _is_let_in(stage: Stage, answers: dict[tuple[str, str], Answer]) -> None:
    """A crawl that is refused everywhere would find nothing to tell apart."""
    opened = {path for (_, path), (status, _, _) in answers.items() if status == 200}
    assert {"/", "/walkthroughs", "/people?find=oka", "/field-kit.json", "/steps"} <= opened
    assert all(status < 500 for status, _, _ in answers.values())
    told = answers["principal", f"/people/{stage.cast.teacher.id}"][2]
    assert told.count(b"coaching visit") == 1


def test_nobody_outside_a_coaching_can_tell_what_is_in_it(stage: Stage) -> None:
    assert told_apart(stage) == []


def test_a_count_of_coaching_visits_would_be_noticed(
    stage: Stage, monkeypatch: pytest.MonkeyPatch
) -> None:
    def everybodys(_: Person, ids: Iterable[UUID]) -> dict[UUID, tuple[datetime, int]]:
        rows = db.session.execute(
            select(Walkthrough.teacher_id, func.max(Walkthrough.started_at), func.count())
            .where(Walkthrough.teacher_id.in_(list(ids)))
            .group_by(Walkthrough.teacher_id)
        )
        return {teacher: (last, count) for teacher, last, count in rows if teacher}

    stage.browsers = [one for one in stage.browsers if one.part == "principal"]
    monkeypatch.setattr(models.field_kit, "last_visits", everybodys)
    assert "principal at /field-kit.json" in told_apart(stage)
