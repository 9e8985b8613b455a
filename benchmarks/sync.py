"""Times /sync and what phones fetch against raw drivers, SQLAlchemy Core and bare Flask."""

from __future__ import annotations

import argparse
import gzip
import json
import random
import sqlite3
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from datetime import UTC, datetime
from pathlib import Path
from typing import Any
from uuid import UUID

import psycopg
from flask import Flask
from psycopg.types.json import Jsonb
from sqlalchemy import Engine, create_engine

from benchmarks.kit import ruler
from benchmarks.kit.bare import bare_flask
from benchmarks.kit.client import packed
from benchmarks.kit.database import KINDS, Database, lent
from benchmarks.kit.school import PASSWORD, Stage, build, give_passwords
from benchmarks.kit.visits import Body, visit
from benchmarks.kit.wsgi import call
from blueprints.kit.transaction import writing
from models.base import WRITES, db, insert_new, new_id
from models.event import Event, body_digest
from models.sign_in import HASHER
from models.walkthrough import Walkthrough
from rules.events import read_event

BATCH = 60
BATCHES = 10
PAGES = 20
"""In one act."""
AT = datetime(2026, 10, 13, 15, 4, tzinfo=UTC)
COLUMNS = (
    *("id", "walkthrough_id", "author_id", "device", "seq", "at", "elapsed_ms", "kind", "data"),
    *("digest", "received_at"),
)
Row = dict[str, Any]


def fresh_rows(stage: Stage, walk: UUID, chance: random.Random) -> list[Row]:
    """Sixty checked events, ready to be stored."""
    observer = stage.observers[0]
    events = [e for _ in range(2) for e in visit(stage, observer, BATCH // 2, chance).events]
    return [_row(event, walk, UUID(observer.id)) for event in events]


def _row(event: Body, walk: UUID, author: UUID) -> Row:
    seen = read_event(event)
    values = (
        *(seen.id, walk, author, seen.device, seen.seq, seen.at, seen.elapsed_ms, seen.kind),
        *(seen.data, body_digest(seen.body), AT),
    )
    return dict(zip(COLUMNS, values, strict=True))


@contextmanager
def raw(database: Database) -> Iterator[Callable[[list[Row]], None]]:
    """The driver alone: the least that could do the same work."""
    names, marks = ", ".join(COLUMNS), ", ".join("?" for _ in COLUMNS)
    order = f"INSERT INTO events ({names}) VALUES ({marks}) ON CONFLICT DO NOTHING"
    if database.kind == "sqlite":
        path = database.url.removeprefix("sqlite:///")
        with closing(sqlite3.connect(path, isolation_level=None)) as connection:
            for pragma in ("journal_mode=WAL", "synchronous=FULL", "foreign_keys=ON"):
                connection.execute(f"PRAGMA {pragma}")
            yield lambda rows: _raw_sqlite(connection, order, rows)
        return
    with psycopg.connect(database.url.replace("+psycopg", "")) as server:
        yield lambda rows: _raw_postgresql(server, order.replace("?", "%s"), rows)


def _raw_sqlite(connection: sqlite3.Connection, order: str, rows: list[Row]) -> None:
    connection.execute("BEGIN IMMEDIATE")
    connection.executemany(order, [tuple(map(_plain, row.values())) for row in rows])
    connection.execute("COMMIT")


def _plain(value: Any) -> Any:
    if isinstance(value, UUID):
        return value.bytes
    if isinstance(value, datetime):
        return value.strftime("%Y-%m-%d %H:%M:%S.%f")
    return json.dumps(value) if isinstance(value, dict) else value


def _raw_postgresql(server: psycopg.Connection, order: str, rows: list[Row]) -> None:
    with server.cursor() as cursor:
        cursor.executemany(
            order.encode(),
            [[Jsonb(v) if isinstance(v, dict) else v for v in row.values()] for row in rows],
        )
    server.commit()


def core(engine: Engine, stage: Stage, rows: list[Row]) -> None:
    """SQLAlchemy without its objects."""
    with stage.app.app_context():
        order = insert_new(Event)
    with engine.connect().execution_options(**WRITES) as connection, connection.begin():
        connection.execute(order, rows)


def ours(rows: list[Row]) -> None:
    """As the product does it, inside an app context."""
    writing()
    Event.keep(rows)
    db.session.commit()


def inserting(database: Database, stage: Stage) -> list[list[str]]:
    """Rates of the three ways to insert, and of the whole of /sync."""
    chance = random.Random(1)
    walk = a_walk(stage)
    engine = create_engine(database.url)

    def many(store: Callable[[list[Row]], None]) -> Callable[[], None]:
        ready = [fresh_rows(stage, walk, chance) for _ in range(BATCHES * (ruler.ROUNDS + 1))]
        return ruler.repeated(lambda: store(ready.pop()), BATCHES)

    with raw(database) as driver, stage.app.app_context():
        seconds = ruler.in_turn(
            many(driver),
            many(lambda rows: core(engine, stage, rows)),
            many(ours),
            whole_sync(stage, chance),
        )
    engine.dispose()
    rates = [BATCH * BATCHES / each for each in seconds]
    names = ("raw driver (floor)", "SQLAlchemy Core", "ours, inserting", "the whole of /sync")
    share = 0.7 if database.kind == "sqlite" else 0.85
    goals = (
        ("", ""),
        (_ratio(rates[1] / rates[0]), ""),
        (_ratio(rates[2] / rates[0]), ruler.verdict(rates[2] / rates[0], at_least=share)),
        (f"{rates[3] / rates[1]:.2f} Core", ruler.verdict(rates[3] / rates[1], at_least=0.35)),
    )
    return [
        [f"{name}, {database.kind}", f"{rate:,.0f}/s", *goal]
        for name, rate, goal in zip(names, rates, goals, strict=True)
    ]


def _ratio(value: float) -> str:
    return f"{value:.2f} raw"


def a_walk(stage: Stage) -> UUID:
    """A visit that events may hang on."""
    with stage.app.app_context():
        walk = Walkthrough(
            id=new_id(), observer_id=UUID(stage.observers[0].id), sets=[], received_at=AT
        )
        db.session.add(walk)
        db.session.commit()
        return walk.id


def whole_sync(stage: Stage, chance: random.Random) -> Callable[[], None]:
    """Two whole visits a batch through the app, from the bytes of the request to the answer’s."""
    observer = stage.observers[0]

    def batch() -> bytes:
        events = [e for _ in range(2) for e in visit(stage, observer, BATCH // 2, chance).events]
        return packed(observer, "phone-1", events)

    ready = [batch() for _ in range(BATCHES * (ruler.ROUNDS + 1))]

    def send() -> None:
        answer = call(stage.app, "POST", "/sync", ready.pop(), observer.cookie)
        assert answer.body.count(b'"stored"') == BATCH, answer.body[:500]

    return ruler.repeated(send, BATCHES)


def page(stage: Stage, kind: str) -> list[str]:
    """The People page, signed in, against the same page in bare Flask."""
    cookie = stage.observers[0].cookie
    plain = bare_flask(stage.app, nav_of(stage.app, cookie))
    mine = call(stage.app, "GET", "/people", cookie=cookie)
    theirs = call(plain, "GET", "/people", cookie=cookie)
    assert mine.body == theirs.body, "the two pages are not the same"

    def ask(app: Flask) -> Callable[[], None]:
        return ruler.repeated(lambda: call(app, "GET", "/people", cookie=cookie), PAGES)

    ours_, bare = ruler.in_turn(ask(stage.app), ask(plain))
    share = bare / ours_
    name = f"signed-in page, {kind}"
    return [
        name,
        f"{PAGES / ours_:,.0f}/s",
        f"{share:.2f} bare",
        ruler.verdict(share, at_least=0.6),
    ]


def nav_of(app: Flask, cookie: str) -> Any:
    """The navigation as the product’s own context gives it to templates."""
    with app.test_request_context("/people", headers={"Cookie": cookie}):
        app.preprocess_request()
        context: dict[str, Any] = {}
        app.update_template_context(context)
        return context["nav"]


def kit(stage: Stage) -> list[list[str]]:
    """The field kit of a school of sixty teachers."""
    cookie = stage.observers[0].cookie
    whole = call(stage.app, "GET", "/field-kit.json", cookie=cookie, ACCEPT_ENCODING="gzip")
    size = len(whole.body)
    packed_ = "gzip" if whole.headers.get("Content-Encoding") == "gzip" else "NOT COMPRESSED"
    plain = gzip.decompress(whole.body) if packed_ == "gzip" else whole.body
    teachers = len(json.loads(plain)["teachers"])
    again = call(
        stage.app, "GET", "/field-kit.json", cookie=cookie, IF_NONE_MATCH=whole.headers["ETag"]
    )
    return [
        [
            f"field kit, {teachers} teachers",
            f"{size / 1000:.1f} kB",
            packed_,
            ruler.verdict(size / 1000, at_most=40),
        ],
        ["field kit, unchanged", str(again.status), "", "met" if again.status == 304 else "MISSED"],
    ]


def sign_in(stage: Stage) -> list[str]:
    """Signing in against the one hash it must cost."""
    give_passwords(stage)
    kept = HASHER.hash(PASSWORD)
    body = json.dumps({"email": stage.observers[0].email, "password": PASSWORD}).encode()

    def enter() -> None:
        assert call(stage.app, "POST", "/sign-in", body).status == 200

    whole, one = ruler.in_turn(enter, lambda: HASHER.verify(kept, PASSWORD))
    cost = f"{whole / one:.2f} hash"
    return ["sign-in", f"{whole * 1e3:.0f} ms", cost, ruler.verdict(whole / one, at_most=1.5)]


def main() -> None:
    """Print one table."""
    asked = argparse.ArgumentParser(description=__doc__)
    asked.add_argument("--database", choices=KINDS, action="append")
    kinds = asked.parse_known_args()[0].database or KINDS
    rows: list[list[str]] = []
    for kind in kinds:
        with lent(kind) as database:
            stage = build(Path(database.folder), database.url, observers=2, teachers=60)
            rows += inserting(database, stage)
            rows.append(page(stage, kind))
            if kind == kinds[0]:
                rows += [*kit(stage), sign_in(stage)]
    print(f"batches of {BATCH} events, medians of {ruler.ROUNDS}, in turns; {ruler.busy()}")
    ruler.table(("", "", "ratio", "goal"), rows)


if __name__ == "__main__":
    main()
