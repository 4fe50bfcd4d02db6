"""Reasons told of the other limb in the documents beside the operative note."""

from __future__ import annotations

import pytest

from notecheck import check

NOTE = (
    "PREOPERATIVE DIAGNOSIS: Infected right above-knee stump, made in 2019.\n"
    "PROCEDURE: Re-amputation of right thigh through the femur. The femur was cut.\n"
)


def status(told: str, note: str = NOTE) -> str:
    report = check(
        {
            "encounter_id": "E",
            "documents": [
                {"doc_id": "op", "type": "operative_note", "date": "2026-03-02", "text": note},
                {
                    "doc_id": "hp",
                    "type": "history_and_physical",
                    "date": "2026-03-01",
                    "text": told,
                },
            ],
        },
        code="27596",
    )
    return next(r.status for r in report.requirements if r.id == "indication-preop")


@pytest.mark.parametrize(
    "told",
    [
        "R AKA 2019. The left (BKA 2020) is infected and draining.",
        "R AKA 2019, L AKA 2022. He complains of his left. The stump is draining pus.",
        "R AKA 2019, L TKA 2014. A/P: septic left TKA.",
        "R AKA 2019. Infected ulcer of the heel.",
        "s/p R AKA 2019 and L TMA 2023. TMA site open and necrotic.",
        "Seen for left hip prosthesis infection. Sinus tract with pus. Hx R AKA 2019.",
        "LEFT BKA STUMP: dehisced, slough.\nRIGHT AKA STUMP: healed.",
    ],
)
def test_the_other_limbs_troubles_are_no_reasons(told: str) -> None:
    assert status(told) == "missing"


@pytest.mark.parametrize(
    "told",
    [
        "L BKA 2020. The right (AKA 2019) is infected and draining.",
        "R AKA 2019, L AKA 2022. The left is healed. The right stump is draining pus.",
        "L TKA 2014, no complaints. Septic right AKA stump.",
        "R AKA 2019. Left heel soft, no ulcer. Stump: draining pus.",
        "RIGHT AKA STUMP: dehisced, slough.\nLEFT BKA STUMP: healed.",
        "R AKA 2019, spur on x-ray under thin skin.",
    ],
)
def test_the_operated_limbs_are(told: str) -> None:
    assert status(told) == "met"


@pytest.mark.parametrize(
    ("told", "said"),
    [
        ("Osteomyelitis of the fifth metatarsal.", "missing"),
        ("AKA 2019. The foot is gangrenous.", "missing"),
        ("AKA 2019. The stump is gangrenous, the prosthetic foot worn.", "met"),
        ("AKA 2019. Osteomyelitis of the femur. The other heel is intact.", "met"),
    ],
)
def test_a_stump_has_no_foot_whatever_side_it_is_of(told: str, said: str) -> None:
    assert status(told, NOTE.replace("right ", "")) == said


def test_a_stump_of_another_level_contradicts_no_side() -> None:
    told = "R AKA 2019, L BKA 2021. Comes about the left: neuroma of the left BKA stump."
    report = check(
        {
            "encounter_id": "E",
            "documents": [
                {"doc_id": "op", "type": "operative_note", "date": "2026-03-02", "text": NOTE},
                {"doc_id": "c", "type": "office_note", "date": "2026-03-01", "text": told},
            ],
        },
        code="27596",
    )
    assert report.facts.laterality is not None
    assert report.facts.laterality.value == "right"


def test_a_stump_left_open_is_a_reason_of_the_next_operation_alone() -> None:
    told = "POD4 right guillotine AKA. Stump left open, clean."
    assert status(told) == "met"
    documents = [
        {"doc_id": "op", "type": "operative_note", "date": "2026-03-02", "text": NOTE},
        {"doc_id": "p", "type": "progress_note", "date": "2026-03-02", "text": told},
    ]
    report = check({"encounter_id": "E", "documents": documents}, code="27596")
    assert "dehiscence" not in [i.value for i in report.facts.indications]
