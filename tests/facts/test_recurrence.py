"""The reason of the amputation is one of today's where the text says that it is there again."""

import pytest

from notecheck import check

NOTE = """PREOPERATIVE DIAGNOSIS: Left above-knee stump
PROCEDURE: Revision of left above-knee amputation
INDICATIONS: {told}
DESCRIPTION: The left thigh was prepped. The femur was sawn across at mid-shaft. Fascia closed.
"""


def _reasons(told: str) -> list[str]:
    note = {"doc_id": "op", "type": "operative_note", "date": "2026-03-10"}
    document = note | {"text": NOTE.format(told=told)}
    report = check({"encounter_id": "E", "documents": [document]}, code="27596")
    return [reason.value for reason in report.facts.indications]


@pytest.mark.parametrize(
    ("told", "reason"),
    [
        ("AKA for sarcoma, now recurrence in the stump.", "neoplasm"),
        ("Left AKA in 2019 for sarcoma; it has come back in the stump.", "neoplasm"),
        ("Left AKA for chondrosarcoma in 2018, local recurrence in the femoral stump.", "neoplasm"),
        ("Underwent left AKA in 2015 for liposarcoma, now with a recurrence.", "neoplasm"),
        ("Left AKA for osteomyelitis in 2018, osteomyelitis has recurred.", "osteomyelitis"),
        ("Left AKA in 2016 for infection. It has come back.", "infection"),
        ("Left AKA in 2016 for infection, which has recurred in the stump.", "infection"),
    ],
)
def test_what_came_back_is_a_reason(told: str, reason: str) -> None:
    assert _reasons(told) == [reason]


@pytest.mark.parametrize(
    ("told", "reason"),
    [
        ("Left AKA for sarcoma in 2010 without recurrence; the stump is infected.", "infection"),
        ("Left AKA for sarcoma in 2012, no local recurrence, now a neuroma.", "pain_neuroma"),
        ("Left AKA in 2012 for osteomyelitis; pain has recurred. A neuroma.", "pain_neuroma"),
        ("Left AKA for sarcoma in 2012, never a recurrence. Abscess of the stump.", "infection"),
        ("Left AKA for osteomyelitis in 2016, now with exposed bone.", "bone_overgrowth"),
        ("Left AKA after a crush injury in 1999; now an ulcer of the stump.", "dehiscence"),
        ("Left AKA in 2016 for infection. It has healed. The bone is exposed.", "bone_overgrowth"),
    ],
)
def test_what_did_not_is_that_of_the_first_operation(told: str, reason: str) -> None:
    assert _reasons(told) == [reason]
