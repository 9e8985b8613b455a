"""DuckDB, whose columns answer such questions fastest, with the same facts in it."""

from __future__ import annotations

import importlib
import json
import subprocess
import sys
import tempfile
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any


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
