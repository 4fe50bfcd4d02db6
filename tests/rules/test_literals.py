"""The words that a text must contain never rule out a text that the pattern matches."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from notecheck.rules.literals import required_words
from notecheck.rules.pattern import Pattern
from notecheck.rules.regex_tree import items_of
from notecheck.rules.word_index import WORD, WordIndex

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
        ("[fg]emur", [[{"emur"}, {"f", "g"}]]),
        ("[a-z]emur", [[{"emur"}]]),
        (r"\b[lr]\b", [[{" l ", " r "}]]),
    ],
)
def test_the_required_words(expression: str, ways: list[list[set[str]]]) -> None:
    found = [{frozenset(r) for r in way} for way in required_words(items_of(expression))]
    assert found == [{frozenset(r) for r in way} for way in ways]


@st.composite
def patterns(draw: st.DrawFn) -> str:
    """Patterns from words by sequence, choice, option and repetition."""
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
                    f"(?:{pattern}){{1,2}}",
                    f"(?!{word}){pattern}",
                ]
            )
        )
    return pattern


@given(patterns(), st.lists(st.sampled_from(WORDS), max_size=8))
def test_what_matches_is_never_ruled_out(source: str, words: list[str]) -> None:
    text = " ".join(words)
    pattern = Pattern(source, {})
    possible = WordIndex([pattern.ways]).possible(WORD.findall(text))
    assert possible or not pattern.find(text, 0, len(text))


def test_a_long_word_is_looked_up_too() -> None:
    index = WordIndex([required_words(items_of("femur")), required_words(items_of(r"\bfemur"))])
    assert index.possible(["x" * 60 + "femur"]) == 1
