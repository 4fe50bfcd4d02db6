"""Reasons in documents from before the stump are those of the amputation that made it."""

from __future__ import annotations

import datetime as dt

from notecheck import check
from notecheck.models import Document, DocumentType, Encounter, Report

NOTE = """\
PREOPERATIVE DIAGNOSIS: Open right above-knee amputation.
OPERATION: Revision of right above-knee amputation.
INDICATIONS: He had a right guillotine above-knee amputation on 3/3/2026 and returns for closure.
DESCRIPTION: The right femur was cut 4 cm higher with a saw. The fascia was closed.
"""


def _report(text: str, day: int, kind: DocumentType = "history_and_physical") -> Report:
    told = Document(doc_id="hp", type=kind, date=dt.date(2026, 3, day), text=text)
    note = Document(doc_id="op", type="operative_note", date=dt.date(2026, 3, 9), text=NOTE)
    return check(Encounter(encounter_id="E", documents=(told, note)), code="27596")


def _told(report: Report) -> set[str]:
    return {fact.value for fact in report.facts.indications}


def _preop(report: Report) -> str:
    return next(r.status for r in report.requirements if r.id == "indication-preop")


def test_what_was_wrong_with_the_foot_went_with_it() -> None:
    report = _report("A/P: Wet gangrene of the right foot, septic. To OR for amputation.", 2)
    assert _told(report) == {"dehiscence"}
    assert _preop(report) == "missing"
    assert ("indications", "infection", "history") in {
        (item.fact, item.value, item.reason) for item in report.excluded
    }


def test_a_copy_of_the_first_report_tells_its_own_reasons() -> None:
    report = _report("Report of 3/3. Gas gangrene of the right leg.", 3, "other")
    assert _told(report) == {"dehiscence"}


def test_what_is_told_after_the_amputation_is_of_the_stump() -> None:
    report = _report("Right stump with pus and black muscle.", 8, "progress_note")
    assert _told(report) == {"dehiscence", "infection", "nonviable"}
    assert _preop(report) == "met"


def test_a_document_that_knows_a_stump_already_tells_of_that_one() -> None:
    report = _report("Right below-knee amputation 1/5/2026, stump now with an abscess.", 2)
    assert "infection" in _told(report)
