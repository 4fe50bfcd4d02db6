"""Confidence is learned from judged reports, and stands in every report on a labelled code."""

from __future__ import annotations

from dataclasses import replace

import pytest

from notecheck import check
from notecheck.confidence.signs import Deciding, Likely
from notecheck.confidence.table import Table
from notecheck.confidence.told import Told
from notecheck.errors import InputError
from notecheck.models import Status
from notecheck.train.calibrate import Judged, learn_table

SURE, SHAKY, READ = "laterality-note", "new-level", "reconstruction"
DECIDING = Deciding(doubtful_below=0.7, not_values=(), likely={READ: READ}, excluded={})


def told(*names: str) -> Told:
    return Told(
        decision="pass",
        code_supported=True,
        statuses=dict.fromkeys(names, "met"),
        evidence={name: ("op",) for name in names},
        excluded=(),
        characters=1_000,
    )


def judged() -> list[Judged]:
    """Three authors of ten: the side is always right, the level in every second encounter."""
    return [
        Judged(
            author,
            told(SURE, SHAKY),
            {SURE: "met", SHAKY: "met" if number % 2 else "missing"},
            "pass" if number % 2 else "hold",
            honest=True,
        )
        for author in "abc"
        for number in range(10)
    ]


def learned(reports: list[Judged]) -> Table:
    return learn_table(reports, "27596", "hash", DECIDING)


def test_what_was_often_wrong_is_less_sure() -> None:
    found = learned(judged()).confidence(told(SURE, SHAKY), {}, DECIDING)
    assert found.requirements[SURE] > 0.85
    assert 0.45 < found.requirements[SHAKY] < 0.7
    assert found.release == pytest.approx(0.5, abs=0.1)


def test_the_same_reports_give_the_same_table() -> None:
    assert learned(judged()) == learned(judged())


def test_nothing_is_learned_from_what_was_never_wrong() -> None:
    right = [
        replace(one, true=dict.fromkeys((SURE, SHAKY), "met"), decision="pass") for one in judged()
    ]
    with pytest.raises(InputError, match="two authors"):
        learned(right)


def test_a_report_is_sure_of_every_status_and_of_its_verdict() -> None:
    report = check("PROCEDURE: Debridement of the thigh.", code="27596")
    assert report.confidence is not None
    assert set(report.confidence.requirements) == {found.id for found in report.requirements}
    assert report.release.verdict == "stop"
    assert report.confidence.release > 0.8


def test_a_code_without_labelled_encounters_has_no_confidence() -> None:
    assert check("PROCEDURE: Amputation of the toe.", code="28820").confidence is None


def test_what_both_witnesses_doubt_is_less_sure() -> None:
    def likely(p: float) -> Likely:
        return {(READ, "myodesis"): p}

    def one(number: int, author: str) -> Judged:
        right = number % 4 > 0
        truth: Status = "met" if right else "missing"
        decision = "pass" if right else "hold"
        p = 0.95 if right else 0.55
        return Judged(author, told(READ), {READ: truth}, decision, honest=True, likely=likely(p))

    table = learned([one(number, author) for author in "abc" for number in range(20)])
    doubted, sure = (table.confidence(told(READ), likely(p), DECIDING) for p in (0.55, 0.95))
    assert doubted.requirements[READ] < 0.6 < sure.requirements[READ]
    assert doubted.release < sure.release
