"""The ground every table stands on: db, typed Model, Id, instants in UTC."""

from __future__ import annotations

import secrets
import sqlite3
import time
from collections.abc import Collection
from datetime import UTC, datetime
from typing import Any
from uuid import UUID

from flask_sqlalchemy import SQLAlchemy
from sqlalchemy import (
    JSON,
    ColumnElement,
    Connection,
    DateTime,
    Dialect,
    Insert,
    LargeBinary,
    MetaData,
    Text,
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

    def process_bind_param(self, value: UUID | None, dialect: Dialect) -> Any:
        if value is None or dialect.name == "postgresql":
            return value
        return value.bytes

    def process_result_value(self, value: Any, dialect: Dialect) -> UUID | None:  # noqa: ARG002
        if value is None or isinstance(value, UUID):
            return value
        return UUID(bytes=bytes(value))


class UTCDateTime(TypeDecorator[datetime]):
    """An instant. SQLite gives naive times back; nothing above this line ever sees one."""

    impl = DateTime(timezone=True)
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> datetime | None:  # noqa: ARG002
        if value is not None and value.tzinfo is None:
            raise ValueError("An instant needs its time zone: use datetime.now(UTC).")
        return value and value.astimezone(UTC)

    def process_result_value(self, value: datetime | None, dialect: Dialect) -> datetime | None:  # noqa: ARG002
        if value is None:
            return None
        return value.replace(tzinfo=UTC) if value.tzinfo is None else value.astimezone(UTC)


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


def _insert(table: type[Model]) -> Any:
    insert = sqlite_insert if db.engine.dialect.name == "sqlite" else postgresql_insert
    return insert(table.__table__)  # type: ignore[arg-type]


def insert_new(table: type[Model]) -> Insert:
    """An INSERT that leaves rows alone whose key is taken, whoever came first."""
    return _insert(table).on_conflict_do_nothing()  # type: ignore[no-any-return]


def insert_or_renew(table: type[Model], *, but: Collection[str] = ()) -> Insert:
    """An INSERT that gives rows whose key is taken their new values, but for some columns."""
    told = _insert(table)
    columns = table.__table__.columns
    return told.on_conflict_do_update(  # type: ignore[no-any-return]
        index_elements=[column.name for column in columns if column.primary_key],
        set_={
            column.name: told.excluded[column.name] for column in columns if column.name not in but
        },
    )


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
