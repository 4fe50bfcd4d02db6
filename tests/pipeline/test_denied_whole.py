"""What a denied statement holds is denied with it."""

from __future__ import annotations

import pytest

from notecheck import check

_NOTE = (
    "OPERATION: Revision of left AKA stump.\n"
    "DESCRIPTION: The femur was cut with a saw. {} Skin closed."
)


@pytest.mark.parametrize(
    ("words", "counts"),
    [
        ("The muscles were gathered from both sides and were sewn to each other over it.", True),
        (
            "The muscles were gathered from both sides and were not sewn to each other over it.",
            False,
        ),
    ],
)
def test_a_piece_of_a_denied_statement_counts_not(words: str, counts: bool) -> None:
    report = check(_NOTE.format(words), code="27596")
    assert ("myoplasty" in [fact.value for fact in report.facts.reconstruction]) is counts


def test_what_is_told_by_a_denial_counts() -> None:
    told = "The tumor had grown along the canal, and there would be no clean margin any lower."
    report = check(_NOTE.format(told), code="27596")
    status = {result.id: result.status for result in report.requirements}
    assert status["revision-necessity"] == "met"
