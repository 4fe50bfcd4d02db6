"""`notecheck audit --queue` and `notecheck demo`, as processes of their own."""

from __future__ import annotations

import json
import os
import re
import signal
import subprocess
import sys
import time
from pathlib import Path

import httpx
import pyarrow as pa
import pyarrow.parquet as pq
from serve.service import ROOT

from notecheck.workbench.filters import Filter
from notecheck.workbench.queue import Queue
from notecheck.workbench.store import Store

from .encounters import stopped


def _audit(*words: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-m", "notecheck", "audit", *words],
        capture_output=True, text=True, cwd=ROOT, timeout=120, check=False,
    )  # fmt: skip


def _waiting(place: str) -> set[str]:
    store = Store(place)
    try:
        return {row["encounter_id"] for row in Queue(store).page(Filter()).rows}
    finally:
        store.close()


def test_an_audit_queues_what_needs_a_person(tmp_path: Path) -> None:
    passing = json.loads((ROOT / "corpus/development/fir.jsonl").read_text().splitlines()[0])
    charts = [stopped("a"), stopped("b"), passing["encounter"]]
    (tmp_path / "charts.jsonl").write_text("\n".join(map(json.dumps, charts)))
    (tmp_path / "bad.json").write_text('{"encounter_id": "c"}')
    place, out = str(tmp_path / "queue.sqlite"), tmp_path / "out"
    words = (str(tmp_path / "charts.jsonl"), str(tmp_path / "bad.json"), "--out", str(out))
    done = _audit(*words, "--queue", place)
    assert done.returncode == 1 and "Traceback" not in done.stderr
    reports = pq.read_table(out / "reports.parquet", columns=["encounter_id", "verdict"])
    verdicts = dict(zip(*map(pa.ChunkedArray.to_pylist, reports.columns), strict=True))
    assert verdicts["fir-01"] == "release"
    assert _waiting(place) == {"a", "b"}
    assert Path(place).stat().st_mode & 0o777 == 0o600
    assert "encounter" not in pq.read_schema(out / "reports.parquet").names


def test_an_audit_of_tables_queues_too_and_names_notes_by_their_files(tmp_path: Path) -> None:
    for folder in ("x", "y"):
        (tmp_path / "notes" / folder).mkdir(parents=True)
        (tmp_path / "notes" / folder / "n.txt").write_text("Left AKA stump revised. Femur cut.")
    rows = "encounter_id,text\nrow-1,Left AKA stump revised. Femur cut.\n"
    (tmp_path / "notes" / "charts.csv").write_text(rows)
    place = str(tmp_path / "queue.sqlite")
    done = _audit(str(tmp_path / "notes"), "--out", str(tmp_path / "out"), "--queue", place)
    assert done.returncode == 0, done.stderr
    assert _waiting(place) == {"row-1", "x/n", "y/n"}


def test_a_queue_that_cannot_be_written_is_told(tmp_path: Path) -> None:
    (tmp_path / "charts.jsonl").write_text(json.dumps(stopped("a")))
    words = (str(tmp_path / "charts.jsonl"), "--out", str(tmp_path / "out"))
    done = _audit(*words, "--queue", str(tmp_path))
    assert done.returncode == 2 and "Traceback" not in done.stderr
    assert "queue" in done.stderr


def test_the_demo_shows_its_queue(tmp_path: Path) -> None:
    process = subprocess.Popen(
        [sys.executable, "-m", "notecheck", "demo", "--no-browser", "--port", "0"],
        stderr=subprocess.PIPE, text=True, cwd=ROOT,
        env={**os.environ, "TMPDIR": str(tmp_path)},
    )  # fmt: skip
    assert process.stderr is not None
    said, end = "", time.monotonic() + 120
    while "ready at" not in said and time.monotonic() < end:
        said += process.stderr.readline()
    found = re.search(r"ready at (\S+)", said)
    assert found, said
    with httpx.Client(base_url=found[1], follow_redirects=True, timeout=30) as client:
        assert "situations-" in client.get("/queue").text
    process.send_signal(signal.SIGTERM)
    assert process.wait(60) == 0
    assert not list(tmp_path.iterdir())
