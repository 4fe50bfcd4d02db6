"""A place told of a soft part or the other limb is none of today's cut."""

from __future__ import annotations

import pytest

from notecheck import check
from notecheck.models import NewLevelFact

NOTE = "OPERATION: Revision of left above-knee amputation.\nDESCRIPTION: {}\n"


def level(description: str) -> NewLevelFact:
    found = check(NOTE.format(description), code="27596").facts.new_level
    assert found is not None
    return found


@pytest.mark.parametrize(
    "statement",
    [
        "The saphenous nerve was shortened at mid-thigh.",
        "The deep femoral vein was tied in the upper third of the thigh.",
        "Gangrene had climbed to a point 6 cm above the end of the femur.",
        "An ulcer 7 cm above the stump tip was washed.",
        "The contralateral residual femur measures 26 cm.",
        "On the sound side the residual femur is 25 cm.",
        "The right stump, for comparison, measures 18 cm from the trochanter.",
        "On the right the residual femur is 21 cm.",
        "An 8 cm abscess in the hamstrings was drained.",
        "A pocket measuring 7 cm was unroofed.",
    ],
)
def test_another_things_place_is_not_the_bones(statement: str) -> None:
    found = level(f"The femur was divided with a saw. {statement}")
    assert (found.segment, found.measurement_cm) == (None, None)


@pytest.mark.parametrize(
    ("statement", "segment", "centimetres"),
    [
        ("The nerve was tied and the femur divided at mid-shaft.", "mid_shaft", None),
        ("The femur was sawn 18 cm from the trochanter, to match the right one.", None, 18.0),
        ("The femur was sawn 8 cm above the cavity.", None, 8.0),
        ("The femur was cut with a saw above the dead muscle at mid-thigh.", "mid_shaft", None),
        ("The vessels were tied. The femur was sawn 9 cm above its end.", None, 9.0),
        ("Between three and four centimeters of femur was removed with the saw.", None, 4.0),
        ("Between 5 and 6 cm of the femur was removed with the saw.", None, 6.0),
    ],
)
def test_the_bones_own_place(statement: str, segment: str | None, centimetres: float) -> None:
    found = level(statement)
    assert (found.segment, found.measurement_cm) == (segment, centimetres)


def test_a_blade_through_both_cortices_cuts_the_bone() -> None:
    fact = check(NOTE.format("The blade ran through both cortices."), code="27596").facts
    assert fact.bone_resected is not None
    assert fact.bone_resected.value
