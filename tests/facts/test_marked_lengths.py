"""A place that is told before the cut is the cut's where the cut goes back to it."""

from __future__ import annotations

import pytest

from notecheck import check

NOTE = "OPERATION: Revision of left above-knee amputation.\nDESCRIPTION: {}\n"


def centimetres(description: str) -> float | None:
    found = check(NOTE.format(description), code="27596").facts.new_level
    assert found is not None
    return found.measurement_cm


@pytest.mark.parametrize(
    ("description", "length"),
    [
        ("The femur was bared as far as 8 cm from its end and sawn across at this point.", 8.0),
        (
            "With a pen the femur was marked 19 cm below the trochanter. Retractors were set. "
            "The muscle was held away. The femur was sawn through at the mark.",
            19.0,
        ),
        ("The intended level was scored at 21 cm. The femur was then sawn at the score.", 21.0),
        ("A point 17 cm from the trochanter was chosen, and here the femur was divided.", 17.0),
        ("There was 4 cm of bare bone in the wound. This was sawn off.", 4.0),
        # What the cut itself tells goes before a mark, and a mark of the skin is none.
        ("The femur was bared to 8 cm. At that level it was cut 5 cm above its old end.", 5.0),
        ("The skin was marked 9 cm above the scar. The femur was cut at that level.", None),
        ("The femur was exposed for 8 cm. The femur was cut at the lesser trochanter.", None),
        ("The femur was cut with a saw. The edge was marked at 6 cm. It bled at that level.", None),
    ],
)
def test_a_cut_at_a_mark_has_the_marks_length(description: str, length: float | None) -> None:
    assert centimetres(description) == length


@pytest.mark.parametrize(
    ("description", "length"),
    [
        ("The last inch and a half of femur was removed with the saw.", 3.81),
        ("The femur was cut 3 cm more proximal than the skin, 16 cm from the trochanter.", 16.0),
        ("The femur was cut two inches (5 cm) above its old end.", 5.08),
        ("The ulcer was cut out and 4 cm of femur was taken off with the saw.", 4.0),
        ("The nerve was cut 6 cm above the bone end. The femur was sawn through.", None),
        ("The femur was sawn with a 2 cm blade.", None),
        ("The femur was sawn through. Holes were drilled 1 cm from the cut end.", None),
        ("The femur was sawn through under a cuff that was 20 cm above the stump.", None),
        ("The femur was shortened from 27 to 23 cm with the saw.", 23.0),
        ("The femur was shortened from 27 cm by 4 cm with the saw.", 4.0),
        ("The femur was cut again 7 cm above the guillotine amputation of two weeks ago.", 7.0),
    ],
)
def test_a_measure_belongs_to_what_it_is_told_of(description: str, length: float | None) -> None:
    assert centimetres(description) == length
