"""The decision, the score, and the table as a whole."""

from __future__ import annotations

from typing import get_args

import pytest
from hypothesis import given
from hypothesis import strategies as st

from notecheck.errors import InputError
from notecheck.facts.case import CaseFacts
from notecheck.models import (
    DebridementFact,
    Facts,
    ReconstructionFact,
    Status,
    SupportedCode,
)
from notecheck.requirements.assess import assess
from notecheck.requirements.scoring import decision_of, score_of

from .builders import COMPLETE, COMPLETE_CLAIM, case, claim, words

CONTRACT_ORDER = [
    "prior-level", "new-level", "indication", "indication-preop", "revision-necessity",
    "reconstruction", "laterality-note", "laterality-claim", "debridement", "inpatient",
    "global-period",
]  # fmt: skip

LAYERS = ReconstructionFact(value="layered_closure", evidence=words("layers"))
BILLED = claim(("27596", ["LT", "58"]), ("11043", ["59"]))
DEBRIDED = DebridementFact(
    performed=True, tissues=("muscle",), area_cm2=24.0, separate=True, evidence=words("debrided")
)


def test_all_eleven_met_passes_with_100() -> None:
    found = assess(case({"debridement": DEBRIDED}), BILLED)
    assert [r.id for r in found.requirements] == CONTRACT_ORDER
    assert {r.status for r in found.requirements} == {"met"}
    assert (found.decision, found.score) == ("pass", 100.0)


def test_what_does_not_apply_counts_neither_way() -> None:
    found = assess(COMPLETE, COMPLETE_CLAIM)
    assert "not_applicable" in {r.status for r in found.requirements}
    assert (found.decision, found.score) == ("pass", 100.0)


def test_one_partial_is_review() -> None:
    found = assess(case({"reconstruction": (LAYERS,)}), COMPLETE_CLAIM)
    assert found.decision == "review"
    assert found.score == 96.7  # 14.5 of 15: all but the debridement, which does not apply


def test_one_missing_is_hold() -> None:
    found = assess(case({"reconstruction": ()}), COMPLETE_CLAIM)
    assert found.decision == "hold"
    assert found.score == 93.3  # 14 of 15


def test_another_supported_code_is_hold_whatever_the_score() -> None:
    found = assess(case(supported_code=SupportedCode(value="27594")), COMPLETE_CLAIM)
    assert (found.decision, found.score) == ("hold", 99.9)


def test_silent_documents_and_no_claim() -> None:
    found = assess(CaseFacts(Facts(), SupportedCode(value="none")), None)
    assert (found.decision, found.score) == ("hold", 0.0)


def test_a_code_without_requirements_is_refused() -> None:
    with pytest.raises(InputError, match=r"99999"):
        assess(COMPLETE, None, code="99999")


STATUSES = st.sampled_from(get_args(Status))
WEIGHTED = st.lists(st.tuples(STATUSES, st.sampled_from([0.5, 1.0, 2.0, 3.0])))


@given(WEIGHTED)
def test_score_and_decision_agree(weighted: list[tuple[Status, float]]) -> None:
    statuses = [status for status, _ in weighted]
    decision, score = decision_of(statuses, code_supported=True), score_of(weighted)
    assert 0 <= score <= 100
    assert round(score, 1) == score
    assert (decision == "hold") == bool({"missing", "conflict"} & set(statuses))
    assert (decision == "pass") == ({"missing", "conflict", "partial"}.isdisjoint(statuses))
    if decision == "pass":
        assert score == (100.0 if "met" in statuses else 0.0)
    else:
        assert score < 100
    assert decision_of(statuses, code_supported=False) == "hold"


@given(WEIGHTED, st.sampled_from(["not_applicable", "not_assessed"]))
def test_unassessed_requirements_leave_the_score(
    weighted: list[tuple[Status, float]], status: Status
) -> None:
    assert score_of([*weighted, (status, 2.0)]) == score_of(weighted)


@pytest.mark.parametrize(
    ("statuses", "score"),
    [
        (["met", "partial", "missing"], 50.0),
        (["met", "met", "conflict"], 66.7),
        (["partial"], 50.0),
        (["not_applicable", "not_assessed"], 0.0),
        ([], 0.0),
    ],
)
def test_score_of_equal_weights(statuses: list[Status], score: float) -> None:
    assert score_of([(status, 1.0) for status in statuses]) == score
