"""A stay's operations, a facility's claim for them, and one operation on both limbs."""

from __future__ import annotations

from typing import Any

import pytest

from claims.test_several_operations import AGAIN, CUT_LEG, CUT_THIGH, GUILLOTINE
from notecheck import check
from notecheck.models import Report

FIRST, DAY = "2026-03-02", "2026-03-06"
Coded = tuple[str, str]  # a procedure with its day


def _report(
    before: str, notes: list[tuple[str, str]], *, codes: list[Coded] = (), lines: list[str] = (),
    between: str = "", diagnoses: list[str] | None = None,
    days: dict[str, str] | None = None,
) -> Report:  # fmt: skip
    """`lines` are codes with their modifiers, for a surgeon; `codes` a facility's procedures."""
    told = [("history_and_physical", "2026-03-01", f"H&P. {before} Admit to inpatient.")]
    told += [("operative_note", day, f"OPERATIVE REPORT. Inpatient.\nDate: {day}\n{text}")
             for day, text in notes]  # fmt: skip
    told += [("progress_note", "2026-03-04", between)] if between else []
    documents = [
        {"doc_id": str(number), "type": kind, "date": day, "text": f"{text}\nIra Falk MD {day}",
         "author": "Ira Falk MD", "signed_by": "Ira Falk MD", "signed_at": f"{day}T18:00:00"}
        for number, (kind, day, text) in enumerate(told)
    ]  # fmt: skip
    claim: dict[str, Any] = {"claim_id": "C", "payer": "commercial"}
    if codes:
        coded = [{"code": code, "date": day} for code, day in codes]
        claim |= {"form": "institutional", "type_of_bill": "0111", "admission_date": "2026-03-01",
                  "procedures": coded,
                  "diagnoses": [{"code": "T87.54", "poa": "Y"}]}  # fmt: skip
    else:
        billed = [
            {"code": line.split()[0], "modifiers": line.split()[1:], "units": 1,
             "service_date": (days or {}).get(line, DAY),
             "diagnoses": diagnoses or _of_side(line)}
            for line in lines
        ]  # fmt: skip
        claim |= {"form": "professional", "place_of_service": "21", "lines": billed}
    return check({"encounter_id": "E", "documents": documents, "claim": claim})


def _of_side(line: str) -> list[str]:
    right = ["T87.53"] if "LT" not in line else []
    return right + (["T87.54"] if "RT" not in line else [])


def _procedures(report: Report) -> set[str]:
    return {f.id for f in report.findings if f.id.startswith("procedure")}


THIGH = (
    "Diagnosis: Necrosis of left above-knee stump\nProcedure: Re-amputation of left thigh through "
    f"femur\nDescription: The muscle was dead up to the bone. {CUT_THIGH}"
)
TOE = (
    "Diagnosis: Gangrene of right second toe\nProcedure: Amputation of right second toe at the MTP "
    "joint\nDescription: The right second toe was disarticulated at the MTP joint. Nylon to skin."
)
BEFORE = (
    "Left AKA 2019. Necrosis of the left thigh stump with bare femur. Right second toe: gangrene."
)
OF_THIGH, OF_TOE = ("0Y6D0Z2", FIRST), ("0Y6R0Z0", DAY)


@pytest.mark.parametrize(
    ("codes", "wrong"),
    [
        ([OF_THIGH, OF_TOE], set()),
        ([OF_TOE, OF_THIGH], set()),
        ([OF_THIGH, ("0Y6S0Z0", DAY)], {"procedure-side"}),
        ([("0Y6D0Z3", FIRST), OF_TOE], {"procedure-height"}),
        ([("0Y6C0Z2", FIRST), OF_TOE], {"procedure-side"}),
    ],
)
def test_a_stump_and_a_toe_of_one_stay(codes: list[Coded], wrong: set[str]) -> None:
    between = "The left stump is dry. Toe to be done on Friday."
    report = _report(BEFORE, [(FIRST, THIGH), (DAY, TOE)], codes=codes, between=between)
    assert (report.code, report.supported_code.value) == ("27596", "27596")
    assert _procedures(report) == wrong
    assert (report.release.verdict == "stop") is bool(wrong), report.release.reasons


def test_the_first_stage_may_be_told_in_one_line() -> None:
    first = (
        "Procedure: Guillotine amputation left thigh. Anesthesia: general. The thigh was divided "
        "circularly and the femur cut with a saw in the distal third. It was left open and packed."
    )
    report = _report(
        "Wet gangrene of the left leg.", [(FIRST, first), (DAY, AGAIN)],
        codes=[("0Y6D0Z3", FIRST), ("0Y6D0Z2", DAY)],
    )  # fmt: skip
    assert (report.supported_code.value, _procedures(report)) == ("27596", set())


def test_a_first_stage_that_is_only_closed_is_what_the_facility_is_asked_about() -> None:
    closed = (
        "Diagnosis: open left above-knee stump\nProcedure: secondary closure of left thigh stump\n"
        "Description: The bone was left alone. The fascia and the skin were closed."
    )
    report = _report(
        "Left BKA 2022. Wet gangrene of the left below-knee stump.",
        [(FIRST, GUILLOTINE), (DAY, closed)], codes=[("0Y6D0Z3", FIRST)],
    )  # fmt: skip
    assert (report.code, report.supported_code.value) == ("27590", "27590") or (
        report.code == report.supported_code.value == "27592"
    )


CLOSED = "The posterior fascia was sewn to the anterior fascia and the skin closed."
LOW = (
    "The femur was divided with a saw in the distal third. The adductors were sewn to drill holes "
    "in the femur and the fascia was closed."
)
LEFT_ALONE = "The scar was excised. The femur was not exposed and not cut. The fascia was closed."
BOTH = (
    "Diagnosis: Necrosis of both above-knee stumps\nProcedure: {title}\n"
    "Indication: Either femur is bare and cannot be covered at its length.\n"
    "{right} A fish-mouth incision was made. " + CUT_THIGH + "\n{left} The flap was opened. {told}"
)
LABELS = [("Right thigh:", "Left thigh:"), ("RIGHT:", "LEFT:"), ("On the right", "On the left")]
TITLES = [
    "Bilateral re-amputation of the thighs through the femur",
    "Re-amputation through the femur, right thigh and left thigh",
]


def _both(told: str, title: str = TITLES[0], labels: tuple[str, str] = LABELS[0], **bill: Any):
    note = BOTH.format(title=title, right=labels[0], left=labels[1], told=told)
    before = "Right AKA 2018, left AKA 2020. Both thigh stumps necrotic with bare femur."
    return _report(before, [(DAY, note)], **bill)


@pytest.mark.parametrize("title", TITLES)
@pytest.mark.parametrize("labels", LABELS)
@pytest.mark.parametrize(
    ("codes", "wrong"),
    [
        ([("0Y6C0Z2", DAY), ("0Y6D0Z3", DAY)], set()),
        ([("0Y6C0Z3", DAY), ("0Y6D0Z2", DAY)], {"procedure-height"}),
    ],
)
def test_two_thighs_cut_at_two_heights(
    title: str, labels: tuple[str, str], codes: list[Coded], wrong: set[str]
) -> None:
    report = _both(LOW, title, labels, codes=codes)
    assert _procedures(report) == wrong
    assert {r.id: r.status for r in report.requirements}["new-level"] == "met"
    assert report.facts.laterality and report.facts.laterality.value == "bilateral"


@pytest.mark.parametrize("title", [*TITLES, "Bilateral revision of above-knee stumps"])
@pytest.mark.parametrize("labels", LABELS)
@pytest.mark.parametrize(
    ("told", "lines", "verdict"),
    [
        (LOW, ["27596 50"], "release"),
        (LOW, ["27596 RT", "27596 LT"], "release"),
        (LEFT_ALONE, ["27596 50"], "stop"),
        (LEFT_ALONE, ["27596 RT", "27596 LT"], "stop"),
        (LEFT_ALONE, ["27596 RT", "27594 LT"], "release"),
    ],
)
def test_both_sides_are_billed_where_both_bones_were_cut(
    title: str, labels: tuple[str, str], told: str, lines: list[str], verdict: str
) -> None:
    report = _both(told, title, labels, lines=lines)
    assert report.release.verdict == verdict, report.release.reasons


FIRST_LEG = CUT_LEG.replace(
    "The tibia was bare and could not be covered without shortening. It", "The tibia"
)


@pytest.mark.parametrize(
    ("lines", "verdict"),
    [
        (["27596 RT", "27880 51 LT"], "release"),
        (["27596 RT", "27886 51 LT"], "stop"),
        (["27596 RT", "27880 51 RT"], "stop"),
    ],
)
def test_the_stump_of_a_sentence_with_no_side_is_none_of_the_limb_first_cut(
    lines: list[str], verdict: str
) -> None:
    note = (
        "Diagnoses: 1) Necrosis, right above-knee stump. 2) Gangrene, left foot.\nProcedures: "
        "1) Re-amputation of right thigh through femur. 2) Left below-knee amputation.\n"
        "Indication: The right above-knee amputation was in 2020. Its stump is dead down to the "
        "bone, which has to be shortened to be covered. The left foot is beyond saving.\n"
        f"1) Right thigh. {CUT_THIGH}\n2) The left leg was draped. {FIRST_LEG}"
    )
    before = "Right AKA 2020. Right thigh stump: necrosis. Left foot: gangrene."
    report = _report(before, [(DAY, note)], lines=lines)
    assert report.release.verdict == verdict, report.release.reasons


@pytest.mark.parametrize(
    ("second", "closed"),
    [
        (
            "The same was done through a separate incision for the third toe.",
            "They were closed with nylon.",
        ),
        ("The third toe was taken off by its own incision.", "The wounds were closed with nylon."),
    ],
)
@pytest.mark.parametrize(
    ("lines", "verdict"),
    [(["28820 79 T1", "28820 79 T2"], "release"), (["28820 79 T1", "28820 79 T3"], "stop")],
)
def test_two_toes_of_the_other_foot(
    second: str, closed: str, lines: list[str], verdict: str
) -> None:
    note = (
        "Diagnosis: Gangrene of left second and third toes\nProcedure: Amputation of left second "
        "toe and left third toe at the MTP joint\nDescription: The left second toe was "
        f"disarticulated at the MTP joint. {second} Both wounds bled well. {closed}"
    )
    before = (
        "Right thigh re-amputation 02/01/2026 (healed), right AKA 2023. New on the other leg: dry "
        "gangrene of the left second and third toes."
    )
    report = _report(before, [(DAY, note)], lines=lines, diagnoses=["I96"])
    assert report.release.verdict == verdict, report.release.reasons


@pytest.mark.parametrize(
    ("before", "wrong"),
    [
        ("Left AKA 2015 after a crush, right BKA the same year.", set()),
        ("Left AKA 2015 after a crush, right BKA in 2016.", set()),
        ("Left AKA 2015 after a crush, right leg well.", {"diagnosis-side"}),
    ],
)
def test_the_status_of_the_limb_that_was_lost_with_it(before: str, wrong: set[str]) -> None:
    note = THIGH.replace("Necrosis of left above-knee", "Osteomyelitis of left above-knee")
    report = _report(
        f"{before} Osteomyelitis of the left femoral stump.", [(DAY, note)], lines=["27596 LT"],
        diagnoses=["M86.652", "Z89.511"],
    )  # fmt: skip
    assert {f.id for f in report.findings if f.id == "diagnosis-side"} == wrong


TMA = (
    "Diagnoses: 1. Necrosis of right below-knee stump. 2. Gangrene of left forefoot.\nProcedures: "
    "(1) Right above-knee amputation (conversion of below-knee stump). (2) Left transmetatarsal "
    "amputation.\nProcedure in detail:\nRIGHT. Fish-mouth flaps were cut. The femur was divided "
    "10 cm above the knee joint line. The adductor was fixed to drill holes, fascia closed.\n"
    "LEFT. A plantar flap was cut. All metatarsals were divided with a saw behind their heads. The "
    "fascia of the flap was sewn down, nylon to skin."
)


@pytest.mark.parametrize(
    ("lines", "verdict"),
    [
        (["27590 RT", "28805 51 LT"], "release"),
        (["27590 LT", "28805 51 RT"], "stop"),
        (["27596 RT", "28805 51 LT"], "stop"),
    ],
)
def test_a_side_alone_on_its_line_turns_to_that_limb(lines: list[str], verdict: str) -> None:
    before = "Right BKA 2023. Necrosis of the right below-knee stump. Left forefoot: gangrene."
    report = _report(before, [(DAY, TMA)], lines=lines, diagnoses=["I96"])
    assert report.release.verdict == verdict, report.release.reasons


def _of_two_limbs(modifiers: str, own: str | None, other: str | None) -> set[str]:
    """The findings on a toe of the left foot, 30 days after the right thigh was cut again."""
    line = {"units": 1, "diagnoses": ["I96"]}
    documents = [
        {"doc_id": "op", "type": "operative_note", "date": DAY, "text": f"Date: {DAY}\n{TOE}"}
    ]
    billed = line | {"code": "28820", "modifiers": modifiers.split(), "service_date": DAY}
    thigh = line | {"code": "27596", "modifiers": ["LT"], "service_date": "2026-02-04"}
    claims = [
        {"claim_id": name, "form": "professional", "lines": [lines], "rendering_provider": surgeon}
        for name, lines, surgeon in (("C", billed, own), ("C1", thigh, other))
    ]
    report = check({
        "encounter_id": "E", "documents": documents, "claim": claims[0], "other_claims": claims[1:],
    })  # fmt: skip
    return {f.id for f in report.findings if f.id.startswith("global")}


@pytest.mark.parametrize(
    ("modifiers", "own", "other", "found"),
    [
        ("T6", "Ira Falk, MD", "IRA FALK, MD", {"global-modifier-missing"}),
        ("79 T6", "Ira Falk, MD", "Ira Falk, MD", set()),
        ("T6", "Ira Falk, MD", "B. Hoyt, MD", set()),
        ("T6", None, None, set()),
    ],
)
def test_one_surgeons_period_holds_for_the_other_limb(
    modifiers: str, own: str | None, other: str | None, found: set[str]
) -> None:
    assert _of_two_limbs(modifiers, own, other) == found


@pytest.mark.parametrize(
    ("notes_are", "found"),
    [(["79 LT"], set()), (["LT"], {"global-modifier-missing"})],
)
def test_79_after_the_other_limb_is_unrelated_whatever_ails_the_stump(
    notes_are: list[str], found: set[str]
) -> None:
    again = THIGH.replace("left", "right")
    leg = (
        "Diagnosis: Necrosis of left transmetatarsal stump\nProcedure: Left below-knee amputation\n"
        f"Description: The tibia was cut with a saw 14 cm below the joint line. {CLOSED}"
    )
    before = "Right AKA 2021, left TMA 2024. Necrosis of both stumps, right femur bare."
    lines = [f"27880 {modifiers}" for modifiers in notes_are]
    report = _report(before, [(FIRST, again), (DAY, leg)], lines=["27596 RT", *lines],
                     days={"27596 RT": FIRST})  # fmt: skip
    assert {f.id for f in report.findings if f.id.startswith("global")} == found


HEEL = (
    "Diagnoses: Necrosis of left above-knee stump. Ulcer of right heel with dead muscle.\n"
    "Procedures: 1) Re-amputation of left thigh through femur. 2) Excisional debridement of right "
    "heel ulcer to muscle, 4 x 3 cm.\nDescription: The left stump was opened. The muscle was dead "
    f"up to the bone. {CUT_THIGH}\nThe right heel was prepped by itself. Dead skin, fat and muscle "
    "were excised with the knife over 4 x 3 cm."
)


@pytest.mark.parametrize(("side", "wrong"), [("RT", set()), ("LT", {"debridement-side"})])
def test_a_debridement_is_billed_of_the_side_that_was_debrided(side: str, wrong: set[str]) -> None:
    before = "Left AKA 2019. Necrosis of the left thigh stump. Right heel: ulcer with dead muscle."
    report = _report(before, [(DAY, HEEL)], lines=["27596 LT", f"11043 59 {side}"])
    assert {f.id for f in report.findings if f.id == "debridement-side"} == wrong


AGAIN_RIGHT = AGAIN.replace("left", "right").replace(", planned second stage", "")
CUT_BOTH = ["27596 RT", "27596 79 LT"]


@pytest.mark.parametrize(
    ("second", "lines", "verdict"),
    [
        (THIGH, CUT_BOTH, "release"),
        (THIGH, ["27596 RT", "27596 LT"], "stop"),
        (THIGH, ["27596 LT", "27596 79 RT"], "stop"),
        (
            "Diagnosis: Ulcer of left above-knee stump\nProcedure: Revision of left above-knee "
            "stump\nDescription: The stump was opened. No bone was cut. The fascia was closed.",
            CUT_BOTH, "stop",
        ),
    ],
)  # fmt: skip
def test_one_code_for_two_limbs_on_two_days(second: str, lines: list[str], verdict: str) -> None:
    before = "Right AKA 2018, left AKA 2019. Necrosis of both thigh stumps, either femur bare."
    notes = [
        (FIRST, f"Diagnosis: Necrosis of right above-knee stump\n{AGAIN_RIGHT}"),
        (DAY, second),
    ]
    report = _report(before, notes, lines=lines, days={lines[0]: FIRST})
    assert report.release.verdict == verdict, report.release.reasons


GUILLOTINE_LEG = (
    "Diagnosis: 1. Wet gangrene right foot 2. Necrosis of left above-knee stump\nProcedure: "
    "1. Guillotine amputation right leg through tibia and fibula 2. Re-amputation left thigh "
    "through femur\nRight leg first. Circular incision. Tibia and fibula were sawn across 9 cm "
    f"above the ankle joint. Left open and packed.\nLeft thigh: the muscle was dead. {CUT_THIGH}"
)


@pytest.mark.parametrize(
    ("codes", "wrong"),
    [
        ([("0Y6H0Z3", DAY), ("0Y6D0Z2", DAY)], set()),
        ([("0Y6C0Z3", DAY), ("0Y6D0Z2", DAY)], {"procedure-side", "procedure-height"}),
    ],
)
def test_a_guillotine_amputation_is_an_operation_of_its_own(
    codes: list[Coded], wrong: set[str]
) -> None:
    before = "Left AKA 2020. Necrosis of the left thigh stump. Right foot: wet gangrene."
    assert _procedures(_report(before, [(DAY, GUILLOTINE_LEG)], codes=codes)) == wrong
