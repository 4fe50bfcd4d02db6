"""The time of an earlier cut that today's is measured from dates nothing of today."""

from __future__ import annotations

import pytest

from notecheck import check

NOTE = "OPERATION: Revision of left above-knee amputation.\nDESCRIPTION: {}\n"


@pytest.mark.parametrize(
    ("description", "length"),
    [
        ("The femur was re-cut 4 cm above the guillotine cut of last week.", 4.0),
        ("The femur was sawn 5 cm above the previous level from 2019.", 5.0),
        ("Last year the femur was sawn 5 cm above the previous level.", None),
    ],
)
def test_the_time_of_an_old_cut_is_not_todays(description: str, length: float | None) -> None:
    found = check(NOTE.format(description), code="27596").facts.new_level
    assert (found and found.measurement_cm) == length


@pytest.mark.parametrize(
    "history",
    [
        "She had a left AKA on 2/1/2026 for sepsis with the femur cut low to leave flaps.",
        "The original amputation in 2009 was for a crush injury; the femur was then cut low.",
    ],
)
def test_a_cut_told_of_the_earlier_amputation_is_not_todays(history: str) -> None:
    note = f"OPERATION: Closure of left AKA stump, 3/2/2026.\n\n{history} The fascia was closed."
    facts = check(note, code="27596").facts
    assert facts.new_level is None or facts.new_level.value is None
    assert not (facts.bone_resected and facts.bone_resected.value)
