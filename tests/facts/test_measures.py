"""Numbers and units, in figures and in words."""

from __future__ import annotations

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from notecheck.facts.measures import centimetres, number, square_centimetres
from notecheck.rules.load import rule_set
from notecheck.rules.pattern import Pattern

TENS = ["twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety"]
ONES = ["one", "two", "three", "four", "five", "six", "seven", "eight", "nine"]


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("12", 12.0),
        (".5", 0.5),
        ("2 1/2", 2.5),
        ("2-1/2", 2.5),
        ("2\u00bd", 2.5),
        ("\u00be", 0.75),
        ("nine", 9.0),
        ("one hundred and twenty", 120.0),
        ("a hundred and ten", 110.0),
        ("two and a half", 2.5),
        ("two-and-a-half", 2.5),
        ("one and one half", 1.5),
        ("two and three quarters", 2.75),
        ("three quarters of an", 0.75),
        ("half an", 0.5),
        ("one half", 0.5),
        ("an", 1.0),
        ("a couple of", 2.0),
        ("two point five", 2.5),
    ],
)
def test_one_number(text: str, value: float) -> None:
    assert number(text) == pytest.approx(value)


@pytest.mark.parametrize(
    ("text", "larger"),
    [
        ("10-12", 12.0),
        ("10 - 12", 12.0),
        ("eight to ten", 10.0),
        ("5 or 6", 6.0),
        ("two and a half to three", 3.0),
        ("2.5-3", 3.0),
    ],
)
def test_of_a_range_the_larger_end_counts(text: str, larger: float) -> None:
    assert number(text) == larger


@pytest.mark.parametrize("text", ["", "about", "to the bone", "3/0", "twelve stitches"])
def test_what_is_no_number_is_none(text: str) -> None:
    assert number(text) is None


@given(st.decimals(min_value=0, max_value=999, places=1))
def test_figures_read_back(value: Decimal) -> None:
    assert number(str(value)) == float(value)
    assert number(str(value).replace(".", ",")) == float(value)


@given(st.integers(0, 7), st.integers(0, 8), st.sampled_from(" -"))
def test_tens_and_ones_in_words(tens: int, ones: int, joint: str) -> None:
    assert number(f"{TENS[tens]}{joint}{ONES[ones]}") == (tens + 2) * 10 + ones + 1


@given(st.integers(1, 300), st.integers(1, 300), st.sampled_from(["-", " to ", " or ", " - "]))
def test_a_range_has_no_order(low: int, high: int, joint: str) -> None:
    assert number(f"{low}{joint}{high}") == max(low, high)


@given(st.text(max_size=40))
def test_any_text_is_read_without_failing(text: str) -> None:
    value = number(text)
    assert value is None or value >= 0


@pytest.mark.parametrize(
    ("value", "unit", "expected"),
    [
        (12, "cm", 12.0),
        (12, "centimetres", 12.0),
        (25, "mm", 2.5),
        (25, "millimeters", 2.5),
        (1, "inch", 2.54),
        (2, "in", 5.08),
        (1, '"', 2.54),
        (1, "''", 2.54),
    ],
)
def test_lengths_become_centimetres(value: float, unit: str, expected: float) -> None:
    assert centimetres(value, unit) == expected


@pytest.mark.parametrize(
    ("value", "unit", "expected"),
    [
        (24, "cm", 24.0),
        (24, "sq cm", 24.0),
        (24, "sq. cm", 24.0),
        (24, "centimeters squared", 24.0),
        (2400, "mm2", 24.0),
        (2, "square inches", 12.9),
    ],
)
def test_areas_become_square_centimetres(value: float, unit: str, expected: float) -> None:
    assert square_centimetres(value, unit) == expected


@given(st.floats(0.1, 500), st.floats(0.1, 500), st.sampled_from(["cm", "mm", "inch"]))
def test_a_longer_length_stays_longer(a: float, b: float, unit: str) -> None:
    assert (centimetres(a, unit) <= centimetres(b, unit)) or a > b


@pytest.mark.parametrize(
    ("text", "value", "unit"),
    [
        ("12 cm above the joint line", "12", "cm"),
        ("a 5-cm segment", "5", "cm"),
        ("two and a half inches of bone", "two and a half", "inches"),
        ('1" of bone', "1", '"'),
        ("2 in of bone", "2", "in"),
        ("10-12 cm", "10-12", "cm"),
        ("about an inch", "an", "inch"),
    ],
)
def test_the_lexicon_finds_number_and_unit(text: str, value: str, unit: str) -> None:
    pattern = Pattern("(?P<number>{number})(?: )?(?P<unit>{unit})", rule_set().lexicon)
    match = pattern.find(text, 0, len(text))[0]
    assert (match["number"], match["unit"]) == (value, unit)


def test_the_word_in_is_an_inch_only_where_a_length_goes_on() -> None:
    pattern = Pattern("{number}(?: )?{unit}", rule_set().lexicon)
    assert not pattern.find("4 in the operating room", 0, 23)
