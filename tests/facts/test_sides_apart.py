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
        {"specimen": "Right femoral bone end."},
        {"time_out": "The right thigh was marked by the surgeon."},
        {"time_out": "I initialed the right stump with the patient awake."},
        {"plan": "Admit. Revision of the right above-knee amputation."},
        {"time_out": "Universal protocol was followed: right leg stump revision."},
        {"time_out": "Correct patient and operation, right thigh, were verified aloud."},
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
        {"time_out": "The left thigh was marked, the right thigh was marked as the donor site."},
        {"act": "The donor site on the right thigh was dressed."},
        {"specimen": "Right groin node, left femur."},
        {"reason": "Left AKA in 2021, pus. His right prosthetic leg is at home."},
        {"plan": "Revision of the left AKA. The right BKA stump is well healed."},
        {"plan": "Revision of the left AKA. PMH: right AKA in 2014."},
        {"reason": "Left AKA in 2021, now with pus. He has a right below-knee stump too."},
        {"cut": "With 20 cm of femur left below the trochanter the right height was found; it is"},
    ],
)
def test_the_other_limb_is_no_slip(told: dict[str, str]) -> None:
    assert _side(**told) == "left"


TWO_LIMBS = """PREOPERATIVE DIAGNOSIS: Infected left above-knee stump; gangrene of right toes
PROCEDURES: 1. Re-amputation of the left thigh. 2. Right second ray amputation.
DESCRIPTION: The left femur was sawn across at mid-shaft. On the right the second metatarsal and
its toe were removed.
"""


@pytest.mark.parametrize(
    ("later", "contradicts"),
    [
        ("Postoperative visit. Left stump healed, staples out.", False),
        ("Wound check: left above-knee stump is clean, dry and intact.", False),
        ("Postoperative visit. Right above-knee stump red, drains pus.", True),
    ],
)
def test_a_visit_that_finds_the_operated_stump_well_contradicts_nothing(
    later: str, contradicts: bool
) -> None:
    texts = [
        ("operative_note", "2026-03-02", NOTE.format_map(PLAIN)),
        ("progress_note", "2026-03-20", later),
    ]
    documents = [{"doc_id": k, "type": k, "date": day, "text": text} for k, day, text in texts]
    fact = check({"encounter_id": "E", "documents": documents}, code="27596").facts.laterality
    assert fact
    assert fact.value == ("conflicting" if contradicts else "left")


def test_documents_tell_of_both_limbs_where_both_are_operated_on() -> None:
    before = "Left AKA in 2021, now infected with osteomyelitis. Right toes gangrenous."
    texts = [("operative_note", TWO_LIMBS), ("history_and_physical", before)]
    documents = [
        {"doc_id": kind, "type": kind, "date": "2026-03-02", "text": text} for kind, text in texts
    ]
    lines = [{"code": "27596", "modifiers": ["LT"]}, {"code": "28810", "modifiers": ["T6"]}]
    claim = {"form": "professional", "lines": lines}
    report = check({"encounter_id": "E", "documents": documents, "claim": claim})
    assert report.facts.laterality and report.facts.laterality.value == "left"
    assert "side-unsettled" not in {finding.id for finding in report.findings}


SHORT = "BRIEF OPERATIVE NOTE\nPROCEDURE: {title}\nEBL: 100 mL."
LONG = """PROCEDURE: Revision of {side} above-knee amputation stump
DESCRIPTION: The {side} thigh was prepped. The femur was sawn in the mid-shaft. Fascia closed.
"""


def _of_two_notes(first: str, second: str, day: str = "2026-03-02") -> str | None:
    notes = [("a", "2026-03-02", first), ("b", day, second)]
    documents = [
        {"doc_id": k, "type": "operative_note", "date": date, "text": text}
        for k, date, text in notes
    ]
    fact = check({"encounter_id": "E", "documents": documents}, code="27596").facts.laterality
    return fact.value if fact else None


def test_a_short_note_of_the_same_operation_on_the_other_side_is_a_conflict() -> None:
    long = LONG.format(side="left")
    other = SHORT.format(title="Revision of right above-knee amputation")
    assert _of_two_notes(long, other) == "conflicting"
    assert _of_two_notes(other, long) == "conflicting"


@pytest.mark.parametrize(
    ("second", "day"),
    [
        (SHORT.format(title="Revision of left above-knee amputation"), "2026-03-02"),
        (SHORT.format(title="Debridement of right heel ulcer"), "2026-03-02"),
        (SHORT.format(title="Right below-knee amputation"), "2026-03-02"),
        (SHORT.format(title="Revision of right above-knee amputation"), "2026-02-16"),
        (LONG.format(side="right"), "2026-03-02"),
    ],
)
def test_two_notes_may_tell_two_operations(second: str, day: str) -> None:
    assert _of_two_notes(LONG.format(side="left"), second, day) == "left"


PLANS = [
    (
        "HPI: Left AKA 2019. Osteomyelitis of the right stump.\nPLAN: Revision of the right stump.",
        True,
    ),
    ("HPI: Left AKA 2019, right BKA.\nPLAN: Revision of the right above-knee stump.", True),
    ("HPI: Left AKA 2019, right BKA.\nPLAN: Revision of the left stump.", False),
    ("HPI: Left AKA 2019.\nPLAN: Left AKA revision, then revision of the right BKA stump.", False),
    ("HPI: Left AKA 2019, infected.\nPLAN: Stump revision. Right BKA stump: new liner.", False),
]


@pytest.mark.parametrize(("before", "contradicts"), PLANS)
def test_a_plan_for_the_other_side_is_a_conflict(before: str, contradicts: bool) -> None:
    texts = [
        ("operative_note", "2026-03-02", NOTE.format_map(PLAIN)),
        ("history_and_physical", "2026-03-01", before),
    ]
    documents = [{"doc_id": k, "type": k, "date": day, "text": text} for k, day, text in texts]
    fact = check({"encounter_id": "E", "documents": documents}, code="27596").facts.laterality
    assert fact and fact.value == ("conflicting" if contradicts else "left")
