"""The day of the operation by the note's own heading."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest

from notecheck import check

_NOTE = (
    "OPERATION: Revision of left above-knee amputation stump\n"
    "HISTORY: Left above-knee amputation on 1/20/2026.\n"
    "DESCRIPTION: The left thigh was prepped. The femur was cut with a saw 14 cm below the greater "
    "trochanter. The fascia was closed.\n"
)
_CLAIM = {"form": "professional", "lines": [{"code": "27596", "modifiers": ["LT", "58"]}]}


def _report(text: str, date: str | None = None) -> Any:
    document = {"doc_id": "op", "type": "operative_note", "date": date, "text": text}
    return check({"encounter_id": "E", "documents": [document], "claim": _CLAIM}, code="27596")


def _today(report: Any) -> str | None:
    return next(o.date for o in report.operations if o.status == "today")


@pytest.mark.parametrize(
    "heading",
    [
        "DATE OF PROCEDURE: 03/02/2026\n",
        "Date of Surgery: March 2, 2026\n",
        "Surgeon: A. Doe, MD      DOS: 3/2/26\n",
        "OPERATION DATE:03/02/2026",
        "Date of service  2 March 2026\n",
        "OPERATIVE REPORT\nDate: 2026-03-02\n",
    ],
)
def test_an_undated_note_is_of_the_day_that_its_heading_tells(heading: str) -> None:
    report = _report(heading + _NOTE)
    assert report.operation_date == dt.date(2026, 3, 2)
    assert _today(report) == "2026-03-02"
    period = next(r for r in report.requirements if r.id == "global-period")
    assert period.status == "met"


@pytest.mark.parametrize(
    "text",
    [
        _NOTE,
        "DATE OF PROCEDURE: pending\n" + _NOTE,
        _NOTE + "PLAN: " + "Wound checks and dressing. " * 20 + "\nDate: 03/04/2026\n",
        _NOTE + "\nPRIOR OPERATIVE NOTE:\nDate of surgery: 1/20/2026\nThe femur was cut.\n",
    ],
)
def test_a_note_that_tells_no_day_of_its_own_has_none(text: str) -> None:
    assert _report(text).operation_date is None


def test_the_date_that_a_note_was_sent_with_stands() -> None:
    report = _report("DATE OF SURGERY: 03/01/2026\n" + _NOTE, date="2026-03-02")
    assert report.operation_date == dt.date(2026, 3, 2)
    assert "operative-note-day" in {finding.id for finding in report.findings}
