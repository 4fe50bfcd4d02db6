"""Encounters, and the command as a user runs it."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any

import pyarrow.parquet as pq

ROOT = Path(__file__).resolve().parents[2]
TABLES = ("reports.parquet", "requirements.parquet", "findings.parquet", "errors.parquet")

KNEE = "OPERATION: Left knee arthroscopy, number {}. The meniscus was trimmed.\n"
THIGH = """\
PREOPERATIVE DIAGNOSIS: Osteomyelitis of the left femur in an above-knee amputation stump.
OPERATION: Re-amputation of the left thigh through the femur.
INDICATIONS: Left above-knee amputation on 2025-02-10. Osteomyelitis of the distal femur with
exposed bone, so revising the soft tissue alone would leave infected bone behind.
DESCRIPTION: The femur was divided with an oscillating saw at mid-shaft, 18 cm distal to the
greater trochanter. Adductor myodesis was done through drill holes. The fascia was closed.
"""
SCAR = """\
OPERATION: Scar revision of the right above-knee amputation stump. The scar was excised. No bone
was resected. The wound was closed in layers.
"""


def encounter(encounter_id: str, text: str, **more: Any) -> dict[str, Any]:
    document = {"doc_id": "op", "type": "operative_note", "date": "2026-03-02", "text": text}
    return {"encounter_id": encounter_id, "documents": [document], **more}


def claim(*codes: str, **more: Any) -> dict[str, Any]:
    lines = [{"code": code, "modifiers": ["LT"], "service_date": "2026-03-02"} for code in codes]
    return {"claim_id": "C1", "form": "professional", "payer": "medicare", "lines": lines, **more}


def knees(count: int) -> Iterable[dict[str, Any]]:
    return (encounter(f"K{number:05}", KNEE.format(number)) for number in range(count))


def write_lines(path: Path, encounters: Iterable[Mapping[str, Any]]) -> Path:
    path.write_text("".join(json.dumps(e) + "\n" for e in encounters), encoding="utf-8")
    return path


def command(*words: str | Path) -> list[str]:
    return [sys.executable, "-m", "notecheck", *map(str, words)]


def environment(rules: Path | None = None) -> dict[str, str]:
    return os.environ | ({"NOTECHECK_RULES": str(rules)} if rules else {})


def notecheck(
    *words: str | Path, rules: Path | None = None, cwd: Path = ROOT
) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        command(*words),
        capture_output=True,
        text=True,
        cwd=cwd,
        env=environment(rules),
        timeout=300,
        check=False,
    )


def rows(out: Path, name: str) -> list[dict[str, Any]]:
    return pq.read_table(out / f"{name}.parquet").to_pylist()


def tables(out: Path) -> dict[str, bytes]:
    return {name: (out / name).read_bytes() for name in (*TABLES, "summary.html")}
