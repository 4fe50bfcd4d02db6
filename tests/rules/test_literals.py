"""The words that a text must contain never rule out a text that the pattern matches."""

from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from notecheck.rules.literals import required_literals
from notecheck.rules.load import rule_set
from notecheck.rules.pattern import Pattern

WORDS = ["femur", "cut", "the", "old", "saw", "a", "12 cm"]


@pytest.mark.parametrize(
    ("expression", "literals"),
    [
        ("femur", {"femur"}),
        ("the femur", {"femur"}),
        ("femur|tibia", {"femur", "tibia"}),
        ("(?:femur|tibia) cut", {"femur", "tibia"}),
        ("(?:femur )?cut", {"cut"}),
        ("femurs?", {"femur"}),
        ("(?:femur)+", {"femur"}),
        ("(?:femur|.*) x", set()),
        (r"\d+", set()),
        ("[fg]emur", {"emur"}),
    ],
)
def test_the_required_words(expression: str, literals: set[str]) -> None:
    assert required_literals(expression) == literals


@st.composite
def patterns(draw: st.DrawFn) -> str:
    """Patterns from words by sequence, choice, option, gap and repetition."""
    pattern = draw(st.sampled_from(WORDS))
    for _ in range(draw(st.integers(0, 4))):
        word = draw(st.sampled_from(WORDS))
        pattern = draw(
            st.sampled_from(
                [
                    f"{pattern} {word}",
                    f"(?:{pattern}|{word})",
                    f"(?:{pattern} )?{word}",
                    f"{pattern}(?: {word}){{0,2}}",
                    f"{pattern} <2> {word}",
                    f"(?:{pattern}){{1,2}}",
                    f"(?!{word}){pattern}",
                ]
            )
        )
    return pattern


@given(patterns(), st.lists(st.sampled_from(WORDS), max_size=8))
def test_what_matches_was_possible(source: str, words: list[str]) -> None:
    text = " ".join(words)
    pattern = Pattern(source, {})
    if re.search(pattern.text, text):
        assert pattern.possible(text)


def test_every_rule_was_possible_where_it_matches() -> None:
    for rule in rule_set().targets:
        for example in rule.record.examples:
            text = example.lower()
            if rule.pattern.search(text, 0, len(text)):
                assert rule.pattern.possible(text), rule.record.id
