"""What belongs to one encounter is one report, whichever of the files it came in."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from read.hl7.messages import dft, ft1, header, mdm, segments, visit

from notecheck.read.together.belonging import Belonging
from notecheck.read.together.keys import Keys

from .cases import KNEE, THIGH, notecheck, rows, tables
from .joined_files import bundles, ccda, documents_and_claims, messages
from .test_resume import killed_when


def write_inputs(folder: Path) -> None:
    messages(folder / "in")
    messages(folder / "out", number="V7")
    (folder / "in" / "lonely_charge.hl7").write_text(
        dft(ft1("27596", "LT", transaction="T3"), number="V3")
    )
    (folder / "in" / "lonely_note.hl7").write_text(mdm("T02", THIGH, doc_id="D4", number="V4"))
    (folder / "in" / "z_broken.hl7").write_text(
        segments(header("MDM^T06"), "PID|1||123^^^HOSP", visit())
    )
    (folder / "in" / "z_stranger.hl7").write_text(
        mdm("T02", KNEE, doc_id="D5").replace("123^^^HOSP", "999^^^HOSP")
    )
    bundles(folder / "fhir")
    documents_and_claims(folder / "ccda")
    (folder / "ccda" / "same_number.xml").write_text(
        ccda(KNEE, "11504-8", patient="P2", born="19770707")
    )
    (folder / "note.txt").write_text(KNEE.format(1))
    (folder / "lines.jsonl").write_text("")


@pytest.fixture(scope="module")
def charts(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("charts")
    write_inputs(folder)
    # A visit of FHIR and one of HL7 have the same number here: they are told apart by their ids.
    for path in (folder / "fhir").iterdir():
        path.write_text(path.read_text().replace("Encounter/V100", "Encounter/F1").replace(
            '"id": "V100"', '"id": "F1"'))  # fmt: skip
    return folder


@pytest.fixture(scope="module")
def audited(charts: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    out = tmp_path_factory.mktemp("audited") / "out"
    run = notecheck("audit", charts, "--out", out, "--workers", "1")
    assert run.returncode == 1, run.stderr
    return out


@pytest.fixture(scope="module")
def reports(charts: Path, audited: Path) -> dict[str, dict[str, Any]]:
    return {row["encounter_id"]: row for row in rows(audited, "reports")}


def told(charts: Path, audited: Path) -> dict[str, str]:
    return {
        row["source"].removeprefix(f"{charts}/"): row["message"] for row in rows(audited, "errors")
    }


@pytest.mark.parametrize(
    ("encounter", "files"),
    [
        ("V100", "in/V100_charge.hl7 in/V100_history.hl7 in/V100_note.hl7"),
        ("V7", "out/V7_charge.hl7 out/V7_history.hl7 out/V7_note.hl7"),
        ("F1", "fhir/charge.json fhir/history.json fhir/note.json"),
        ("A100", "ccda/history.xml ccda/note.xml ccda/day.837"),
    ],
)
def test_note_history_and_charge_are_one_report_that_names_its_files(
    charts: Path, reports: dict[str, dict[str, Any]], encounter: str, files: str
) -> None:
    row = reports[encounter]
    named = [f"{charts}/{name}" for name in files.split()]
    assert row["source"] == " + ".join(named)
    assert json.loads(row["report"])["files"] == named
    assert "27596" in row["billed_codes"]
    assert row["prior_level"] == row["new_level"] == "transfemoral"


def test_what_finds_nothing_is_told_as_ever(
    charts: Path, audited: Path, reports: dict[str, dict[str, Any]]
) -> None:
    errors = told(charts, audited)
    assert "leave no document" in errors["in/lonely_charge.hl7"]
    assert "no note has the number" in errors["ccda/day.837, claim 2 (control number Z9)"]
    assert reports["V4"]["billed_codes"] is None
    assert reports["note"]["source"] == f"{charts}/note.txt"


def test_what_cannot_be_read_is_a_remark_in_the_rest_and_an_error(
    charts: Path, audited: Path, reports: dict[str, dict[str, Any]]
) -> None:
    (remark,) = json.loads(reports["V100"]["report"])["reading"]
    assert remark["part"] == f"{charts}/in/z_broken.hl7, message 1"
    assert remark["kind"] == "unreadable"
    assert "no TXA segment" in told(charts, audited)["in/z_broken.hl7"]


def test_two_patients_of_one_number_are_never_one(
    charts: Path, audited: Path, reports: dict[str, dict[str, Any]]
) -> None:
    assert "patient (PID-3) is not" in told(charts, audited)["in/z_stranger.hl7"]
    assert reports["V100"]["documents"] == reports["A100"]["documents"] == 2
    assert reports["ccda/same_number"]["documents"] == 1
    assert reports["ccda/same_number"]["billed_codes"] is None


def test_all_of_it_is_counted_once(audited: Path) -> None:
    counts = json.loads((audited / "run.json").read_text())["counts"]
    assert counts["encounters"] == len(rows(audited, "reports")) + counts["failed"]
    assert counts["failed"] == len(rows(audited, "errors")) == 5


def test_a_killed_run_goes_on_to_the_same_tables(
    charts: Path, audited: Path, tmp_path: Path
) -> None:
    out = tmp_path / "out"
    words = ("audit", charts, "--out", out, "--workers", "2")
    killed_when(lambda: any((out / ".audit" / "parts").glob("*.arrow")), *words)
    assert notecheck(*words, "--resume").returncode == 1
    assert tables(out) == tables(audited)


def test_scan_puts_the_same_together(charts: Path) -> None:
    run = notecheck("scan", charts, "--format", "jsonl", "--exit-zero")
    found = {report["encounter_id"]: report for report in map(json.loads, run.stdout.splitlines())}
    assert [len(found[name]["files"]) for name in ("V100", "F1", "A100", "V4")] == [3, 3, 3, 0]
    assert "Z9" in run.stderr and "lonely_charge" in run.stderr


def test_a_claim_of_another_birth_is_not_the_notes(tmp_path: Path) -> None:
    documents_and_claims(tmp_path / "in", born="19770707")
    run = notecheck("scan", tmp_path / "in", "--format", "jsonl")
    (report,) = map(json.loads, run.stdout.splitlines())
    assert report["encounter_id"] == "A100" and len(report["files"]) == 2
    assert "was born on another day" in run.stderr
    assert run.returncode == 2


def test_a_claim_that_could_be_of_two_notes_is_of_neither(tmp_path: Path) -> None:
    documents_and_claims(tmp_path / "in")
    (tmp_path / "in" / "same_number.xml").write_text(ccda(KNEE, "11504-8", patient="P2"))
    run = notecheck("scan", tmp_path / "in", "--format", "jsonl")
    reports = [*map(json.loads, run.stdout.splitlines())]
    assert [len(report["files"]) for report in reports] == [2, 0]
    assert "several notes have the number" in run.stderr


def test_what_is_too_large_together_is_read_alone() -> None:
    belonging = Belonging(most=10)
    for number, size in enumerate((4, 4, 6, 4)):
        visits = frozenset({"V1" if number < 3 else "V2"})
        belonging.add(number, size, b"file", Keys(visits=visits))
    belonging.add(4, 1, b"claims", Keys(claims=("V1", "0V2")))
    belonging.settle()
    assert [belonging.members_at(number) for number in range(3)] == [None] * 3
    assert belonging.too_large == 3
    assert [member.name for member in belonging.members_at(3) or ()] == [b"file", b"claims"]
    assert belonging.unmatched(4) == [0]
    belonging.close()
