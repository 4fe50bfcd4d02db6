"""Terms parsed once give the same requirements as the expression written out."""

from __future__ import annotations

import pytest

from notecheck.rules.literals import first_words, required_words
from notecheck.rules.load import rule_set
from notecheck.rules.pattern import Pattern
from notecheck.rules.pattern_text import translate
from notecheck.rules.regex_tree import items_of
from notecheck.rules.trees import Trees
from notecheck.rules.word_index import WORD, WordIndex

LEXICON = {
    "femur": "femur|thigh bone",
    "cut": "cut|sawn",
    "both": "{femur} (?:was )?{cut}",
    "letter": "a|b",
}


@pytest.mark.parametrize(
    "source", ["{femur}", "{both}", "the {femur}", "(?:{femur}|{cut})", "{cut}s?", "x{letter} y"]
)
def test_a_term_asks_for_what_it_asks_for_written_out(source: str) -> None:
    written_out = items_of(translate(source, LEXICON))
    parsed = Trees(LEXICON).of(source)
    for items in (parsed, written_out):
        assert first_words(items) is not None
    for text in ("the femur was sawn", "the thigh bones were cut", "xa y", "xb", "nothing of it"):
        words = WORD.findall(text)
        possible = [WordIndex([required_words(i)]).possible(words) for i in (parsed, written_out)]
        assert possible[0] == possible[1]


def test_a_back_reference_into_a_term_is_read() -> None:
    lexicon = {"side": "(?P<side>left|right)"}
    assert Pattern("{side} or (?P=side)", lexicon, Trees(lexicon)).search("left or left", 0, 12)


def test_every_rule_is_possible_in_its_own_examples() -> None:
    trees = Trees(rule_set().lexicon)
    for rule in rule_set().targets:
        index = WordIndex([required_words(trees.of(rule.record.pattern))])
        for example in rule.record.examples:
            if rule.pattern.search(example.lower(), 0, len(example)):
                assert index.possible(WORD.findall(example.lower())), rule.record.id
