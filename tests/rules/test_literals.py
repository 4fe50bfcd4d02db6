"""The words that a text must contain never rule out a text that the pattern matches."""

from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from notecheck.pipeline.mentions import Sentence
from notecheck.pipeline.normalize import normalize
from notecheck.pipeline.section import Section
from notecheck.pipeline.targets import TargetFinder
from notecheck.rules.literals import first_words, required_words
from notecheck.rules.load import TargetRule, rule_set
from notecheck.rules.model import TargetRecord
from notecheck.rules.pattern import Pattern
from notecheck.rules.regex_tree import items_of
from notecheck.rules.word_index import WordIndex

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


@pytest.mark.parametrize(
    ("expression", "first"),
    [
        (r"(?<![a-z0-9])femur", {" femur"}),
        (r"femurs?\b", {" femur ", " femurs "}),
        (r"femurs?", {" femur", " femurs"}),
        (r"p\.?v?d\b", {" p ", " pvd ", " pd "}),
        (r"am(?:p|put\w+)? knee", {" am ", " amp ", " amput"}),
        (r"\bfemur\b", {" femur "}),
        ("femur cut", {" femur "}),
        ("(?:the )?femur", {" the ", " femur"}),
        ("(?:the |an? ){0,3}femur", {" the ", " a ", " an ", " femur"}),
        ("above|about", {" above", " about"}),
        (r"\d cm", {f" {figure}" for figure in "0123456789"}),
        (r"\(?lt\b", {" (", " lt "}),
        (r"\w+ femur", None),
        ("[^a]femur", None),
        (" ?femur", None),
        ("(?:femur)?", None),
    ],
)
def test_the_words_that_a_match_begins_with(expression: str, first: set[str] | None) -> None:
    assert first_words(items_of(expression)) == first


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


def record(pattern: str) -> TargetRecord:
    return TargetRecord(
        id="r", fact="f", value="v", pattern=pattern, examples=("x",), non_examples=("y",)
    )


@given(patterns(), st.lists(st.sampled_from(WORDS), max_size=8))
def test_every_match_is_found(source: str, words: list[str]) -> None:
    text = " ".join(words)
    pattern = Pattern(source, {})
    rule = TargetRule(record(source), pattern, None)
    whole = Sentence(0, 0, len(text), Section(0, 0, len(text), None))
    found = TargetFinder([rule]).find(text, [whole])
    assert [(m.start, m.end) for m in found] == [m.span() for m in re.finditer(pattern.text, text)]


def test_every_rule_finds_what_its_expression_matches_in_its_examples() -> None:
    finder = TargetFinder(rule_set().targets)
    for rule in rule_set().targets:
        for example in rule.record.examples:
            text = normalize(example)
            whole = Sentence(0, 0, len(text), Section(0, 0, len(text), None))
            matches = [m.span() for m in re.finditer(rule.pattern.text, text)]
            if rule.record.sections or (rule.unless and rule.unless.search(text, 0, len(text))):
                continue
            found = [m for m in finder.find(text, [whole]) if m.rule == rule.record.id]
            assert [(m.start, m.end) for m in found] == matches, rule.record.id


def test_a_long_word_is_looked_up_too() -> None:
    index = WordIndex([required_words(items_of("femur")), required_words(items_of(r"\bfemur"))])
    assert index.possible(["x" * 60 + "femur"]) == 1
