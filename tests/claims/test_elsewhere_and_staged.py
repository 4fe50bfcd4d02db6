"""Claims that look wrong beside their notes and are right, and the like that are not."""

from __future__ import annotations

from typing import Any

import pytest

from notecheck import check
from notecheck.models import Report

OPERATED = "2026-03-06"
HEAD = """OPERATIVE REPORT
Date: 03/06/2026. Surgeon: Ira Falk, MD
Preoperative diagnosis: {diagnosis}
Procedure: {title}
Indications: {history}
Description: The left leg was prepped. {told}
{signed}
"""
SIGNED = "Electronically signed I. Falk MD 03/06/2026"


def report(
    code: str,
    told: str,
    *,
    title: str,
    history: str,
    diagnosis: str = "as below",
    before: str | None = None,
    modifiers: tuple[str, ...] = ("LT",),
    billed: tuple[str, ...] = (),
    beside: tuple[tuple[str, tuple[str, ...]], ...] = (),
    signed: str = SIGNED,
) -> Report:
    """The report on a surgeon's claim for `code`, with further lines `beside` it."""
    lines = [
        {"code": line, "modifiers": list(carried), "units": 1, "service_date": OPERATED,
         "diagnoses": list(billed)}
        for line, carried in [(code, modifiers), *beside]
    ]  # fmt: skip
    note = HEAD.format(title=title, history=history, told=told, diagnosis=diagnosis, signed=signed)
    documents: list[dict[str, Any]] = [
        {"doc_id": "op", "type": "operative_note", "date": OPERATED, "text": note},
        {
            "doc_id": "hp",
            "type": "history_and_physical",
            "date": "2026-03-05",
            "text": f"H&P. {before or history} Admit to inpatient. Signed: Ira Falk, MD",
        },
    ]
    claim = {
        "claim_id": "C",
        "form": "professional",
        "place_of_service": "21",
        "lines": lines,
    }
    return check({"encounter_id": "E", "documents": documents, "claim": claim})


CLOSED_LEG = (
    "A long posterior flap was made. {cut} The fibula was cut 2 cm higher. The gastrocnemius "
    "fascia was sewn to the anterior fascia and the skin closed."
)


@pytest.mark.parametrize(
    ("cut", "verdict"),
    [
        ("The tibia was cut in its proximal third with a saw.", "release"),
        (
            "At the junction of the upper and middle thirds of the leg the tibia was divided.",
            "release",
        ),
        ("The tibia was transected in the mid-calf.", "release"),
        ("The tibia was divided through its middle third.", "release"),
        ("The tibia was divided with a saw.", "review"),
        ("The upper third of the skin was pale. The tibia was divided with a saw.", "review"),
    ],
)
def test_a_third_of_the_leg_is_a_place_of_its_cut(cut: str, verdict: str) -> None:
    found = report(
        "27880", CLOSED_LEG.format(cut=cut), title="Left below-knee amputation",
        history="Dry gangrene of the left foot.", billed=("I96",),
    )  # fmt: skip
    assert found.release.verdict == verdict, found.release.reasons


@pytest.mark.parametrize(
    ("told", "cm"),
    [
        ("A circular incision was made 8 cm above the ankle. The tibia and fibula were divided at "
         "the same level with a power saw.", 8),
        ("The leg was incised circumferentially 10 cm above the malleoli. At this level tibia and "
         "fibula were divided.", 10),
        ("A circular incision was made. The tibia and fibula were divided with a saw.", None),
    ],
)  # fmt: skip
def test_the_ring_of_a_guillotine_is_where_its_bones_are_cut(told: str, cm: float | None) -> None:
    found = report(
        "27882", f"{told} The wound was left open and packed.",
        title="Guillotine amputation, left leg", history="Wet gangrene of the left foot.",
        billed=("I96",),
    )  # fmt: skip
    assert found.facts.new_level and found.facts.new_level.measurement_cm == cm
    assert found.release.verdict == ("release" if cm else "review"), found.release.reasons


RECUT = (
    "The femur was transected in its proximal third, 9 cm below the greater trochanter. Adductors "
    "were secured to drill holes. Fascia and skin were closed."
)


@pytest.mark.parametrize(
    ("before", "status"),
    [
        ("Left AKA 2023 for sarcoma, biopsy-proven recurrence in the left stump.", "met"),
        ("Left AKA in 2021 for osteosarcoma, recurrence in the left thigh stump.", "met"),
        ("Left AKA 2019 for liposarcoma, core biopsy confirmed local recurrence.", "met"),
        ("Left AKA 2019 for liposarcoma, no recurrence.", "missing"),
        ("Left AKA 2019 for liposarcoma, without any sign of recurrence in the stump.", "missing"),
    ],
)
def test_a_tumour_told_as_back_is_todays_reason(before: str, status: str) -> None:
    found = report(
        "27596", RECUT, title="Re-amputation of the left thigh", before=before,
        history="Left AKA years ago. Recurrent sarcoma of the stump abutting the femur.",
        modifiers=("80", "LT"),
    )  # fmt: skip
    statuses = {r.id: r.status for r in found.requirements}
    assert statuses["indication-preop"] == status


REVISED = (
    "The femur was divided at mid-shaft. Myodesis through drill holes. Fascia and skin closed.\n"
)
ELSEWHERE = [
    "Groin: Separate field, right groin. Clean wound. Black foam cut to 60 sq cm, minus 125 mmHg.",
    "Through a separate field the right groin was addressed. A negative pressure dressing went on.",
    "Attention was turned to the right groin. The open wound was granulating. A vac was placed.",
    "Right heel: clean ulcer. NPWT applied, 60 sq cm.",
    "The vac over the right groin wound was then changed: black foam, 60 sq cm.",
    "The sacral ulcer was clean, 10 x 6 cm. VAC foam was applied and sealed.",
]


def _vacuum(told: str, *modifiers: str) -> set[str]:
    found = report(
        "27596", REVISED + told, title="Re-amputation of the left thigh",
        history="Left AKA 2024, exposed femur and necrosis of the left stump.",
        billed=("T87.54",), beside=(("97606", modifiers),),
    )  # fmt: skip
    return {f.id for f in found.findings if f.id.startswith("vac")}


@pytest.mark.parametrize("told", ELSEWHERE)
def test_a_vacuum_on_another_wound_is_none_of_the_stump(told: str) -> None:
    assert not _vacuum(told, "XS")


@pytest.mark.parametrize(
    ("told", "finding"),
    [
        ("A vac was placed over the closed stump.", "vac-bundled"),
        ("The groin wound is clean. A wound vac was put on the stump's incision.", "vac-bundled"),
        ("A dry dressing was put on.", "vac-not-told"),
    ],
)
def test_a_vacuum_on_the_stump_or_nowhere_is_found(told: str, finding: str) -> None:
    assert _vacuum(told, "XS") == {finding}


def test_a_vacuum_on_both_wounds_needs_the_modifier_of_another_site() -> None:
    told = "A vac was placed over the stump. The sacral ulcer was dressed with a wound vac."
    assert _vacuum(told, "59") == set()
    assert _vacuum(told) == {"vac-bundled"}


def _note(signed: str, history: str = "Left AKA 2024, osteomyelitis of the femur.") -> set[str]:
    found = report(
        "27596", REVISED, title="Re-amputation of the left thigh", history=history,
        signed=signed, billed=("M86.652",),
    )  # fmt: skip
    return {f.id for f in found.findings if f.id.startswith("operative-note")}


@pytest.mark.parametrize(
    "signed",
    [
        "*** DRAFT - TRANSCRIBED, NOT AUTHENTICATED ***",
        "Awaiting physician signature",
        "Signature: ____________",
        "Status: Draft",
        "Transcribed, not yet reviewed.",
        "Needs attending signature.",
    ],
)
def test_a_note_that_nobody_has_signed_yet_is_a_draft(signed: str) -> None:
    assert _note(signed) == {"operative-note-draft"}


@pytest.mark.parametrize(
    "signed",
    [SIGNED, "Drains out on day 2. Signed I. Falk MD", "A draft of air was felt.\n" + SIGNED],
)
def test_a_signed_note_is_no_draft(signed: str) -> None:
    assert not _note(signed)


def test_what_the_surgeon_did_before_is_no_name_of_a_surgeon() -> None:
    told = "Left AKA 2018. In February I did a right below-knee amputation. Osteomyelitis now."
    assert not _note(SIGNED, told)
    assert _note("Electronically signed by Nora Hale, MD", told) == {"operative-note-other-signer"}
