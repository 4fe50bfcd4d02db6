"""`notecheck audit` over every kind of input, as a user runs it and reads what it leaves."""

from __future__ import annotations

import csv
import gzip
import json
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq
import pytest
import zstandard

from notecheck import check
from notecheck.audit.schema import ERRORS, REPORTS, REQUIREMENTS
from notecheck.models import Report

from .cases import KNEE, SCAR, THIGH, claim, encounter, notecheck, rows, write_lines


def write_inputs(folder: Path) -> None:
    """One of everything that an audit reads, and some of what it cannot."""
    (folder / "ward").mkdir(parents=True)
    (folder / ".hidden.txt").write_text(KNEE)
    (folder / "note.txt").write_text(KNEE.format(1))
    (folder / "ward" / "note.txt").write_text(KNEE.format(2))
    (folder / "empty.txt").write_text("")
    (folder / "one.json").write_text(json.dumps(encounter("J1", SCAR, claim=claim("27596"))))
    lines = write_lines(
        folder / "plain.jsonl",
        [
            encounter("L1", THIGH, claim=claim("27590"), meta={"surgeon": "Dr. Ode"}),
            encounter("L2", KNEE.format(3)),
            encounter("L1", KNEE.format(4)),
        ],
    )
    with lines.open("a") as file:
        file.write('\n{"encounter_id": 5\n')
    packed = json.dumps(encounter("G1", KNEE.format(5))).encode()
    (folder / "packed.jsonl.gz").write_bytes(gzip.compress(packed))
    packed = json.dumps(encounter("Z1", KNEE.format(6))).encode()
    (folder / "packed.jsonl.zst").write_bytes(zstandard.compress(packed))
    (folder / "damaged.jsonl.gz").write_bytes(gzip.compress(packed)[:40])
    with (folder / "table.csv").open("w", newline="") as file:
        writer = csv.writer(file)
        writer.writerow(["Encounter ID", "doc_type", "note_date", "NOTE_TEXT", "surgeon", "cpt"])
        writer.writerow(["C1", "Operative Note", "2026-03-02", THIGH, "Dr. Ade", "27596"])
        writer.writerow(["C2", "", "", KNEE.format(7), "", ""])
        writer.writerow(["C1", "H&P", "2026-03-01", "Osteomyelitis of the stump.", "", "11044"])
        writer.writerow(["C3", "too", "few"])
        writer.writerow(["", "", "", KNEE.format(8), "", ""])
    table = pa.table(
        {
            "encounter_id": pa.array([11, 12], pa.int64()),
            "text": [KNEE.format(9), THIGH],
            "service_date": pa.array([None, 20_000], pa.date32()),
            "code": [None, "27596"],
            "modifiers": pa.array([None, ["LT", "78"]], pa.list_(pa.string())),
            "facility": ["North", "South"],
        }
    )
    pq.write_table(table, folder / "table.parquet")
    pq.write_table(pa.table({"a": [1]}), folder / "wrong.parquet")


@pytest.fixture(scope="module")
def audited(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("audit")
    write_inputs(folder / "in")
    out = folder / "in" / "out"  # within the input, and not read as input
    done = notecheck("audit", folder / "in", "--out", out, "--workers", "2", "--code", "27596")
    assert (done.returncode, done.stdout) == (1, "")
    assert "18 encounters: 0 pass, 0 review, 11 hold, 7 failed" in done.stderr
    assert "meniscus" not in done.stderr and "Traceback" not in done.stderr
    return out


def test_every_encounter_has_one_report(audited: Path) -> None:
    reports = {row["encounter_id"]: row for row in rows(audited, "reports")}
    assert list(reports) == [
        "note", "J1", "G1", "Z1", "L1", "L2", "C1", "C2", "11", "12", "ward/note",
    ]  # fmt: skip
    assert Path(reports["ward/note"]["source"]).parts[-2:] == ("ward", "note.txt")


def test_columns_are_as_documented(audited: Path) -> None:
    for name, schema in (("reports", REPORTS), ("requirements", REQUIREMENTS), ("errors", ERRORS)):
        found = pq.read_schema(audited / f"{name}.parquet")
        assert found.equals(schema)
        assert all(b"description" in (field.metadata or {}) for field in found)


def test_a_report_is_the_same_as_one_of_check(audited: Path) -> None:
    given = encounter("L1", THIGH, claim=claim("27590"))
    report = check(given, "27596")
    row = rows(audited, "reports")[4]
    assert Report.model_validate_json(row["report"]) == report
    assert (row["decision"], row["score"]) == (report.decision, report.score)
    assert row["supported_code"] == "27596"
    assert (row["prior_level"], row["measurement_cm"]) == ("transfemoral", 18.0)
    assert (row["surgeon"], row["payer"], row["month"]) == ("Dr. Ode", "medicare", "2026-03")
    assert (row["billed"], row["billed_codes"]) == (False, ["27590"])
    assert row["estimated_payment"] is None
    found = [r for r in rows(audited, "requirements") if r["encounter_id"] == "L1"]
    assert [(r["requirement"], r["status"]) for r in found] == [
        (r.id, r.status) for r in report.requirements
    ]
    for one in found:
        for item in one["evidence"]:
            assert THIGH[item["start"] : item["end"]] == item["text"]


def test_scattered_rows_of_a_table_are_one_encounter(audited: Path) -> None:
    reports = {row["encounter_id"]: row for row in rows(audited, "reports")}
    one = reports["C1"]
    assert (one["documents"], one["surgeon"]) == (2, "Dr. Ade")
    assert one["billed_codes"] == ["27596", "11044"]
    assert one["estimated_payment"] == 660.0
    assert one["source"].endswith("table.csv row 1")
    assert reports["C2"]["billed"] is None
    typed = reports["12"]
    assert (str(typed["service_date"]), typed["facility"]) == ("2024-10-04", "South")


def test_what_failed_is_listed_with_its_reason(audited: Path) -> None:
    found = {Path(row["source"]).name: row for row in rows(audited, "errors")}
    assert {name: (row["error_code"], row["reason"]) for name, row in found.items()} == {
        "damaged.jsonl.gz": ("NC310", "unreadable"),
        "empty.txt": ("NC310", "unreadable"),
        "plain.jsonl:3": ("NC320", "duplicate_id"),
        "plain.jsonl:5": ("NC310", "unreadable"),
        "table.csv row 4": ("NC310", "unreadable"),
        "table.csv row 5": ("NC310", "unreadable"),
        "wrong.parquet": ("NC310", "unreadable"),
    }
    assert found["plain.jsonl:3"]["encounter_id"] == "L1"
    assert "plain.jsonl:1" in found["plain.jsonl:3"]["message"]
    assert found["wrong.parquet"]["message"] == (
        "no column holds the encounter_id: name it with --column encounter_id=COLUMN; "
        "the columns are a"
    )


def test_the_run_is_told(audited: Path) -> None:
    run = json.loads((audited / "run.json").read_text())
    assert run["counts"]["encounters"] == 18
    assert run["counts"]["failed"] == 7
    assert len(run["identity"]["rules"]) == 64
    assert sorted(path.name for path in audited.iterdir()) == [
        "errors.parquet", "findings.parquet", "reports.parquet", "requirements.parquet",
        "run.json", "summary.html",
    ]  # fmt: skip


def test_an_audit_without_failures_exits_0_and_needs_columns_named(tmp_path: Path) -> None:
    table = tmp_path / "t.csv"
    table.write_text(f'WHO;WHAT\nA;"{KNEE.format(1)}"\n')
    named = ("--column", "encounter_id=WHO", "--column", "text=WHAT")
    done = notecheck("audit", table, "--out", tmp_path / "out", *named)
    assert (done.returncode, rows(tmp_path / "out", "errors")) == (0, []), done.stderr
    again = notecheck("audit", table, "--out", tmp_path / "out", *named, "--resume")
    assert again.returncode == 0
    assert "was done before" in again.stderr


def test_files_of_one_name_keep_their_notes_apart(tmp_path: Path) -> None:
    for name in ("a", "b"):
        (tmp_path / name).mkdir()
        (tmp_path / name / "note.txt").write_text(KNEE.format(name))
    paths = (tmp_path / "a" / "note.txt", tmp_path / "b" / "note.txt")
    done = notecheck("audit", *paths, "--out", tmp_path / "out", "--workers", "1")
    assert done.returncode == 0, done.stderr
    reports = rows(tmp_path / "out", "reports")
    assert [row["encounter_id"] for row in reports] == ["note", str(paths[1])]
    assert json.loads(reports[1]["report"])["encounter_id"] == str(paths[1])


def test_an_empty_folder_is_a_slip_and_an_empty_export_is_not(tmp_path: Path) -> None:
    (tmp_path / "in").mkdir()
    done = notecheck("audit", tmp_path / "in", "--out", tmp_path / "none")
    assert done.returncode == 2
    assert f"{tmp_path / 'in'}: there is no file to read in this folder [NC300]" in done.stderr
    assert not (tmp_path / "none" / "reports.parquet").exists()
    (tmp_path / "in" / "charts.csv").write_text("encounter_id,type,text\n")
    done = notecheck("audit", tmp_path / "in", "--out", tmp_path / "out")
    assert done.returncode == 0
    assert rows(tmp_path / "out", "reports") == []


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (["nowhere.txt"], "nowhere.txt: there is no such file or folder"),
        (["README.md", "--column", "text"], "--column takes FIELD=COLUMN"),
        (["README.md", "--workers", "0"], "Invalid value"),
        (["README.md", "--stratify", "payer"], "--stratify is for --sample"),
        (["README.md", "--master", "spark://a"], "--master is for --engine spark"),
        (["README.md", "--engine", "dask"], "Invalid value"),
        ([], "Missing argument"),
    ],
    ids=str,
)
def test_wrong_usage_exits_2(words: list[str], said: str, tmp_path: Path) -> None:
    done = notecheck("audit", *words, "--out", tmp_path / "out")
    assert done.returncode == 2
    assert said in done.stderr
    assert "Traceback" not in done.stderr
