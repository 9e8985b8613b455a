"""A year of invented visits that were shared, as facts, as marks to join, and as published."""

from __future__ import annotations

import csv
import random
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from itertools import islice
from pathlib import Path
from typing import Any
from uuid import UUID

from sqlalchemy import Connection, insert, select, text

from benchmarks.kit.fact import shared_visit
from benchmarks.kit.school import BEGAN, Observer, Stage
from models.base import db, new_id
from models.district import District, School
from models.person import Person
from models.trends.fact import Fact
from models.trends.published import ALL, TrendPeriod, TrendTable
from rules.trends import Limits, Record, answers, term_of

A_SCHOOL = 3_440
"""Visits of one school, where there are so many."""
MARKS = 30
AT_ONCE = 5_000
MONTHS = (*(f"2025-{month:02}" for month in range(8, 13)), *(f"2026-{m:02}" for m in range(1, 8)))
SUBJECTS = ("Mathematics", "English", "Science", "History")
GRADES = ("K to 2", "3 to 5", "6 to 8", "9 to 12")
VERDICTS = ("preserved", "at_risk", "displaced", "not_enough_evidence")
SAID = ("seen", "seen", "not_seen", "not_seen", "in_focus", "no_chance")

CODES = ("seen", "not_seen", "in_focus", "no_chance")
"""A mark as DuckDB keeps it: a number, of which those below three were looked for."""

Fact_ = dict[str, Any]


@dataclass(frozen=True)
class Year:
    """Where the invented facts are: who reads one school of them, and the look-fors in them."""

    stage: Stage
    observer: Observer
    school: str
    keys: tuple[str, ...]


def facts(walks: int, schools: Sequence[UUID], keys: Sequence[str]) -> Iterator[Fact_]:
    """So many shared visits of a year, the same for the same number."""
    chance = random.Random(walks)
    district = db.session.scalars(select(District.id)).one()
    teachers = {school: [new_id() for _ in range(60)] for school in schools}
    for number in range(walks):
        school, month = chance.choice(schools), chance.choice(MONTHS)
        at = datetime(int(month[:4]), int(month[5:]), 1 + number % 28, 15, tzinfo=UTC)
        yield shared_visit(
            at,
            month,
            district_id=district,
            school_id=school,
            teacher_id=chance.choice(teachers[school]),
            observer_id=teachers[school][0],
            subject=chance.choice(SUBJECTS),
            grade=chance.choice(GRADES),
            read=bool(number % 2),
            answered=not number % 5,
            verdict=chance.choice(VERDICTS),
            marks=dict(zip(keys, chance.choices(SAID, k=len(keys)), strict=True)),
        )


def settle(walks: int, stage: Stage, file: Path) -> Year:
    """Write facts, a table of their marks, and published tables of their months and terms."""
    with stage.app.app_context():
        school = _school_of(stage.observers[0])
        schools = [school, *_more_schools(max(3, walks // A_SCHOOL) - 1)]
        keys = tuple(sorted(_keys())[:MARKS])
        counted: Counter[tuple[str, str, str, str]] = Counter()
        yeses: Counter[tuple[str, str, str, str]] = Counter()
        db.session.rollback()
        _trusting(db.session.connection())
        with file.open("w", newline="") as out:
            for some in _batched(facts(walks, schools, keys)):
                csv.writer(out).writerows(_flat(fact, keys) for fact in some)
                for fact in some:
                    _count(fact, counted, yeses)
                Fact.write(some[0]["district_id"], some)
        _marks_table(db.session.connection())
        _publish(counted, yeses)
        db.session.commit()
        db.session.remove()
        db.engine.dispose()
    return Year(stage, stage.observers[0], str(school), keys)


def _batched(every: Iterator[Fact_]) -> Iterator[list[Fact_]]:
    while some := list(islice(every, AT_ONCE)):
        yield some


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
        f"m.value AS mark FROM trend_marks f, {each}"
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
