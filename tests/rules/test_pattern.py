"""The pattern language: blanks, names of the lexicon, and what it refuses."""

from __future__ import annotations

import re

import pytest

from notecheck.errors import RulesError
from notecheck.rules.pattern import Pattern
from notecheck.rules.pattern_text import AGAIN

LEXICON = {
    "stump": "(?:stump|residual limb)",
    "level": "(?:(?P<transfemoral>above knee)|(?P<transtibial>below knee))",
    "level_stump": "{level} {stump}",
    "round": "a {and_round}",
    "and_round": "b {round}",
}


def matched(pattern: str, text: str) -> str | None:
    matches = Pattern(pattern, LEXICON).find(text, 0, len(text))
    return matches[0][0] if matches else None


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


def test_a_name_that_stands_twice_is_told_apart() -> None:
    text = "above knee to below knee"
    (match,) = Pattern("{level} to {level}", LEXICON).find(text, 0, len(text))
    told = {name: found for name, found in match.groupdict().items() if found}
    assert told == {"transfemoral": "above knee", f"transtibial{AGAIN}2": "below knee"}


def test_a_look_behind_may_hold_alternatives_of_any_length() -> None:
    pattern = "(?<!old )(?<!previous |former )stump"
    assert matched(pattern, "the stump") == "stump"
    for words in ("old stump", "old-stump", "previous stump", "former stump"):
        assert matched(pattern, words) is None
    assert matched("(?<=old |previous )stump", "previous stump") == "stump"


def test_a_match_stays_within_its_sentence() -> None:
    text = "the femur. was cut"
    pattern = Pattern(r"femur\.? was cut", LEXICON)
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
