"""Expressions that run away are found; those in use do not."""

from __future__ import annotations

import pytest

from notecheck.rules.backtracking import hostile_texts, repeats_run_away, slow_expressions


@pytest.mark.parametrize(
    "expression",
    [r"(a+)+b", r"(?:a|a+)*b", r"(?:[a-z]+ ?)+x", r"(?:a*)*", r"(?:\w+\s*)*;", r"(?:(?:ab)+)+c"],
)
def test_a_repeat_within_a_repeat_runs_away(expression: str) -> None:
    assert repeats_run_away(expression)


@pytest.mark.parametrize(
    "expression",
    [r"a+b", r"(?:[a-z]+ )+x", r"(?:a{1,3})+b", r"(?:ab+c)+", r"[a-z]+ [a-z]+", r"(?:\w+,)*\w+"],
)
def test_a_repeat_that_matches_in_one_way_does_not(expression: str) -> None:
    assert not repeats_run_away(expression)


def test_the_clock_finds_what_the_shape_does_not_tell() -> None:
    row = "a.*" * 5 + "b"  # no repeat within a repeat, and yet its time grows with a high power
    assert not repeats_run_away(row)
    slow = slow_expressions({"given up": "(a+)+b", "plain": "the femur was cut", "row": row})
    assert slow.keys() == {"given up", "row"}


def test_the_texts_are_made_of_the_expressions_own_words() -> None:
    texts = hostile_texts(r"femur (?:was )?cut")
    assert texts[0].startswith("femur was cut femur")
    assert all(len(text) <= 1_001 for text in texts)


def test_ruled_lines_between_dates_are_tried() -> None:
    when = r"\d\d/\d\d/\d{4}"
    # A class that holds the hyphen, beside a gap that eats hyphens: 24 of them took 20 s.
    hung = rf"{when}[\s\-]+(?:[a-z'/-]+,?[\s\-]+){{0,6}}?amputation"
    mended = rf"{when}[\s\-]+(?:[a-z']+(?:[/-][a-z']+){{0,3}},?[\s\-]+){{0,6}}?amputation"
    assert not repeats_run_away(hung)
    assert slow_expressions({"hung": hung, "mended": mended}).keys() == {"hung"}


def test_a_repeat_with_a_limit_is_pumped() -> None:
    assert any(text.count("ab") > 50 for text in hostile_texts(r"x(?:ab){0,8}c"))
