"""What an old report tells of its own day is no reason for today's operation."""

import pytest

from notecheck import check

NOTE = """PREOPERATIVE DIAGNOSIS: Left above-knee stump
PROCEDURE: Revision of left above-knee amputation
INDICATIONS: Left above-knee amputation in 2019 elsewhere. {told}
DESCRIPTION: The left thigh was prepped. The femur was sawn across at mid-shaft. Fascia closed.
"""


def _necessity(told: str) -> str:
    note = {"doc_id": "op", "type": "operative_note", "date": "2026-03-10"}
    document = note | {"text": NOTE.format(told=told)}
    report = check({"encounter_id": "E", "documents": [document]}, code="27596")
    return next(r.status for r in report.requirements if r.id == "revision-necessity")


@pytest.mark.parametrize(
    "told",
    [
        "From the outside operative report: bone was exposed in the wound and had to be shortened.",
        "Per the 2019 operative note, the bone protruded through the skin.",
        'The 2019 report reads: "The femur was bare and could not be covered."',
        "The referring surgeon wrote that the femur protruded through the flaps then.",
        "Dr. Hall's note of 2019 states: muscle was dead up to the mid thigh.",
        "The old dictation records that the soft tissue did not reach over the femur.",
    ],
)
def test_the_reason_in_an_old_report_is_not_todays(told: str) -> None:
    assert _necessity(told) == "partial"


@pytest.mark.parametrize(
    "told",
    [
        "The bone protrudes through the skin.",
        "Clinic note of 3/1: bone exposed in the wound, draining.",
        "The referring surgeon wrote that bone is exposed in the wound.",
        "A note of yesterday says bone was exposed in the wound.",
        "Per the wound clinic note, the bone is exposed in the wound.",
        "The MRI report reads: osteomyelitis in the distal femur.",
    ],
)
def test_what_a_paper_tells_of_the_present_is_a_reason(told: str) -> None:
    assert _necessity(told) == "met"


def test_an_old_report_ends_where_its_sentence_turns_to_today() -> None:
    told = "The earlier operative report gives the femur as 20 cm; today I sawed off 4 cm of bone."
    report = check(NOTE.replace("The femur was sawn across at mid-shaft.", told).format(told=""))
    assert report.facts.new_level is not None
    assert report.facts.new_level.measurement_cm == 4


PASTED = "June report: the femur was sawn at mid-shaft.\nMyodesis was done."
TODAY = (
    "The left thigh was prepped and the old incision was opened down to the bone over its whole "
    "length, the femur was sawn across at its proximal third and the fascia was closed over it."
)


@pytest.mark.parametrize("parted", ["\n", "\n\n"])
def test_a_pasted_paragraph_ends_before_the_next_one_with_or_without_an_empty_line(
    parted: str,
) -> None:
    text = f"PROCEDURE: Revision of left AKA{parted}DESCRIPTION:{parted}{PASTED}{parted}{TODAY}"
    facts = check(text, code="27596").facts
    assert facts.new_level is not None and facts.new_level.segment == "proximal_third"
    assert {fact.value for fact in facts.reconstruction} == {"fascial_closure"}


def test_a_long_line_right_below_an_introduction_is_what_it_introduces() -> None:
    text = (
        f"PROCEDURE: Revision of left AKA\nDESCRIPTION:\nOutside operative report reads:\n{TODAY}"
    )
    assert check(text, code="27596").facts.bone_resected.value is False
