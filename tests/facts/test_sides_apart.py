"""One place that names the other side for today's operation is a conflict; another limb is none."""

import pytest

from notecheck import check

NOTE = """PREOPERATIVE DIAGNOSIS: Infected left above-knee stump
PROCEDURE: Revision of left above-knee amputation stump
INDICATIONS: {reason}
DESCRIPTION: {time_out} The left thigh was prepped. {act} {cut} in the mid-shaft. Fascia closed.
SPECIMEN: {specimen}
"""
PLAIN = {
    "reason": "Left AKA in 2021, pus from the stump.", "time_out": "", "act": "Muscle was cut.",
    "cut": "The femur was sawn across", "specimen": "Femur.",
}  # fmt: skip


def _side(plan: str = "Revision of the left AKA.", **told: str) -> str | None:
    before = f"HPI: 61M with left AKA in 2021, infected.\nPLAN: {plan}\n"
    texts = [
        ("operative_note", "2026-03-02", NOTE.format_map(PLAIN | told)),
        ("history_and_physical", "2026-03-01", before),
    ]
    documents = [{"doc_id": k, "type": k, "date": day, "text": text} for k, day, text in texts]
    fact = check({"encounter_id": "E", "documents": documents}, code="27596").facts.laterality
    return fact.value if fact else None


@pytest.mark.parametrize(
    "told",
    [
        {"time_out": "Time out: name, procedure and site (right above-knee stump) agreed."},
        {"time_out": "Timeout held; right thigh, marked, agreed by all."},
        {"cut": "The right femur was divided with a saw"},
        {"act": "The right stump was opened through its scar."},
        {"specimen": "Right distal femur."},
        {"plan": "Admit. Revision of the right above-knee amputation."},
        {"reason": "A man with a right AKA whose stump drains pus."},
    ],
)
def test_one_slip_is_a_conflict(told: dict[str, str]) -> None:
    assert _side(**told) == "conflicting"


@pytest.mark.parametrize(
    "told",
    [
        {"time_out": "Time out: left thigh agreed; right leg was padded."},
        {"act": "The right leg was padded."},
        {"plan": "Revision of the left AKA. The right BKA stump is well healed."},
        {"plan": "Revision of the left AKA. PMH: right AKA in 2014."},
        {"reason": "Left AKA in 2021, now with pus. He has a right below-knee stump too."},
        {"cut": "With 20 cm of femur left below the trochanter the right height was found; it is"},
    ],
)
def test_the_other_limb_is_no_slip(told: dict[str, str]) -> None:
    assert _side(**told) == "left"
