"""The operated side, in every way that notes write it, and where it is contradicted."""

from __future__ import annotations

import pytest

from notecheck import check
from notecheck.models import Report

CUT = "The femur was cut 12 cm above the knee and the fascia closed."


def side(report: Report) -> str | None:
    return report.facts.laterality.value if report.facts.laterality else None


def status(report: Report) -> str:
    return next(r.status for r in report.requirements if r.id == "laterality-note")


def two_documents(operative_note: str, before: str, kind: str = "history_and_physical") -> Report:
    return check(
        {
            "encounter_id": "E1",
            "documents": [
                {"doc_id": "op", "type": "operative_note", "text": operative_note},
                {"doc_id": "pre", "type": kind, "text": before},
            ],
        }
    )


@pytest.mark.parametrize(
    ("title", "value"),
    [
        ("Re-amputation of the left thigh", "left"),
        ("Revision left AKA", "left"),
        ("Revision L AKA", "left"),
        ("Revision Lt AKA", "left"),
        ("Revision AKA, LT", "left"),
        ("Revision AKA (L)", "left"),
        ("Revision of AKA stump, LLE", "left"),
        ("Left-sided above-knee amputation revision", "left"),
        ("Revision of AKA on the left", "left"),
        ("Revision of left residual limb, AKA", "left"),
        ("REVISION OF LEFT ABOVE-KNEE AMPUTATION", "left"),
        ("Re-amputation of the right thigh", "right"),
        ("Revision R AKA", "right"),
        ("Revision Rt AKA", "right"),
        ("Revision of AKA stump, RLE", "right"),
        ("Right-sided above-knee amputation revision", "right"),
        ("Revision of bilateral above-knee amputation stumps", "bilateral"),
        ("Revision of B/L AKA stumps", "bilateral"),
        ("Bilat AKA stump revision", "bilateral"),
        ("Revision of both above-knee stumps", "bilateral"),
        ("Revision of left and right above-knee amputations", "bilateral"),
        ("Revision of above-knee amputation", None),
    ],
)
def test_every_way_to_write_a_side(title: str, value: str | None) -> None:
    report = check(f"PROCEDURE: {title}\nDESCRIPTION: {CUT}")
    assert side(report) == value
    assert not report.facts.laterality or report.facts.laterality.evidence
    assert status(report) == ("met" if value else "missing")


@pytest.mark.parametrize(
    "words",
    [
        "The left thigh was prepped and draped.",
        "Left stump incised along the old scar.",
        "the patient was supine and the left thigh stump was opened",
        "A time-out confirmed the left side.",
    ],
)
def test_the_description_alone_may_tell_the_side(words: str) -> None:
    assert side(check(f"PROCEDURE: Revision of AKA stump\nDESCRIPTION: {words} {CUT}")) == "left"


@pytest.mark.parametrize(
    "words",
    [
        "The wound was left open.",
        "The drain was left in place.",
        "The lateral flap was raised.",
        "He is right-hand dominant.",
        "MRI of the L4 vertebra was normal.",
        "What was left of the muscle was trimmed.",
        "This was the right thing to do.",
        "2 L of saline were used.",
    ],
)
def test_what_is_no_side(words: str) -> None:
    assert side(check(f"PROCEDURE: Revision of AKA stump\nDESCRIPTION: {words} {CUT}")) is None


@pytest.mark.parametrize(
    "note",
    [
        f"PREOPERATIVE DIAGNOSIS: Infected left AKA stump\nPROCEDURE: Revision of right AKA stump\n"
        f"DESCRIPTION: {CUT}",
        "PROCEDURE: Revision of left AKA stump\nDESCRIPTION: The right thigh was prepped and "
        f"draped. {CUT}",
        f"PROCEDURE: Revision of left AKA stump\nDESCRIPTION: The muscles were divided down to the "
        f"right femur. {CUT}",
    ],
)
def test_two_sides_for_the_operated_limb_conflict(note: str) -> None:
    report = check(note)
    assert (side(report), status(report)) == ("conflicting", "conflict")


@pytest.mark.parametrize(
    "words",
    [
        "INDICATIONS: He had a right AKA in 2015, well healed.",
        "PAST SURGICAL HISTORY: right BKA 2019.",
        "The right leg was padded.",
        "NOTES: Her right femur has a nail in it from 2020.",
        "A tourniquet was not used. The contralateral right stump was intact.",
        "FINDINGS: The right stump, not operated on, was healed.",
    ],
)
def test_a_word_of_the_other_limb_is_no_conflict(words: str) -> None:
    note = f"PROCEDURE: Revision of left AKA stump\n{words}\nDESCRIPTION: {CUT}"
    assert side(check(note)) == "left"


def test_an_amputee_on_both_sides_is_operated_on_one() -> None:
    note = (
        "INDICATIONS: Bilateral above-knee amputee with an infected left stump.\n"
        f"PROCEDURE: Revision of left AKA stump\nDESCRIPTION: The left thigh was prepped. {CUT}"
    )
    assert side(check(note)) == "left"


def test_another_document_tells_a_side_that_the_note_lacks() -> None:
    report = two_documents(
        f"PROCEDURE: Revision of AKA stump\nDESCRIPTION: {CUT}",
        "PLAN: revision of infected left AKA stump.",
    )
    assert (side(report), status(report)) == ("left", "partial")


def test_another_document_may_contradict_the_note() -> None:
    report = two_documents(
        f"PROCEDURE: Revision of left AKA stump\nDESCRIPTION: {CUT}",
        "PLAN: revision of infected right AKA stump.",
    )
    assert (side(report), status(report)) == ("conflicting", "conflict")


def test_another_document_may_speak_of_the_other_limb_too() -> None:
    report = two_documents(
        f"PROCEDURE: Revision of left AKA stump\nDESCRIPTION: {CUT}",
        "PSH: right BKA 2019. HPI: infected left AKA stump, for revision.",
    )
    assert (side(report), status(report)) == ("left", "met")


def test_the_claim_does_not_change_the_side() -> None:
    report = check(
        {
            "encounter_id": "E1",
            "documents": [
                {"doc_id": "op", "text": f"PROCEDURE: Revision of left AKA stump. {CUT}"}
            ],
            "claim": {"form": "professional", "lines": [{"code": "27596", "modifiers": ["RT"]}]},
        }
    )
    assert (side(report), status(report)) == ("left", "met")


REVISION = f"Preop dx: Left AKA stump dehiscence. PROCEDURE: Revision L AKA. OPERATION: {CUT}"


def test_a_limb_with_its_foot_is_not_the_stump_that_two_documents_disagree_about() -> None:
    before = "64M, dehisced R AKA stump with exposed femur. Lt leg: heel intact. Plan: revision."
    assert side(two_documents(REVISION, before)) == "conflicting"


def test_a_foot_speaks_for_a_limb_that_is_not_a_stump_yet() -> None:
    note = f"PROCEDURE: Left above-knee amputation. OPERATION: The left thigh was prepped. {CUT}"
    before = "Gangrene of the left foot. Right AKA stump healed."
    assert side(two_documents(note, before)) == "left"


@pytest.mark.parametrize(("month", "value"), [("December", "left"), ("October", "conflicting")])
def test_a_document_from_before_an_operation_on_the_other_limb_is_about_that(
    month: str, value: str
) -> None:
    note = f"HISTORY: On {month} 11 of 2025 the right leg was amputated above the knee.\n{REVISION}"
    order = "Inpatient admission. Diagnosis: infected right amputation stump."
    documents = [
        {"doc_id": "op", "type": "operative_note", "date": "2026-01-09", "text": note},
        {"doc_id": "ord", "type": "admission_order", "date": "2025-12-10", "text": order},
    ]
    assert side(check({"encounter_id": "E1", "documents": documents})) == value


def test_an_old_amputation_that_is_only_debrided_is_not_operated_on() -> None:
    title = "1. Revision of left above-knee amputation. 2. Debridement, right TMA wound."
    assert side(check(f"PROCEDURES: {title}\nOPERATION: {CUT}")) == "left"


@pytest.mark.parametrize(
    ("told", "value"),
    [
        ("His left prosthetic leg was put aside.", None),
        ("The left artificial limb stayed on the ward.", None),
        ("The left leg is intact.", None),
        ("The left prosthetic socket no longer fits.", None),
        ("Left limb normal, with palpable pulses.", None),
        ("The socket rubs the left stump.", "left"),
        ("The left thigh is hot.", "left"),
        ("The left stump is intact but for a neuroma.", "left"),
        ("Pus from the left residual limb.", "left"),
        ("Left AKA with intact skin.", "left"),
    ],
)
def test_an_artificial_or_sound_limb_lends_no_side(told: str, value: str | None) -> None:
    note = f"PROCEDURE: Revision of above-knee amputation\nINDICATIONS: {told}\nDESCRIPTION: {CUT}"
    assert side(check(note, code="27596")) == value


def test_a_stump_that_a_diagnosis_names_as_history_is_not_the_operated_limb() -> None:
    report = check(
        "PREOPERATIVE DIAGNOSIS: Infected right knee. History of left above-knee amputation.\n"
        f"PROCEDURE: Above-knee amputation.\nDESCRIPTION: The right thigh was prepped. {CUT}"
    )
    assert side(report) == "right"
    assert report.facts.prior_level is None


def test_a_side_of_another_year_is_none_of_the_operation() -> None:
    told = "R tib IMN 2021 infected, out 2022, R tibia osteo treated, docked 2023, healed."
    note = (
        "Preop Dx: L AKA stump osteomyelitis.\nProcedure: L femur re-amputation.\n"
        f"43M, L AKA 2/2021. {told}\nBone infected, so had to come off. L femur cut with a saw."
    )
    document = {"doc_id": "op", "type": "operative_note", "date": "2025-09-23", "text": note}
    fact = check({"encounter_id": "E", "documents": [document]}, "27596").facts.laterality
    assert fact is not None
    assert fact.value == "left"


def test_the_side_of_the_operation_goes_before_those_of_old_ones() -> None:
    note = "Procedure: thigh re-amputation. Prior AKA. Femur divided with a saw."
    summary = "R BKA 2017, R BKA revision 2019. Underwent left thigh re-amputation 8/12."
    documents = [
        {"doc_id": "op", "type": "operative_note", "date": "2025-08-12", "text": note},
        {"doc_id": "off", "type": "discharge_summary", "date": "2025-08-18", "text": summary},
    ]
    fact = check({"encounter_id": "E", "documents": documents}, "27596").facts.laterality
    assert fact is not None
    assert fact.value == "left"
