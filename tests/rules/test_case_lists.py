"""Lint tells what keeps a case from being tried with the words of a list."""

from __future__ import annotations

import pytest

from notecheck.rules.case_lists import HeldList, case_faults, filled, held_list
from notecheck.rules.files import patterns_root
from notecheck.rules.load import read_rules
from notecheck.rules.model import FrameCase

LISTS = read_rules(patterns_root()).folder.words


def faults(text: str, *but: str) -> list[str]:
    return list(case_faults(FrameCase(text=text, gives="none", but=frozenset(but)), LISTS))


@pytest.mark.parametrize(
    ("text", "held"),
    [
        ("The adductor was {fix} to the femur.", HeldList("fix", "")),
        ("We could {fix:base} it.", HeldList("fix", "base")),
        ("The adductor was sewn to the femur.", None),
        ("Laterality: {laterality:1234}", None),
    ],
)
def test_the_list_and_the_form_of_its_words_are_told(text: str, held: HeldList | None) -> None:
    assert held_list(text) == held


def test_a_word_that_opens_a_sentence_has_a_capital() -> None:
    assert filled("{muscle:s} were sewn.", "quads") == "Quads were sewn."
    assert filled("The {muscle} was sewn.", "vastus") == "The vastus was sewn."


def test_signs_are_tied_to_their_words() -> None:
    assert filled("A {which} stump", "b . k . a .") == "A b. k. a. stump"
    assert filled("Pus{spread_on} bone", ", in") == "Pus, in bone"


@pytest.mark.parametrize(
    "text", ["The {muscle} was cut.", "{fix:ing} it", "Two {muscle:s}", "{dead}", "{muscle_fascia}"]
)
def test_a_list_that_can_be_tried_has_no_fault(text: str) -> None:
    assert faults(text) == []


@pytest.mark.parametrize(
    ("text", "but", "fault"),
    [
        ("The {musle} was cut.", (), "there is no word list `musle`"),
        ("The {muscle} was {fix}.", (), "holds several lists"),
        ("It was {a_measure} long.", (), "`a_measure` holds patterns, and none is a word"),
        ("The {muscle:ing}", (), "a list of kind `noun` is asked for `s`"),
        ("It was {fix:done}.", (), "of kind `verb` is asked for `base` or `s` or `ing`"),
        ("It was {dead:s}.", (), "a list of kind `word` is asked for no form at all"),
        ("It was {fix}.", ("secure", "glue it"), '`but`: "glue it" is no word of `fix`'),
        ("It was fixed.", ("hold",), '`but`: "It was fixed." holds no list'),
    ],
)
def test_a_fault_is_told(text: str, but: tuple[str, ...], fault: str) -> None:
    (told,) = faults(text, *but)
    assert fault in told
