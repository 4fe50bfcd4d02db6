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
    "The right leg was uncovered. Its fasciotomy wound was clean. A vac was sealed over it.",
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
    assert _vacuum(told) == {finding}


# By the finding: what was done at the thigh, the further line, and whether it is raised.
APART = [
    ("A vac was placed over the closed stump.", "97606", ("XS",), True),
    ("A vac was placed over the closed stump.", "97606", (), False),
    ("The sacral ulcer was dressed with a wound vac.", "97606", ("XS",), False),
    ("The old nail was removed through the cut end of the femur.", "20680", ("59",), True),
    ("The old nail was removed through the cut end of the femur.", "20680", (), False),
    ("Through a separate hip incision the plate and screws were removed.", "20680", ("59",), False),
    ("The sciatic nerve was pulled down, tied and cut.", "64786", ("59",), True),
    ("The sciatic nerve was pulled down, tied and cut.", "64786", (), False),
    ("A painful neuroma of the sciatic nerve was excised.", "64786", ("59",), False),
]


@pytest.mark.parametrize(("told", "code", "modifiers", "raised"), APART)
def test_a_modifier_of_another_site_needs_one(
    told: str, code: str, modifiers: tuple[str, ...], raised: bool
) -> None:
    found = report(
        "27596", REVISED + told, title="Re-amputation of the left thigh",
        history="Left AKA 2024, exposed femur and necrosis of the left stump.",
        billed=("T87.54",), beside=((code, modifiers),),
    )  # fmt: skip
    assert ("separate-not-told" in {f.id for f in found.findings}) is raised


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
    ("named", "signed", "another"),
    [
        ("Co-surgeon: N. Hale, MD", "Electronically signed by Nora Hale, MD", False),
        ("Co-surgeon: N. Hale, MD", "Electronically signed by Ira Falk, MD", False),
        ("Co-surgeon: N. Hale, MD", "Electronically signed by Piers Lund, MD", True),
        ("Assistant: N. Hale, MD", "Electronically signed by Nora Hale, MD", True),
    ],
)
def test_a_cosurgeon_may_sign_a_note_that_names_the_surgeon(
    named: str, signed: str, another: bool
) -> None:
    found = _note(signed, f"Left AKA 2024, osteomyelitis of the femur.\n{named}")
    assert ("operative-note-other-signer" in found) is another


def test_what_the_surgeon_did_before_is_no_name_of_a_surgeon() -> None:
    told = "Left AKA 2018. In February I did a right below-knee amputation. Osteomyelitis now."
    assert not _note(SIGNED, told)
    assert _note("Electronically signed by Nora Hale, MD", told) == {"operative-note-other-signer"}


GUILLOTINED = (
    "A guillotine amputation through the ankle was done on 03/02/2026 for wet gangrene of the left "
    "foot. {returns}"
)


@pytest.mark.parametrize(
    ("history", "code"),
    [
        ("He had a guillotine amputation through the ankle on 03/02/2026.", "27880"),
        ("Open guillotine amputation at the level of the left ankle on 03/02/2026.", "27880"),
        ("On 3/2/2026 the foot was guillotined at the ankle joint.", "27880"),
        ("An open ankle disarticulation was done on 03/02/2026.", "27880"),
        ("He had a guillotine amputation just above the ankle on 03/02/2026.", "27886"),
        ("On 03/02/2026 he had a supramalleolar guillotine amputation.", "27886"),
        ("A guillotine amputation through the tibia and fibula was done on 03/02/2026.", "27886"),
    ],
)
def test_a_leg_is_cut_again_only_where_it_was_cut(history: str, code: str) -> None:
    found = report(
        code,
        CLOSED_LEG.format(cut="The tibia was divided 14 cm below the knee joint line."),
        title="Left below-knee amputation",
        history=f"{history} The wound is open and clean. He returns for the planned second stage.",
        modifiers=("LT", "58"),
        billed=("T87.89",),
    )
    assert found.supported_code.value == code
    assert found.release.verdict != "stop", found.release.reasons


def test_a_second_stage_is_for_the_disease_of_the_first() -> None:
    def findings(returns: str, *modifiers: str) -> set[str]:
        found = report(
            "27880",
            CLOSED_LEG.format(cut="The tibia was divided 14 cm below the knee joint line."),
            title="Left below-knee amputation",
            history=GUILLOTINED.format(returns=returns),
            modifiers=("LT", *modifiers),
            billed=("I96",),
        )
        return {f.id for f in found.findings}

    assert "diagnosis-not-documented" not in findings("Planned second stage today.", "58")
    assert "diagnosis-not-documented" in findings("The wound broke down.", "78")


TOES = "The toe was disarticulated at the MTP joint. The skin was closed with nylon."


# By the finding: the title, the modifier billed, and whether it is raised.
CASES: dict[str, Any] = {
    "toe-differs": [
        ("Amputation left fourth toe", "T3", False),
        ("Amputation left fourth toe", "T1", True),
        ("Left great toe amputation", "TA", False),
        ("Left hallux amputation", "T4", True),
        ("Amputation of the left second and third toes", "T2", False),
        ("Amputation of the left second and third toes", "T4", True),
        ("Amputation of left toes 2 and 3", "T4", True),
        ("Amputation of the 2nd through 4th toes, left", "T2", False),
        ("Left fifth ray amputation", "T4", False),
        ("Left fifth ray amputation", "T3", True),
    ],
    "separate-not-told": APART,
}


@pytest.mark.parametrize(("title", "modifier", "differs"), CASES["toe-differs"])
def test_the_toe_of_a_line_is_one_that_the_note_names(
    title: str, modifier: str, differs: bool
) -> None:
    found = report(
        "28820", TOES, title=title, history="Dry gangrene of the toe.", modifiers=(modifier,)
    )
    assert ("toe-differs" in {f.id for f in found.findings}) is differs


@pytest.mark.parametrize(
    ("title", "code"),
    [
        ('Partial first ray amputation, left foot ("transmetatarsal" level)', "28810"),
        ("Left first ray amputation at the transmetatarsal level", "28810"),
        ("Left transmetatarsal amputation", "28805"),
    ],
)
def test_a_ray_at_the_transmetatarsal_level_is_a_ray(title: str, code: str) -> None:
    told = "The metatarsal was cut with a saw at mid-shaft. The skin was closed with nylon."
    found = report(code, told, title=title, history="Osteomyelitis of the left foot.")
    assert found.supported_code.value == code


def test_an_incision_of_its_own_for_a_toe_is_no_other_wound() -> None:
    told = (
        "The second toe was disarticulated at the MTP joint. Third toe: separate racquet incision "
        "and disarticulation at the MTP joint. Each closed with 4-0 nylon."
    )
    found = report(
        "28820", told, title="Amputation left second and third toes",
        history="Dry gangrene of the left second and third toes.", modifiers=("T1",),
        beside=(("28820", ("T2",)),), billed=("I96",),
    )  # fmt: skip
    assert found.release.verdict == "release", found.release.reasons


@pytest.mark.parametrize(
    ("told", "status"),
    [
        ("The tibia and fibula were covered by muscle and were not cut.", "met"),
        ("The tibia lay deep under good muscle and was not divided.", "met"),
        ("The bone ends were covered with muscle and were not cut.", "met"),
        ("The wound was washed.", "partial"),
    ],
)
def test_bone_that_lies_covered_and_uncut_is_left_alone(told: str, status: str) -> None:
    found = report(
        "27884", f"{told} The fascia and skin were closed.", title="Closure of left BKA stump",
        history="Left BKA 02/28/2026, left open; closure was planned.", modifiers=("LT", "58"),
    )  # fmt: skip
    assert {r.id: r.status for r in found.requirements}["bone-left"] == status


@pytest.mark.parametrize(
    ("told", "met"),
    [
        ("The muscle was dead, so revising just the soft tissue was impossible.", True),
        ("Revision of the soft tissue only was not possible.", True),
        ("Closing the skin alone would not suffice.", True),
        ("Only the skin was tender.", False),
    ],
)
def test_soft_tissue_alone_that_could_not_be_done_is_why_bone_was_cut(told: str, met: bool) -> None:
    found = report(
        "27596", REVISED, title="Re-amputation of the left thigh",
        history=f"Left AKA 2023. Infected stump. {told}",
    )  # fmt: skip
    status = {r.id: r.status for r in found.requirements}["revision-necessity"]
    assert (status == "met") is met


@pytest.mark.parametrize(
    ("told", "placed"),
    [
        ("Circumferential incision above the ankle, distal third of the leg. Tibia and fibula were "
         "cut at the same level.", True),
        ("The level was marked in the mid-calf. At this level tibia and fibula were cut.", True),
        ("The level was marked. Tibia and fibula were cut with the saw.", False),
    ],
)  # fmt: skip
def test_a_cut_goes_back_to_a_third_that_was_marked(told: str, placed: bool) -> None:
    found = report(
        "27882", f"{told} Wound left open, packed.", title="Left guillotine below-knee amputation",
        history="Wet gangrene of the left foot.",
    )  # fmt: skip
    status = {r.id: r.status for r in found.requirements}["new-level"]
    assert (status == "met") is placed


@pytest.mark.parametrize(
    "signed",
    [
        "Falk, Ira, MD - e-signature 03/06/2026 16:04",
        "/es/ IRA FALK, MD",
        "[e-signed] I. Falk MD 03/06/2026",
    ],
)
def test_a_signature_by_machine_is_one(signed: str) -> None:
    assert not _note(signed)


@pytest.mark.parametrize(
    ("history", "met"),
    [
        ("Crush of the left foot, not salvageable.", True),
        ("Mangled left leg after a tractor ran over it.", True),
        ("Degloving injury to the left foot, dead toes to come.", True),
        ("The left foot was numb.", False),
    ],
)
def test_an_injury_of_the_whole_limb_is_why_it_comes_off(history: str, met: bool) -> None:
    found = report(
        "27880", CLOSED_LEG.format(cut="The tibia was divided 14 cm below the joint line."),
        title="Left below-knee amputation", history=history,
    )  # fmt: skip
    assert ({r.id: r.status for r in found.requirements}["indication-preop"] == "met") is met
