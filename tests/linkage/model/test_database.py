"""The database in memory writes nothing and calls nobody."""

from __future__ import annotations

import duckdb
import pytest

from testimonia.linkage.model.database import in_memory


def test_it_has_no_folder_to_spill_to_and_loads_no_extensions() -> None:
    """DuckDB's own defaults are a folder beside the user's work and extensions from the network."""
    expected = {"temp_directory": "", "autoinstall_known_extensions": False, "autoload_known_extensions": False}
    with in_memory({}) as api:
        for connection in (api.duckdb_con, api._ddb_con):
            for setting, value in expected.items():
                assert connection.execute(f"select current_setting('{setting}')").fetchone() == (value,)
        with pytest.raises(duckdb.Error):
            api.duckdb_con.execute("load httpfs")


def test_it_is_gone_afterwards() -> None:
    """The connection is closed when the block ends."""
    with in_memory({}) as api:
        connection = api.duckdb_con
    with pytest.raises(duckdb.Error):
        connection.execute("select 1")
