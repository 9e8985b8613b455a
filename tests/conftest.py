"""What every test can ask for: an app on each database, the cast, and a visitor who reads pages."""

from __future__ import annotations

import shutil
import sqlite3
from collections.abc import Callable, Iterator
from contextlib import closing
from dataclasses import replace
from pathlib import Path

import pytest
from flask import Flask
from flask_migrate import upgrade

from app import create_app
from config import Settings
from models.base import db
from models.everything import metadata
from tests import cast as players
from tests.cast import Cast
from tests.page import Visitor
from tests.rows import Rows

pytest_plugins = ("tests.postgres", "tests.chromium")

DATABASES = ("sqlite", "postgresql")


def pytest_addoption(parser: pytest.Parser) -> None:
    """`--database sqlite` keeps to one database for a quick look."""
    parser.addoption("--database", choices=(*DATABASES, "both"), default="both")


def pytest_generate_tests(metafunc: pytest.Metafunc) -> None:
    """Every test that touches the database runs on both, but those that look at pages only."""
    if "database" not in metafunc.fixturenames:
        return
    wanted = metafunc.config.getoption("--database")
    kinds = DATABASES if wanted == "both" else (wanted,)
    if metafunc.definition.get_closest_marker("only_sqlite"):
        kinds = ("sqlite",)
    marked = [
        pytest.param(kind, marks=[pytest.mark.postgresql] if kind == "postgresql" else [])
        for kind in kinds
    ]
    metafunc.parametrize("database", marked, scope="session")


@pytest.hookimpl(trylast=True)
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """What takes longest begins first, so that no worker is left alone with it at the end."""
    items.sort(key=lambda item: item.get_closest_marker("long") is None)


class Theatre:
    """One database kind for one test worker: two templates, and a fresh copy for each test."""

    def __init__(self, kind: str, folder: Path, request: pytest.FixtureRequest) -> None:
        self.kind = kind
        self.folder = folder
        self.rows: Rows | None = None
        if kind == "postgresql":
            self.rows = Rows(request.getfixturevalue("postgres"), metadata.tables)
        self.app = create_app(self.settings())
        with self.app.app_context():
            upgrade()
            self.store("bare")
            players.enter()
            db.session.commit()
            self.store("cast")

    def settings(self) -> Settings:
        """Like a real instance, in a folder of its own."""
        found = Settings.from_environment({"CROSSWALK_INSTANCE": str(self.folder)})
        return replace(found, testing=True, database_url=self.url)

    @property
    def url(self) -> str:
        """Where the app finds its database."""
        if self.rows is not None:
            return self.rows.url
        return f"sqlite:///{self.folder / 'crosswalk.db'}"

    def close(self) -> None:
        """Let go of every connection."""
        with self.app.app_context():
            db.session.remove()
            db.engine.dispose()

    def store(self, template: str) -> None:
        """Keep the database as it stands, under a name."""
        self.close()
        if self.rows is None:
            self._copy(template)
        else:
            self.rows.store(template)

    def _copy(self, template: str) -> None:
        """Copy by SQLite’s own hand: what is still in its log comes along."""
        with (
            closing(sqlite3.connect(self.folder / "crosswalk.db")) as here,
            closing(sqlite3.connect(self.folder / template)) as there,
        ):
            here.backup(there)

    def put_on(self, template: str) -> None:
        """Give the app a fresh copy of what was stored."""
        with self.app.app_context():
            db.session.remove()
        if self.rows is not None:
            self.rows.put_back(template)
            return
        self.close()
        for left in self.folder.glob("crosswalk.db*"):
            left.unlink()
        shutil.copyfile(self.folder / template, self.folder / "crosswalk.db")


@pytest.fixture(scope="session")
def theatre(
    database: str, tmp_path_factory: pytest.TempPathFactory, request: pytest.FixtureRequest
) -> Iterator[Theatre]:
    """The database of this worker."""
    stage = Theatre(database, tmp_path_factory.mktemp(database), request)
    yield stage
    stage.close()
    if stage.rows is not None:
        stage.rows.close()


@pytest.fixture
def bare(theatre: Theatre) -> Iterator[Flask]:
    """An app with tables and not one row: a district that starts today."""
    theatre.put_on("bare")
    with theatre.app.app_context():
        yield theatre.app
        db.session.remove()


@pytest.fixture
def app(theatre: Theatre) -> Iterator[Flask]:
    """An app with the cast on its stage."""
    theatre.put_on("cast")
    with theatre.app.app_context():
        yield theatre.app
        db.session.remove()


@pytest.fixture
def cast(app: Flask) -> Cast:
    """The principal, the coach, her teacher, and the others, by name."""
    return Cast()


@pytest.fixture
def visit(app: Flask) -> Callable[..., Visitor]:
    """Somebody at a browser: `visit(cast.principal)`, or `visit()` for nobody yet."""
    return lambda person=None: Visitor(app, person)
