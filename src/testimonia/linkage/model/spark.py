"""Spark as the engine that blocks and compares, for tables that one machine's memory does not hold.

Install: `pip install pyspark` and Java 17 or newer (`java -version` says which); nothing has to be started, a session
of two local workers (`local[2]`) begins and ends with the linkage. A session that is
already running is taken. Spark blocks and compares; estimation happens on the driver, from the levels that come back.

Spark spills to disk: what it writes there is encrypted with a key that dies with the session. Its web page is off and
it listens on this machine only.
"""

from __future__ import annotations

import importlib
import os
import shutil
import sys
import warnings
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import pyarrow as pa

from testimonia.errors import MissingPart
from testimonia.linkage.model.database import Scorer, closed

__all__ = ["on_spark"]

_CLOSED = {
    "spark.io.encryption.enabled": "true",
    "spark.ui.enabled": "false",
    "spark.ui.showConsoleProgress": "false",
    "spark.driver.host": "127.0.0.1",
    "spark.driver.bindAddress": "127.0.0.1",
    "spark.sql.shuffle.partitions": "8",
    "spark.default.parallelism": "4",
    "spark.sql.execution.arrow.pyspark.enabled": "true",
    "spark.sql.codegen.wholeStage": "true",
    "spark.log.level": "ERROR",
}


@contextmanager
def on_spark(functions: dict[str, Scorer]) -> Iterator[Any]:
    """Splink's interface to a Spark session that ends with the block, with the functions that the conditions call.

    Raises MissingPart where pyspark or Java is not there.
    """
    _require_java()
    try:
        spark: Any = importlib.import_module("pyspark.sql")
        backend: Any = importlib.import_module("splink.internals.spark.database_api")
    except ImportError as missing:
        raise MissingPart(f"The engine Spark needs pyspark ({missing}). Install it, or use DuckDB.") from missing
    # Its workers are Pythons of their own: they must be of this installation.
    os.environ.setdefault("PYSPARK_PYTHON", sys.executable)
    builder = spark.SparkSession.builder.master("local[2]").appName("testimonia")
    for key, value in _CLOSED.items():
        builder = builder.config(key, value)
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", FutureWarning)  # pandas 3, of which only Arrow's part is used here
        session = builder.getOrCreate()
    try:
        for name, function in functions.items():
            session.udf.register(name, _vectorised(function))
        api = backend.SparkAPI(spark_session=session, break_lineage_method="persist", register_udfs_automatically=False)
        closed(api._ddb_con)
        yield api
    finally:
        session.stop()


def _require_java() -> None:
    home = os.environ.get("JAVA_HOME")
    if not shutil.which("java") and not (home and shutil.which("java", path=f"{home}/bin")):
        raise MissingPart("The engine Spark needs Java 17 or newer. Install it, or use DuckDB.")


def _vectorised(function: Scorer) -> Any:
    """A score of two columns of bytes as a function of Spark, called with a batch of Arrow arrays."""
    functions: Any = importlib.import_module("pyspark.sql.functions")

    def scored(left: pa.Array, right: pa.Array) -> pa.Array:
        import pyarrow.compute as compute

        known = compute.and_(compute.is_valid(left), compute.is_valid(right))
        return compute.if_else(known, function(left, right), None)

    scored.__annotations__ = {"left": pa.Array, "right": pa.Array, "return": pa.Array}
    return functions.arrow_udf(scored, returnType="float")
