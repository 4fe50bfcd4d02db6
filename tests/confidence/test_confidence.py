"""Confidence comes from rates of being right, and stands in every report on a labelled code."""

from __future__ import annotations

import pytest

from notecheck import check
from notecheck.confidence.table import Weighed
from notecheck.confidence.train import Judged, calibration_error, train

SURE, SHAKY = "laterality-note", "new-level"
WEIGHED = Weighed(facts={"reconstruction": "reconstruction"}, bias=0, of_rate=1, of_likely=0)


def judged() -> list[Judged]:
    """Three authors of ten: the side is always right, the level in every second encounter."""
    return [
        Judged(
            author,
            {SURE: "met", SHAKY: "met"},
            {SURE: "met", SHAKY: "met" if number % 2 else "missing"},
        )
        for author in "abc"
        for number in range(10)
    ]


def test_what_was_often_wrong_is_less_sure():
    found = train(judged(), "27596", "hash", WEIGHED).confidence({SURE: "met", SHAKY: "met"}, {})
    assert found.requirements[SURE] > 0.95
    assert 0.45 < found.requirements[SHAKY] < 0.6
    assert found.release == pytest.approx(0.5, abs=0.1)


def test_the_same_corpus_gives_the_same_table():
    assert train(judged(), "27596", "hash", WEIGHED) == train(
        judged()[::-1], "27596", "hash", WEIGHED
    )


def test_the_calibration_error_is_how_far_the_said_is_from_the_seen():
    assert calibration_error([(0.9, True)] * 9 + [(0.9, False)]) == pytest.approx(0)
    assert calibration_error([(0.9, False)] * 10) == pytest.approx(0.9)


def test_a_report_is_sure_of_what_was_assessed_alone():
    report = check("PROCEDURE: Debridement of the thigh.", code="27596")
    assert report.confidence is not None
    assert set(report.confidence.requirements) == {
        found.id for found in report.requirements if found.status != "not_assessed"
    }
    assert report.release.verdict == "stop"
    assert report.confidence.release < 0.1


def test_a_code_without_labelled_encounters_has_no_confidence():
    assert check("PROCEDURE: Amputation of the toe.", code="28820").confidence is None


def test_what_both_witnesses_doubt_is_less_sure():
    def one(number: int, author: str) -> Judged:
        right = number % 4 > 0
        likely = {("reconstruction", "myodesis"): 0.95 if right else 0.55}
        truth = "met" if right else "missing"
        return Judged(author, {"reconstruction": "met"}, {"reconstruction": truth}, likely)

    judged = [one(number, author) for author in "abc" for number in range(20)]
    table = train(judged, "27596", "hash", WEIGHED)
    doubted, sure = (
        table.confidence({"reconstruction": "met"}, {("reconstruction", "myodesis"): p})
        for p in (0.55, 0.95)
    )
    assert doubted.requirements["reconstruction"] < 0.5 < sure.requirements["reconstruction"]
    assert doubted.release < sure.release
