"""Each sibling code, by a note that passes and by notes that fail one requirement of its own."""

from __future__ import annotations

import pytest

from notecheck import check
from notecheck.codes.files import known_codes
from notecheck.errors import InputError
from notecheck.models import Report

PREOP = {"doc_id": "hp", "type": "consult", "date": "2026-03-01"}

THIGH = """\
PREOPERATIVE DIAGNOSIS: Dry gangrene of the left leg.
OPERATION: Left above-knee amputation.
HISTORY: No earlier amputation.
DESCRIPTION: The femur was divided with a saw 12 cm above the knee joint line. The quadriceps was
sewn to the hamstrings over the bone end and the fascia was closed. She is an inpatient.
"""
THIGH_OPEN = """\
PREOPERATIVE DIAGNOSIS: Wet gangrene of the left leg.
OPERATION: Left guillotine amputation through the femur.
HISTORY: No earlier amputation.
DESCRIPTION: The femur was divided with a saw just above the condyles. The stump was left open and
packed with gauze. She is an inpatient.
"""
THIGH_CLOSURE = """\
PREOPERATIVE DIAGNOSIS: Open left above-knee guillotine stump, dehiscence.
OPERATION: Secondary closure of left above-knee stump.
DESCRIPTION: The femur was not exposed; no bone was resected. The skin was closed in layers.
She is an inpatient.
"""
KNEE = """\
PREOPERATIVE DIAGNOSIS: Dry gangrene of the left leg.
OPERATION: Left knee disarticulation.
HISTORY: No earlier amputation.
DESCRIPTION: The ligaments of the knee were divided and the leg was removed through the joint. The
fascia was closed over the condyles. She is an inpatient.
"""
HIP = """\
PREOPERATIVE DIAGNOSIS: Recurrent sarcoma of the left thigh stump.
OPERATION: Left hip disarticulation.
DESCRIPTION: The capsule of the left hip was opened and the limb removed through the joint. The
fascia was closed. She is an inpatient.
"""
LEG = """\
PREOPERATIVE DIAGNOSIS: Dry gangrene of the left foot.
OPERATION: Left below-knee amputation.
HISTORY: No earlier amputation.
DESCRIPTION: The tibia was divided with a saw 14 cm below the knee joint line. The long posterior
flap was brought forward and the fascia was closed. She is an inpatient.
"""
LEG_OPEN = """\
PREOPERATIVE DIAGNOSIS: Wet gangrene of the left foot.
OPERATION: Left guillotine amputation of the leg.
HISTORY: No earlier amputation.
DESCRIPTION: The tibia and fibula were divided with a saw 20 cm below the knee joint line.
The stump was left open and packed with gauze. She is an inpatient.
"""
LEG_CLOSURE = """\
PREOPERATIVE DIAGNOSIS: Dehiscence of left below-knee stump.
OPERATION: Secondary closure of left below-knee stump.
DESCRIPTION: The tibia was covered and left alone; no bone was resected. The skin was closed in
layers. She is an inpatient.
"""
LEG_AGAIN = """\
PREOPERATIVE DIAGNOSIS: Osteomyelitis of left below-knee amputation stump.
OPERATION: Revision of left below-knee amputation.
DESCRIPTION: Infected bone could not be left behind. The tibia was divided again with a saw 11 cm
below the knee joint line. The fascia was closed. She is an inpatient.
"""
THIGH_AGAIN = """\
PREOPERATIVE DIAGNOSIS: Osteomyelitis of left above-knee amputation stump.
OPERATION: Re-amputation of the left thigh.
DESCRIPTION: Infected bone could not be left behind. The femur was divided with a saw at mid-shaft.
The fascia was closed. She is an inpatient.
"""
NOTES = {
    "27590": THIGH, "27592": THIGH_OPEN, "27594": THIGH_CLOSURE, "27596": THIGH_AGAIN,
    "27598": KNEE, "27295": HIP, "27880": LEG, "27882": LEG_OPEN, "27884": LEG_CLOSURE,
    "27886": LEG_AGAIN,
}  # fmt: skip


def report(note: str, code: str, *, place: str = "21") -> Report:
    reason = note.partition(".")[0].partition(": ")[2]
    documents = [
        {"doc_id": "op", "type": "operative_note", "date": "2026-03-02", "text": note},
        PREOP | {"text": f"ASSESSMENT: {reason}. Plan: operation."},
    ]
    line = {"code": code, "modifiers": ["LT"], "service_date": "2026-03-02"}
    claim = {"form": "professional", "place_of_service": place, "lines": [line]}
    return check({"encounter_id": code, "documents": documents, "claim": claim}, code=code)


def status(found: Report, identity: str) -> str:
    return next(item.status for item in found.requirements if item.id == identity)


@pytest.mark.parametrize("code", NOTES)
def test_a_note_of_the_code_passes(code: str) -> None:
    found = report(NOTES[code], code)
    assert found.supported_code.value == code
    open_ones = [
        (r.id, r.status)
        for r in found.requirements
        if r.status not in ("met", "not_applicable", "not_assessed")
    ]
    assert open_ones == []
    assert (found.decision, found.score) == ("pass", 100.0)


ON_A_FEMORAL_STUMP = {"27594", "27295"}  # of these notes: the limb came as an above-knee stump


@pytest.mark.parametrize("code", NOTES)
def test_auto_takes_the_supported_code_but_27596_on_a_femoral_stump(code: str) -> None:
    document = {"doc_id": "op", "type": "operative_note", "text": NOTES[code]}
    found = check({"encounter_id": "A", "documents": [document]}, code="auto")
    assert found.supported_code.value == code
    assert found.code == ("27596" if code in ON_A_FEMORAL_STUMP else code)


@pytest.mark.parametrize("code", NOTES)
def test_every_other_codes_note_holds(code: str) -> None:
    for other, note in NOTES.items():
        if other != code:
            assert report(note, code).decision == "hold", other


@pytest.mark.parametrize(
    ("code", "old", "new", "requirement", "expected"),
    [
        (
            "27590",
            "No earlier amputation.",
            "Left above-knee amputation in 2020.",
            "first-at-level",
            "conflict",
        ),
        (
            "27590",
            "No earlier amputation.",
            "Left below-knee amputation in 2020.",
            "first-at-level",
            "met",
        ),
        (
            "27590",
            "No earlier amputation.",
            "Previous amputation of the left limb.",
            "first-at-level",
            "partial",
        ),
        ("27590", " 12 cm above the knee joint line", "", "new-level", "partial"),
        (
            "27594",
            "The femur was not exposed; no bone was resected.",
            "The femur was cut with a saw.",
            "bone-left",
            "conflict",
        ),
        ("27594", "The femur was not exposed; no bone was resected. ", "", "bone-left", "partial"),
        ("27598", "The\nfascia was closed over the condyles. ", "", "reconstruction", "missing"),
        (
            "27598",
            "No earlier amputation.",
            "Left above-knee amputation in 2020.",
            "first-at-level",
            "conflict",
        ),
        ("27880", " 14 cm below the knee joint line", "", "new-level", "partial"),
        (
            "27884",
            "The tibia was covered and left alone; no bone was resected.",
            "The tibia was cut with a saw.",
            "bone-left",
            "conflict",
        ),
        (
            "27884",
            "The tibia was covered and left alone; no bone was resected.",
            "The tibia was left alone.",
            "bone-left",
            "met",
        ),
        ("27886", "Infected bone could not be left behind. ", "", "revision-necessity", "met"),
        (
            "27886",
            "OPERATION: Revision of left below-knee amputation.",
            "OPERATION: Left leg amputation.",
            "prior-level",
            "met",
        ),
        ("27295", "fascia was closed.", "skin was closed.", "reconstruction", "partial"),
    ],
)
def test_a_note_that_lacks_or_contradicts_one_thing(
    code: str, old: str, new: str, requirement: str, expected: str
) -> None:
    assert old in NOTES[code]
    assert status(report(NOTES[code].replace(old, new), code), requirement) == expected


def test_the_skin_of_a_ray_is_closure_enough() -> None:
    ray = (
        "PREOPERATIVE DIAGNOSIS: Osteomyelitis of the left second metatarsal.\n"
        "OPERATION: Left second ray amputation.\nDESCRIPTION: The second metatarsal was cut with a "
        "saw and removed with its toe. The skin was closed.\n"
    )
    assert status(report(ray, "28810"), "reconstruction") == "met"
    # Of the whole forefoot more is asked.
    assert status(report(ray, "28805"), "reconstruction") == "partial"


def test_a_closed_end_is_no_guillotine() -> None:
    assert status(report(THIGH, "27592"), "left-open") == "conflict"
    assert status(report(LEG, "27882"), "left-open") == "conflict"
    silent = THIGH.partition(" The quadriceps")[0] + " She is an inpatient.\n"
    assert status(report(silent, "27592"), "left-open") == "missing"


def test_a_closure_asks_only_that_the_setting_agrees() -> None:
    assert status(report(THIGH_CLOSURE, "27594", place="22"), "setting") == "conflict"
    observed = THIGH_CLOSURE.replace("She is an inpatient.", "Placed in observation.")
    assert status(report(observed, "27594", place="22"), "setting") == "met"
    assert status(report(observed, "27594"), "setting") == "conflict"


def test_a_stump_of_another_level_is_a_conflict() -> None:
    assert status(report(LEG_CLOSURE, "27594"), "prior-level") == "conflict"
    assert status(report(THIGH_AGAIN, "27886"), "prior-level") == "conflict"
    assert status(report(LEG_AGAIN, "27596"), "prior-level") == "met"  # as the contract has it


def test_auto_takes_the_billed_code_and_with_none_has_nothing_to_check() -> None:
    document = {"doc_id": "op", "text": "OPERATION: Washout of left thigh wound. It was packed."}
    claim = {"lines": [{"code": "99222"}, {"code": "27594"}]}
    encounter = {"encounter_id": "A", "documents": [document]}
    nothing = check(encounter, code="auto")
    assert (nothing.decision, nothing.requirements) == ("not_concerned", ())
    assert check(encounter | {"claim": claim}, code="auto").code == "27594"


def test_the_operative_report_set_holds_any_operation_to_its_elements() -> None:
    bare = check(THIGH, code="operative-report")
    assert bare.code_supported
    assert status(bare, "surgeon") == "missing" and status(bare, "blood-loss") == "partial"
    full = (
        "DATE OF SURGERY: 03/02/2026\nSURGEON: A. Able, MD\nASSISTANT: none\n"
        "POSTOPERATIVE DIAGNOSIS: Same.\nANESTHESIA: General.\nFINDINGS: Dead muscle.\n"
        "EBL: 150 mL\nSPECIMENS: left leg to pathology\nDRAINS: none\nCOMPLICATIONS: None.\n"
    )
    found = check(full + THIGH, code="operative-report")
    assert (found.decision, found.score) == ("pass", 100.0)
    order = {"doc_id": "o", "type": "admission_order", "text": "Admit to inpatient."}
    none = check({"encounter_id": "A", "documents": [order]}, code="operative-report")
    assert {item.status for item in none.requirements} == {"not_assessed"}


def test_every_code_of_the_contracts_list_is_known() -> None:
    from typing import get_args

    from notecheck.models import SupportedCodeValue

    assert set(get_args(SupportedCodeValue)) - {"none"} <= set(known_codes())


def test_an_unknown_code_is_refused() -> None:
    with pytest.raises(InputError, match='"99999" is not a code that notecheck knows'):
        check(THIGH, code="99999")
