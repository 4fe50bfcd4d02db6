"""`notecheck queue fill` and `notecheck demo`, as processes of their own."""

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
from serve.service import ROOT

from notecheck.workbench.filters import Filter
from notecheck.workbench.queue import Queue
from notecheck.workbench.store import Store

from .encounters import stopped


def test_what_needs_a_person_is_queued_and_the_unread_is_told(tmp_path: Path) -> None:
    good, bad = tmp_path / "charts.jsonl", tmp_path / "bad.json"
    good.write_text("\n".join(json.dumps(stopped(name)) for name in ("a", "b")))
    bad.write_text('{"encounter_id": "c"}')
    place = str(tmp_path / "queue.sqlite")
    done = subprocess.run(
        [sys.executable, "-m", "notecheck", "queue", "fill", str(good), str(bad), "--queue", place],
        capture_output=True, text=True, cwd=ROOT, timeout=120, check=False,
    )  # fmt: skip
    assert done.returncode == 2
    assert done.stdout == "2 encounters wait in the queue\n"
    assert "bad.json" in done.stderr and "Traceback" not in done.stderr
    store = Store(place)
    assert Queue(store).page(Filter()).total == 2
    store.close()
    assert Path(place).stat().st_mode & 0o777 == 0o600


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
