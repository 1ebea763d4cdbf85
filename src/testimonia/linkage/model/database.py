"""DuckDB in memory, closed to the network and to the disk, with the compiled name score as a function of SQL."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

import duckdb
import pyarrow as pa
from splink import DuckDBAPI

__all__ = ["Scorer", "closed", "in_memory"]

Scorer = Callable[[pa.Array, pa.Array], pa.Array]

# What DuckDB would otherwise do by itself: spill plain text to the working folder, fetch extensions.
_CLOSED = {
    "temp_directory": "''",
    "autoinstall_known_extensions": "false",
    "autoload_known_extensions": "false",
    "threads": "2",
}


@contextmanager
def in_memory(functions: dict[str, Scorer]) -> Iterator[DuckDBAPI]:
    """Splink's interface to a new DuckDB in memory that writes no file and opens no connection.

    `functions`: scores of two binary columns, by the name that SQL calls them by; both are Arrow arrays of one batch.
    The database is gone when the block ends.
    """
    connection: Any = duckdb.connect(":memory:")
    try:
        closed(connection)
        for name, function in functions.items():
            connection.create_function(name, function, ["BLOB", "BLOB"], "FLOAT", type="arrow")
        api = DuckDBAPI(connection=connection)
        closed(api._ddb_con)  # a second one, which Splink opens for small tables of its own
        yield api
    finally:
        connection.close()


def closed(connection: Any) -> None:
    """Shut a connection off from the disk and the network."""
    for setting, value in _CLOSED.items():
        connection.execute(f"set {setting} = {value}")
