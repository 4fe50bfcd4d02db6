"""What EHRs export is audited with no option but --out."""

from __future__ import annotations

import csv
import datetime as dt
from collections import Counter
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from openpyxl import load_workbook

from notecheck.audit.columns import find_columns
from notecheck.audit.dates import DateOrders, iso_date
from notecheck.audit.sources import list_sources
from notecheck.audit.table_options import read_types
from notecheck.audit.table_rows import encounter_from_rows
from notecheck.errors import AuditError

from .cases import notecheck, rows
from .exports import comma_file, pipe_file, workbook


@pytest.fixture(scope="module")
def exports(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("exports")
    comma_file(folder / "notes.csv", 100)
    pipe_file(folder / "events.txt", 100)
    workbook(folder / "reports.xlsx", 100)
    (folder / "~$reports.xlsx").write_bytes(b"lock")
    (folder / "Thumbs.db").write_bytes(b"x")
    return folder


def test_three_hundred_charts_need_no_option(exports: Path, tmp_path: Path) -> None:
    out = tmp_path / "out"
    done = notecheck("audit", exports, "--out", out, "--format", "csv", "--workers", "1")
    assert done.returncode == 0, done.stderr
    reports = rows(out, "reports")
    assert len(reports) == 300
    assert rows(out, "errors") == []
    assert {report["documents"] for report in reports} == {2}
    assert {report["supported_code"] for report in reports} == {"27596"}
    assert Counter(report["laterality"] for report in reports) == {"left": 150, "right": 150}
    assert {report["service_date"].year for report in reports} == {2026}
    assert max(report["service_date"] for report in reports) == dt.date(2026, 4, 4)
    found = {(r["requirement"], r["status"]) for r in rows(out, "requirements")}
    assert ("indication-preop", "met") in found  # the H&P was known as one, and dated before
    assert ("laterality-claim", "met") in found
    assert ("laterality-claim", "missing") not in found
    told = (out / "reports.csv").read_text("utf-8-sig").splitlines()
    assert len(list(csv.reader(told))) == 301
    assert "left out" in done.stderr
    assert "Thumbs.db" in done.stderr


def test_a_preview_tells_columns_and_charts(exports: Path, tmp_path: Path) -> None:
    done = notecheck("audit", exports, "--out", tmp_path / "out", "--preview")
    assert done.returncode == 0, done.stderr
    assert "MODIFIER_1, MODIFIER_2, MODIFIER_3, MODIFIER_4" in done.stdout
    assert "Blob_Contents" in done.stdout
    assert done.stdout.count("operative_note 2026-") == 10
    assert not (tmp_path / "out").exists()


def test_errors_are_grouped_on_the_console(tmp_path: Path) -> None:
    lines = [f"A{n},{n},x" for n in range(30)] + ["B,0,The femur was cut."]
    (tmp_path / "t.csv").write_text("csn,date,text\n" + "\n".join(lines))
    done = notecheck("audit", tmp_path / "t.csv", "--out", tmp_path / "out")
    assert done.returncode == 1
    assert "31 x `documents[0].date` is wrong: a date is written YYYY-MM-DD" in done.stderr


def test_tables_as_excel_files(tmp_path: Path) -> None:
    (tmp_path / "n.txt").write_text("OPERATION: Revision of left above-knee amputation.")
    done = notecheck("audit", tmp_path / "n.txt", "--out", tmp_path / "out", "--format", "xlsx")
    assert done.returncode == 0, done.stderr
    sheet = load_workbook(tmp_path / "out" / "requirements.xlsx").active
    assert sheet is not None
    assert sheet.cell(1, 1).value == "encounter_id"
    assert sheet.cell(2, 1).value == "n"


@pytest.mark.parametrize(
    ("text", "order", "day"),
    [
        ("03/04/2026", "mdy", "2026-03-04"),
        ("03/04/2026", "dmy", "2026-04-03"),
        ("25/04/2026 13:05", "mdy", "2026-04-25"),
        ("4/25/26 1:05:00 PM", "dmy", "2026-04-25"),
        ("3.4.2026", "mdy", "2026-04-03"),
        ("2026-03-04T10:00:00Z", "dmy", "2026-03-04"),
        ("20260304", "dmy", "2026-03-04"),
        ("20260304101500", "mdy", "2026-03-04"),
        ("46085", "mdy", "2026-03-04"),
        ("46085.42", "mdy", "2026-03-04"),
        ("04-MAR-26", "mdy", "2026-03-04"),
        ("4 March 2026", "mdy", "2026-03-04"),
        ("Mar 4, 2026 10:15", "dmy", "2026-03-04"),
        ("31/31/2026", "mdy", "31/31/2026"),
        ("soon", "mdy", "soon"),
    ],
)
def test_dates_as_systems_write_them(text: str, order: str, day: str) -> None:
    assert iso_date(text, order) == day


@given(st.dates(dt.date(1971, 1, 1), dt.date(2069, 12, 31)), st.sampled_from(["mdy", "dmy"]))
def test_a_date_written_in_the_order_comes_back(day: dt.date, order: str) -> None:
    form = "%m/%d/%Y" if order == "mdy" else "%d/%m/%Y"
    assert iso_date(day.strftime(form), order) == day.isoformat()


def test_a_table_tells_the_order_of_its_dates() -> None:
    european, mixed = DateOrders(), DateOrders()
    for value in ("03/04/2026", "25/04/2026", None):
        european.watch(value)
    for value in ("25/04/2026", "04/25/2026"):
        mixed.watch(value)
    assert (european.order, mixed.order, DateOrders().order) == ("dmy", "mdy", "mdy")


def test_a_field_over_several_columns_keeps_their_order() -> None:
    names = ["csn", "note", "DX_10", "DX_2", "DX_1", "MOD1", "MOD2"]
    found = find_columns(names, {})
    assert found["diagnoses"] == ("DX_1", "DX_2", "DX_10")
    assert found["modifiers"] == ("MOD1", "MOD2")


def test_a_sites_own_document_types(tmp_path: Path) -> None:
    (tmp_path / "types.csv").write_text("name,type\nSURG DICT,operative_note\n")
    types = read_types(str(tmp_path / "types.csv"))
    row = {"encounter_id": "A", "text": "x", "type": "Surg Dict"}
    assert encounter_from_rows([row], "mdy", types).documents[0].type == "operative_note"
    assert encounter_from_rows([row]).documents[0].type == "other"
    (tmp_path / "types.csv").write_text("SURG DICT,op\n")
    with pytest.raises(AuditError, match="types.csv:1"):
        read_types(str(tmp_path / "types.csv"))


@pytest.mark.parametrize("encoding", ["utf-8-sig", "utf-16", "utf-16-le", "cp1252"])
def test_encodings_are_told_by_content(tmp_path: Path, encoding: str) -> None:
    text = "csn;note\nA;Femur cut, caf\u00e9\n"
    (tmp_path / "t.csv").write_bytes(text.encode(encoding))
    done = notecheck("audit", tmp_path / "t.csv", "--out", tmp_path / "out", "--preview")
    assert "A: operative_note" in done.stdout


@pytest.mark.parametrize("name", ["report", "REPORT", "Operative_Report", "op_note", "Notes"])
def test_a_report_is_a_text(name: str) -> None:
    assert find_columns(["csn", name], {})["text"] == (name,)
    assert find_columns(["csn", name, "note_text"], {})["text"] == ("note_text",)


def test_a_text_that_is_a_note_stays_one(tmp_path: Path) -> None:
    (tmp_path / "n.txt").write_text("OPERATION: revision\nThe femur was cut.")
    (source,) = list_sources([str(tmp_path)], tmp_path / "out")
    assert source.kind == "file"


def test_a_claim_for_a_code_without_rates_is_audited(tmp_path: Path) -> None:
    (tmp_path / "t.csv").write_text(
        "csn,note,cpt,mod\nA,OPERATION: Left above-knee amputation. The femur was cut.,27590,LT\n"
    )
    done = notecheck("audit", tmp_path / "t.csv", "--out", tmp_path / "out")
    assert done.returncode == 0, done.stderr
    (report,) = rows(tmp_path / "out", "reports")
    assert (report["code"], report["estimated_payment"]) == ("27590", None)
