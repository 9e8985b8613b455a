"""The loss check: is every acknowledged event in the database once, as it was and as whose?"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from sqlalchemy import Row, create_engine, select

from benchmarks.kit import journal
from benchmarks.kit.journal import Sent
from models.event import Event, body_digest
from rules.events import Captured


@dataclass(frozen=True, slots=True)
class Losses:
    """What became of what was acknowledged. Every number but the first should be 0."""

    acknowledged: int
    lost: int
    doubled: int
    misattributed: int
    changed: int
    unknown: int
    """Rows that no client ever sent."""

    @property
    def none(self) -> bool:
        """Whether the promise held."""
        return not (self.lost or self.doubled or self.misattributed or self.changed or self.unknown)


@dataclass(frozen=True, slots=True)
class Kept:
    """One row of the database: whose it is, what it holds, and its place on its device."""

    id: str
    author: str
    digest: str
    place: tuple[str, str, int]


def check(folder: Path, database_url: str) -> Losses:
    """Hold the journals of a folder against the rows of a database."""
    sent, acknowledged = journal.read(folder)
    return compare(sent, acknowledged, list(_rows(database_url)))


def compare(sent: Mapping[str, Sent], acknowledged: set[str], rows: list[Kept]) -> Losses:
    """Hold what clients wrote down against what is kept."""
    ours = [row for row in rows if row.id in sent]
    ids = Counter(row.id for row in rows)
    places = Counter(row.place for row in rows)
    return Losses(
        acknowledged=len(acknowledged),
        lost=len(acknowledged - ids.keys()),
        doubled=sum(times - 1 for times in (ids | places).values()),
        misattributed=sum(row.author != sent[row.id].author for row in ours),
        changed=sum(row.digest != sent[row.id].digest for row in ours),
        unknown=len(rows) - len(ours),
    )


def _rows(database_url: str) -> Iterator[Kept]:
    engine = create_engine(database_url)
    columns = (Event.id, Event.walkthrough_id, Event.device, Event.seq, Event.at, Event.kind)
    asked = select(*columns, Event.data, Event.elapsed_ms, Event.author_id)
    with engine.connect() as connection:
        for row in connection.execution_options(yield_per=5000).execute(asked):
            yield _kept(row)
    engine.dispose()


def _kept(row: Row[tuple[object, ...]]) -> Kept:
    """The body is put together again from its columns: the digest beside them proves nothing."""
    *said, author = row
    body = Captured(*said).body
    place = (body["walkthrough"], body["device"], body["seq"])
    return Kept(body["id"], str(author), body_digest(body).hex(), place)
