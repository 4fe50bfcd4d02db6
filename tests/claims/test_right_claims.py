"""Claims that must be let through, and those like them that must not, read from their own words."""

from __future__ import annotations

from typing import Any

import pytest

from notecheck import check
from notecheck.models import Report

OPERATED = "2026-03-02"
NOTE = """DATE OF OPERATION: 03/02/2026
PREOPERATIVE DIAGNOSIS: Infected left above-knee amputation stump with osteomyelitis of the femur
OPERATION: {title}
INDICATIONS: {history} Osteomyelitis of the end of the femur: soft tissue alone would not do.
{specimen}DESCRIPTION: The left thigh was prepped. The femur was divided with a saw at mid-shaft,
18 cm below the greater trochanter. The adductors were sewn to drill holes in the femur and the
fascia was closed.
DISPOSITION: Inpatient.
SIGNED: Ann Webb, MD, 03/02/2026
"""
CHART = """HPI: {history} The left stump drains pus, with osteomyelitis of the femur.
PLAN: Admit as inpatient. Re-amputation of the left thigh.
SIGNED: Ann Webb, MD
"""


def _report(
    history: str,
    *modifiers: str,
    specimen: str = "",
    diagnoses: tuple[str, ...] = ("T87.44",),
    title: str = "Re-amputation of the left thigh",
) -> Report:
    note = NOTE.format(history=history, specimen=specimen, title=title)
    line = {
        "code": "27596",
        "modifiers": list(modifiers),
        "units": 1,
        "service_date": OPERATED,
        "diagnoses": list(diagnoses),
    }
    claim: dict[str, Any] = {"claim_id": "C", "form": "professional", "place_of_service": "21"}
    documents = [
        {"doc_id": "op", "type": "operative_note", "date": OPERATED, "text": note},
        {
            "doc_id": "hp",
            "type": "history_and_physical",
            "date": "2026-03-01",
            "text": CHART.format(history=history),
        },
    ]
    encounter = {"encounter_id": "E", "documents": documents, "claim": claim | {"lines": [line]}}
    return check(encounter)


TWO_STUMPS = [
    "Bilateral amputee: right BKA 2016, left AKA 2022.",
    "She lost both legs, the right below the knee in 2016, the left above the knee in 2022.",
    "Left AKA in 2022. The other leg is a healed below-knee stump from 2016.",
    "The right leg was taken below the knee in 2016. The left leg was amputated above it in 2022.",
]


@pytest.mark.parametrize("history", TWO_STUMPS)
def test_the_status_of_the_other_healed_stump_stops_nothing(history: str) -> None:
    report = _report(history, "LT", diagnoses=("T87.44", "Z89.511"))
    assert report.release.verdict == "release", report.release.reasons


@pytest.mark.parametrize("history", TWO_STUMPS)
def test_the_other_stumps_side_on_the_line_stops(history: str) -> None:
    report = _report(history, "RT", diagnoses=("T87.44", "Z89.511"))
    assert report.release.verdict == "stop"


@pytest.mark.parametrize(
    "history",
    [
        "Both legs were lost above the knee in 2010.",
        "Bilateral transfemoral amputee since a crash in 2010.",
        "He walked on two prostheses after bilateral above-knee amputations in 2010.",
    ],
)
def test_an_amputation_of_both_limbs_tells_the_status_of_the_other(history: str) -> None:
    report = _report(history, "LT", diagnoses=("T87.44", "Z89.611"))
    assert report.release.verdict == "release", report.release.reasons


def test_a_status_that_no_document_tells_of_the_other_limb_stops() -> None:
    report = _report("Left AKA 2022.", "LT", diagnoses=("T87.44", "Z89.611"))
    assert "diagnosis-side" in {reason.id for reason in report.release.reasons}


def test_a_title_that_recalls_the_other_stump_is_no_operation_on_both() -> None:
    title = "Revision of left above-knee amputation (status post right BKA)"
    report = _report("Left AKA 2022, right BKA 2016.", "LT", title=title)
    assert report.facts.laterality and report.facts.laterality.value == "left"
    assert report.release.verdict == "release", report.release.reasons


@pytest.mark.parametrize(
    "specimen", ["stump end with 6 cm of femur", "left stump with about 8 cm of bone"]
)
def test_the_bone_of_a_specimen_is_no_second_place_of_the_cut(specimen: str) -> None:
    report = _report("Left AKA 2022.", "LT", specimen=f"SPECIMEN: {specimen}\n")
    assert report.release.verdict == "release", report.release.reasons


@pytest.mark.parametrize(
    ("history", "modifiers", "verdict"),
    [
        ("Left AKA in November 2025.", (), "release"),
        ("Left AKA in late November.", (), "release"),
        ("Left AKA last summer; open since January.", (), "release"),
        ("Left AKA a year and a half ago.", (), "release"),
        ("Left AKA more than three months ago.", (), "release"),
        ("Left AKA on 01/12/2025.", (), "release"),  # in January of last year
        ("Fell on 20/02/2026. Left AKA on 01/12/2025.", (), "release"),  # day 91
        ("Left AKA in 2025.", (), "release"),  # on either side of day 90
        ("Left AKA in late December 2025.", (), "stop"),
        ("Left AKA less than two months ago.", (), "stop"),
        ("Fell on 20/02/2026. Left AKA on 02/12/2025.", (), "stop"),  # day 90
        ("Fell on 20/02/2026. Left AKA on 02/12/2025.", ("78",), "release"),
    ],
)
def test_an_earlier_operation_told_roughly(
    history: str, modifiers: tuple[str, ...], verdict: str
) -> None:
    report = _report(history, "LT", *modifiers)
    assert report.release.verdict == verdict, report.release.reasons
