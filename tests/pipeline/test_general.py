"""What is said to every patient tells nothing of this one."""

import pytest

from notecheck import check

NOTE = """PREOPERATIVE DIAGNOSIS: Right above-knee amputation stump
PROCEDURE: Revision of right above-knee amputation
DESCRIPTION: The right thigh was prepped. The femur was sawn across at mid-shaft. Fascia closed.
"""


def _indications(told: str) -> list[str]:
    documents = [
        {"doc_id": "op", "type": "operative_note", "date": "2026-06-08", "text": NOTE},
        {"doc_id": "pt", "type": "other", "date": "2026-06-10", "text": told},
    ]
    report = check({"encounter_id": "E", "documents": documents}, code="27596")
    return sorted(i.value for i in report.facts.indications)


@pytest.mark.parametrize(
    "told",
    [
        "General leaflet: people have a re-amputation because of infection or painful nerves.",
        "Patient handout: 'Stumps are revised when the wound opens or the bone is exposed.'",
        'Booklet "Your new limb": Neuromas hurt. Infection of a stump can reach the bone.',
        "Class handout, page 2. Reasons for revision: infected stump. Exposed bone.",
        "PATIENT EDUCATION\nAn infected stump smells.\nA wound that opens shows exposed bone.",
        'Macro library: "His stump was left open. It is infected." To be edited.',
        "Criteria for approval: infected stump; exposed bone.",
        "Call for pus, gaping of the scar, or bone you can see.",
        "Query: write that the stump was infected, if it was.",
        "Smart phrase not edited: stump is infected with exposed bone ***.",
    ],
)
def test_what_is_said_to_all_is_no_reason(told: str) -> None:
    assert _indications(told) == []


@pytest.mark.parametrize(
    "told",
    [
        "Handout on stump care given. The right stump is infected.",
        "Wound care teaching: right stump is infected, daughter shown how to pack it.",
        "Leaflet: 'Call if a stump smells.' His stump is infected.",
        "The handout was given, and he says the stump is infected.",
        "PATIENT EDUCATION\nPus smells.\n\nWOUND\nHis stump is infected.",
    ],
)
def test_what_is_said_of_this_patient_is_a_reason(told: str) -> None:
    assert _indications(told) == ["infection"]
