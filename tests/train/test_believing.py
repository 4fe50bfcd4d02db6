"""How many of a site's marks it takes for its reader to be believed more readily."""

from __future__ import annotations

from notecheck.reader.fusion import Fusion, Thresholds, Weights
from notecheck.reader.value import Value
from notecheck.train.fuse import believing

OURS = Fusion(
    weights={"indication": Weights(bias=0, rules=0, reader=1, both=0)},
    thresholds={"indication": Thresholds(keep=0.2, add=0.85)},
)
INFECTION: Value = ("indication", "infection")
PAIN: Value = ("indication", "pain_neuroma")


def asked(fusion: Fusion, value: Value) -> tuple[float, float]:
    """From where a value is kept, and from where it is added."""
    return fusion.least(*value, told=True), fusion.least(*value, told=False)


def test_two_marks_change_nothing() -> None:
    found = believing(OURS, {INFECTION: 2}, {INFECTION: 2})
    assert asked(found, INFECTION) == (0.2, 0.85)


def test_three_marks_that_tell_a_value_make_it_added_more_readily() -> None:
    found = believing(OURS, {INFECTION: 3}, {})
    assert asked(found, INFECTION) == (0.2, 0.5)
    assert asked(found, PAIN) == (0.2, 0.85)


def test_three_marks_that_deny_a_value_make_it_doubted_more_readily() -> None:
    assert asked(believing(OURS, {}, {PAIN: 3}), PAIN) == (0.5, 0.85)


def test_a_fact_that_the_reader_does_not_know_is_left_alone() -> None:
    assert believing(OURS, {("laterality", "left"): 9}, {}) == OURS
