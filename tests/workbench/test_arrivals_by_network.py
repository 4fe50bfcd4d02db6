"""Whatever way a chart comes to the service, what needs a person is in its queue."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import time
from pathlib import Path

import httpx
from serve.hl7_messages import Connection, dft, mdm
from serve.service import ROOT, serving
from serve.test_mllp import port_of

from notecheck.workbench.filters import Filter
from notecheck.workbench.queue import Queue
from notecheck.workbench.store import Store

from .encounters import stopped


def _waiting(place: Path, many: int) -> dict[str, str]:
    """The encounters of the queue and the way each came, once there are so many."""
    store = Store(str(place))
    try:
        end = time.monotonic() + 60
        while True:
            rows = Queue(store).page(Filter()).rows
            if len(rows) >= many:
                return {row["encounter_id"]: row["source"] for row in rows}
            assert time.monotonic() < end, rows
            time.sleep(0.1)
    finally:
        store.close()


def test_hl7_and_the_hook_fill_the_queue_and_a_release_does_not(tmp_path: Path) -> None:
    place = tmp_path / "queue.sqlite"
    settings = tmp_path / "serve.toml"
    settings.write_text(
        f'queue = "{place}"\n[workers]\ncount = 1\n'
        f'[mllp]\nstore = "{tmp_path}/hl7.sqlite"\nquiet_seconds = 0.3\n'
    )
    with serving("--mllp", "0", "--settings", str(settings), folder=tmp_path) as served:
        other = {
            "encounter_id": "KNEE",
            "documents": [{"doc_id": "op", "text": "PROCEDURE: Arthroscopy of the left knee."}],
        }
        assert httpx.post(f"{served.url}/v1/check", json=other, timeout=60).status_code == 200
        connection = Connection(port_of(served))
        for raw in (mdm("M1", visit="V77"), dft("M2", visit="V77")):
            assert connection.send(raw)["MSA"][1] == "AA"
        done = subprocess.run(
            [sys.executable, "-m", "notecheck", "hook", "--service", served.url],
            input=json.dumps(stopped("HOOK")).encode(),
            capture_output=True,
            cwd=ROOT,
            env={**os.environ, "NOTECHECK_IF_AWAY": "refuse"},
            timeout=60,
            check=False,
        )
        assert done.returncode == 1, done.stderr
        assert _waiting(place, 2) == {"V77": "mllp", "HOOK": "http"}
