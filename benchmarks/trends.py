"""Times trends against DuckDB and against a join over marks, as visits grow.

The real size is 344,000 visits: `--walks 344000` takes about five quiet minutes a database.
"""

from __future__ import annotations

import argparse
import random
import tempfile
import time
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any
from unittest.mock import patch
from uuid import UUID

from sqlalchemy import Row, text

from benchmarks.kit import ruler
from benchmarks.kit.database import KINDS, lent
from benchmarks.kit.duck import Duck, peer
from benchmarks.kit.school import Stage, build
from benchmarks.kit.wsgi import call
from benchmarks.kit.year import Year, settle
from benchmarks.sync import BATCHES, whole_sync
from models.base import db
from models.person import Person
from models.trends.fact import Fact
from models.trends.reading import Published
from models.trends.rooms import Rooms

SIZES = (344, 3_440, 10_320)
PAGES = 40
TERM = "2026-spring"

JOIN = """
SELECT f.month, m.look_for, sum(CASE WHEN m.mark = 'seen' THEN 1 ELSE 0 END), count(*)
FROM trend_facts f JOIN bench_marks m ON m.walk = f.walkthrough_id
WHERE f.school_id = :school AND f.subject = :subject AND f.shared_at IS NOT NULL
AND m.mark IN ('seen', 'not_seen', 'in_focus') GROUP BY f.month, m.look_for
"""


def landing(reader: Person) -> Any:
    """What the page of the whole district reads."""
    published = Published.to(reader)
    return published.heat(TERM, "month"), published.totals(TERM)


def filtered(reader: Person) -> Any:
    """What the page of one's own visits reads, for one subject."""
    rooms = Rooms.of(reader).only(subject="Science")
    return rooms.heat("month"), rooms.totals()


def joined(year: Year) -> Sequence[Row[Any]]:
    """The same counts by a join over marks."""
    school = UUID(year.school)
    sqlite = db.engine.dialect.name == "sqlite"
    values = {"school": school.bytes if sqlite else school, "subject": "Science"}
    found = db.session.execute(text(JOIN), values).all()
    db.session.rollback()
    return found


def _reader(year: Year) -> Person:
    db.session.remove()
    return db.session.scalars(Person.whole().where(Person.id == UUID(year.observer.id))).one()


def reading(walks: int, kind: str, year: Year, duck: Duck | None) -> list[list[str]]:
    """Both dashboards against what would do the same work."""
    with year.stage.app.app_context():
        # who asks is known to every page, and to the join
        reader = _reader(year)
        _are_the_same(year, reader)
        acts: list[Callable[[], object]] = [
            lambda: landing(reader),
            lambda: filtered(reader),
            lambda: joined(year),
        ]
        if duck is not None:
            of = {"where": "school = $school AND subject = 'Science'", "school": year.school}
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


def _are_the_same(year: Year, reader: Person) -> None:
    heat, _ = filtered(reader)
    ours = {
        (line.key, month): (square.rate.yes, square.rate.n)
        for _, rows in heat.groups
        for line, squares in rows
        for (month, _), square in zip(heat.columns, squares, strict=True)
        if square.rate
    }
    theirs = {(key, month): (yes, n) for month, key, yes, n in joined(year)}
    assert ours == theirs, "the two ways count differently"


def _ms(seconds: float) -> str:
    return f"{seconds * 1e3:.2f} ms"


def page(walks: int, kind: str, year: Year) -> list[str]:
    """The whole landing page against a signed-in page that holds nothing."""
    times: dict[str, list[float]] = {"/trends?by=month": [], "/binders": []}
    for _ in range(PAGES):
        for path, spent in times.items():
            began = time.perf_counter()
            answer = call(year.stage.app, "GET", path, cookie=year.observer.cookie)
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
        year = settle(walks, stage, file)
        duck = Duck.read(duckdb, file, year.keys) if duckdb else None
        return [*reading(walks, kind, year, duck), page(walks, kind, year)]


if __name__ == "__main__":
    main()
