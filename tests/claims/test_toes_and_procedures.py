"""Toes told by bare numbers, and a facility's procedures as the code that is billed."""

from __future__ import annotations

from typing import Any

import pytest

from claims.test_elsewhere_and_staged import report
from notecheck import check

TOE_OFF = (
    "A racket incision was made and the toe was taken off at the metatarsophalangeal joint. "
    "The skin was closed."
)

# A title, the modifiers of its lines, and whether one of them is of a toe that it does not name.
TITLES = [
    ("Amputation of left toe 2 at the MTP joint", ("T1",), False),
    ("Amputation of left toes 2 and 3 at the MTP joints", ("T1", "T2"), False),
    ("Amputation, L #5 toe", ("T4",), False),
    ("Amputation of left toes 4/5", ("T3", "T4"), False),
    ("Amputation of left toes 2-4", ("T2",), False),
    ("Left toe amputation, 2 cm above the web", ("T1",), False),
    ("Amputation of left toe 4 at the MTP joint", ("T1",), True),
    ("Amputation of left toes 2 and 3 at the MTP joints", ("T1", "T3"), True),
    ("Amputation, L #5 toe", ("TA",), True),
    ("Amputation of left toes #3 and #4", ("T1",), True),
]


@pytest.mark.parametrize(("title", "modifiers", "differs"), TITLES)
def test_a_toe_may_be_told_by_its_number(
    title: str, modifiers: tuple[str, ...], differs: bool
) -> None:
    first, *others = modifiers
    found = report(
        "28820", TOE_OFF, title=title, history="Osteomyelitis of the toe. No earlier amputation.",
        modifiers=(first,), billed=("M86.672",), beside=tuple(("28820", (m,)) for m in others),
    )  # fmt: skip
    assert ("toe-differs" in {f.id for f in found.findings}) is differs


OPERATED = "2026-03-06"
HISTORY = "Right above-knee amputation 2022, now necrotizing infection of the right thigh."
HIP = """OPERATIVE REPORT
Date of operation: 03/06/2026
Surgeon: Ira Falk, MD
Operation: Right hip disarticulation
Indication: Right above-knee amputation 2022. Necrotizing infection of the right thigh up to the
groin; no femoral level can be saved.
Procedure: A racquet incision was made. The femoral vessels were ligated, the capsule was opened,
the round ligament was cut and the limb was taken off through the hip joint. The gluteus was sewn
over the acetabulum and the skin was closed.
Patient class: inpatient.
Electronically signed by Ira Falk, MD on 03/06/2026
"""


def _stay(*procedures: str) -> dict[str, Any]:
    documents = [
        {"doc_id": "op", "type": "operative_note", "date": OPERATED, "text": HIP},
        {"doc_id": "hp", "type": "history_and_physical", "date": "2026-03-05",
         "text": f"H&P\n{HISTORY}\nPlan: right hip disarticulation. Admit to inpatient.\n"},
    ]  # fmt: skip
    claim = {
        "claim_id": "C", "form": "institutional", "type_of_bill": "0111",
        "admission_date": "2026-03-05",
        "procedures": [{"code": code, "date": OPERATED} for code in procedures],
        "diagnoses": [{"code": "M72.6", "kind": "principal", "poa": "Y"}], "lines": [],
    }  # fmt: skip
    return {"encounter_id": "E", "documents": documents, "claim": claim}


@pytest.mark.parametrize(
    ("procedure", "code", "verdict"),
    [
        ("0Y670ZZ", "27295", "release"),
        ("0Y680ZZ", "27295", "stop"),
        ("0Y6C0Z1", "27596", "stop"),
        ("0Y620ZZ", "27596", "stop"),
    ],
)
def test_a_facilitys_procedure_names_the_code_that_the_note_supports(
    procedure: str, code: str, verdict: str
) -> None:
    found = check(_stay(procedure))
    assert (found.code, found.release.verdict) == (code, verdict)


def _twice(own: str, other: str, procedure: str = "0Y670ZZ", day: str = "2026-03-05") -> set[str]:
    given = _stay("0Y670ZZ")
    bill = given["claim"] | {"claim_id": "D", "type_of_bill": other, "admission_date": day}
    bill["procedures"] = [{"code": procedure, "date": OPERATED}]
    given["claim"]["type_of_bill"] = own
    return {f.id for f in check(given | {"other_claims": [bill]}).findings}


@pytest.mark.parametrize(
    ("bills", "twice"),
    [
        (("0111", "0111"), True),
        (("111", "0112"), True),
        (("0117", "0111"), False),
        (("0111", "0118"), False),
        (("0111", "0111", "0Y6C0Z1"), False),
        (("0111", "0111", "0Y670ZZ", "2026-02-20"), False),
    ],
)
def test_a_stay_is_billed_once_unless_one_bill_replaces_the_other(
    bills: tuple[str, ...], twice: bool
) -> None:
    assert ("claim-twice" in _twice(*bills)) is twice


TAKEN_OFF = """PREOPERATIVE DIAGNOSIS: Osteomyelitis of the tibia, right below-knee stump
PROCEDURE: {title}
INDICATIONS: Right below-knee amputation in 2023. {history}
DESCRIPTION: Both cruciates were divided and the {part} was taken off through the knee. {bone}
The patellar tendon was sewn to the cruciate remnants. Fascia and skin were closed.
"""


@pytest.mark.parametrize("part", ["leg", "leg stump"])
@pytest.mark.parametrize("bone", ["No bone was sawn.", "Nothing was sawn off.", ""])
@pytest.mark.parametrize("title", ["Right knee disarticulation", "Right leg amputation"])
def test_what_the_description_takes_off_is_no_earlier_amputation(
    part: str, bone: str, title: str
) -> None:
    found = check(
        TAKEN_OFF.format(title=title, history="", part=part, bone=bone), code="27598"
    ).facts
    assert found.prior_level is not None
    assert found.prior_level.value == "transtibial"
    assert found.new_level is not None
    assert found.new_level.value == "knee_disarticulation"
