"""Phrases of words alone, in every way to say them."""

from __future__ import annotations

import pytest

from notecheck.errors import RulesError
from notecheck.rules.phrase import ways_to_say


@pytest.mark.parametrize(
    ("phrase", "said"),
    [
        ("at the last stage", ["at the last stage"]),
        ("was|were cured", ["was cured", "were cured"]),
        ("(now) under control", ["now under control", "under control"]),
        ("[gone away|over] (by|at last)", [
            "gone away by", "gone away at last", "gone away", "over by", "over at last", "over",
        ]),
        ("friend [who|, who]", ["friend who", "friend, who"]),
    ],
)  # fmt: skip
def test_every_way(phrase: str, said: list[str]) -> None:
    assert list(ways_to_say(phrase)) == said


@pytest.mark.parametrize(
    ("phrase", "told"),
    [
        ("{femur} cut", "may name no list here"),
        ("femur <3> cut", "may not have a gap here"),
        ("was|", "has an empty choice"),
        ("(now)", "asks for no word"),
        (" ".join(["a|b|c|d"] * 9), "can be said in more than 10,000 ways"),
    ],
)
def test_what_cannot_be_said_in_words_alone(phrase: str, told: str) -> None:
    with pytest.raises(RulesError, match=told):
        ways_to_say(phrase)
