"""What is done, left undone or told of the other limb, and of the same limb before."""

from __future__ import annotations

from typing import Any

import pytest

from notecheck import check
from notecheck.models import Report

OPERATED = "2026-03-06"
LEFT = (
    "The left thigh was opened by a fish-mouth incision. The femur was cut with a saw at "
    "mid-shaft, 20 cm below the greater trochanter. The adductors were sewn to drill holes in the "
    "femur and the fascia was closed."
)
NOTE = """OPERATIVE REPORT
Date of operation: 03/06/2026
Preoperative diagnosis: {diagnosis}
{title}
Surgeon: Ira Falk, MD
Indications: Left above-knee amputation 2015, right below-knee amputation 2016. The left femur is
exposed and cannot be covered by soft tissue. {why}
Description: {told}
Disposition: Inpatient.
Electronically signed by Ira Falk, MD on 2026-03-06.
"""
BOTH_STUMPS = "1. Exposed femur, left above-knee stump. 2. {other}, right below-knee stump."
HISTORY = (
    "H&P\nLeft AKA 2015, right BKA 2016. Left femur exposed in the stump. {other}\n"
    "Plan: left re-amputation. Admit to inpatient.\n"
)


def _report(
    title: str, told: str, *, diagnosis: str, modifier: str = "LT", why: str = "", before: str = ""
) -> Report:
    line = {"code": "27596", "modifiers": [modifier], "units": 1, "service_date": OPERATED,
            "diagnoses": ["T87.89"]}  # fmt: skip
    note = NOTE.format(title=title, told=told, diagnosis=diagnosis, why=why)
    documents: list[dict[str, Any]] = [
        {"doc_id": "op", "type": "operative_note", "date": OPERATED, "text": note},
        {"doc_id": "hp", "type": "history_and_physical", "date": "2026-03-05",
         "text": HISTORY.format(other=before)},
    ]  # fmt: skip
    claim = {"claim_id": "C", "form": "professional", "place_of_service": "21", "lines": [line]}
    return check({"encounter_id": "E", "documents": documents, "claim": claim})


# What ails the right stump, what was done to it, and how the description goes on.
ELSEWHERE = [
    ("Painful neuroma", "Excision of tibial nerve neuroma, right leg stump",
     "On the right an incision was made over the calf stump and the tibial nerve cut higher."),
    ("Abscess", "Drainage of an abscess, right BKA stump",
     "The right stump was opened by a small incision and pus was let out."),
    ("Painful wire", "Removal of a wire from the right below-knee stump",
     "The right leg stump was then prepped, and the wire was pulled out."),
    ("Mass", "Biopsy of a mass of the right below-knee stump",
     "A core was taken from the right stump."),
]  # fmt: skip


@pytest.mark.parametrize(("ails", "work", "told"), ELSEWHERE)
def test_other_work_on_the_other_stump_makes_no_operation_of_both(
    ails: str, work: str, told: str
) -> None:
    title = f"Procedures: 1. Re-amputation of left femur. 2. {work}."
    found = _report(title, f"{LEFT} {told}", diagnosis=BOTH_STUMPS.format(other=ails))
    assert found.facts.laterality is not None
    assert found.facts.laterality.value == "left"
    assert found.release.verdict == "release"


OF_BOTH = "The left femur was cut with a saw at mid-shaft. The right femur was cut likewise."
STOPPED = [
    ("Procedures: Re-amputation of both femoral stumps.", OF_BOTH, "LT"),
    ("Procedures: 1. Re-amputation of left femur. 2. Re-amputation of right femur.", OF_BOTH, "LT"),
    (
        "Procedures: 1. Excision of neuroma, right leg stump. 2. Re-amputation of left femur.",
        LEFT,
        "RT",
    ),
    (
        "Procedures: 1. Re-amputation of left femur. 2. Excision of neuroma, right leg stump.",
        "The right femur was cut with a saw at mid-shaft.",
        "LT",
    ),
]


@pytest.mark.parametrize(("title", "told", "modifier"), STOPPED)
def test_an_operation_of_both_or_on_another_side_than_billed_is_found(
    title: str, told: str, modifier: str
) -> None:
    found = _report(
        title, told, modifier=modifier, diagnosis=BOTH_STUMPS.format(other="Painful neuroma")
    )
    sides = {"side-one-of-two", "side-differs", "side-unsettled"}
    assert sides & {f.id for f in found.findings}
    assert found.release.verdict == "stop"


UNDONE = [
    "PROCEDURE: Re-amputation of left femur.\nPROCEDURE NOT PERFORMED: Right re-amputation.",
    "Procedure: Re-amputation of left femur.\nNot done: Right above-knee amputation (unstable).",
    "Procedure: Re-amputation of left femur.\nDeferred: Right second toe amputation.",
    "Procedure: Re-amputation of left femur.\nProcedure abandoned: Right stump revision.",
]


@pytest.mark.parametrize("title", UNDONE)
def test_what_a_heading_says_was_not_done_is_no_side_of_the_operation(title: str) -> None:
    told = f"{LEFT} His pressure fell. No incision was made on the right."
    found = _report(title, told, diagnosis="Exposed femur, left above-knee stump")
    assert found.facts.laterality is not None
    assert found.facts.laterality.value == "left"
    assert found.release.verdict == "release"


# A history, and whether what it tells of the stump is of now.
STORIES = [
    ("Infected left AKA stump with pus. Left AKA 2015, revised 2019.", True),
    ("71 M, draining infected left thigh stump. L AKA 2015 and revised 04/2019.", True),
    ("Necrotic left above-knee stump. Above-knee amputation 2015, was revised in 2019.", True),
    ("Recurrent sarcoma of the left stump, no metastases. Left AKA 2015.", True),
    ("The left AKA stump became infected. It was revised in 2019.", False),
    ("Gangrene of the left leg. Underwent left AKA in 2015.", False),
    ("Left AKA 2015. The stump broke down and was revised in 2019.", False),
    ("Sarcoma of the left leg in 2014, no recurrence. Left AKA 2015.", False),
]


@pytest.mark.parametrize(("story", "of_now"), STORIES)
def test_what_ails_a_stump_is_of_now_where_its_story_begins_after_it(
    story: str, of_now: bool
) -> None:
    documents = [
        {"doc_id": "op", "type": "operative_note", "date": OPERATED, "text": NOTE.format(
            title="Procedure: Re-amputation of left femur.", told=LEFT, why="",
            diagnosis="Exposed femur, left above-knee stump")},
        {"doc_id": "hp", "type": "history_and_physical", "date": "2026-03-05",
         "text": f"H&P\n{story}\nPlan: left re-amputation. Admit to inpatient.\n"},
    ]  # fmt: skip
    found = check({"encounter_id": "E", "documents": documents}, code="27596")
    status = next(r.status for r in found.requirements if r.id == "indication-preop")
    assert (status == "met") is of_now


@pytest.mark.parametrize(
    "heading", ["Summary of history", "Summary of events", "Summary of the history", "Summary"]
)
def test_a_notes_own_summary_of_the_history_is_no_report_of_another_day(heading: str) -> None:
    note = NOTE.format(
        title="Procedure: Re-amputation of left femur.",
        told=LEFT,
        why="",
        diagnosis="Exposed femur",
    ).replace("Indications:", f"{heading}:")
    found = check(note, code="27596")
    assert found.facts.new_level is not None
    assert found.supported_code.value == "27596"


BOTH_CUT = (
    "LEFT: The femur was cut with a saw at mid-shaft, 20 cm below the greater trochanter. The "
    "adductors were sewn to drill holes in the femur and the fascia was closed. RIGHT: The tibia "
    "was cut with a saw 10 cm below the joint line in its proximal third, the fibula 1 cm higher. "
    "The posterior fascia was sewn to the anterior fascia and the skin closed."
)
THIGH, LEG = "Re-amputation thigh through femur", "Re-amputation leg through tibia and fibula"
# Titles of two operations, told apart by lines, numbers, stops or commas.
TITLES = [
    f"Procedure(s) (LRB):\n {THIGH.upper()} (Left)\n {LEG.upper()} (Right)",
    f"Procedures:\n{THIGH} (Left)\n{LEG} (Right)",
    f"Procedures:\n{LEG} (Right)\n{THIGH} (Left)",
    f"Procedures:\n1. {THIGH} (Left)\n2. {LEG} (Right)",
    f"Procedures: {THIGH} (left); {LEG} (right)",
    f"Procedures: {THIGH}, left, and {LEG}, right",
    f"Procedures:\nLeft {THIGH}\nRight {LEG}",
]


def _of_two(title: str, claim: dict[str, Any]) -> Report:
    found = BOTH_STUMPS.format(other="Exposed tibia")
    note = NOTE.format(title=title, told=BOTH_CUT, diagnosis=found, why="The right tibia is bare.")
    before = HISTORY.format(other="Right tibia exposed in the stump.")
    documents = [
        {"doc_id": "op", "type": "operative_note", "date": OPERATED, "text": note},
        {"doc_id": "hp", "type": "history_and_physical", "date": "2026-03-05", "text": before},
    ]
    return check({"encounter_id": "E", "documents": documents, "claim": claim})


@pytest.mark.parametrize("title", TITLES)
@pytest.mark.parametrize(("left", "right", "stops"), [("LT", "RT", False), ("RT", "LT", True)])
def test_a_title_of_two_operations_gives_each_its_side(
    title: str, left: str, right: str, stops: bool
) -> None:
    lines = [
        {"code": code, "modifiers": [side], "units": 1, "service_date": OPERATED,
         "diagnoses": ["T87.89"]}
        for code, side in (("27596", left), ("27886", right))
    ]  # fmt: skip
    claim = {"claim_id": "C", "form": "professional", "place_of_service": "21", "lines": lines}
    report = _of_two(title, claim)
    assert (report.release.verdict == "stop") is stops, report.release.reasons


@pytest.mark.parametrize(
    ("codes", "findings"),
    [
        (["0Y6D0Z2", "0Y6H0Z1"], set()),
        (["0Y6H0Z1", "0Y6D0Z2"], set()),
        (["0Y6C0Z2", "0Y6J0Z1"], {"procedure-side", "procedure-level"}),
        (["0Y6D0Z2", "0Y6C0Z2"], {"procedure-side"}),
        (["0Y6D0Z3", "0Y6H0Z1"], {"procedure-height"}),
    ],
)
def test_a_stay_with_two_operations_has_a_procedure_of_each(
    codes: list[str], findings: set[str]
) -> None:
    claim = {"claim_id": "C", "form": "institutional", "type_of_bill": "0111",
             "procedures": [{"code": code, "date": OPERATED} for code in codes]}  # fmt: skip
    report = _of_two(TITLES[3], claim)
    assert {f.id for f in report.findings if f.id.startswith("procedure")} == findings


def test_a_first_amputation_beside_a_re_amputation_is_told_as_a_catalogue_does() -> None:
    title = (
        "Procedure(s) (LRB):\n  RE-AMPUTATION, THIGH, THROUGH FEMUR (Left)\n"
        "  AMPUTATION, LEG, BELOW KNEE (Right)"
    )
    told = BOTH_CUT.replace("10 cm below the joint line in its proximal third", "12 cm down")
    note = NOTE.format(
        title=title, told=told, why="The right foot is gangrenous.", diagnosis="1. Exposed femur, "
        "left above-knee stump. 2. Gangrene of right foot.",
    ).replace(", right below-knee amputation 2016", "")  # fmt: skip
    codes = [o.code for o in check(note).operations if o.status == "today"]
    assert sorted(filter(None, codes)) == ["27596", "27880"]


# The diagnoses of the left thigh's line and of the right leg's, and whether a side is found wrong.
POINTERS = [
    (("T87.54",), ("T87.43",), False),
    (("T87.43",), ("T87.54",), True),
    (("T87.43", "Z79.4"), ("T87.43",), True),
    (("T87.54",), ("T87.54", "E11.69"), True),
    (("T87.43", "M86.661"), ("T87.54",), True),
    (("M86.661", "E11.69"), ("T87.43",), True),
    (("T87.54", "T87.43"), ("T87.43", "T87.54"), False),
    (("T87.54", "E11.51"), ("T87.43", "M86.661"), False),
    (("T87.54", "Z89.511"), ("T87.43", "Z89.612"), False),
    (("T87.54", "M86.661", "T87.43"), ("M86.661",), False),
    (("T87.89",), ("T87.43",), False),
]


@pytest.mark.parametrize(("left", "right", "crossed"), POINTERS)
def test_a_line_points_to_a_reason_of_its_own_limb(
    left: tuple[str, ...], right: tuple[str, ...], crossed: bool
) -> None:
    ails = "Necrotic left above-knee stump with exposed femur. Infected right below-knee stump "
    ails += "with osteomyelitis of the tibia."
    note = NOTE.format(
        title=TITLES[3], told=BOTH_CUT, diagnosis=ails, why="The right tibia is infected."
    )
    before = HISTORY.format(other=ails)
    lines = [
        {"code": code, "modifiers": [side], "units": 1, "service_date": OPERATED,
         "diagnoses": list(billed)}
        for code, side, billed in (("27596", "LT", left), ("27886", "RT", right))
    ]  # fmt: skip
    documents = [
        {"doc_id": "op", "type": "operative_note", "date": OPERATED, "text": note},
        {"doc_id": "hp", "type": "history_and_physical", "date": "2026-03-05", "text": before},
    ]
    claim = {"claim_id": "C", "form": "professional", "place_of_service": "21", "lines": lines}
    found = check({"encounter_id": "E", "documents": documents, "claim": claim})
    assert ("diagnosis-side" in {f.id for f in found.findings}) is crossed


# The left thigh alone is operated on, and the right leg's stump is infected beside it.
@pytest.mark.parametrize(
    ("billed", "wrong"),
    [
        (("T87.89", "T87.43"), False),
        (("T87.89",), False),
        (("T87.43",), True),
        (("T87.43", "Z79.4"), True),
    ],
)
def test_what_ails_the_other_stump_alone_is_no_reason_for_this_one(
    billed: tuple[str, ...], wrong: bool
) -> None:
    ails = "Infected right below-knee stump, treated with antibiotics."
    documents = [
        {"doc_id": "op", "type": "operative_note", "date": OPERATED, "text": NOTE.format(
            title="Procedure: Re-amputation of left femur.", told=LEFT, why="",
            diagnosis="Exposed femur, left above-knee stump")},
        {"doc_id": "hp", "type": "history_and_physical", "date": "2026-03-05",
         "text": HISTORY.format(other=ails)},
    ]  # fmt: skip
    line = {"code": "27596", "modifiers": ["LT"], "units": 1, "service_date": OPERATED,
            "diagnoses": list(billed)}  # fmt: skip
    claim = {"claim_id": "C", "form": "professional", "place_of_service": "21", "lines": [line]}
    found = check({"encounter_id": "E", "documents": documents, "claim": claim})
    assert ("diagnosis-side" in {f.id for f in found.findings}) is wrong
