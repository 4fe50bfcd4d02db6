"""Samples: the same for the same seed, fair to the strata, and ready for people to fill in."""

from __future__ import annotations

import csv
import hashlib
import json
from collections import Counter
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from notecheck.audit.frame import Frame
from notecheck.audit.run_record import SampleSettings
from notecheck.audit.sampling import allocate, draw, write_worksheets
from notecheck.audit.schema import FINDINGS, REPORTS, REQUIREMENTS
from notecheck.errors import AuditError

SIZES = st.dictionaries(st.text(max_size=3), st.integers(1, 200), min_size=1, max_size=8)


@settings(deadline=None)
@given(SIZES, st.integers(1, 300))
def test_places_are_dealt_by_size(sizes: dict[str, int], places: int) -> None:
    given_places = allocate(Counter(sizes), places)
    total = sum(sizes.values())
    assert sum(given_places.values()) == min(places, total)
    assert all(given_places[name] <= sizes[name] for name in sizes)
    if len(sizes) <= places <= total:
        for name, size in sizes.items():
            assert 1 <= given_places[name] <= max(1, size * places / total + 1)


def reports(folder: Path, names: list[str]) -> Path:
    rows = [
        {
            "encounter_id": name,
            "source": f"=cmd {name}",
            "code": "27596",
            "decision": "hold" if int(name[1:]) % 10 else "pass",
            "score": 50.0,
            "supported_code": "27596",
            "month": f"2026-0{1 + int(name[1:]) % 3}",
            "billed": int(name[1:]) % 4 != 3,
            "estimated_payment": 100.0 + int(name[1:]),
            "surgeon": "Dr. Ode" if int(name[1:]) % 2 else None,
        }
        for name in names
    ]
    folder.mkdir(exist_ok=True)
    pq.write_table(pa.Table.from_pylist(rows, REPORTS), folder / "reports.parquet")
    statuses = [{"encounter_id": n, "requirement": "inpatient", "status": "met"} for n in names]
    pq.write_table(pa.Table.from_pylist(statuses, REQUIREMENTS), folder / "requirements.parquet")
    told = [{"encounter_id": n, "finding": f} for n in names[:7] for f in ("units", "vac-bundled")]
    pq.write_table(pa.Table.from_pylist(told, FINDINGS), folder / "findings.parquet")
    return folder


def sampled(folder: Path, **settings: object) -> list[dict[str, Any]]:
    settings = {"size": 20, "seed": 1, "stratify": None, "frame": "all"} | settings
    asked = SampleSettings.model_validate(settings)
    return draw(Frame(folder, asked), asked)


def drawn(folder: Path, **settings: object) -> set[str]:
    return {row["encounter_id"] for row in sampled(folder, **settings)}


def test_a_sample_depends_on_seed_and_ids_alone(tmp_path: Path) -> None:
    names = [f"E{number}" for number in range(200)]
    path = reports(tmp_path / "a", names)
    first = drawn(path)
    assert len(first) == 20
    assert first == drawn(reports(tmp_path / "b", names[::-1]))
    assert first != drawn(path, seed=2)
    assert first < drawn(path, size=40)
    assert drawn(path, size=500) == set(names)


def test_strata_have_their_share_and_the_sheet_is_ready(tmp_path: Path) -> None:
    path = reports(tmp_path, [f"E{number}" for number in range(200)])
    found = sampled(path, stratify="decision")
    assert Counter(row["stratum"] for row in found) == {"hold": 18, "pass": 2}
    settings = SampleSettings(size=20, seed=1, stratify="surgeon", frame="all")
    write_worksheets(tmp_path, settings)
    with (tmp_path / "worksheet.csv").open(newline="") as file:
        rows = list(csv.DictReader(file))
    assert Counter(row["stratum"] for row in rows) == {"Dr. Ode": 10, "not documented": 10}
    assert {row["stratum_size"] for row in rows} == {"100"}
    assert {row["human:decision"] for row in rows} == {""}
    assert {row["notecheck:inpatient"] for row in rows} == {"met"}
    assert all(row["source"].startswith("'=cmd") for row in rows)  # no formula for a spreadsheet


def test_the_frame_is_what_bills_the_code_unless_told(tmp_path: Path) -> None:
    folder = reports(tmp_path, [f"E{number}" for number in range(40)])
    assert all(int(name[1:]) % 4 != 3 for name in drawn(folder, frame=None, size=99))
    assert len(drawn(folder, frame="billed", size=99)) == 30
    assert len(drawn(folder, frame="all", size=99)) == 40
    chosen = drawn(folder, frame="estimated_payment > 120 AND decision = 'hold'", size=99)
    assert chosen == {f"E{number}" for number in range(21, 40) if number % 10}
    with pytest.raises(AuditError, match="no SQL condition"):
        drawn(folder, frame="estimated_payment >")


@pytest.mark.parametrize(
    ("kind", "strata"),
    [
        ("month", {"2026-01": 14, "2026-02": 13, "2026-03": 13}),
        ("finding", {"units": 7, "none": 33}),
        ("payment", {f"payment, band {number}": 10 for number in range(1, 5)}),
    ],
)
def test_strata(tmp_path: Path, kind: str, strata: dict[str, int]) -> None:
    folder = reports(tmp_path, [f"E{number}" for number in range(40)])
    found = sampled(folder, stratify=kind, size=40)
    assert Counter(row["stratum"] for row in found) == strata


def test_the_frame_is_written_down_with_its_hash_and_the_blind_sheet_apart(tmp_path: Path) -> None:
    folder = reports(tmp_path, [f"E{number}" for number in range(40)])
    write_worksheets(folder, SampleSettings(size=6, seed=5, stratify="month"))
    record = json.loads((folder / "frame.json").read_text())
    assert record["sha256"] == hashlib.sha256((folder / "frame.csv").read_bytes()).hexdigest()
    assert (record["frame"], record["items"], record["seed"]) == ("billed", 30, 5)
    assert sum(record["strata"].values()) == 30
    with (folder / "worksheet-blind.csv").open(newline="") as file:
        blind = list(csv.DictReader(file))
    with (folder / "worksheet.csv").open(newline="") as file:
        ours = list(csv.DictReader(file))
    assert [row["encounter_id"] for row in blind] == [row["encounter_id"] for row in ours]
    assert not [name for name in blind[0] if name.startswith("notecheck:")]
    assert {"paid", "correct", "overpaid", "error_class", "reviewer", "date"} <= blind[0].keys()
