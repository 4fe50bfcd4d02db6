"""The part of the femur at which it was cut, as frames tell it, and what tells of another thing."""

from __future__ import annotations

import pytest

from notecheck import check

NOTE = """INDICATIONS: Infected left above-knee amputation stump.
DESCRIPTION: The old scar was excised. {}
"""


def segment(statement: str) -> str | None:
    level = check(NOTE.format(statement)).facts.new_level
    return level.segment if level else None


@pytest.mark.parametrize(
    ("statement", "told"),
    [
        ("The femur was sawn through where the middle third meets the lower third.", "mid_shaft"),
        ("We took the femur back to the junction of its upper and middle thirds.",
         "proximal_third"),
        ("The bone was divided about halfway up the thigh.", "mid_shaft"),
        ("Femur: divided with the oscillating saw, lower 1/3.", "distal_third"),
        ("The femur was cut right above the flare of the condyles.", "supracondylar"),
        ("The femur was divided three fingers' breadths below the lesser trochanter.",
         "subtrochanteric"),
        ("The saw was taken across the femur through the upper part of the shaft.",
         "proximal_third"),
        ("The femur was transected at the distal-third level.", "distal_third"),
        ("Femur cut @ jct prox+mid 1/3.", "proximal_third"),
        ("The femur was shortened until we were at mid-diaphysis.", "mid_shaft"),
        ("The femoral shaft was amputated at the level of the adductor tubercle.",
         "supracondylar"),
        ("The cut went through the femur at its midpoint.", "mid_shaft"),
        # Traps: no cut there, or none at all.
        ("The femur was cut with a saw. The sciatic nerve was cut in the upper third of the thigh.",
         None),
        ("The femur was cut with a saw. The middle third of the wound was left open.", None),
        ("The femur was cut with a saw, a tourniquet at mid thigh having been let down.", None),
        ("At the first operation in 2018 the femur was cut in its distal third.", None),
        ("The femur was not cut at mid-shaft.", None),
        ("We considered cutting the femur in its proximal third and decided against it.", None),
        ("If the infection returns the femur will be cut in the upper third.", None),
        ("The consent was for a cut through the middle third of the femur. The scar was closed.",
         None),
        ("Level of the cut: ( ) distal third ( ) middle third ( ) proximal third. "
         "The femur was cut with a saw.", None),
        ("The tibia was cut in its proximal third.", None),
        ("The femur was cut with a saw. He has an old supracondylar fracture of the other leg.",
         None),
        ("The femur was cut with a saw. On the other side the femur ends at mid-shaft.", None),
        ("The femur was cut with a saw instead of at the subtrochanteric level.", None),
    ],
)  # fmt: skip
def test_where_on_the_femur(statement: str, told: str | None) -> None:
    assert segment(statement) == told
