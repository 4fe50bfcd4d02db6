"""A title's planned stage is today's operation where the note tells it done."""

import pytest

from notecheck import check
from notecheck.models import Report

NOTE = """PREOPERATIVE DIAGNOSIS: Open left above-knee amputation stump
OPERATION: {title}
INDICATIONS: A guillotine amputation of the left thigh was done on 3/2/2026.
DESCRIPTION: The left stump was prepped. The femur was well covered and left alone. {told}
"""
CLOSED = "The quadriceps was sewn to the hamstrings, the fascia was closed, the skin was stapled."
OPEN = "The wound was washed out and left open, packed with gauze."


def _read(title: str, told: str) -> Report:
    document = {
        "doc_id": "op",
        "type": "operative_note",
        "date": "2026-03-09",
        "text": NOTE.format(title=title, told=told),
    }
    return check({"encounter_id": "E", "documents": [document]}, code="27594")


@pytest.mark.parametrize(
    "title",
    [
        "Delayed closure of left above-knee stump (planned second stage)",
        "Staged closure of open left above-knee amputation",
        "Planned closure of left AKA stump",
        "Closure of left thigh stump, second stage, planned",
        "Return to the operating room for planned closure of left AKA",
        "Secondary closure of left transfemoral stump, as planned",
    ],
)
def test_a_planned_stage_that_was_done_is_todays(title: str) -> None:
    report = _read(title, CLOSED)
    assert report.supported_code.value == "27594"
    assert [o.kind for o in report.operations if o.status == "today"] == ["closure"]
    assert not [o for o in report.operations if o.status == "planned"]


@pytest.mark.parametrize(
    "title",
    [
        "Washout of left AKA stump, closure planned for Friday",
        "Debridement of left above-knee stump, staged closure planned",
    ],
)
def test_a_planned_closure_that_was_not_done_stays_a_plan(title: str) -> None:
    report = _read(title, OPEN)
    assert report.supported_code.value == "none"
    assert not [o for o in report.operations if o.status == "today" and o.kind == "closure"]
