"""What a document is, by any of its codes, titles and headings."""

from __future__ import annotations

import json

import pytest

from ..fhir.resources import document_reference
from .sent import NOTE, one


@pytest.mark.parametrize(
    ("title", "kind"),
    [("Brief Op Note", "operative_note"), ("OR Operative Report - Final", "operative_note"),
     ("Op Note", "operative_note"), ("OPERATIVE_REPORT", "operative_note"),
     ("Report of Operation", "operative_note"), ("Surgery Documentation", "operative_note"),
     ("Immediate Post-Op Note", "operative_note"), ("Pre-Op Note", "preop_note"),
     ("Post-Op Check", "progress_note"), ("Surgical Pathology Report", "other"),
     ("Anesthesia Operative Record", "other"), ("Admission H&P", "history_and_physical"),
     ("Ward note", "other"), ("ProcNote", "operative_note"), ("O.R. Record", "operative_note"),
     ("Brief post-op note", "operative_note"), ("D/C Summ", "discharge_summary"),
     ("SOAP note", "progress_note"), ("Ambulatory visit", "office_note"),
     ("HP", "history_and_physical"), ("Admit as an inpatient", "admission_order"),
     ("ProgressNote", "progress_note"),
     ("Anesthesia procedure note", "other")],
)  # fmt: skip
def test_a_local_title_tells_the_kind(title: str, kind: str) -> None:
    reference = document_reference("op", NOTE.encode())
    reference["type"] = {"text": title}
    assert one(json.dumps(reference)).documents[0].type == kind


def test_headings_tell_the_kind_where_no_code_does() -> None:
    reference = document_reference(
        "op", b"PREOPERATIVE DIAGNOSIS: x\nPROCEDURE: y\nANESTHESIA: z\n"
    )
    reference["type"] = {"coding": [{"code": "777"}], "text": "Clinical document"}
    assert one(json.dumps(reference)).documents[0].type == "operative_note"
