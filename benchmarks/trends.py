"""Times trends against DuckDB and against a join over marks, as visits grow."""

from __future__ import annotations

import argparse
import csv
import importlib
import json
import random
import subprocess
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any
from unittest.mock import patch
from uuid import UUID

from sqlalchemy import Connection, Row, create_engine, insert, select, text

from benchmarks.kit import ruler
from benchmarks.kit.database import KINDS, Database, lent
from benchmarks.kit.school import BEGAN, Observer, Stage, build
from benchmarks.kit.wsgi import call
from benchmarks.sync import BATCHES, whole_sync
from blueprints.kit.transaction import writing
from models.base import db, new_id
from models.district import District, School
from models.person import Person
from models.trends.fact import Fact
from models.trends.published import ALL, TrendPeriod, TrendTable
from models.trends.reading import Published
from models.trends.rooms import Rooms
from rules.trends import Limits, Record, answers, term_of

SIZES = (344, 3_440, 10_320)
A_SCHOOL = 3_440
"""Visits of one school, where there are so many."""
MARKS = 30
PAGES = 40
AT_ONCE = 5_000
MONTHS = (*(f"2025-{month:02}" for month in range(8, 13)), *(f"2026-{m:02}" for m in range(1, 8)))
SUBJECTS = ("Mathematics", "English", "Science", "History")
GRADES = ("K to 2", "3 to 5", "6 to 8", "9 to 12")
VERDICTS = ("preserved", "at_risk", "displaced", "not_enough_evidence")
SAID = ("seen", "seen", "not_seen", "not_seen", "in_focus", "no_chance")
TERM = "2026-spring"

CODES = ("seen", "not_seen", "in_focus", "no_chance")
"""A mark as DuckDB keeps it: a number, of which those below three were looked for."""

Fact_ = dict[str, Any]


@dataclass(frozen=True)
class Place:
    """Where the invented facts are: who reads one school of them, and the look-fors in them."""

    stage: Stage
    observer: Observer
    school: str
    keys: tuple[str, ...]


def facts(
    walks: int, stage: Stage, schools: Sequence[UUID], keys: Sequence[str]
) -> Iterator[Fact_]:
    """So many shared visits of a year, the same for the same number."""
    chance = random.Random(walks)
    with stage.app.app_context():
        district = db.session.scalars(select(District.id)).one()
    teachers = {school: [new_id() for _ in range(60)] for school in schools}
    for number in range(walks):
        school, month = chance.choice(schools), chance.choice(MONTHS)
        at = datetime(int(month[:4]), int(month[5:]), 1 + number % 28, 15, tzinfo=UTC)
        yield {
            "walkthrough_id": new_id(),
            "district_id": district,
            "school_id": school,
            "teacher_id": chance.choice(teachers[school]),
            "observer_id": teachers[school][0],
            "class_id": None,
            "subject": chance.choice(SUBJECTS),
            "grade": chance.choice(GRADES),
            "model": "",
            "phase": "work",
            "started_at": at,
            "shared_at": at,
            "month": month,
            "rule_version": "1",
            "verdict": chance.choice(VERDICTS),
            "reasons": [],
            "marks": dict(zip(keys, chance.choices(SAID, k=len(keys)), strict=True)),
        }


def settle(walks: int, stage: Stage, database: Database, file: Path) -> Place:
    """Write facts, a table of their marks, and published tables of their months and terms."""
    with stage.app.app_context():
        school = _school_of(stage.observers[0])
        schools = [school, *_more_schools(max(3, walks // A_SCHOOL) - 1)]
        keys = tuple(sorted(_keys())[:MARKS])
        db.session.rollback()
        counted: Counter[tuple[str, str, str, str]] = Counter()
        yeses: Counter[tuple[str, str, str, str]] = Counter()
        engine = create_engine(database.url)
        with engine.begin() as connection, file.open("w", newline="") as out:
            _trusting(connection)
            rows: list[Fact_] = []
            for fact in facts(walks, stage, schools, keys):
                csv.writer(out).writerow(_flat(fact, keys))
                _count(fact, counted, yeses)
                rows.append(fact)
                if len(rows) == AT_ONCE:
                    connection.execute(insert(Fact), rows)
                    rows = []
            if rows:
                connection.execute(insert(Fact), rows)
            _marks_table(connection)
        engine.dispose()
        writing()
        _publish(counted, yeses)
        db.session.commit()
        db.session.remove()
        db.engine.dispose()
    return Place(stage, stage.observers[0], str(school), keys)


def _school_of(observer: Observer) -> UUID:
    person = db.session.scalars(Person.whole().where(Person.id == UUID(observer.id))).one()
    return person.school_ids()[0]


def _more_schools(count: int) -> list[UUID]:
    district = db.session.scalars(select(District)).one()
    made = [
        School(id=new_id(), district_id=district.id, name=f"School {number}")
        for number in range(count)
    ]
    db.session.add_all(made)
    db.session.commit()
    return [school.id for school in made]


def _keys() -> list[str]:
    rows = db.session.execute(
        text("SELECT s.key, l.key FROM look_fors l JOIN look_for_sets s ON s.id = l.set_id")
    )
    return [f"{shelf}/{key}" for shelf, key in rows]


def _trusting(connection: Connection) -> None:
    """Facts only: the visits and people they name are not there."""
    if connection.dialect.name == "sqlite":
        connection.exec_driver_sql("COMMIT")
        connection.exec_driver_sql("PRAGMA foreign_keys=OFF")
        connection.exec_driver_sql("BEGIN IMMEDIATE")
        return
    connection.exec_driver_sql("SET session_replication_role = replica")


def _marks_table(connection: Connection) -> None:
    """What a design without facts would join: one row a mark, found by its visit."""
    sqlite = connection.dialect.name == "sqlite"
    each = "json_each(f.marks) m" if sqlite else "jsonb_each_text(f.marks) m"
    connection.exec_driver_sql(
        "CREATE TABLE bench_marks AS SELECT f.walkthrough_id AS walk, m.key AS look_for, "
        f"m.value AS mark FROM trend_facts f, {each}"
    )
    connection.exec_driver_sql("CREATE INDEX bench_marks_walk ON bench_marks (walk)")
    connection.exec_driver_sql("ANALYZE")


def _flat(fact: Fact_, keys: Sequence[str]) -> list[str]:
    """The fact as a row of columns, one for each look-for."""
    told = (fact["school_id"], fact["month"], fact["subject"], fact["grade"], fact["verdict"])
    return [*map(str, told), *(str(CODES.index(fact["marks"][key])) for key in keys)]


def _count(fact: Fact_, counted: Counter[Any], yeses: Counter[Any]) -> None:
    said = Record(
        fact["marks"], fact["verdict"], fact["reasons"], same_day=True, read=True, answered=False
    )
    month = fact["month"]
    for question, yes in answers(said):
        for key in (
            (month, ALL, question, ""),
            (term_of(month), ALL, question, ""),
            (term_of(month), "school", question, str(fact["school_id"])),
        ):
            counted[key] += 1
            yeses[key] += yes


def _publish(counted: Counter[Any], yeses: Counter[Any]) -> None:
    """The tables as they are stored; nothing is hidden, which is the most there can be to read."""
    district = db.session.scalars(select(District)).one()
    for period in {key[0] for key in counted}:
        TrendPeriod.claim(district, period, Limits(), at=BEGAN)
    cells: dict[tuple[str, str, str], dict[str, list[int]]] = {}
    for (period, by, question, value), n in counted.items():
        yes = yeses[period, by, question, value]
        cells.setdefault((period, by, question), {})[value] = [yes, n]
    db.session.execute(
        insert(TrendTable),
        [
            {
                "district_id": district.id,
                "period": period,
                "by": by,
                "question": question,
                "since": MONTHS[0],
                "cells": told,
            }
            for (period, by, question), told in cells.items()
        ],
    )


@contextmanager
def peer() -> Iterator[Any]:
    """DuckDB, installed for this run only; None where that is not possible."""
    with tempfile.TemporaryDirectory(prefix="crosswalk-duckdb-") as folder:
        order = [sys.executable, "-m", "pip", "install", "--quiet", "--target", folder, "duckdb"]
        done = subprocess.run(order, capture_output=True)
        if done.returncode:
            print("DuckDB: not measured; pip could not install it here")
            yield None
            return
        sys.path.insert(0, folder)
        try:
            yield importlib.import_module("duckdb")
        finally:
            sys.path.remove(folder)


@dataclass
class Duck:
    """The same facts in DuckDB, one column a look-for."""

    connection: Any
    columns: Sequence[str]

    @classmethod
    def read(cls, duckdb: Any, file: Path, keys: Sequence[str]) -> Duck:
        """Load them."""
        columns = [f"m{number}" for number in range(len(keys))]
        connection = duckdb.connect()
        words = ("school", "month", "subject", "grade", "verdict")
        kinds = dict.fromkeys(words, "VARCHAR") | dict.fromkeys(columns, "UTINYINT")
        connection.execute(
            f"CREATE TABLE facts AS SELECT * FROM read_csv('{file}', header=false, "
            f"columns={json.dumps(kinds)})"
        )
        return cls(connection, columns)

    def months(self, where: str = "true", **values: str) -> list[Any]:
        """Every look-for by month: how often seen, of how many that looked for it."""
        sums = ", ".join(
            f"count(*) FILTER ({name} = 0), count(*) FILTER ({name} < 3)" for name in self.columns
        )
        told = f"SELECT month, {sums} FROM facts WHERE {where} GROUP BY month ORDER BY month"
        return list(self.connection.execute(told, values or None).fetchall())


JOIN = """
SELECT f.month, m.look_for, sum(CASE WHEN m.mark = 'seen' THEN 1 ELSE 0 END), count(*)
FROM trend_facts f JOIN bench_marks m ON m.walk = f.walkthrough_id
WHERE f.school_id = :school AND f.subject = :subject AND f.shared_at IS NOT NULL
AND m.mark IN ('seen', 'not_seen', 'in_focus') GROUP BY f.month, m.look_for
"""


def landing(place: Place) -> Any:
    """What the page of the whole district reads."""
    published = Published.to(_reader(place))
    return published.heat(TERM, "month"), published.totals(TERM)


def filtered(place: Place) -> Any:
    """What the page of one's own visits reads, for one subject."""
    rooms = Rooms.of(_reader(place)).only(subject="Science")
    return rooms.heat("month"), rooms.totals()


def joined(place: Place) -> Sequence[Row[Any]]:
    """The same counts by a join over marks."""
    school = UUID(place.school)
    sqlite = db.engine.dialect.name == "sqlite"
    values = {"school": school.bytes if sqlite else school, "subject": "Science"}
    found = db.session.execute(text(JOIN), values).all()
    db.session.rollback()
    return found


def _reader(place: Place) -> Person:
    db.session.remove()
    return db.session.scalars(Person.whole().where(Person.id == UUID(place.observer.id))).one()


def reading(walks: int, kind: str, place: Place, duck: Duck | None) -> list[list[str]]:
    """Both dashboards against what would do the same work."""
    with place.stage.app.app_context():
        _are_the_same(place)
        acts: list[Callable[[], object]] = [
            lambda: landing(place),
            lambda: filtered(place),
            lambda: joined(place),
        ]
        if duck is not None:
            of = {"where": "school = $school AND subject = 'Science'", "school": place.school}
            acts += [duck.months, lambda: duck.months(**of)]
        ours, own, join, *ducks = ruler.in_turn(*acts)
        db.session.remove()
    share = 0.2 if kind == "sqlite" else 0.3
    name = f"{walks:,} visits, {kind}"
    rows = [
        [
            f"{name}: any filter",
            _ms(own),
            f"{own / join:.2f} join of {_ms(join)}",
            ruler.verdict(own / join, at_most=share),
        ]
    ]
    if ducks:
        whole, some = ducks
        goal = ruler.verdict(ours / whole, at_most=2)
        rows.insert(0, [f"{name}: landing", _ms(ours), f"{ours / whole:.2f} DuckDB", goal])
        rows.append([f"{name}: any filter", _ms(own), f"{own / some:.2f} DuckDB", ""])
    return rows


def _are_the_same(place: Place) -> None:
    heat, _ = filtered(place)
    ours = {
        (line.key, month): (square.rate.yes, square.rate.n)
        for _, rows in heat.groups
        for line, squares in rows
        for (month, _), square in zip(heat.columns, squares, strict=True)
        if square.rate
    }
    theirs = {(key, month): (yes, n) for month, key, yes, n in joined(place)}
    assert ours == theirs, "the two ways count differently"


def _ms(seconds: float) -> str:
    return f"{seconds * 1e3:.2f} ms"


def page(walks: int, kind: str, place: Place) -> list[str]:
    """The whole landing page against a signed-in page that holds nothing."""
    times: dict[str, list[float]] = {"/trends?by=month": [], "/binders": []}
    for _ in range(PAGES):
        for path, spent in times.items():
            began = time.perf_counter()
            answer = call(place.stage.app, "GET", path, cookie=place.observer.cookie)
            spent.append(time.perf_counter() - began)
            assert answer.status == 200, (path, answer.status)
    ours, empty = (ruler.percentile(spent, 0.95) for spent in times.values())
    goal = ruler.verdict(ours / empty, at_most=3)
    return [f"{walks:,} visits, {kind}: page, p95", _ms(ours), f"{ours / empty:.2f} empty", goal]


def keeping(kind: str, stage: Stage) -> list[str]:
    """What keeping facts adds to a sync of whole visits."""
    chance = random.Random(5)
    send, bare = whole_sync(stage, chance), whole_sync(stage, chance)

    def without() -> None:
        with patch.object(Fact, "keep"):
            bare()

    ours, least = ruler.in_turn(send, without)
    added = 100 * (ours / least - 1)
    goal = ruler.verdict(added, at_most=20)
    return [f"facts in a sync, {kind}", _ms(ours / BATCHES), f"{added:+.0f} %", goal]


def main() -> None:
    """Print one table."""
    asked = argparse.ArgumentParser(description=__doc__)
    asked.add_argument("--database", choices=KINDS, action="append")
    asked.add_argument("--walks", type=int, nargs="+", default=SIZES)
    said = asked.parse_known_args()[0]
    rows: list[list[str]] = []
    with peer() as duckdb:
        for kind in said.database or KINDS:
            for walks in said.walks:
                rows += measured(walks, kind, duckdb)
            with lent(kind) as database:
                rows.append(keeping(kind, build(database.folder, database.url, observers=2)))
    print(f"a year of visits, medians of {ruler.ROUNDS}, in turns; {ruler.busy()}")
    ruler.table(("", "", "ratio", "goal"), rows)


def measured(walks: int, kind: str, duckdb: Any) -> list[list[str]]:
    """One size on one database."""
    with lent(kind) as database, tempfile.TemporaryDirectory() as folder:
        stage = build(database.folder, database.url, observers=2)
        file = Path(folder) / "facts.csv"
        place = settle(walks, stage, database, file)
        duck = Duck.read(duckdb, file, place.keys) if duckdb else None
        return [*reading(walks, kind, place, duck), page(walks, kind, place)]


if __name__ == "__main__":
    main()
