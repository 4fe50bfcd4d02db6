"""The words that a text must contain never rule out a text that the pattern matches."""

from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from notecheck.rules.literals import required_words
from notecheck.rules.load import rule_set
from notecheck.rules.pattern import Pattern
from notecheck.rules.word_index import WordIndex, find_words

WORDS = ["femur", "cut", "the", "old", "saw", "a", "12 cm"]


@pytest.mark.parametrize(
    ("expression", "ways"),
    [
        ("femur", [[{"femur"}]]),
        (r"\bfemur\b", [[{" femur "}]]),
        (r"(?<![a-z0-9])femur(?![a-z0-9])", [[{" femur "}]]),
        ("the femur", [[{" femur"}, {"the "}]]),
        (r"\ba femur", [[{" femur"}, {" a "}]]),
        ("femur|tibia", [[{"femur", "tibia"}]]),
        ("(?:femur|tibia) cut", [[{"femur ", "tibia "}, {" cut"}]]),
        ("femur|tibia cut", [[{"femur"}], [{"tibia "}, {" cut"}]]),
        ("above|about", [[{"above", "about"}]]),
        ("(?:femur )?cut", [[{"cut"}]]),
        (r"\b(?:femur )?cut", [[{" cut"}]]),
        ("femurs?", [[{"femur"}]]),
        (r"\bfemurs?\b", [[{" femur"}]]),
        ("(?:femur)+", [[{"femur"}]]),
        ("(?:femur|.*) x", [[]]),
        ("x(?:femur|)", [[]]),
        (r"(femur)?\1cut", [[{"cut"}]]),
        (r"\d+ cm", [[set("0123456789"), {" cm"}]]),
        ("[fg]emur", [[{"emur"}]]),
        (r"\b[lr]\b", [[{" l ", " r "}]]),
    ],
)
def test_the_required_words(expression: str, ways: list[list[set[str]]]) -> None:
    found = [{frozenset(r) for r in way} for way in required_words(expression)]
    assert found == [{frozenset(r) for r in way} for way in ways]


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
        assert WordIndex([pattern.required]).possible(find_words(text)) == {0}


def test_every_rule_was_possible_where_it_matches() -> None:
    for rule in rule_set().targets:
        for example in rule.record.examples:
            text = example.lower()
            if rule.pattern.search(text, 0, len(text)):
                possible = WordIndex([rule.pattern.required]).possible(find_words(text))
                assert possible, rule.record.id


def test_a_long_word_is_looked_up_too() -> None:
    index = WordIndex([required_words("femur"), required_words(r"\bfemur")])
    assert index.possible(["x" * 60 + "femur"]) == {0}
