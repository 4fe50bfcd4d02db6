"""Claims for several operations of one stay, each line held against its own one."""

from __future__ import annotations

from typing import Any

import pytest

from notecheck import check

DAY, FIRST = "2026-03-06", "2026-03-02"
Line = tuple[str, str]  # a code with its modifiers, by blanks; its diagnosis


def _verdict(
    notes: list[tuple[str, str, str]], lines: list[Line], others: list[Line] | None = None
) -> str:
    """The verdict on a surgeon's claim; `others` are billed on claims of their own."""

    def billed(told: Line) -> dict[str, Any]:
        code, *modifiers = told[0].split()
        day = FIRST if code in ("27592", "27882") else DAY
        return {"code": code, "modifiers": modifiers, "units": 1, "service_date": day,
                "diagnoses": [told[1]]}  # fmt: skip

    def claim(name: str, told: list[Line]) -> dict[str, Any]:
        return {"claim_id": name, "payer": "commercial", "form": "professional",
                "place_of_service": "21", "lines": [billed(line) for line in told]}  # fmt: skip

    documents = [
        {"doc_id": str(number), "type": kind, "date": day, "text": f"{text}\nIra Falk MD {day}",
         "author": "Ira Falk MD", "signed_by": "Ira Falk MD", "signed_at": f"{day}T18:00:00"}
        for number, (kind, day, text) in enumerate(notes)
    ]  # fmt: skip
    return check({
        "encounter_id": "E", "documents": documents, "claim": claim("C", lines),
        "other_claims": [claim(f"O{n}", [line]) for n, line in enumerate(others or [])],
    }).release.verdict  # fmt: skip


def _before(told: str, day: str = "2026-03-05") -> tuple[str, str, str]:
    return "history_and_physical", day, f"H&P {day}. {told} Admit to inpatient."


def _note(told: str, day: str = DAY) -> tuple[str, str, str]:
    return "operative_note", day, f"OPERATIVE REPORT. Inpatient.\nDate: {day}\n{told}"


CUT_THIGH = (
    "A fish-mouth incision was made. The femur had to be shortened and was cut with a saw at "
    "mid-shaft, 20 cm below the greater trochanter. The adductors were sewn to drill holes in the "
    "femur and the fascia was closed."
)
CUT_LEG = (
    "The tibia was bare and could not be covered without shortening. It was cut with a saw 11 cm "
    "below the joint line, the fibula 1 cm higher. The posterior fascia was sewn to the anterior "
    "fascia and the skin closed."
)
CLOSED_LEG = (
    "The skin edges were freshened. No bone was cut. The gastrocnemius was stitched to the "
    "anterior fascia and the skin was closed with nylon."
)

BOTH_BEFORE = _before(
    "Left AKA 2019, right BKA 2020. Osteomyelitis of the left residual femur. Necrosis of the "
    "right below-knee stump. Plan: higher revision of both stumps."
)
BOTH = _note(
    "Diagnosis: 1. Osteomyelitis, left above-knee stump. 2. Necrosis, right below-knee stump.\n"
    "Procedures: 1. Re-amputation of left thigh through femur. 2. Re-amputation of right leg "
    f"through tibia and fibula.\nDescription: The left thigh stump was opened. {CUT_THIGH}\n"
    f"On the right, the below-knee stump was opened. {CUT_LEG}"
)
BOTH_BILLED = [("27596 LT", "M86.652"), ("27886 RT", "T87.53")]


@pytest.mark.parametrize(
    ("added", "lines", "verdict"),
    [
        ("The femur removed from the left thigh stump was 5 cm.", BOTH_BILLED, "release"),
        ("The right tibia was covered by the gastrocnemius.", BOTH_BILLED, "release"),
        ("Blood loss was 300 mL.", BOTH_BILLED, "release"),
        ("The femur removed from the left thigh stump was 5 cm.", [*reversed(BOTH_BILLED)],
         "release"),
        ("The femur removed from the left thigh stump was 5 cm.",
         [("27596 RT", "M86.651"), ("27886 LT", "T87.54")], "stop"),
        ("The femur removed from the left thigh stump was 5 cm.",
         [BOTH_BILLED[0], ("27886 LT", "T87.54")], "stop"),
        ("Correction: the re-amputation through the femur was of the right thigh, that through "
         "tibia and fibula of the left leg.", BOTH_BILLED, "stop"),
        ("The re-amputation was in fact of the right thigh and the left lower leg.", BOTH_BILLED,
         "stop"),
    ],
)  # fmt: skip
def test_an_addendum_speaks_of_the_limb_that_it_names(
    added: str, lines: list[Line], verdict: str
) -> None:
    addendum = ("other", "2026-03-08", f"ADDENDUM TO OPERATIVE REPORT, late entry\n{added}")
    assert _verdict([BOTH_BEFORE, BOTH, addendum], lines) == verdict


STAGED_BEFORE = _before(
    "Right AKA 2021, femur exposed through the skin of the right thigh stump. Guillotine "
    "amputation of the left leg 03/02/2026; open left leg stump is clean, cultures negative. Plan: "
    "closure of left leg stump, shorten right femur."
)
THIGH, LEG = ("27596 79 RT", "T87.89"), ("27884 58 LT", "T87.89")


@pytest.mark.parametrize(
    ("leg", "lines", "verdict"),
    [
        (CLOSED_LEG, [THIGH, LEG], "release"),
        (CLOSED_LEG, [LEG, THIGH], "release"),
        (CUT_LEG, [THIGH, LEG], "stop"),
        (CLOSED_LEG, [THIGH, ("27884 LT", "T87.89")], "stop"),
        (CLOSED_LEG, [THIGH, ("27884 79 LT", "T87.89")], "stop"),
        (CLOSED_LEG, [("27596 79 LT", "T87.89"), ("27884 58 RT", "T87.89")], "stop"),
    ],
)
def test_a_thigh_beside_the_planned_closure_of_the_other_leg(
    leg: str, lines: list[Line], verdict: str
) -> None:
    note = _note(
        "Diagnoses: (a) exposed femur, right above-knee stump. (b) open left below-knee (leg) "
        "stump after guillotine amputation 03/02/2026.\nProcedures: (a) re-amputation right thigh "
        "through femur. (b) secondary closure of left leg amputation stump, planned second stage.\n"
        f"(a) Right thigh. {CUT_THIGH}\n(b) Left leg. The open stump was clean. {leg}"
    )
    assert _verdict([STAGED_BEFORE, note], lines, [("27882 LT", "I70.262")]) == verdict


GUILLOTINE = (
    "Diagnosis: wet gangrene of left below-knee stump\nProcedure: open guillotine amputation "
    "through the left femur\nDescription: A circular incision was made. The femur was cut through "
    "with a saw in the supracondylar region. The wound was left open and packed."
)
AGAIN = (
    "Procedure: re-amputation of left thigh through femur, planned second stage\nDescription: "
    f"The muscle was dead and could not cover the bone. {CUT_THIGH}"
)
ONLY_CLOSED = (
    "Procedure: secondary closure of left thigh stump, planned second stage\nDescription: The "
    "stump was clean. No bone was cut. The fascia was closed over the femur and the skin closed."
)
OPENED = ("27592 LT", "T87.54")


@pytest.mark.parametrize(
    ("before", "second", "lines", "verdict"),
    [
        ("Left BKA 2022.", AGAIN, [OPENED, ("27596 58 LT", "T87.54")], "release"),
        ("Left BKA 2022.", AGAIN, [OPENED], "release"),
        ("Left BKA 2022.", ONLY_CLOSED, [OPENED, ("27594 58 LT", "T87.54")], "release"),
        ("Left BKA 2022.", AGAIN, [OPENED, ("27596 LT", "T87.54")], "stop"),
        ("Left BKA 2022.", ONLY_CLOSED, [OPENED, ("27596 58 LT", "T87.54")], "stop"),
        ("Left AKA 2022.", AGAIN, [OPENED, ("27596 58 LT", "T87.54")], "stop"),
    ],
)
def test_the_stump_of_a_later_note_is_none_of_before_the_first_stage(
    before: str, second: str, lines: list[Line], verdict: str
) -> None:
    level = "above-knee" if "AKA" in before else "below-knee"
    history = _before(f"{before} Wet gangrene of the left {level} stump.", "2026-03-01")
    first = _note(GUILLOTINE.replace("below-knee", level), FIRST)
    later = _note(f"Diagnosis: open left above-knee stump, necrosis of stump muscle\n{second}")
    assert _verdict([history, first, later], lines) == verdict


@pytest.mark.parametrize(
    ("first", "second", "wrong"),
    [
        (("0Y6D0Z3", FIRST), ("0Y6D0Z2", DAY), set()),
        (("0Y6D0Z3", FIRST), ("0Y6C0Z2", DAY), {"procedure-side"}),
        (("0Y6D0Z3", DAY), ("0Y6D0Z2", FIRST), {"procedure-height"}),
        (("0Y6J0Z3", FIRST), ("0Y6D0Z2", DAY), {"procedure-level"}),
        (("0Y6D0Z3", FIRST), ("0Y6D0Z2", "2026-03-09"), {"procedure-date"}),
    ],
)
def test_a_stays_procedures_are_held_against_the_notes_of_their_days(
    first: tuple[str, str], second: tuple[str, str], wrong: set[str]
) -> None:
    documents = [
        {"doc_id": doc_id, "type": kind, "date": day, "text": text}
        for doc_id, (kind, day, text) in {
            "hp": _before(
                "Left BKA 2022. Wet gangrene of the left below-knee stump.", "2026-03-01"
            ),
            "op1": _note(GUILLOTINE, FIRST),
            "op2": _note(f"Diagnosis: open left above-knee stump, muscle necrosis\n{AGAIN}"),
        }.items()
    ]
    coded = [{"code": code, "date": day} for code, day in (first, second)]
    claim = {"form": "institutional", "type_of_bill": "0111", "procedures": coded}
    found = check({"encounter_id": "E", "documents": documents, "claim": claim}).findings
    assert {f.id for f in found if f.id.startswith("procedure")} == wrong


LEGS_BEFORE = _before(
    "Left BKA 2019, right BKA 2021. Left below-knee stump infected, exposed tibia. Right "
    "below-knee stump: wound dehiscence. Plan: revise left stump with bone, close right stump."
)
LEGS = _note(
    "Diagnosis: 1. Exposed tibia, left below-knee stump. 2. Dehiscence, right below-knee stump.\n"
    "Procedures: 1. Re-amputation of left leg through tibia and fibula. 2. Secondary closure of "
    f"right leg stump.\nDescription: The left leg stump was opened. {CUT_LEG}\n"
    f"The right leg stump was then prepared. {CLOSED_LEG}"
)
RECUT, CLOSED = ("27886 LT", "T87.44"), ("27884 RT", "T87.81")


@pytest.mark.parametrize(
    ("lines", "verdict"),
    [
        ([RECUT, CLOSED], "release"),
        ([CLOSED, RECUT], "release"),
        ([("27886 RT", "T87.43"), ("27884 LT", "T87.81")], "stop"),
        ([("27886 50", "T87.44")], "stop"),
        ([RECUT, ("27886 RT", "T87.81")], "stop"),
    ],
)
def test_a_stump_that_is_cut_beside_one_that_is_closed(lines: list[Line], verdict: str) -> None:
    assert _verdict([LEGS_BEFORE, LEGS], lines) == verdict


BOTH_CLOSED = _note(
    "Diagnosis: Dehiscence of left and right below-knee stumps.\nProcedures: 1. Secondary closure "
    "of left leg stump. 2. Secondary closure of right leg stump.\nDescription: The left stump was "
    f"opened. {CLOSED_LEG} On the right the edges were excised in the same way, the fascia was "
    "closed and the skin with nylon."
)


@pytest.mark.parametrize(
    ("lines", "verdict"),
    [
        ([("27884 50", "T87.81")], "release"),
        ([("27884 LT", "T87.81"), ("27884 RT", "T87.81")], "release"),
        ([("27886 LT", "T87.81"), ("27884 RT", "T87.81")], "stop"),
    ],
)
def test_two_stumps_that_are_closed_are_one_operation_of_both_sides(
    lines: list[Line], verdict: str
) -> None:
    before = _before("Left BKA 2019, right BKA 2021. Both below-knee stumps: wound dehiscence.")
    assert _verdict([before, BOTH_CLOSED], lines) == verdict


TOES_BEFORE = _before(
    "Type 2 diabetes. Left AKA 2019. Necrosis of the left thigh stump. Right foot: dry gangrene of "
    "the second toe, osteomyelitis of the fourth toe. Plan: left stump revision, amputation of "
    "two toes."
)
AT_ROOT = "Amputation of right second toe at the metatarsophalangeal joint"
WITHIN = "Amputation of right fourth toe at the proximal interphalangeal joint"
RAY = "Ray amputation, right second toe, through the second metatarsal"
TWO_TOES = (
    "Attention was turned to the right foot. The second toe was disarticulated at the "
    "metatarsophalangeal joint. The fourth toe was taken off at its proximal interphalangeal "
    "joint. Both toe wounds were closed with nylon."
)
OPENED_JOINT = (
    "Right foot: the second toe was disarticulated at the metatarsophalangeal joint and its skin "
    "closed. Fourth toe: the proximal interphalangeal joint was opened and the toe removed. The "
    "skin was closed."
)
RAY_AND_TOE = (
    "On the right foot the second toe was removed with its metatarsal, which was cut with a saw. "
    "The fourth toe was disarticulated at the metatarsophalangeal joint. The skin was closed."
)
BOTH_AT_ROOT = (
    "The right second and fourth toes were disarticulated at the metatarsophalangeal joints. The "
    "skin was closed with nylon."
)
STUMP, SECOND, FOURTH = ("27596 LT", "T87.54"), ("28820 T6", "E11.52"), ("28825 T8", "M86.171")


@pytest.mark.parametrize(
    ("titles", "told", "lines", "verdict"),
    [
        ([AT_ROOT, WITHIN], TWO_TOES, [STUMP, SECOND, FOURTH], "release"),
        ([AT_ROOT, WITHIN], TWO_TOES, [SECOND, FOURTH, STUMP], "release"),
        (["Amputation, right second toe", "Amputation, right fourth toe"], OPENED_JOINT,
         [STUMP, SECOND, FOURTH], "release"),
        ([RAY, "Amputation of right fourth toe at the MTP joint"], RAY_AND_TOE,
         [STUMP, ("28810 T6", "E11.52"), ("28820 T8", "M86.171")], "release"),
        (["Amputation of right second and fourth toes at the metatarsophalangeal joints"],
         BOTH_AT_ROOT, [STUMP, SECOND, ("28820 T8", "M86.171")], "release"),
        ([AT_ROOT, WITHIN], TWO_TOES, [STUMP, SECOND, ("28820 T8", "M86.171")], "stop"),
        ([AT_ROOT, WITHIN], TWO_TOES, [STUMP, ("28825 T6", "E11.52"), ("28820 T8", "M86.171")],
         "stop"),
        ([AT_ROOT, WITHIN], TWO_TOES, [STUMP, SECOND, ("28825 T7", "M86.171")], "stop"),
        ([AT_ROOT], "The second toe was disarticulated at the metatarsophalangeal joint and the "
         "skin closed.", [STUMP, SECOND, FOURTH], "stop"),
        (["Amputation, right second toe", "Amputation, right fourth toe"], OPENED_JOINT,
         [STUMP, SECOND, ("28820 T8", "M86.171")], "stop"),
        ([RAY, "Amputation of right fourth toe at the MTP joint"], RAY_AND_TOE,
         [STUMP, ("28810 T6", "E11.52"), ("28810 T8", "M86.171")], "stop"),
    ],
)  # fmt: skip
def test_toes_of_one_foot_are_operations_of_their_own(
    titles: list[str], told: str, lines: list[Line], verdict: str
) -> None:
    items = ["Re-amputation, left thigh, through femur", *titles]
    note = _note(
        "Diagnoses: Necrosis of left above-knee stump. Gangrene, right second toe. Osteomyelitis, "
        "right fourth toe.\nProcedures:\n"
        + "".join(f"{number}. {item}.\n" for number, item in enumerate(items, start=1))
        + f"Description: The left stump was opened. The muscle was dead. {CUT_THIGH}\n{told}"
    )
    assert _verdict([TOES_BEFORE, note], lines) == verdict


def test_a_stump_of_no_told_level_after_the_first_stage_is_that_stages_own() -> None:
    history = _before("Right AKA 2018. Wet gangrene of the left foot.", "2026-03-01")
    first = _note(
        "Diagnosis: wet gangrene of left foot\nProcedure: guillotine amputation, left leg, through "
        "tibia and fibula\nDescription: A circular incision was made. The tibia and fibula were "
        "divided with a saw 8 cm above the ankle. The wound was left open and packed.", FIRST,
    )  # fmt: skip
    between = ("progress_note", "2026-03-05", "Open left leg stump, its muscle necrotic.")
    second = _note(
        "Diagnosis: open left leg stump, necrosis\nProcedure: re-amputation of left leg through "
        f"tibia and fibula, planned second stage\nDescription: The stump was opened. {CUT_LEG}"
    )
    lines = [("27882 LT", "I96"), ("27886 58 LT", "T87.54")]
    assert _verdict([history, first, between, second], lines) == "release"
    assert _verdict([history, first, between, second], [lines[0], ("27886 LT", "T87.54")]) == "stop"


@pytest.mark.parametrize(
    ("line", "verdict"),
    [
        ("Assisting: Nadia Brooks, PA-C", "release"),
        ("Assistant at surgery: Nadia Brooks, PA-C", "release"),
        ("Physician assistant: Nadia Brooks, PA-C", "release"),
        ("Assistant during the operation: N. Brooks NP", "release"),
        ("First assist: Nadia Brooks, PA-C", "release"),
        ("Assistant at surgery: none", "stop"),
        ("Assistant in surgery: No assistant", "stop"),
        ("Circulating nurse: N. Brooks RN", "stop"),
    ],
)
def test_an_assistant_is_named_in_a_line_of_any_such_label(line: str, verdict: str) -> None:
    note = _note(
        f"Surgeon: Ira Falk MD\n{line}\nDiagnosis: Osteomyelitis, left above-knee stump\nProcedure:"
        f" Re-amputation of left thigh through femur\nDescription: The osteomyelitis reached up "
        f"the femur. {CUT_THIGH}"
    )
    before = _before("Left AKA 2019. Osteomyelitis of the left residual femur.")
    lines, surgeon = [("27596 AS LT", "M86.652")], [("27596 LT", "M86.652")]
    assert _verdict([before, note], lines, surgeon) == verdict
