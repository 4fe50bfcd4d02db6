"""How many of a site's marks it takes for its reader to be believed."""

from __future__ import annotations

from notecheck.reader.fusion import Fusion, Thresholds, Weights
from notecheck.reader.value import Value
from notecheck.train.fuse import believing

OURS = Fusion(
    weights={"indication": Weights(bias=-2, rules=4, reader=0.5, both=0)},
    thresholds={"indication": Thresholds(keep=0.2, add=0.85)},
)
INFECTION: Value = ("indication", "infection")
PAIN: Value = ("indication", "pain_neuroma")


def told(
    fusion: Fusion, value: Value, *, by_rules: bool, score: float, described: bool = False
) -> bool:
    return fusion.accepts(*value, told=by_rules, score=score, described=described)


def test_two_marks_change_nothing() -> None:
    assert believing(OURS, {INFECTION: 2}, {INFECTION: 2}) == OURS


def test_three_marks_that_tell_a_value_make_a_sure_reader_add_it() -> None:
    found = believing(OURS, {INFECTION: 3}, {})
    assert not told(OURS, INFECTION, by_rules=False, score=0.98)
    assert told(found, INFECTION, by_rules=False, score=0.98)
    assert not told(found, INFECTION, by_rules=False, score=0.9)
    assert not told(found, PAIN, by_rules=False, score=0.98)


def test_three_marks_that_deny_a_value_make_a_sure_reader_take_it_away() -> None:
    found = believing(OURS, {}, {PAIN: 3})
    assert told(OURS, PAIN, by_rules=True, score=0.02)
    assert not told(found, PAIN, by_rules=True, score=0.02)
    assert told(found, PAIN, by_rules=True, score=0.1)


def test_a_fact_that_the_reader_does_not_know_is_left_alone() -> None:
    assert believing(OURS, {("laterality", "left"): 9}, {}) == OURS


def test_what_a_clause_describes_stands_unless_a_site_corrected_it() -> None:
    unsure = OURS.model_copy(update={"thresholds": {"indication": Thresholds(keep=0.9, add=0.95)}})
    assert not told(unsure, PAIN, by_rules=True, score=0.01)
    assert told(unsure, PAIN, by_rules=True, score=0.01, described=True)
    corrected = believing(unsure, {}, {PAIN: 3})
    assert not told(corrected, PAIN, by_rules=True, score=0.01, described=True)
