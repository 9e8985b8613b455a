"""The ground every table stands on: db, typed Model, Id, instants in UTC."""

from __future__ import annotations

import secrets
import sqlite3
import time
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from datetime import UTC, datetime
from functools import cache
from typing import Any
from uuid import UUID

from flask_sqlalchemy import SQLAlchemy
from sqlalchemy import (
    JSON,
    BindParameter,
    ColumnElement,
    Connection,
    CursorResult,
    DateTime,
    Dialect,
    Insert,
    LargeBinary,
    MetaData,
    Text,
    bindparam,
    event,
    func,
)
from sqlalchemy import Uuid as NativeUuid
from sqlalchemy.dialects.postgresql import JSONB
from sqlalchemy.dialects.postgresql import insert as postgresql_insert
from sqlalchemy.dialects.sqlite import insert as sqlite_insert
from sqlalchemy.engine import Engine
from sqlalchemy.exc import DBAPIError
from sqlalchemy.orm import DeclarativeBase, InstrumentedAttribute, registry
from sqlalchemy.types import TypeDecorator, TypeEngine


class Id(TypeDecorator[UUID]):
    """A UUID: native on PostgreSQL, 16 raw bytes on SQLite."""

    impl = LargeBinary(16)
    cache_ok = True

    def load_dialect_impl(self, dialect: Dialect) -> TypeEngine[Any]:
        native = dialect.name == "postgresql"
        return dialect.type_descriptor(NativeUuid() if native else LargeBinary(16))

    # one call a value: a phone’s batch binds a thousand

    def bind_processor(self, dialect: Dialect) -> Callable[[Any], Any] | None:
        return None if dialect.name == "postgresql" else _id_to_bytes

    def result_processor(self, dialect: Dialect, coltype: object) -> Callable[[Any], Any] | None:  # noqa: ARG002
        return None if dialect.name == "postgresql" else _id_from_bytes


def _id_to_bytes(value: UUID | None) -> bytes | None:
    return None if value is None else value.bytes


def _id_from_bytes(value: bytes | None) -> UUID | None:
    return None if value is None else UUID(bytes=value)


class UTCDateTime(TypeDecorator[datetime]):
    """An instant. SQLite keeps it as text in UTC; nothing above this line sees a naive time."""

    impl = DateTime(timezone=True)
    cache_ok = True

    def bind_processor(self, dialect: Dialect) -> Callable[[Any], Any] | None:
        return _instant_to_text if dialect.name == "sqlite" else _in_utc

    def result_processor(self, dialect: Dialect, coltype: object) -> Callable[[Any], Any] | None:  # noqa: ARG002
        return _instant_from_text if dialect.name == "sqlite" else _in_utc


def _in_utc(value: datetime | None) -> datetime | None:
    if value is None or value.tzinfo is UTC:
        return value
    if value.tzinfo is None:
        raise ValueError("An instant needs its time zone: use datetime.now(UTC).")
    return value.astimezone(UTC)


def _instant_to_text(value: datetime | None) -> str | None:
    instant = _in_utc(value)
    return instant.replace(tzinfo=None).isoformat(" ", "microseconds") if instant else None


def _instant_from_text(value: str | None) -> datetime | None:
    return None if value is None else datetime.fromisoformat(value).replace(tzinfo=UTC)


Json = JSON().with_variant(JSONB(), "postgresql")


class Model(DeclarativeBase):
    """A typed table."""

    registry = registry(
        metadata=MetaData(
            naming_convention={
                "ix": "ix_%(column_0_N_label)s",
                "uq": "uq_%(table_name)s_%(column_0_N_name)s",
                "ck": "ck_%(table_name)s_%(constraint_name)s",
                "fk": "fk_%(table_name)s_%(column_0_N_name)s_%(referred_table_name)s",
                "pk": "pk_%(table_name)s",
            }
        ),
        type_annotation_map={
            UUID: Id,
            datetime: UTCDateTime,
            str: Text,
            dict[str, Any]: Json,
            list[Any]: Json,
        },
    )


db = SQLAlchemy(
    metadata=Model.metadata,
    disable_autonaming=True,
    session_options={"expire_on_commit": False},
)


def insert_new(table: type[Model]) -> Insert:
    """An INSERT that leaves rows alone whose key is taken, to hear which rows were new."""
    insert = sqlite_insert if db.engine.dialect.name == "sqlite" else postgresql_insert
    return insert(table.__table__).on_conflict_do_nothing()  # type: ignore[arg-type]


def write_new(table: type[Model], rows: Sequence[Mapping[str, Any]]) -> int:
    """Insert rows that name the same columns, but for those whose key is taken, whoever came first.

    Returns how many were new.
    """
    return _write(table, rows, "DO NOTHING").rowcount


def write_or_renew(
    table: type[Model], rows: Sequence[Mapping[str, Any]], *, but: Collection[str] = ()
) -> None:
    """Insert rows that name the same columns; one whose key is taken gets the new values.

    `but` are the columns that then stay as they are.
    """
    key = [column.name for column in table.__table__.columns if column.primary_key]
    renewed = [name for name in rows[0] if name not in key and name not in but]
    values = ", ".join(f'"{name}" = excluded."{name}"' for name in renewed)
    _write(table, rows, f"({_listed(key)}) DO UPDATE SET {values}")


def _write(
    table: type[Model], rows: Sequence[Mapping[str, Any]], conflict: str
) -> CursorResult[Any]:
    # straight to the driver: on the way there a batch spent a fifth of the time of inserting
    names = tuple(rows[0])
    order, gives = _written(table, names, conflict, db.engine.dialect)
    columns = ([row[name] for row in rows] for name in names)
    told = (map(give, of) if give else of for give, of in zip(gives, columns, strict=True))
    values = [*zip(*told, strict=True)]
    counted = {"preserve_rowcount": True}
    return db.session.connection().exec_driver_sql(order, values, execution_options=counted)


@cache
def _written(
    table: type[Model], names: tuple[str, ...], conflict: str, dialect: Dialect
) -> tuple[str, list[Callable[[Any], Any] | None]]:
    """An INSERT in the words of the driver, and what makes its values such as the driver takes."""
    mark = "?" if dialect.name == "sqlite" else "%s"
    order = f'INSERT INTO "{table.__tablename__}" ({_listed(names)})'
    order += f" VALUES ({', '.join(mark for _ in names)}) ON CONFLICT {conflict}"
    types = [table.__table__.columns[name].type.dialect_impl(dialect) for name in names]
    return order, [one.bind_processor(dialect) for one in types]


def _listed(names: Iterable[str]) -> str:
    return ", ".join(f'"{name}"' for name in names)


def gathered(
    key: InstrumentedAttribute[str], value: InstrumentedAttribute[Any]
) -> ColumnElement[Any]:
    """The JSON values of a group as one object: read at once, and far quicker than row by row."""
    if db.engine.dialect.name == "sqlite":
        return func.json_group_object(key, func.json(value), type_=Json)
    return func.jsonb_object_agg(key, value, type_=Json)


def no_room(error: DBAPIError) -> bool:
    """Whether the database failed because its disk is full."""
    told = error.orig
    if isinstance(told, sqlite3.Error):
        return getattr(told, "sqlite_errorcode", None) == sqlite3.SQLITE_FULL
    return getattr(told, "sqlstate", None) == "53100"  # PostgreSQL’s disk_full


def new_id() -> UUID:
    """A UUIDv7: sorts by the time it was made, so that indexes grow at one end."""
    milliseconds = time.time_ns() // 1_000_000
    value = (milliseconds << 80) | secrets.randbits(80)
    value = (value & ~(0xF << 76)) | (0x7 << 76)
    value = (value & ~(0x3 << 62)) | (0x2 << 62)
    return UUID(int=value)


def given(name: str) -> BindParameter[Any]:
    """A list that a question is asked with: the question itself is written down once."""
    return bindparam(name, expanding=True)


WRITES = {"crosswalk_writes": True}
"""Execution option of a connection that will write: takes SQLite's one write lock at once."""


@event.listens_for(Engine, "connect")
def _prepare_sqlite(connection: Any, _record: Any) -> None:
    if not isinstance(connection, sqlite3.Connection):
        return
    connection.isolation_level = None  # we say BEGIN ourselves, below
    for pragma in (
        "journal_mode=WAL",
        "synchronous=FULL",
        "foreign_keys=ON",
        "busy_timeout=20000",
    ):
        connection.execute(f"PRAGMA {pragma}")


@event.listens_for(Engine, "begin")
def _begin_sqlite(connection: Connection) -> None:
    if connection.dialect.name == "sqlite":
        # A plain BEGIN that later writes fails at once when another writer came first.
        writes = connection.get_execution_options().get("crosswalk_writes")
        connection.exec_driver_sql("BEGIN IMMEDIATE" if writes else "BEGIN")
