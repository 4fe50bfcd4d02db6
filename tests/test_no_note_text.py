"""Words of a note stand where they are meant to be read, and nowhere else.

A marker word is in every input of every surface, good and bad. Afterwards it may be in reports, and
in the stores that keep messages and charts on purpose; not in what is said, logged, counted or
left lying about.
"""

from __future__ import annotations

import gzip
import json
import os
import re
import signal
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path

import httpx
import pyarrow.parquet as pq
import pytest
from read.documents.files import ccda, section, word
from serve.hl7_messages import Connection, dft, mdm
from serve.service import ROOT, Served, serving
from slow_rule import WORDS, slow_rules

MARKER = "Zzyzxqua"
NOTE = f"OPERATION: Revision of the left above-knee amputation of {MARKER}. The femur was sawn."
SLOW = f"{NOTE} The stump was amputated {WORDS} {MARKER}."
_KEEPERS = ("hl7.sqlite", "queue.sqlite")


def encounter(text: str, encounter_id: str = "E1", **more: object) -> dict[str, object]:
    document = {"doc_id": "op", "type": "operative_note", "text": text, **more}
    line = {"code": "27596", "modifiers": ["LT"]}
    return {
        "encounter_id": encounter_id,
        "documents": [document],
        "claim": {"claim_id": "C1", "lines": [line]},
    }


def bad_files() -> dict[str, bytes]:
    """Inputs that cannot be checked, each for a reason of its own."""
    body = json.dumps(encounter(NOTE))
    docx = word(NOTE)
    chart = ccda(f"<structuredBody>{section('Findings', NOTE)}</structuredBody>")
    return {
        "cut.json": body[:-20].encode(),
        "shape.json": json.dumps(encounter(NOTE, type=MARKER)).encode(),
        "date.json": json.dumps(encounter(NOTE, date=MARKER)).encode(),
        "surrogate.json": body.replace("sawn", "\\ud800").encode(),
        "cut.docx": docx[: len(docx) // 2],
        "cut.xml": chart[:-60],
        "bytes.txt": NOTE.encode() + bytes(range(9)) * 40,
        "broken.hl7": mdm("M1", NOTE)
        .replace(b"MDM^T02", b"MDM^T08")
        .replace(b"\rTXA", b"\rtxa " + MARKER.encode()),
        "broken.rtf": b"{\\rtf1 " + NOTE.encode() + b"\\bin99999999",
        "broken.pdf": b"%PDF-1.4\n" + NOTE.encode(),
        "table.csv": f"encounter_id,text\nE1,{NOTE}\n".encode(),
    }


@pytest.fixture
def place(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """A folder for everything that is written; at its end nothing is left among the temporary
    files, and the marker is in no file but those that keep charts on purpose."""
    for name in ("state", "given"):
        (tmp_path / name).mkdir()
    # A socket is made there, whose path must be short.
    temporary = Path(tempfile.mkdtemp())
    monkeypatch.setenv("TMPDIR", str(temporary))
    monkeypatch.setenv("XDG_STATE_HOME", str(tmp_path / "state"))
    monkeypatch.setenv("NOTECHECK_LOG", str(tmp_path / "state" / "log.sqlite"))
    yield tmp_path
    for path in tmp_path.rglob("*"):
        name = path.name.removesuffix("-wal").removesuffix("-shm")
        if path.is_file() and path.parent.name != "given" and name not in _KEEPERS:
            assert MARKER.encode() not in path.read_bytes(), path
    assert not any(temporary.iterdir())
    temporary.rmdir()


def notecheck(*arguments: str | Path, given: bytes = b"") -> subprocess.CompletedProcess[bytes]:
    done = subprocess.run(
        [sys.executable, "-m", "notecheck", *map(str, arguments)],
        input=given, capture_output=True, cwd=ROOT, timeout=300, check=False,
    )  # fmt: skip
    assert MARKER.encode() not in done.stderr, done.stderr
    assert b"Traceback" not in done.stderr
    return done


def written(place: Path, files: dict[str, bytes]) -> list[Path]:
    for name, data in files.items():
        (place / "given" / name).write_bytes(data)
    return sorted((place / "given").iterdir())


def test_scan_says_nothing_of_it(place: Path) -> None:
    paths = written(place, {**bad_files(), "good.json": json.dumps(encounter(NOTE)).encode()})
    done = notecheck("scan", "--format", "jsonl", *paths)
    assert done.returncode == 2
    reports = [json.loads(line) for line in done.stdout.splitlines()]
    assert [report["encounter_id"] for report in reports if "decision" in report] == ["E1"]


def test_hook_says_nothing_of_it(place: Path) -> None:
    rules = slow_rules(place)
    assert notecheck("hook", given=json.dumps(encounter(NOTE)).encode()).returncode in (0, 1)
    slow = ("hook", "--rules", rules, "--time-limit", "0.5")
    assert b"gave up" in notecheck(*slow, given=json.dumps(encounter(SLOW)).encode()).stderr
    for path in written(place, bad_files()):
        done = notecheck("hook", given=path.read_bytes())
        assert (done.returncode, done.stdout) == (2, b""), path.name
    shown = notecheck("log", "show").stdout + notecheck("log", "show", "--json").stdout
    assert shown and MARKER.encode() not in shown


def test_audit_says_nothing_of_it(place: Path) -> None:
    lines = [json.dumps(encounter(NOTE, "E1")), json.dumps(encounter(SLOW, "SLOW")), "{" + NOTE]
    files = {**bad_files(), "batch.jsonl": "\n".join(lines).encode()}
    files["packed.jsonl.gz"] = gzip.compress(json.dumps(encounter(NOTE, "E2")).encode())
    written(place, files)
    out = place / "out"
    done = notecheck(
        "audit", place / "given", "--out", out, "--workers", "1",
        "--rules", slow_rules(place), "--time-limit", "1",
    )  # fmt: skip
    assert done.returncode == 1
    errors = pq.read_table(out / "errors.parquet").to_pylist()
    assert len(errors) >= 8 and any(row["encounter_id"] == "SLOW" for row in errors)
    assert MARKER not in str(errors)
    assert all(path.stat().st_mode & 0o077 == 0 for path in (out, *out.rglob("*")))
    assert MARKER.encode() not in done.stdout


def ask_all(served: Served) -> list[httpx.Response]:
    """Good and bad by every route; the answers that are no reports."""
    octets = {"Content-Type": "application/octet-stream"}
    refused = []
    with httpx.Client(base_url=served.url, timeout=120) as client:
        assert client.post("/v1/check", json=encounter(NOTE)).status_code == 200
        refused.append(client.post("/v1/check", json=encounter(SLOW)))
        for data in bad_files().values():
            refused.append(client.post("/v1/check", content=data, headers=octets))
            for path, kind in (
                ("/v1/check", "application/json"),
                ("/fhir/$check", "application/fhir+json"),
                ("/cds-services/notecheck-27596", "application/json"),
                ("/v1/decisions/unknown/override", "application/json"),
                (f"/v1/{MARKER}", "application/json"),
            ):
                answer = client.post(path, content=data, headers={"Content-Type": kind})
                refused.append(answer)
        batch = "\n".join((json.dumps(encounter(NOTE, "E3")), "{" + NOTE))
        headers = {"Content-Type": "application/x-ndjson"}
        answer = client.post("/v1/check/batch", content=batch, headers=headers)
        assert MARKER not in answer.text.splitlines()[1]
        refused += [client.get("/metrics"), client.get("/readyz"), client.get("/openapi.json")]
    return [
        answer for answer in refused if answer.status_code != 200 or "metrics" in str(answer.url)
    ]


def test_the_service_and_its_workbench_say_nothing_of_it(place: Path) -> None:
    settings = place / "serve.toml"
    settings.write_text(
        f'queue = "{place}/state/queue.sqlite"\n'
        "[workers]\ncount = 1\ncheck_seconds = 1\n"
        f'[mllp]\nstore = "{place}/state/hl7.sqlite"\nquiet_seconds = 0.1\n'
    )
    options = ("--settings", str(settings), "--mllp", "0", "--rules", str(slow_rules(place)))
    with serving(*options, folder=place / "state") as served:
        for answer in ask_all(served):
            assert MARKER not in answer.text, answer.url
            assert MARKER not in str(answer.headers)
        found = re.search(r"takes HL7 messages at \S+ port (\d+)", "".join(served.said))
        assert found
        connection = Connection(int(found[1]))
        for raw in (mdm("M1", NOTE), dft("M2"), bad_files()["broken.hl7"], NOTE.encode()):
            assert MARKER not in str(connection.send(raw))
        os.kill(served.workers()[0], signal.SIGKILL)
        assert httpx.post(f"{served.url}/v1/check", json=encounter(NOTE), timeout=120).is_success
        for pid in (served.process.pid, *served.workers()):
            limits = Path(f"/proc/{pid}/limits").read_text()
            assert re.search(r"^Max core file size +0 +0 ", limits, re.M), "a crash would be dumped"
    assert MARKER not in "".join(served.said)
