"""A billed diagnosis that the record rules out, against one that it only does not tell."""

from __future__ import annotations

from typing import Any

import pytest

from claims.charts import encounter, line, raised

NOTE = (
    "DATE OF OPERATION: 2026-04-07\n"
    "PREOPERATIVE DIAGNOSIS: Dehisced left above-knee stump with exposed femur.\n"
    "PROCEDURE: Re-amputation of the left thigh through the femur.\n"
    "SURGEON: I. Falk, MD\n"
    "INDICATIONS: She had a left above-knee amputation in 2018. The wound has broken down and the "
    "femur stands in it; no soft tissue reaches over it.\n"
    "DESCRIPTION: The left thigh was prepped. The femur was divided with a saw at mid-shaft. {told}"
    " The fascia was closed with 0 Vicryl and the skin with staples.\n"
    "DISPOSITION: Patient class: inpatient.\n"
)


def _billed(code: str, told: str, other: str = "") -> dict[str, Any]:
    given = encounter(line("27596", "LT", diagnoses=["T87.81", code]))
    given["documents"][0]["text"] = NOTE.format(told=told)
    if other:
        given["documents"].append(
            {"doc_id": "path", "type": "other", "date": "2026-04-10", "text": other}
        )
    return given


CASES = {
    "diagnosis-ruled-out": (
        _billed("M86.652", "MRI had shown no osteomyelitis."),
        _billed("M86.652", "MRI had shown osteomyelitis."),
    )
}


@pytest.mark.parametrize("identity", CASES)
def test_a_finding_is_raised_where_it_should_be_and_nowhere_else(identity: str) -> None:
    raising, silent = CASES[identity]
    assert identity in raised(raising)
    assert identity not in raised(silent)


def _found(code: str, told: str, other: str = "") -> set[str]:
    found = raised(_billed(code, told, other))
    return {i for i in found if i in ("diagnosis-ruled-out", "diagnosis-not-documented")}


@pytest.mark.parametrize(
    ("code", "told"),
    [
        ("M86.652", "MRI had shown no osteomyelitis."),
        ("M86.652", "Osteomyelitis was ruled out by biopsy."),
        ("M86.652", "There was no sign of bone infection."),
        ("M86.652", "The bone end was hard and white, without osteomyelitis."),
        ("T87.44", "There was no infection, and no pus."),
        ("T87.44", "The stump was not infected."),
        ("T87.54", "There was no necrosis."),
        ("T87.54", "No muscle was necrotic."),
        ("T87.34", "No neuroma was found."),
        ("C40.22", "No sarcoma was found."),
        ("E11.52", "She does not have diabetes."),
        ("L03.116", "There was no cellulitis."),
    ],
)
def test_what_the_record_denies_stops(code: str, told: str) -> None:
    assert _found(code, told) == {"diagnosis-ruled-out"}


@pytest.mark.parametrize(
    "path",
    [
        "SURGICAL PATHOLOGY. Left distal femur: viable bone. Negative for osteomyelitis.",
        "SURGICAL PATHOLOGY. Femur, left: no evidence of acute or chronic osteomyelitis.",
        "MRI LEFT THIGH. Impression: osteomyelitis excluded.",
    ],
)
def test_any_document_may_rule_it_out(path: str) -> None:
    assert _found("M86.652", "The cut bone bled.", path) == {"diagnosis-ruled-out"}


@pytest.mark.parametrize(
    ("code", "told"),
    [
        ("M86.652", "The cut bone bled."),
        ("M86.652", "Osteomyelitis could not be ruled out."),
        ("M86.652", "Rule out osteomyelitis."),
        ("M86.652", "The margin was negative for osteomyelitis."),
        ("M86.652", "No osteomyelitis remained in the proximal femur."),
        ("M86.652", "MRI did not exclude osteomyelitis."),
        ("M86.652", "We could not rule out osteomyelitis."),
        ("M86.652", "In 2019 osteomyelitis had been ruled out."),
        ("M86.652", "If pathology shows no osteomyelitis, antibiotics will stop."),
        ("T87.44", "No infection of the right groin was seen."),
        ("T87.44", "There was no osteomyelitis."),
        ("T87.54", "The remaining muscle showed no necrosis."),
        ("T87.44", "There is no longer any infection."),
    ],
)
def test_what_the_record_does_not_tell_of_this_limb_is_looked_at(code: str, told: str) -> None:
    assert _found(code, told) == {"diagnosis-not-documented"}


def test_a_denial_of_the_other_limb_is_none_of_this_one() -> None:
    other = "CONSULT. Left above-knee stump for revision. The right foot has no osteomyelitis."
    assert _found("M86.652", "The cut bone bled.", other) == {"diagnosis-not-documented"}


@pytest.mark.parametrize(
    ("code", "told"),
    [
        ("M86.652", "Films showed no osteomyelitis, but MRI showed osteomyelitis of the femur."),
        ("M86.652", "The end was osteomyelitic; the bone above had no osteomyelitis."),
        ("T87.44", "Pus was found. The proximal thigh had no infection."),
        ("T87.54", "The dead muscle was cut away until there was no necrosis."),
    ],
)
def test_what_any_document_tells_is_borne_out(code: str, told: str) -> None:
    assert _found(code, told) == set()
