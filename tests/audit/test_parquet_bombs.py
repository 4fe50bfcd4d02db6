"""Parquet of a few kilobytes that holds gigabytes is refused within the limit of memory."""

from __future__ import annotations

import resource
import subprocess
import sys
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq

from notecheck.limit import memory_limit

_ROWS = 1_000
_READS = """
import resource, sys
from notecheck.audit import staging
from notecheck.audit.sources import Source
from notecheck.errors import InputError
staging.MAX_MEMORY = 400_000_000
try:
    for _ in staging._parquet_rows(Source(sys.argv[1], None, 1, 1), {}):
        pass
except InputError as error:
    print(error)
print(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * 1024)
"""


def test_one_text_repeated_without_end(tmp_path: Path) -> None:
    path = tmp_path / "bomb.parquet"
    texts = pa.DictionaryArray.from_arrays(
        pa.array([0] * _ROWS, pa.int32()), pa.array(["Left AKA. " * 100_000])
    )
    ids = pa.array([f"E{number}" for number in range(_ROWS)])
    pq.write_table(pa.table({"encounter_id": ids, "text": texts}), path, compression="zstd")
    assert path.stat().st_size < 50_000
    done = subprocess.run(
        [sys.executable, "-c", _READS, str(path)],
        capture_output=True, text=True, timeout=120, check=True,
    )  # fmt: skip
    told, most = done.stdout.splitlines()
    assert "take more than 400 MB of memory" in told
    assert int(most) < 1_200_000_000  # a busy machine looks later; the texts are far more


def test_the_limit_ends_with_what_it_was_for() -> None:
    before = resource.getrlimit(resource.RLIMIT_DATA)
    with memory_limit(10_000_000_000):
        assert resource.getrlimit(resource.RLIMIT_DATA) != before
    assert resource.getrlimit(resource.RLIMIT_DATA) == before
