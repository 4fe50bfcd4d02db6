"""A place that has today's stump, or its amputation, on the other side alone is a conflict."""

from __future__ import annotations

import pytest

from notecheck import check

NOTE = """PREOPERATIVE DIAGNOSIS: {diagnosis}
PROCEDURE: {title}
INDICATIONS: {history}
DESCRIPTION: {done} The femur was cut with a saw at mid-shaft. The fascia was closed.
"""
PLAIN = {
    "diagnosis": "Infected left above-knee amputation stump.",
    "title": "Revision of left above-knee amputation.",
    "history": "Pus from the stump.",
    "done": "The left thigh was prepped and draped.",
}

TWO_LIMBS = "Right third toe: disarticulated at the MTP joint. The left thigh was prepped."


def side(before: str = "", kind: str = "history_and_physical", **told: str) -> str | None:
    documents = [("op", "operative_note", "2026-03-02", NOTE.format_map(PLAIN | told))]
    if before:
        documents.append(("pre", kind, "2026-03-01", before))
    encounter = {
        "encounter_id": "E",
        "documents": [
            {"doc_id": name, "type": type_, "date": day, "text": text}
            for name, type_, day, text in documents
        ],
    }
    fact = check(encounter, code="27596").facts.laterality
    return fact.value if fact else None


@pytest.mark.parametrize(
    "told",
    [
        {"history": "Right above-knee amputation in 2021. The stump has drained since."},
        {"history": "His right leg was taken off above the knee in 2021. The stump has pus."},
        {"history": "Veteran with an infected right stump involving the bone."},
        {"done": "The right thigh was prepped and draped. The left side was read out at time out."},
        {"done": "The right thigh was prepped to the iliac crest."},
        {"done": "Supine, right thigh Betadine prep."},
        {
            "diagnosis": "1. Infected right above-knee amputation stump. 2. Right heel ulcer.",
            "title": "1. Revision of left above-knee amputation. 2. Debridement of right heel.",
        },
        {
            "diagnosis": "Infected right above-knee amputation stump; right third toe gangrene.",
            "title": "1. Re-amputation, left thigh\n2. Amputation of right third toe",
            "done": TWO_LIMBS,
        },
    ],
)
def test_a_part_of_the_note_of_the_other_side_is_a_conflict(told: dict[str, str]) -> None:
    assert side(**told) == "conflicting"


@pytest.mark.parametrize(
    ("before", "kind"),
    [
        (
            "70M right AKA 2/27. Right stump wet gangrene. Left leg: no wounds.",
            "history_and_physical",
        ),
        ("PSH: right AKA 2021, CABG. NPO. Proceed with surgery.", "history_and_physical"),
        ("HPI: left AKA 2021.\nIMPRESSION: Right stump open with bone exposed.", "consult"),
        ("Seen in holding, NPO. Right thigh marked.", "preop_note"),
        ("Admit to inpatient. Dx: septic right leg.", "admission_order"),
        ("EARLIER REPORT: Right above-knee amputation for infection in 2021.", "other"),
    ],
)
def test_a_document_of_the_other_side_is_a_conflict(before: str, kind: str) -> None:
    assert side(before, kind) == "conflicting"


@pytest.mark.parametrize(
    ("before", "told"),
    [
        ("", {"history": "Right AKA in 2015. Left AKA in 2019, pus from the stump."}),
        ("", {"history": "Right AKA in 2015, the stump healed. Pus from the left one."}),
        ("", {"history": "Right BKA in 2015. Left stump infected."}),
        ("PMH: right AKA 2015.", {"history": "Right AKA 2015. She walks with a frame."}),
        ("Left AKA stump infected. Right leg: ulcer of the shin, dressed.", {}),
        ("Left AKA 2019, infected. R thigh donor site healed.", {}),
        ("Plan: left AKA revision. Right AKA revision in 2022, healed.", {}),
        (
            "",
            {
                "diagnosis": "Gangrene of the left foot. Right AKA.",
                "title": "Left above-knee amputation.",
                "history": "Right AKA in 2020, revised in 2021.",
            },
        ),
        (
            "",
            {
                "diagnosis": "Infected left above-knee amputation stump; right third toe gangrene.",
                "title": "1. Re-amputation, left thigh\n2. Amputation of right third toe",
                "done": TWO_LIMBS,
            },
        ),
    ],
)
def test_a_limb_of_the_other_side_beside_it_is_none(before: str, told: dict[str, str]) -> None:
    assert side(before, **told) == "left"
