"""Bone that was cut today, as frames tell it, and words that tell of none cut."""

from __future__ import annotations

import pytest

from notecheck import check

NOTE = """PREOPERATIVE DIAGNOSIS: Infected left above-knee amputation stump.
OPERATION: Revision of left above-knee amputation.
DESCRIPTION: The old scar was excised. {}
The fascia was closed with Vicryl and the skin with staples.
"""


def cut(statement: str) -> bool:
    bone = check(NOTE.format(statement), code="27596").facts.bone_resected
    assert bone is not None
    return bone.value


@pytest.mark.parametrize(
    "statement",
    [
        "The femur was stripped of its periosteum and transected with a sagittal saw.",
        "I re-cut the femur 4 cm higher.",
        "A power saw was taken to the bone, and five centimeters came away.",
        "The shaft was exposed, cleared of muscle and cut across.",
        "An inch and a half of the femur was sawn off.",
        "Using a Gigli saw we took the bone back to where it bled.",
        "The femur was exposed for 6 cm, and it was divided higher up.",
        "The spike and the last 3 cm of femur were removed in one piece with the saw.",
        "The sharp end of the femur had to be resected, which was done with an oscillating saw.",
        "Femur, osc saw, mid third.",
        "The femur was not salvageable at that length and so was shortened by 5 cm.",
        "No drain was used, and the femur was cut back with the saw.",
        "The bone was cut with a saw that had been cooled with saline.",
        "We then went through the femur with the saw and rounded its edge.",
    ],
)
def test_bone_was_cut(statement: str) -> None:
    assert cut(statement)


@pytest.mark.parametrize(
    "statement",
    [
        "No further femur was resected.",
        "The wound was closed without resecting more bone.",
        "The femur was neither exposed nor cut.",
        "The bone was not exposed or cut.",
        "The muscle was taken off the femur with the cautery.",
        "The periosteum of the femur was divided and pushed back.",
        "The edge of the bone was trimmed with a rongeur.",
        "The hamstrings were cut longer than the bone.",
        "Trimming the skin would have left the femur bare.",
        "If the infection comes back the femur has to be shortened.",
        "We had planned to shorten the femur, but the soft tissue met over it.",
        "The femur would have been cut at mid-thigh had the muscle been dead.",
        "The saw was set aside unused.",
        "The edges of the bone were smoothed with the saw.",
        "The sciatic nerve was freed from the femur and cut back 8 cm.",
        "Two drill holes were made and a suture was passed through the femur.",
        "Cutting the bone was considered and rejected.",
        "The femur was cut at the first operation in 2019 and was not touched today.",
        "Bone resected: [ ] yes [x] no",
        "The scar over the femur was excised with a knife.",
        "The operation was stopped before the femur was cut.",
    ],
)
def test_no_bone_was_cut(statement: str) -> None:
    assert not cut(statement)
