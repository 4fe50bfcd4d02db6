"""Clauses between a subject and its verb, found by the words of grammar alone."""

from __future__ import annotations

import pytest

from notecheck import check
from notecheck.statements.inserted_clauses import inserted_clauses
from notecheck.statements.words import Wording


@pytest.mark.parametrize(
    ("text", "inserted"),
    [
        ("the bone, where the flap would end, was dead", [", where the flap would end, "]),
        ("the skin that had been spared was closed", ["that had been spared "]),
        ("the cuff, through which we came in, is gone", [", through which we came in, "]),
        ("the bone, because it was bare, was cut", [", because it was bare, "]),
        ("the wound was clean, which pleased us, and was closed", []),
        ("he said that the wound was clean and was closed", []),
        ("the stump, if it is red, will be opened", []),
        ("skin, fat and muscle, all dead, were cut away", []),
        ("the muscle that was cut and was sewn to the bone", []),
        ("which, who, that was, that", []),
        ("", []),
    ],
)
def test_what_stands_between_a_subject_and_its_verb(text: str, inserted: list[str]) -> None:
    assert [text[start:end] for start, end in inserted_clauses(Wording(text))] == inserted


@pytest.mark.parametrize(
    ("told", "opened"),
    [
        ("The incision, which he says had been dry for a whole long month, has opened up.", True),
        ("The incision, which is well healed, was opened in its whole length.", False),
    ],
)
def test_a_phrase_goes_on_behind_such_a_clause(told: str, opened: bool) -> None:
    note = f"PROCEDURE: Revision of left above-knee amputation\nINDICATIONS: {told}"
    found = {fact.value for fact in check(note, code="27596").facts.indications}
    assert ("dehiscence" in found) is opened
