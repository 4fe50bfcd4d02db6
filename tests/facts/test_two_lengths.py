"""Two lengths of today's cut from one origin that disagree are two places (contract: new-level)."""

import pytest

from notecheck import check

NOTE = """PREOPERATIVE DIAGNOSIS: Infected left above-knee stump
PROCEDURE: Revision of left above-knee amputation stump
INDICATIONS: Left above-knee amputation in 2019.
FINDINGS: {findings}
DESCRIPTION: The left thigh was prepped. The femur was cleared. {cut} Fascia was closed.
"""


def _status(findings: str, cut: str) -> str:
    report = check(NOTE.format(findings=findings, cut=cut), code="27596")
    return next(r.status for r in report.requirements if r.id == "new-level")


@pytest.mark.parametrize(
    ("findings", "cut"),
    [
        ("Final femoral length 24 cm.", "It was divided 17 cm below the greater trochanter."),
        ("The remaining femur measures 20 cm.", "The femur was cut 12 cm below the trochanter."),
        ("Bone length at the end 9 inches.", "The femur was sawn 15 cm from the trochanter."),
        ("Residual femur 18 cm.", "The femur was divided 25 cm below the trochanter."),
        (
            "Pus.",
            "The femur was cut 14 cm below the trochanter. The residual femur was 21 cm long.",
        ),
        (
            "Pus.",
            "The femur was cut 12 cm below the greater trochanter. At the end the femur measured "
            "19 cm from the greater trochanter.",
        ),
    ],
)
def test_two_lengths_from_one_origin_that_differ_are_a_conflict(findings, cut):
    assert _status(findings, cut.replace("It was", "The femur was")) == "conflict"


@pytest.mark.parametrize(
    ("findings", "cut"),
    [
        ("Residual femur 28 cm.", "The femur was cut 14 cm below the trochanter."),  # as it came
        ("The specimen is 4 cm of femur.", "The femur was cut 14 cm below the trochanter."),
        ("Final femoral length 14 cm.", "The femur was cut 14 cm below the trochanter."),
        ("Pus.", "The femur was cut 14 cm below the greater trochanter, taking off 3 cm."),
        ("Pus.", "The femur was cut 5 cm above its old end. The residual femur was 19 cm long."),
        ("Pus.", "The femur was cut 12 cm above the knee. The residual femur was 24 cm long."),
        (
            "Pus.",
            "The femur was cut 14 cm below the trochanter. It was bad there and the femur was cut "
            "again 11 cm below the trochanter. The residual femur was 11 cm long.",
        ),
    ],
)
def test_lengths_that_measure_something_else_are_none(findings, cut):
    assert _status(findings, cut) == "met"


@pytest.mark.parametrize(
    ("cut", "length"),
    [
        ("The femur was cut 4 cm above the old end, leaving 21 cm from the trochanter.", 21),
        ("The femur was sawn 6 cm above its end. This leaves 24 cm below the trochanter.", 24),
        ("The femur was cut 14 cm above the knee joint, 4 cm above the old end.", 14),
        ("The femur was cut 4 cm above the old end.", 4),
        ("The femur was divided. Edges rasped. 13 cm from the tip of the trochanter by ruler.", 13),
        ("The femur was divided. Edges rasped. Vessels tied. 13 cm from the trochanter.", None),
        ("The femur was cut. Skin cut. 13 cm from the trochanter the skin was opened on.", None),
    ],
)
def test_a_distance_from_a_fixed_point_goes_first(cut, length):
    report = check(NOTE.format(findings="Pus.", cut=cut), code="27596")
    assert report.facts.new_level.measurement_cm == length
