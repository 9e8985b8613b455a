"""One PostgreSQL database for many tests: its rows are kept, and put back as they were."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection
from typing import TYPE_CHECKING, LiteralString
from uuid import uuid4

import psycopg
from psycopg import sql

if TYPE_CHECKING:
    from tests.postgres import Server

TIDY_EVERY = 50


class Rows:
    """The rows of a database of ours; a new database for each test would take far longer."""

    def __init__(self, server: Server, tables: Collection[str]) -> None:
        self.server = server
        self.tables = tables
        self.name = f"w{uuid4().hex[:12]}"
        self.url = server.create(self.name)
        self.filled: defaultdict[str, list[str]] = defaultdict(list)
        self.connection: psycopg.Connection | None = None
        self.times = 0

    def store(self, template: str) -> None:
        """Keep every table’s rows in a schema of that name."""
        with self.server.connect(self.name) as connection:
            connection.execute(_order("CREATE SCHEMA {}", template))
            for table in self.tables:
                copy = _order("CREATE TABLE {}.{} AS TABLE public.{}", template, table, table)
                if connection.execute(copy).rowcount:
                    self.filled[template].append(table)

    def put_back(self, template: str) -> None:
        """Make the rows what they were, all in one breath."""
        # One connection for all times: a new one would have to learn every table first.
        self.connection = self.connection or self.server.connect(self.name)
        # Rows come back as they were, so the keys between them need no second look.
        orders = [_order("SET LOCAL session_replication_role = replica")]
        orders += [_order("SET LOCAL lock_timeout = '20s'")]
        orders += [_order("DELETE FROM public.{}", table) for table in self.tables]
        orders += [
            _order("INSERT INTO public.{} SELECT * FROM {}.{}", table, template, table)
            for table in self.filled[template]
        ]
        with self.connection.transaction():
            self.connection.execute(sql.SQL("; ").join(orders))
        self.times += 1
        if self.times % TIDY_EVERY == 0:  # or rows long gone would have to be stepped over
            self.connection.execute("VACUUM")

    def shut(self) -> None:
        """Nobody can connect, and nobody is."""
        self.close()
        with self.server.connect() as connection:
            connection.execute(_order("ALTER DATABASE {} ALLOW_CONNECTIONS false", self.name))
            connection.execute(
                "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = %s",
                [self.name],
            )

    def open(self) -> None:
        """Whoever wants can connect again."""
        with self.server.connect() as connection:
            connection.execute(_order("ALTER DATABASE {} ALLOW_CONNECTIONS true", self.name))

    def close(self) -> None:
        """Let go of the connection that puts rows back."""
        if self.connection is not None:
            self.connection.close()
            self.connection = None


def _order(words: LiteralString, *names: str) -> sql.Composed:
    return sql.SQL(words).format(*(sql.Identifier(name) for name in names))
