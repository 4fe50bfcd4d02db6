"""The pattern language: blanks, gaps, names of the lexicon, and what it refuses."""

from __future__ import annotations

import re

import pytest

from notecheck.errors import RulesError
from notecheck.rules.pattern import Pattern, named_spans

LEXICON = {
    "stump": "(?:stump|residual limb)",
    "level": "(?:(?P<transfemoral>above knee)|(?P<transtibial>below knee))",
    "level_stump": "{level} {stump}",
    "round": "a {and_round}",
    "and_round": "b {round}",
}


def matched(pattern: str, text: str) -> str | None:
    match = Pattern(pattern, LEXICON).search(text, 0, len(text))
    return match[0] if match else None


@pytest.mark.parametrize(
    ("pattern", "text", "match"),
    [
        ("above knee", "an above knee stump", "above knee"),
        ("above knee", "an above-knee stump", "above-knee"),
        ("above knee", "above  -\n knee", "above  -\n knee"),
        ("above knee", "aboveknee", None),
        ("above ?knee", "aboveknee", "aboveknee"),
        ("above ?knee", "above-knee", "above-knee"),
        ("femur", "femurs", None),
        ("femur", "the femur.", "femur"),
        ("femur", "refemur", None),
        ("femur", "femur2", None),
        ("cm", "12cm", None),
        ("old stump|femur", "the old femur", "femur"),
        ("{stump}", "his residual-limb", "residual-limb"),
        ("infected {level_stump}", "infected below-knee stump", "infected below-knee stump"),
    ],
)
def test_blanks_names_and_whole_words(pattern: str, text: str, match: str | None) -> None:
    assert matched(pattern, text) == match


@pytest.mark.parametrize(
    ("text", "matches"),
    [
        ("femur cut", True),
        ("femur was cut", True),
        ("femur, which we saw, was cut", False),  # five words
        ("femur, then, was cut", True),
        ("femur (distal end) was cut", True),
        ("femur-shaft was cut", True),
        ("femur was now cleanly cut", True),
        ("femur was at last cleanly cut", False),
        ("femur was not cut", False),
        ("femur was never cut", False),
        ("femur would be cut", False),
        ("femur if needed cut", False),
        ("femur whole; skin cut", False),
        ("femur; cut", False),
    ],
)
def test_a_gap_holds_a_few_words_that_do_not_turn_the_meaning(text: str, matches: bool) -> None:
    assert (matched("femur <3> cut", text) == text) is matches


def test_a_gap_takes_as_few_words_as_it_can() -> None:
    assert matched("femur <5> cut", "femur was cut and was cut") == "femur was cut"


def test_a_name_that_stands_twice_is_told_once_for_each() -> None:
    text = "above knee to below knee"
    match = Pattern("{level} to {level}", LEXICON).search(text, 0, len(text))
    assert match is not None
    assert named_spans(match) == {"transfemoral": (0, 10), "transtibial": (14, 24)}


def test_a_look_behind_may_hold_alternatives_of_any_length() -> None:
    pattern = "(?<!old )(?<!previous |former )stump"
    assert matched(pattern, "the stump") == "stump"
    for words in ("old stump", "old-stump", "previous stump", "former stump"):
        assert matched(pattern, words) is None
    assert matched("(?<=old |previous )stump", "previous stump") == "stump"


def test_a_match_stays_within_its_sentence() -> None:
    text = "the femur. was cut"
    pattern = Pattern("femur <2> cut", LEXICON)
    assert [m.span() for m in pattern.find(text, 0, 10)] == []
    assert [m.span() for m in pattern.find(text, 0, len(text))] == [(4, 18)]


@pytest.mark.parametrize(
    ("pattern", "complaint"),
    [
        ("cut [a b]", "blank stands inside"),
        ("{femur} cut", "no entry {femur}"),
        ("{round}", "contains itself"),
        ("(?<!the old femur", "look-behind is not closed"),
        ("(?:femur|tibia", "no regular expression"),
        ("femur)", "no regular expression"),
        ("*femur", "no regular expression"),
    ],
)
def test_what_is_refused(pattern: str, complaint: str) -> None:
    with pytest.raises(RulesError, match=re.escape(complaint)):
        Pattern(pattern, LEXICON)
