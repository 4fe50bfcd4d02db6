"""A phrase is tried only where the words stand that it needs."""

from __future__ import annotations

import pytest

from notecheck.rules.word_index import bits
from notecheck.statements.needed_words import NeededWords

NEEDS = [
    [frozenset({"wet"}), frozenset({"deck", "plank"})],
    [frozenset({"storm"})],
    [],
    [frozenset({word}) for word in ("a", "b", "c", "d")],
]


@pytest.mark.parametrize(
    ("text", "possible"),
    [
        ("", [2]),
        ("wet", [2]),
        ("deck plank", [2]),
        ("a wet plank", [0, 2]),
        ("wet storm deck", [0, 1, 2]),
        ("a b c", [2, 3]),  # the fourth need is not asked for
        ("a b d", [2]),
    ],
)
def test_one_word_of_each_need_is_asked_for(text: str, possible: list[int]) -> None:
    assert list(bits(NeededWords(NEEDS).possible(text.split()))) == possible


def test_there_may_be_no_phrases() -> None:
    assert NeededWords([]).possible(["wet"]) == 0
