"""Columns by the words of their names, and documents whose text is spread over rows."""

from __future__ import annotations

import pytest

from notecheck.audit.column_words import field_of
from notecheck.audit.columns import find_columns
from notecheck.audit.csv_rows import table_layout
from notecheck.audit.table_rows import encounter_from_rows


@pytest.mark.parametrize(
    ("name", "field"),
    [
        ("StayNumber", ("encounter_id", 0)),
        ("Hospital Account No", ("encounter_id", 0)),
        ("RPT_CLASS", ("type", 0)),
        ("transcriptionBody", ("text", 0)),
        ("Entry Timestamp", ("date", 0)),
        ("SURGERY_DT", ("service_date", 0)),
        ("CPT-4", ("code", 0)),
        ("Charge Mod 3", ("modifiers", 3)),
        ("Secondary ICD-10 Dx 11", ("diagnoses", 11)),
        ("note line #", ("text_line", 0)),
    ],
)
def test_a_name_is_known_by_its_words(name: str, field: tuple[str, int]) -> None:
    assert field_of(name) == field


@pytest.mark.parametrize(
    "name",
    ["Patient ID", "MRN", "Note Author", "Note Status", "Visit Type", "Birth Date", "Procedure",
     "Charge Amount", "Order Date", "Report", "", "#"],
)  # fmt: skip
def test_what_is_not_understood_is_not_guessed(name: str) -> None:
    assert field_of(name) is None


def test_a_known_name_goes_before_words_and_numbers_give_the_order() -> None:
    names = ["visitKey", "CSN", "Note Body", "Rpt Text", "Line Mod 2", "Line Mod 1"]
    found = find_columns(names, {})
    assert found["encounter_id"] == ("CSN",)
    assert found["text"] == ("Note Body",)
    assert found["modifiers"] == ("Line Mod 1", "Line Mod 2")
    assert find_columns(names, {"modifiers": "Line Mod 2"})["modifiers"] == ("Line Mod 2",)


@pytest.mark.parametrize("delimiter", "\t;,|^~")
def test_any_usual_mark_parts_cells(delimiter: str) -> None:
    head = delimiter.join(("VisitNbr", "RptText", "CPT4")) + "\n"
    layout = table_layout(head.encode(), {})
    assert (layout.delimiter, layout.header[0]) == (delimiter, "VisitNbr")


def test_a_text_of_a_row_to_a_line_is_one_document() -> None:
    told = [("10", "third"), ("2", "second"), ("1", "The femur was cut.")]
    rows = [
        {"encounter_id": "E", "doc_id": "n", "text_line": number, "text": text}
        for number, text in told
    ]
    rows.append({"encounter_id": "E", "doc_id": "h", "text_line": "1", "text": "Admit."})
    rows.append(rows[0])  # as a join of two tables has it
    first, second = encounter_from_rows(rows).documents
    assert first.text == "The femur was cut.\nsecond\nthird"
    assert second.text == "Admit."


def test_a_claims_line_numbers_leave_the_text_alone() -> None:
    rows = [
        {"encounter_id": "E", "doc_id": "n", "text_line": line, "text": "Cut.", "code": code}
        for line, code in (("1", "27596"), ("2", "11043"))
    ]
    encounter = encounter_from_rows(rows)
    assert encounter.documents[0].text == "Cut."
    assert encounter.claim is not None and len(encounter.claim.lines) == 2


def test_the_primary_diagnosis_comes_first_whatever_the_others_are_called() -> None:
    for others in (["Dx 2", "Dx 3"], ["Secondary Dx 1", "Secondary Dx 2"], ["DX"]):
        found = find_columns(["csn", "note", *others, "Principal Dx"], {})
        assert found["diagnoses"] == ("Principal Dx", *others)


def test_the_date_of_service_dates_documents_that_have_no_other() -> None:
    said = {"encounter_id": "E", "type": "H&P", "text": "stump", "service_date": "3/1/2026"}
    (document,) = encounter_from_rows([said, {**said, "service_date": "3/2/2026"}]).documents
    assert str(document.date) == "2026-03-01"
    other = {"encounter_id": "E", "text": "The femur was cut.", "date": "3/3/2026"}
    dates = {d.text: d.date and str(d.date) for d in encounter_from_rows([said, other]).documents}
    assert dates == {"stump": None, "The femur was cut.": "2026-03-03"}
