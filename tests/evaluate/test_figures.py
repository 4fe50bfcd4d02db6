"""The figures of a few hand-made encounters, worked out by hand."""

from __future__ import annotations

from collections import Counter

import pytest

from notecheck.evaluate.evaluation import Evaluation, Evaluator
from notecheck.evaluate.gold import GoldEncounter
from notecheck.models import Report

from .handmade import fact, gold, report, words

DEBRIDED = {"performed": True, "tissues": ["skin", "fascia"], "area_cm2": 20.0, "separate": True}


def evaluation(*pairs: tuple[GoldEncounter, Report | None]) -> Evaluation:
    evaluator = Evaluator()
    for labelled, found in pairs:
        evaluator.add(labelled, found)
    return evaluator.evaluation()


def element(found: Evaluation, name: str) -> tuple[float, float, float, float, int]:
    """Precision, recall, F1, accuracy and support."""
    precision, recall, f1, accuracy = (
        found.rates["elements", name, rate] for rate in ("precision", "recall", "f1", "accuracy")
    )
    return precision, recall, f1, accuracy, found.tallies["elements", name, "support"]


FEMUR = {"value": "transfemoral", "segment": "mid_shaft", "measurement_cm": 12.0}
LABELS = {
    "prior_level": ("transfemoral", "transtibial"),
    "laterality": ("left", "right"),
    "setting": ("inpatient", "outpatient"),
}


@pytest.mark.parametrize("name", LABELS)
def test_single_value(name: str) -> None:
    value, other = LABELS[name]
    found = evaluation(
        (gold("a", **{name: value}), report("a", **{name: fact(value, "left femur")})),
        (gold("b", **{name: value}), report("b", **{name: fact(other, "left femur")})),
        (gold("c", **{name: value}), report("c")),
        (gold("d"), report("d", **{name: fact(value, "left femur")})),
        (gold("e"), report("e")),
    )
    # One found; one in place of another (wrong and lost); one lost; one wrong; one rightly absent.
    assert element(found, name) == pytest.approx((1 / 3, 1 / 3, 1 / 3, 2 / 5, 3))


def test_supported_code_none_is_no_value() -> None:
    found = evaluation(
        (gold("a", supported_code="27596"), report("a", supported_code=fact("27596"))),
        (gold("b", supported_code="27594"), report("b")),
        (gold("c"), report("c")),
    )
    assert element(found, "supported_code") == pytest.approx((1.0, 1 / 2, 2 / 3, 2 / 3, 2))


def test_bone_left_alone_is_no_value_but_is_compared() -> None:
    found = evaluation(
        (gold("a", bone_resected=True), report("a", bone_resected=fact(True, "cut"))),
        (gold("b", bone_resected=False), report("b", bone_resected=fact(False))),
        (gold("c", bone_resected=False), report("c")),
    )
    assert element(found, "bone_resected") == pytest.approx((1.0, 1.0, 1.0, 2 / 3, 1))


@pytest.mark.parametrize(
    ("name", "wrong"), [("value", "transtibial"), ("segment", "supracondylar")]
)
def test_parts_of_the_new_level_are_compared_one_by_one(name: str, wrong: str) -> None:
    told = {**FEMUR, name: wrong, "evidence": [words("cut")]}
    found = evaluation((gold(new_level=FEMUR), report(new_level=told)))
    right = {"new_level", "segment", "measurement_cm"} - {"new_level" if name == "value" else name}
    for part in ("new_level", "segment", "measurement_cm"):
        assert element(found, part)[3] == (part in right)


@pytest.mark.parametrize(
    ("want", "got", "same"),
    [(12.0, 12.1, True), (12.0, 12.2, False), (0.5, 0.509, True), (0.5, 0.52, False)],
)
def test_lengths_may_differ_by_rounding(want: float, got: float, same: bool) -> None:
    told = {**FEMUR, "measurement_cm": got, "evidence": [words("cut")]}
    found = evaluation((gold(new_level={**FEMUR, "measurement_cm": want}), report(new_level=told)))
    assert element(found, "measurement_cm")[3] == same


def test_debridement() -> None:
    told = {**DEBRIDED, "tissues": ["skin", "muscle"], "area_cm2": None, "evidence": [words("cut")]}
    found = evaluation((gold(debridement=DEBRIDED), report(debridement=told)))
    assert element(found, "debridement_performed") == (1.0, 1.0, 1.0, 1.0, 1)
    assert element(found, "debridement_separate") == (1.0, 1.0, 1.0, 1.0, 1)
    assert element(found, "debridement_area_cm2") == (1.0, 0.0, 0.0, 0.0, 1)
    assert element(found, "debridement_tissues") == (0.5, 0.5, 0.5, 0.0, 2)


@pytest.mark.parametrize(
    ("name", "values"),
    [
        ("indications", ["infection", "osteomyelitis", "trauma", "neoplasm"]),
        ("reconstruction", ["myodesis", "flap", "skin_graft", "left_open"]),
    ],
)
def test_sets_are_counted_value_by_value(name: str, values: list[str]) -> None:
    first, second, third, fourth = values
    found = evaluation(
        (
            gold("a", **{name: [first, second, third]}),
            report("a", **{name: [fact(first, "cut"), fact(fourth, "cut")]}),
        ),
        (gold("b", **{name: [second]}), report("b", **{name: [fact(second, "cut")]})),
    )
    assert element(found, name) == pytest.approx((2 / 3, 1 / 2, 4 / 7, 1 / 2, 4))
    micro = [found.rates["micro", rate] for rate in ("precision", "recall", "f1")]
    assert micro == pytest.approx([2 / 3, 1 / 2, 4 / 7])


def test_statuses_decision_and_false_met() -> None:
    found = evaluation(
        (
            gold("a", requirements={"indication": "partial", "inpatient": "missing"}),
            report("a", requirements={"inpatient": "conflict"}),
        ),
        (
            gold("b", requirements={"inpatient": "not_assessed"}, decision="pass"),
            report("b", decision="review"),
        ),
    )
    assert found.rates["requirements", "indication", "accuracy"] == 1 / 2
    assert found.rates["requirements", "inpatient", "accuracy"] == 0.0
    assert found.rates["requirements", "new-level", "accuracy"] == 1.0
    assert found.rates["status_accuracy",] == 19 / 22
    assert found.rates["decision_accuracy",] == 1 / 2
    assert found.confusions["indication"] == Counter({"partial->met": 1})
    assert found.confusions["inpatient"] == Counter(
        {"missing->conflict": 1, "not_assessed->met": 1}
    )
    # Not assessed is no fault of the note, so calling it met is wrong but not falsely met.
    assert (found.tallies["false_met", "count"], found.tallies["false_met", "of"]) == (1, 2)
    assert found.rates["false_met", "rate"] == 1 / 2


def test_evidence() -> None:
    elsewhere = {**words("left"), "start": 0, "end": 4}
    found = evaluation(
        (
            gold("a"),
            report(
                "a",
                supported_code={"value": "27596", "evidence": [words("femur"), elsewhere]},
                laterality=fact("left", "left"),
                setting=fact("inpatient"),
                bone_resected=fact(False),
                excluded=[
                    {"fact": "reconstruction", "value": "myodesis", "reason": "negated",
                     "evidence": [words("left", doc_id="absent")]},
                ],
            ),
        ),
    )  # fmt: skip
    assert (found.tallies["evidence", "items"], found.tallies["evidence", "invalid"]) == (4, 2)
    assert found.rates["evidence_validity",] == 1 / 2
    assert found.tallies["evidence", "facts_with_value"] == 2
    assert found.tallies["evidence", "facts_without_evidence"] == 1


def test_no_report_loses_everything_that_was_told() -> None:
    found = evaluation(
        (gold("a", laterality="left", decision="pass"), None), (gold("b"), report("b"))
    )
    assert (found.tallies["encounters",], found.tallies["absent",]) == (2, 1)
    assert element(found, "laterality") == (1.0, 0.0, 0.0, 1 / 2, 1)
    assert found.rates["decision_accuracy",] == found.rates["status_accuracy",] == 1 / 2
    assert found.confusions["inpatient"] == Counter({"met->None": 1})
