"""What was planned and became something else: what was done counts, and the two are no conflict."""

import pytest

from notecheck import check
from notecheck.models import Report

NOTE = """PREOPERATIVE DIAGNOSIS: {reason}
PROCEDURE: {title}
DESCRIPTION: The left leg was prepped and draped. {told} Fascia was closed with Vicryl.
"""
REDO, FIRST = "Re-amputation of the left thigh", "Left above-knee amputation"
CUT = "The femur was divided at mid-shaft."


def _read(told: str, title: str = REDO, reason: str = "Infected left above-knee stump") -> Report:
    return check(NOTE.format(told=told, title=title, reason=reason), code="27596")


def _status(report: Report) -> str:
    return next(r.status for r in report.requirements if r.id == "new-level")


@pytest.mark.parametrize(
    "title",
    [
        "Planned left below-knee amputation, converted to above-knee amputation",
        "Left above-knee amputation (planned as below-knee amputation, converted)",
        "Intended left below-knee amputation converted to above-knee amputation",
    ],
)
def test_a_title_names_what_the_operation_became(title: str) -> None:
    report = _read(CUT, title, "Gangrene of the left foot")
    assert report.facts.new_level and report.facts.new_level.value == "transfemoral"
    assert (_status(report), report.supported_code.value) == ("met", "27590")


@pytest.mark.parametrize(
    ("told", "segment"),
    [
        ("The femur was divided in the proximal third, higher than planned.", "proximal_third"),
        ("The femur was divided at mid-shaft, as had been planned.", "mid_shaft"),
        ("At the planned level the femur was divided, at mid-shaft.", "mid_shaft"),
        (
            "Muscle at the planned level was not viable and the femur was divided at mid-shaft.",
            "mid_shaft",
        ),
        (
            "The cut had been planned in the distal third; the femur was divided at mid-shaft.",
            "mid_shaft",
        ),
    ],
)
def test_a_plan_is_only_what_the_cut_is_measured_by(told: str, segment: str) -> None:
    report = _read(told)
    assert report.facts.new_level and report.facts.new_level.segment == segment
    assert _status(report) == "met"


def test_the_length_that_was_planned_is_not_the_cuts() -> None:
    report = _read(
        "The cut had been planned at 22 cm below the greater trochanter. Because of pus the femur "
        "was divided 16 cm below the greater trochanter."
    )
    assert report.facts.new_level and report.facts.new_level.measurement_cm == 16.0


@pytest.mark.parametrize(
    "told",
    [
        "The femur will be cut back to mid-shaft at a planned return.",
        "The resection of the femur planned for today was deferred.",
        "It was planned to divide the femur at mid-shaft; only the skin was closed.",
        "Division of the femur at mid-shaft is planned for Monday.",
        "The bone was not exposed and the femur was not cut.",
    ],
)
def test_what_was_only_planned_is_not_done(told: str) -> None:
    bone = _read(told).facts.bone_resected
    assert bone is not None and bone.value is False
