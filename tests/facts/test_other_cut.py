"""Bone that is cut for something else than an amputation gives no level and no 27596."""

from __future__ import annotations

import pytest

from notecheck import check

_STUMP = "HISTORY: Left above-knee amputation in 2018.\n"


def _note(title: str, told: str) -> str:
    return f"PROCEDURE: {title}.\n{_STUMP}DESCRIPTION OF PROCEDURE: {told}"


@pytest.mark.parametrize(
    ("title", "told"),
    [
        ("Hemiarthroplasty of the left hip", "The femur was cut with a saw and a stem cemented."),
        ("Left hip operation", "The neck of the femur was sawn with an oscillating saw."),
        ("Exploration of left thigh stump", "A plug of the femur was removed with a trephine."),
        ("Exploration of left thigh stump", "We sawed a window into the lateral femur."),
        ("Exploration of left thigh stump", "A bony window was cut in the femur with a saw."),
        ("Corrective osteotomy, left femur", "The femur was divided at mid-shaft and plated."),
        ("Left thigh operation", "The femur was cut with a saw to correct the varus."),
        ("Left femoral nail removal", "The femur was cut back with a saw to reach its end."),
        ("Revision of left above-knee stump", "The plate on the femur was cut. Skin was closed."),
    ],
)
def test_cut_of_another_kind_is_no_amputation(title: str, told: str) -> None:
    report = check(_note(title, told), code="27596")
    assert report.supported_code.value != "27596"
    assert report.facts.new_level is None
    assert report.facts.bone_resected is not None
    assert report.facts.bone_resected.value is False


@pytest.mark.parametrize(
    "told",
    [
        "A biopsy of the bone was sent and the femur was transected at mid-thigh.",
        "The femur was divided 14 cm below the femoral neck with a saw.",
        "The rod was taken out and the femur was cut with a saw 9 cm above its end.",
    ],
)
def test_amputation_beside_another_cut_still_counts(told: str) -> None:
    report = check(_note("Revision of left above-knee amputation", told), code="27596")
    assert report.supported_code.value == "27596"
    assert report.facts.bone_resected is not None
    assert report.facts.bone_resected.value is True


def test_amputation_named_in_the_title_beside_another_operation_counts() -> None:
    title = "Removal of femoral nail and revision of left above-knee amputation"
    report = check(_note(title, "The femur was transected with a saw at mid-thigh."), code="27596")
    assert report.supported_code.value == "27596"
