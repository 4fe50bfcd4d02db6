"""The level of the stump that the patient arrived with."""

from __future__ import annotations

import pytest

from notecheck import check
from notecheck.models import Document, Encounter, Report

REVISED = "PROCEDURE: Revision of stump. DESCRIPTION: The stump was opened and the scar excised. "


def prior(note: str) -> str | None:
    fact = check(note, code="27596").facts.prior_level
    return fact.value if fact else None


def status(report: Report) -> str:
    return next(r.status for r in report.requirements if r.id == "prior-level")


@pytest.mark.parametrize(
    ("words", "level"),
    [
        ("Status post amputation of the left great toe last year.", "toe"),
        ("He had a right second toe amputation in 2024.", "toe"),
        ("s/p left hallux amputation 11/2024.", "toe"),
        ("History of left fifth ray amputation in 2023.", "ray"),
        ("s/p R 1st ray resection 2024.", "ray"),
        ("Prior left transmetatarsal amputation, now necrotic.", "transmetatarsal"),
        ("s/p R TMA 6/2025 with a dehisced stump.", "transmetatarsal"),
        ("Previous Lisfranc amputation of the right foot.", "midfoot"),
        ("Status post left Chopart amputation.", "midfoot"),
        ("He had a Syme amputation of the right foot in 2020.", "ankle"),
        ("Previous left Syme's amputation.", "ankle"),
        ("Status post left below-knee amputation in 2020.", "transtibial"),
        ("s/p R BKA 2022.", "transtibial"),
        ("Existing left transtibial residual limb, ulcerated.", "transtibial"),
        ("Infected left BK stump.", "transtibial"),
        ("He is a right below-knee amputee.", "transtibial"),
        ("Prior left through-knee amputation in 2023.", "knee_disarticulation"),
        ("s/p R knee disarticulation 5/2024.", "knee_disarticulation"),
        ("Failed left through-the-knee amputation stump.", "knee_disarticulation"),
        ("Status post right above-knee amputation in 2021.", "transfemoral"),
        ("s/p L AKA 2019.", "transfemoral"),
        ("s/p lt aka 2019", "transfemoral"),
        ("He is a left transfemoral amputee since 2017.", "transfemoral"),
        ("Painful left thigh stump.", "transfemoral"),
        ("Infected right femoral stump.", "transfemoral"),
        ("Previous supracondylar amputation of the left femur.", "transfemoral"),
        ("Previous Gritti-Stokes amputation on the right.", "transfemoral"),
        ("A guillotine above-knee amputation was done six weeks ago.", "transfemoral"),
        ("Her AKA stump has broken down.", "transfemoral"),
        ("Previous amputation through the left femur in 2018.", "transfemoral"),
        ("Failed A.K.A. stump on the left.", "transfemoral"),
        ("Status post left hip disarticulation in 2015.", "hip_disarticulation"),
        ("Previous left hemipelvectomy for sarcoma.", "hemipelvectomy"),
        ("Previous right hindquarter amputation.", "hemipelvectomy"),
    ],
)
def test_every_level(words: str, level: str) -> None:
    assert prior(f"INDICATIONS: {words}\n{REVISED}") == level


@pytest.mark.parametrize(
    ("note", "level"),
    [
        ("62M s/p L AKA 2021 w/ open stump. Took back femur 4 cm w/ saw, closed.", "transfemoral"),
        ("PREOPERATIVE DIAGNOSIS: Necrotic right above-knee amputation stump.", "transfemoral"),
        ("Pre-op dx: infected L AKA stump\nProc: revision L AKA stump", "transfemoral"),
        ("PROCEDURE:\nRe-amputation of left thigh through femur", "transfemoral"),
        ("PROCEDURE:\nRevision of right below-knee amputation stump", "transtibial"),
        ("PAST SURGICAL HISTORY: left AKA 2022\nPROCEDURE: revision of stump", "transfemoral"),
        ("the patient had a left above knee amputation back in june of 2024", "transfemoral"),
        ("PROCEDURE: Conversion of left BKA to AKA. The femur was cut.", "transtibial"),
        ("PROCEDURE: Conversion of right knee disarticulation to above-knee amputation.",
         "knee_disarticulation"),
        ("PROCEDURE: Right hip disarticulation.\nINDICATIONS: infected right AKA stump.",
         "transfemoral"),
    ],
)  # fmt: skip
def test_any_style(note: str, level: str) -> None:
    assert prior(note) == level


@pytest.mark.parametrize(
    ("words", "level"),
    [
        ("Left BKA in 2019, left AKA in 2021.", "transfemoral"),
        ("Left AKA in 2021 after a left BKA in 2019.", "transfemoral"),
        ("Left toe amputation 2017, left TMA 2018, left BKA 2020.", "transtibial"),
        ("Left BKA in 2019, converted to a left AKA in 2021.", "transfemoral"),
        ("Left TMA in March 2024, then left BKA in June 2024.", "transtibial"),
    ],
)
def test_of_several_earlier_operations_the_latest_counts(words: str, level: str) -> None:
    assert prior(f"INDICATIONS: {words} The left stump is infected.\n{REVISED}") == level


@pytest.mark.parametrize(
    "words",
    [
        "The right leg was amputated above the knee years ago; the left leg is gangrenous.",
        "He has a right above-knee amputation. The left leg is ischemic.",
        "Contralateral above-knee amputation in 2020.",
        "s/p right AKA. Left foot gangrene.",
    ],
)
def test_the_other_limb_never_counts(words: str) -> None:
    note = f"PROCEDURE: Left above-knee amputation.\nINDICATIONS: {words}\nThe left femur was cut."
    assert prior(note) is None


@pytest.mark.parametrize(
    "words",
    [
        "He has never had an amputation.",
        "No prior above-knee amputation.",
        "His brother had an above-knee amputation.",
        "An above-knee amputation was recommended in 2022 but he refused.",
        "Infected total knee arthroplasty (TKA).",
    ],
)
def test_what_is_no_earlier_amputation_of_the_patient(words: str) -> None:
    note = f"PROCEDURE: Left above-knee amputation.\nINDICATIONS: {words}\nThe left femur was cut."
    assert prior(note) is None


@pytest.mark.parametrize(
    "note",
    [
        "PROCEDURE: Debridement.\nHX: DM, PVD, HTN. Stump wound, aka dehiscence.",
        "PROCEDURE: Debridement.\nDX: STUMP WOUND. The collar, aka the skin cuff, was excised.",
    ],
)
def test_aka_may_mean_also_known_as(note: str) -> None:
    report = check(note, code="27596")
    assert report.facts.prior_level is None
    assert "other_meaning" in {e.reason for e in report.excluded if e.fact == "prior_level"}


@pytest.mark.parametrize(
    ("note", "expected"),
    [
        ("INDICATIONS: infected left AKA stump.\n" + REVISED, "met"),
        ("INDICATIONS: infected stump of the left leg after amputation.\n" + REVISED, "partial"),
        ("INDICATIONS: prior amputation of the left leg.\n" + REVISED, "partial"),
        ("PROCEDURE: Left above-knee amputation. The femur was cut.", "missing"),
        ("PREOPERATIVE DIAGNOSIS: Infected left BKA stump.\n"
         "INDICATIONS: The left above-knee stump is infected.\n" + REVISED, "conflict"),
    ],
)  # fmt: skip
def test_how_the_level_is_told(note: str, expected: str) -> None:
    assert status(check(note, code="27596")) == expected


def test_another_document_may_tell_the_level() -> None:
    report = check(
        Encounter(
            encounter_id="E1",
            documents=(
                Document(doc_id="op", text="PROCEDURE: Revision of left stump. Femur cut 3 cm."),
                Document(
                    doc_id="hp", type="history_and_physical", text="HPI: s/p left AKA in 2021."
                ),
            ),
        )
    )
    assert report.facts.prior_level is not None
    assert report.facts.prior_level.value == "transfemoral"
    assert {e.doc_id for e in report.facts.prior_level.evidence} == {"hp"}


def test_a_quoted_report_tells_the_earlier_level_and_not_todays() -> None:
    report = check(
        "PRIOR OPERATIVE NOTE: Left above-knee amputation, 2021. The femur was transected 12 cm "
        "above the knee.\nPROCEDURE: Scar revision, left stump.\n"
        "DESCRIPTION: The scar was excised and the skin closed. No bone was cut."
    )
    assert report.facts.prior_level is not None
    assert report.facts.prior_level.value == "transfemoral"
    assert report.facts.new_level is None


@pytest.mark.parametrize(
    ("diagnosis", "history", "expected"),
    [
        ("Ulcer of left knee disarticulation stump", "Left AKA in May 2020.", "conflict"),
        ("Infected left below-knee stump", "He had a left AKA two years ago.", "conflict"),
        ("Infected left above-knee stump", "Left BKA in 2018, left AKA in 2020.", "met"),
        # A story goes on from the lower stump to the higher amputation.
        ("Open left AKA", "The below-knee stump died and he had a left guillotine AKA.", "met"),
        # "Leg stump" is said of any level.
        ("Ulcer of the left leg stump", "Left AKA in May 2020.", "met"),
        ("Infected left above-knee stump", "Right BKA in 2018, left AKA in 2020.", "met"),
    ],
)
def test_a_limb_is_not_cut_lower_again(diagnosis: str, history: str, expected: str) -> None:
    note = f"PREOPERATIVE DIAGNOSIS: {diagnosis}.\nINDICATIONS: {history}\n{REVISED}"
    assert status(check(note, code="27596")) == expected


def test_a_plan_before_the_operation_explains_no_second_level() -> None:
    op = "PREOPERATIVE DIAGNOSIS: Infected left above-knee stump.\n" + REVISED
    before = "HPI: Infected left BKA stump. PLAN: Convert to above-knee amputation."
    report = check(
        Encounter(
            encounter_id="E1",
            documents=(
                Document(doc_id="op", text=op),
                Document(doc_id="hp", type="history_and_physical", text=before),
            ),
        ),
        code="27596",
    )
    assert status(report) == "conflict"


def test_a_year_within_the_words_is_their_own_and_not_the_day_they_were_pasted() -> None:
    told = check(
        "PROCEDURE: Excision of neuroma, right above-knee stump.\n"
        'Copied from clinic (03/01/2025): "AKA 2016 after failed knee replacement."\n'
        "DESCRIPTION: The scar of the right thigh was opened and the neuroma excised."
    )
    earlier = [o for o in told.operations if o.status == "earlier"]
    assert [o.date for o in earlier] == ["2016"]
