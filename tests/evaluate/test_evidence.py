"""Whether a value's words lie on a sentence that a person labelled for it."""

from __future__ import annotations

from dataclasses import replace

import pytest

from notecheck.errors import GoldError
from notecheck.evaluate.evaluation import Evaluator
from notecheck.evaluate.evidence import EvidenceLabel, on_labelled
from notecheck.evaluate.gold import gold_from_object
from notecheck.evaluate.render import render_evaluation
from notecheck.models import Report

from .handmade import fact, gold, report


def label(value: str, quote: str, does: str = "asserted", **more: str) -> EvidenceLabel:
    told = {"fact": "reconstruction", "value": value, "doc": "op", "quote": quote, "does": does}
    return EvidenceLabel.model_validate(told | more)


LEFT_OPEN = label("left_open", "wound was left")


def score(found: Report, *labels: EvidenceLabel) -> tuple[int, int]:
    return on_labelled(gold().encounter, labels, found)


def told(*texts: str) -> Report:
    return report(reconstruction=[fact("left_open", *texts)])


def test_words_of_the_labelled_sentence_are_right() -> None:
    assert score(told("open"), LEFT_OPEN) == (1, 1)
    assert score(told("Myodesis", "open"), LEFT_OPEN) == (1, 1)


def test_words_of_another_sentence_are_not() -> None:
    assert score(told("Myodesis"), LEFT_OPEN) == (0, 1)
    assert score(told("femur"), LEFT_OPEN) == (0, 1)


def test_a_value_that_no_label_tells_is_not_looked_at() -> None:
    denied = label("myodesis", "Myodesis was not done", "negated")
    assert score(told("open"), denied) == (0, 0)
    assert score(report(), LEFT_OPEN) == (0, 0)
    side = label("left", "The left femur", fact="laterality")
    assert score(report(laterality=fact("left", "left femur")), side) == (1, 1)


def test_the_figure_stands_where_labels_are() -> None:
    evaluator = Evaluator()
    evaluator.add(replace(gold("a"), evidence=(LEFT_OPEN,)), told("open"))
    evaluator.add(replace(gold("b"), evidence=(LEFT_OPEN,)), told("femur"))
    found = evaluator.evaluation()
    assert found.rates["labelled_evidence", "rate"] == 0.5
    assert "1 of 2 labelled values" in render_evaluation(found, with_errors=False, comparison=None)


def test_a_label_of_an_unknown_kind_is_refused_by_name() -> None:
    line = {
        "encounter": {
            "encounter_id": "E",
            "documents": [{"doc_id": "op", "text": "The wound was left open."}],
        },
        "gold": gold().labels.model_dump(),
        "evidence": [
            {"fact": "reconstruction", "value": "x", "doc": "op", "quote": "a", "does": "?"}
        ],
    }
    with pytest.raises(GoldError, match=r"evidence\[0\]\.does"):
        gold_from_object(line)
