"""The Spark session of an audit, and its settings."""

from __future__ import annotations

import os
import sys

from pyspark.errors import PySparkException
from pyspark.sql import SparkSession

from notecheck.errors import AuditError
from notecheck.rules.site import SETTING

# Pieces small enough to keep all processors busy, and to be lost without much ado.
_PARTITION_BYTES = 16 * 1024 * 1024
_FILE_OVERHEAD_BYTES = 64 * 1024
# A batch holds whole documents, and a Python worker holds a batch.
_BATCH_ROWS = 64

_SETTINGS: dict[str, str | int] = {
    "spark.sql.files.maxPartitionBytes": _PARTITION_BYTES,
    "spark.sql.files.openCostInBytes": _FILE_OVERHEAD_BYTES,
    "spark.sql.execution.arrow.maxRecordsPerBatch": _BATCH_ROWS,
    "spark.sql.session.timeZone": "UTC",
}


def spark_session(master: str | None, workers: int | None) -> SparkSession:
    """The session that spark-submit prepared, else one of our own: at `master`, or local.

    Raises AuditError when it cannot be had.
    """
    builder = SparkSession.builder.appName("notecheck audit")
    if master:
        builder = builder.master(master)
    elif "PYSPARK_GATEWAY_PORT" not in os.environ:  # not under spark-submit
        builder = builder.master(f"local[{workers or '*'}]")
        os.environ.setdefault("PYSPARK_PYTHON", sys.executable)
        # What goes wrong is told in one sentence; a cluster's logs are as the cluster has them.
        builder = builder.config("spark.log.level", "OFF")
    builder = builder.config("spark.ui.showConsoleProgress", str(sys.stderr.isatty()).lower())
    if SETTING in os.environ:
        builder = builder.config(f"spark.executorEnv.{SETTING}", os.environ[SETTING])
    try:
        session = builder.getOrCreate()
    except (PySparkException, OSError, RuntimeError) as error:
        raise AuditError(f"Spark does not start: {first_line(error)}") from None
    for name, value in _SETTINGS.items():
        session.conf.set(name, value)
    return session


def first_line(error: Exception) -> str:
    """What Spark says, without the trace of Java that follows."""
    said = getattr(error, "java_exception", None) or error
    return str(said).strip().partition("\n")[0] or type(error).__name__
