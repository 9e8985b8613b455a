"""Each migration goes up and down, with data in the tables, on both databases."""

from __future__ import annotations

import random
from collections.abc import Iterator
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory
from flask import Flask
from flask_migrate import downgrade, upgrade
from sqlalchemy import Connection, delete, inspect, text

from config import HERE
from models.base import db
from models.everything import metadata
from models.feedback import Feedback, Reply
from models.trends.fact import Fact
from rules.trends import same_day
from tests import cast as players
from tests.cast import named
from tests.conftest import Theatre
from tests.models.test_trends_counting import World

CHICAGO = ZoneInfo("America/Chicago")
STEPS = [script.revision for script in ScriptDirectory(HERE / "migrations").walk_revisions()][::-1]


@pytest.fixture
def app_with_data(theatre: Theatre) -> Iterator[Flask]:
    """The cast’s rows, and the schema put right again for the tests that follow."""
    theatre.put_on("cast")
    with theatre.app.app_context():
        yield theatre.app
        db.session.remove()
        upgrade()


def differences(connection: Connection) -> list[object]:
    """What autogenerate would still change."""
    return list(compare_metadata(MigrationContext.configure(connection), metadata))


def test_the_newest_schema_is_exactly_what_the_models_say(app: Flask) -> None:
    with db.engine.connect() as connection:
        assert differences(connection) == []


def counted(connection: Connection) -> list[Any]:
    """What trends know of every visit."""
    names = ("walkthrough_id", "same_day", "read", "answered", "asked", "yes")
    facts = connection.execute(text(f"SELECT {', '.join(names)} FROM trend_facts ORDER BY 1"))
    marks = connection.execute(text("SELECT * FROM trend_marks ORDER BY 1"))
    more = connection.execute(text("SELECT * FROM trend_answers WHERE asked <> 0 ORDER BY 1, 2"))
    places = connection.execute(text("SELECT * FROM trend_places ORDER BY place"))
    return [[tuple(row) for row in rows] for rows in (facts, marks, more, places)]


def test_answers_of_visits_are_the_same_after_going_down_and_up(app_with_data: Flask) -> None:
    world = World.invent(players.Cast(), random.Random(5))
    hear(world)
    db.session.commit()
    with db.engine.connect() as connection:
        before = counted(connection)
    assert before[2], "nothing was asked beyond the first part"
    downgrade(revision="0010")
    db.engine.dispose()
    upgrade()
    with db.engine.connect() as connection:
        assert counted(connection) == before


def hear(world: World) -> None:
    """Give visits the days and the feedback from which all of it can be read again."""
    for number, fact in enumerate(world.facts):
        at = fact["shared_at"] or fact["started_at"]
        fact["same_day"] = bool(fact["shared_at"]) and same_day(fact["started_at"], at, CHICAGO)
        fact["read"], fact["answered"] = number % 2 == 0, number % 4 == 0
        if number % 3 == 0:
            fact["read"] = fact["answered"] = False
            continue
        feedback = Feedback(
            walkthrough_id=fact["walkthrough_id"],
            made_at=at,
            opened_at=at if fact["read"] else None,
        )
        if fact["answered"]:
            said = {"author_id": fact["teacher_id"], "kind": "reply", "text": "Yes.", "made_at": at}
            feedback.replies = [Reply(**said)]
        db.session.add(feedback)
    db.session.execute(delete(Fact))
    Fact.write(named("district"), world.facts)


def test_every_step_goes_down_with_data_and_up_again(app_with_data: Flask) -> None:
    for step in reversed(range(len(STEPS))):
        downgrade(revision=STEPS[step - 1] if step else "base")
        db.engine.dispose()
    assert set(inspect(db.engine).get_table_names()) <= {"alembic_version"}
    for revision in STEPS:
        upgrade(revision=revision)
    with db.engine.connect() as connection:
        assert differences(connection) == []
    players.enter()
    db.session.commit()
    assert players.Cast().principal.name == "Ms. Holt"
