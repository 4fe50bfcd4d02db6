"""A redacted report has the offsets and none of the words, on every surface."""

from __future__ import annotations

import base64
import json
import subprocess
import sys
from pathlib import Path
from typing import Any

import pyarrow.parquet as pq
import pytest

from notecheck import check
from notecheck.read.shape import encounter_from_object
from notecheck.redact import redacted
from notecheck.report.text import render_text
from notecheck.serve.answers import answer
from notecheck.serve.job import Job
from notecheck.serve.mllp.answers import visit_job

# Words that reports quote, written as nobody else writes them, and names that stand beside them.
NOTE = """\
PREOPERATIVE DIAGNOSIS: InFected left above-knee amputation stump with Quibblex osTeomyelitis.
HISTORY: Left above-knee amputation in 2019. No Zorbent MyoDesis was done then.
PROCEDURE: Revision of left above-knee amputation.
DESCRIPTION: The feMur was diVided with a Trundlex saw 12 cm above the joint line.
MyoDesis of the Grumbold adductor to the femur through drill holes. Muscle was debrided, 6 x 4 cm.
Surgeon: Ulfric Bandersnatch
"""
QUOTED = ("InFected", "osTeomyelitis", "MyoDesis", "feMur was diVided", "6 x 4 cm")
MARKERS = (*QUOTED, "Quibblex", "Zorbent", "Trundlex", "Grumbold", "Bandersnatch")
ENCOUNTER: dict[str, Any] = {
    "encounter_id": "E1",
    "documents": [
        {"doc_id": "op", "type": "operative_note", "date": "2026-03-02", "text": NOTE},
    ],
    "claim": {"lines": [{"code": "27596", "modifiers": ["RT"], "diagnoses": ["S72.001A"]}]},
}


def quoted(value: object) -> list[dict[str, Any]]:
    if isinstance(value, dict):
        found = [value] if "start" in value and "text" in value else []
        return found + [item for inner in value.values() for item in quoted(inner)]
    return [item for inner in value for item in quoted(inner)] if isinstance(value, list) else []


def main(words: list[str]) -> tuple[int, str, str]:
    """A command in a process of its own: its status, what it prints and what it says."""
    done = subprocess.run(
        [sys.executable, "-m", "notecheck", *words], capture_output=True, text=True, timeout=300
    )
    return done.returncode, done.stdout, done.stderr


def require_redacted(printed: str) -> None:
    assert not [marker for marker in MARKERS if marker in printed]


def test_offsets_stay_and_words_go() -> None:
    whole = check(ENCOUNTER)
    before, after = (json.loads(r.model_dump_json()) for r in (whole, redacted(whole)))
    words = {item["text"] for item in quoted(before)}
    assert all(any(marker in told for told in words) for marker in QUOTED)
    for given, left in zip(quoted(before), quoted(after), strict=True):
        assert left == {**given, "text": ""}
    require_redacted(json.dumps(after))
    assert after["release"] == before["release"]


def test_a_redacted_report_is_shown_by_its_places() -> None:
    encounter = encounter_from_object(ENCOUNTER)
    shown = render_text(encounter, redacted(check(encounter)), width=80, colour=False)
    require_redacted(shown)
    assert "op:4" in shown and '""' not in shown


@pytest.fixture
def file(tmp_path: Path) -> Path:
    path = tmp_path / "encounter.json"
    path.write_text(json.dumps(ENCOUNTER))
    return path


@pytest.mark.parametrize("form", ["text", "json", "jsonl", "csv"])
def test_scan(file: Path, form: str) -> None:
    words = ["scan", str(file), "--format", form, "--suggest", "--redact"]
    status, printed, said = main(words)
    assert status == 1 and "27596" in printed, said
    require_redacted(printed + said)


def test_scan_shows_no_page_of_the_note(file: Path) -> None:
    status, _, said = main(["scan", str(file), "--format", "html", "--redact"])
    assert status == 2 and "--redact leaves the notes out" in said


@pytest.mark.parametrize("form", ["text", "json"])
def test_hook(file: Path, form: str) -> None:
    status, printed, said = main(["hook", str(file), "--format", form, "--redact"])
    assert status == 1 and "27596" in printed, said
    require_redacted(printed + said)


def test_audit(file: Path, tmp_path: Path) -> None:
    out = tmp_path / "out"
    words = ["audit", str(file), "--out", str(out), "--format", "csv", "--sample", "1"]
    status, printed, said = main([*words, "--workers", "1", "--redact"])
    assert status == 0, said
    require_redacted(printed + said)
    assert pq.read_table(out / "requirements.parquet").num_rows
    for path in out.rglob("*"):
        if path.suffix == ".parquet":
            require_redacted(json.dumps(pq.read_table(path).to_pylist(), default=str))
        elif path.is_file():
            require_redacted(path.read_text(encoding="utf-8", errors="replace"))


def test_the_service() -> None:
    fhir = {
        "resourceType": "Composition",
        "status": "final",
        "title": "Operative note",
        "date": "2026-03-02",
        "type": {"coding": [{"system": "http://loinc.org", "code": "11504-8"}]},
        "section": [{"text": {"status": "generated", "div": f"<div><pre>{NOTE}</pre></div>"}}],
    }
    lines = [f"OBX|{n}|TX|11504-8^^LN||{line}" for n, line in enumerate(NOTE.splitlines(), 1)]
    mdm = "\r".join(
        ["MSH|^~\\&|A|B|C|D|20260302||MDM^T02|1|P|2.5", "PID|1||7^^^B", "PV1|1|I" + "|" * 17 + "V1"]
        + ["TXA|1|OP|TX|20260302||||||||D1"]
        + lines
    )
    jobs = (
        Job("encounter", json.dumps(ENCOUNTER).encode(), redact=True),
        Job("fhir", json.dumps(fhir).encode(), redact=True),
        Job("hl7-visit", visit_job([mdm.encode()]), redact=True),
    )
    for job in jobs:
        told = answer(job)
        assert told.status == 200 and told.draft, told
        require_redacted(_opened(told.body))


def _opened(body: bytes) -> str:
    """The answer, with what of it is in base64 opened."""
    value = json.loads(body)
    for part in value.get("parameter", ()):
        if data := part.get("resource", {}).get("data"):
            part["resource"]["data"] = base64.b64decode(data).decode()
    return json.dumps(value)
