"""A later word of the surgeon is read as part of the operative note, and changes the result."""

from __future__ import annotations

from typing import Any

import pytest

from notecheck import check
from notecheck.models import Report

NOTE = """\
PREOPERATIVE DIAGNOSIS: Osteomyelitis of left above-knee amputation stump.
PROCEDURE: Revision of left above-knee amputation.
DESCRIPTION: The old scar was excised. Pus was washed out. The wound was closed over a drain with
the fascia in one layer and the skin with staples. She was an inpatient throughout.
"""
ANSWER = """\
ADDENDUM to operative note, late entry.
In response to the documentation query: the femur was divided with an oscillating saw in the distal
third and 3 cm of it was removed, because infected bone would otherwise have been left behind.
"""


def report(addendum: str | None, **fields: Any) -> Report:
    documents: list[dict[str, Any]] = [
        {"doc_id": "op", "type": "operative_note", "date": "2026-03-02", "text": NOTE}
    ]
    if addendum is not None:
        added = {"doc_id": "add", "type": "other", "date": "2026-03-09", "text": addendum}
        documents.append(added | fields)
    return check({"encounter_id": "A", "documents": documents})


def status(found: Report, identity: str) -> str:
    return next(item.status for item in found.requirements if item.id == identity)


def test_without_the_answer_the_note_supports_a_closure() -> None:
    found = report(None)
    assert found.supported_code.value == "27594"
    assert status(found, "new-level") == "partial"


@pytest.mark.parametrize("kind", ["other", "operative_note"])
def test_the_answer_changes_the_result_and_is_shown(kind: str) -> None:
    found = report(ANSWER, type=kind)
    assert found.supported_code.value == "27596"
    assert (status(found, "new-level"), status(found, "revision-necessity")) == ("met", "met")
    assert found.decision == "pass"
    level = found.facts.new_level
    assert level is not None
    assert (level.segment, level.measurement_cm) == ("distal_third", 3.0)
    assert {item.doc_id for item in level.evidence} == {"add"}
    for item in level.evidence:
        assert ANSWER[item.start : item.end] == item.text


def test_the_date_of_the_operation_stays_that_of_the_note() -> None:
    documents = [
        {"doc_id": "add", "type": "operative_note", "date": "2026-04-20", "text": ANSWER},
        {"doc_id": "op", "type": "operative_note", "date": "2026-03-02", "text": NOTE},
        {
            "doc_id": "office",
            "type": "office_note",
            "date": "2026-02-27",
            "text": "Left AKA was done on 12/28/2025. The stump is infected.",
        },
    ]
    claim = {"form": "professional", "lines": [{"code": "27596", "modifiers": ["LT", "58"]}]}
    found = check({"encounter_id": "A", "documents": documents, "claim": claim})
    (global_period,) = (item for item in found.requirements if item.id == "global-period")
    assert "64 days" in global_period.message


@pytest.mark.parametrize(
    "fields",
    [
        {"date": None},
        {"date": "2026-03-01"},
        {"type": "discharge_summary"},
        {"text": ANSWER.replace("ADDENDUM to operative note, late entry.\n", "").replace(
            "In response to the documentation query: the", "The")},
    ],
    ids=["undated", "before the operation", "of another type", "does not say what it is"],
)  # fmt: skip
def test_what_is_no_addendum_adds_nothing(fields: dict[str, Any]) -> None:
    found = report(ANSWER, **fields)
    assert found.supported_code.value == "27594"
    assert found.facts.new_level is None


def test_an_addendum_without_a_note_is_no_operation() -> None:
    documents = [{"doc_id": "add", "type": "other", "date": "2026-03-09", "text": ANSWER}]
    assert check({"encounter_id": "A", "documents": documents}).facts.bone_resected is None


def test_an_addendum_settles_the_side() -> None:
    both_sides = NOTE.replace("PROCEDURE: Revision of left", "PROCEDURE: Revision of right")
    documents = [
        {"doc_id": "op", "type": "operative_note", "date": "2026-03-02", "text": both_sides}
    ]
    before = check({"encounter_id": "A", "documents": documents})
    assert before.facts.laterality and before.facts.laterality.value == "conflicting"
    text = "Addendum to the operative note. The left above-knee stump was the one operated on."
    documents.append({"doc_id": "add", "type": "other", "date": "2026-03-05", "text": text})
    after = check({"encounter_id": "A", "documents": documents})
    assert after.facts.laterality and after.facts.laterality.value == "left"
    assert {item.doc_id for item in after.facts.laterality.evidence} == {"add"}


def test_an_addendum_settles_the_place() -> None:
    note = NOTE.replace(
        "The wound was closed",
        "The femur was cut at mid-shaft. The femur was divided again in the proximal third. "
        "The wound was closed",
    )
    documents = [{"doc_id": "op", "type": "operative_note", "date": "2026-03-02", "text": note}]
    assert status(check({"encounter_id": "A", "documents": documents}), "new-level") == "conflict"
    text = "Late entry. The femur was transected once, in the proximal third."
    documents.append({"doc_id": "add", "type": "other", "date": "2026-03-05", "text": text})
    found = check({"encounter_id": "A", "documents": documents})
    assert status(found, "new-level") == "met"
    assert found.facts.new_level and found.facts.new_level.segment == "proximal_third"
