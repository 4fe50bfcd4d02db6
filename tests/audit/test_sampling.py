"""Samples: the same for the same seed, fair to the strata, and ready for people to fill in."""

from __future__ import annotations

import csv
from collections import Counter
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq
from hypothesis import given, settings
from hypothesis import strategies as st

from notecheck.audit.run_record import SampleSettings
from notecheck.audit.sampling import allocate, draw, write_worksheet
from notecheck.audit.schema import REPORTS, REQUIREMENTS

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
            "surgeon": "Dr. Ode" if int(name[1:]) % 2 else None,
        }
        for name in names
    ]
    folder.mkdir(exist_ok=True)
    pq.write_table(pa.Table.from_pylist(rows, REPORTS), folder / "reports.parquet")
    statuses = [{"encounter_id": n, "requirement": "inpatient", "status": "met"} for n in names]
    pq.write_table(pa.Table.from_pylist(statuses, REQUIREMENTS), folder / "requirements.parquet")
    return folder / "reports.parquet"


def drawn(path: Path, **settings: object) -> set[str]:
    settings = {"size": 20, "seed": 1, "stratify": None} | settings
    return {row["encounter_id"] for row in draw(path, SampleSettings.model_validate(settings))}


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
    found = draw(path, SampleSettings(size=20, seed=1, stratify="decision"))
    assert Counter(row["stratum"] for row in found) == {"hold": 18, "pass": 2}
    settings = SampleSettings(size=20, seed=1, stratify="surgeon")
    write_worksheet(tmp_path, settings, tmp_path / "w.csv")
    with (tmp_path / "w.csv").open(newline="") as file:
        rows = list(csv.DictReader(file))
    assert Counter(row["stratum"] for row in rows) == {"Dr. Ode": 10, "not told": 10}
    assert {row["stratum_size"] for row in rows} == {"100"}
    assert {row["human:decision"] for row in rows} == {""}
    assert {row["notecheck:inpatient"] for row in rows} == {"met"}
    assert all(row["source"].startswith("'=cmd") for row in rows)  # no formula for a spreadsheet
