"""Each migration goes up and down, with data in the tables, on both databases."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory
from flask import Flask
from flask_migrate import downgrade, upgrade
from sqlalchemy import Connection, inspect

from config import HERE
from models.base import db
from models.everything import metadata
from tests import cast as players
from tests.conftest import Theatre

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
