"""A title that names another level than the description divides: the description is the fact."""

import pytest

from notecheck import check
from notecheck.models import Report

NOTE = """PREOPERATIVE DIAGNOSIS: {reason}
PROCEDURE: {title}
INDICATIONS: {history}
DESCRIPTION: The left leg was prepped and draped. Flaps were cut. {told} Fascia was closed.
"""
FIRST = {"reason": "Wet gangrene of the left foot", "history": "A gangrenous left leg."}
STUMP = {
    "reason": "Failed left knee disarticulation stump",
    "history": "Left knee disarticulation in 2022. The condyles are exposed.",
}
SHAFT = "The femur was divided at mid-shaft with an oscillating saw."


def _told(title: str, told: str, patient: dict[str, str] = FIRST) -> tuple[str | None, str, str]:
    report: Report = check(NOTE.format(title=title, told=told, **patient), code="27596")
    status = next(r.status for r in report.requirements if r.id == "new-level")
    level = report.facts.new_level.value if report.facts.new_level else None
    return level, report.supported_code.value, status


@pytest.mark.parametrize(
    ("title", "told"),
    [
        ("Left knee disarticulation", SHAFT),
        ("Left through-knee amputation", "The femur was sawn across 15 cm above the joint line."),
        ("Disarticulation at the left knee", "We cut the femur through its lower third."),
        ("Knee disarticulation, left", "The femur was divided 20 cm below the greater trochanter."),
        ("Left below-knee amputation", SHAFT),
    ],
)
def test_a_femur_cut_under_a_title_of_a_lower_level_is_a_conflict(title: str, told: str) -> None:
    assert _told(title, told) == ("transfemoral", "27590", "conflict")


@pytest.mark.parametrize(
    ("title", "told"),
    [
        ("Left above-knee amputation", "The leg was disarticulated at the knee. No bone was cut."),
        ("Left AKA", "The cruciates were cut and the knee was disarticulated."),
        ("Left transfemoral amputation", "A through-knee disarticulation was carried out."),
        ("Left thigh amputation", "The leg was taken off through the knee joint."),
        ("Left AKA", "The leg was disarticulated through the left knee, the patella being kept."),
    ],
)
def test_a_joint_parted_under_a_title_of_the_thigh_is_what_was_done(title: str, told: str) -> None:
    assert _told(title, told) == ("knee_disarticulation", "27598", "missing")


@pytest.mark.parametrize(
    ("title", "told", "patient", "expected"),
    [
        (
            "Left knee disarticulation",
            "The knee was disarticulated. The condyles were trimmed flush with the saw.",
            FIRST,
            ("knee_disarticulation", "27598", "missing"),
        ),
        (
            "Revision of left knee disarticulation to above-knee amputation",
            SHAFT,
            STUMP,
            ("transfemoral", "27590", "met"),
        ),
        ("Revision of left knee disarticulation", SHAFT, STUMP, ("transfemoral", "27590", "met")),
        (
            "Conversion of left through-knee amputation to transfemoral amputation",
            SHAFT,
            STUMP,
            ("transfemoral", "27590", "met"),
        ),
        (
            "Left above-knee amputation",
            f"The knee joint was opened to release it. {SHAFT}",
            FIRST,
            ("transfemoral", "27590", "met"),
        ),
        (
            "Left AKA",
            f"The leg was disarticulated at the knee to clear the field. {SHAFT}",
            FIRST,
            ("transfemoral", "27590", "met"),
        ),
    ],
)
def test_two_names_on_the_way_to_one_level_are_no_conflict(title, told, patient, expected) -> None:
    assert _told(title, told, patient) == expected
