"""What must hold of every bootstrap interval."""

from __future__ import annotations

from collections.abc import Mapping

from hypothesis import given
from hypothesis import strategies as st

from notecheck.evaluate.bootstrap import intervals

RESAMPLES = 60  # enough for what holds of any number of them


@st.composite
def sample(draw: st.DrawFn) -> dict[str, int]:
    judged = draw(st.integers(0, 9))
    return {"judged": judged, "right": draw(st.integers(0, judged))}


def accuracy(counted: Mapping[str, int]) -> dict[str, float]:
    judged, right = counted.get("judged", 0), counted.get("right", 0)
    return {"accuracy": right / judged if judged else 1.0}


@given(st.lists(sample(), min_size=1, max_size=12))
def test_interval_lies_within_the_best_and_worst_encounter(samples: list[dict[str, int]]) -> None:
    low, high = intervals(samples, accuracy, resamples=RESAMPLES)["accuracy"]
    alone = [accuracy(one)["accuracy"] for one in samples]
    assert min(alone) <= low <= high <= max(alone)


@given(sample(), st.integers(1, 12))
def test_encounters_that_are_all_alike_leave_no_doubt(one: dict[str, int], number: int) -> None:
    low, high = intervals([one] * number, accuracy, resamples=RESAMPLES)["accuracy"]
    assert low == high == accuracy(one)["accuracy"]


@given(st.lists(sample(), min_size=1, max_size=12))
def test_the_same_encounters_give_the_same_interval(samples: list[dict[str, int]]) -> None:
    assert intervals(samples, accuracy, resamples=RESAMPLES) == intervals(
        samples, accuracy, resamples=RESAMPLES
    )


def test_width_is_that_of_a_proportion() -> None:
    """Of 100 encounters 80 are right: the normal interval is 0.8 -/+ 1.96 * 0.04."""
    samples = [{"judged": 1, "right": int(number < 80)} for number in range(100)]
    low, high = intervals(samples, accuracy)["accuracy"]
    assert abs(low - 0.722) < 0.025
    assert abs(high - 0.878) < 0.025


def test_more_encounters_narrow_the_interval() -> None:
    few = [{"judged": 1, "right": number % 2} for number in range(10)]
    low, high = intervals(few, accuracy)["accuracy"]
    narrow_low, narrow_high = intervals(few * 30, accuracy)["accuracy"]
    assert low < narrow_low < 0.5 < narrow_high < high
