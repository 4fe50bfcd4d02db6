"""Words repeated from elsewhere, and "aka" as an everyday word."""

from __future__ import annotations

import pytest

from notecheck import check
from notecheck.pipeline.quotations import means_everyday_word, quoted_reports


@pytest.mark.parametrize(
    "before",
    ["the old report reads ", "per the clinic note: ", "his letter says ", "consent form states "],
)
def test_a_quotation_after_a_word_for_a_text_is_somebody_elses(before: str) -> None:
    quotation = '"the femur was cut 12 cm above the knee"'
    text = f"{before}{quotation} today the skin was closed."
    [(start, end)] = quoted_reports(text)
    assert text[start:end] == quotation


@pytest.mark.parametrize(
    "text",
    [
        'we used a "fish-mouth" flap, as the note says.',  # a word in quotes, and no source before
        'he described "pain in the stump that never goes away".',
        "the old report reads the femur was cut above the knee.",
        'the report reads "short words".',
        'the report ends." ' + "the femur was cut above the knee " * 60 + '" and closed.',
    ],
)
def test_what_quotes_no_report(text: str) -> None:
    assert quoted_reports(text) == []


def test_a_report_far_away_is_not_the_source() -> None:
    gap = "the femur was cut and closed. " * 10
    assert quoted_reports(f'report. {gap} "pain in the stump that never goes away"') == []


@pytest.mark.parametrize(
    ("sentences", "everyday"),
    [
        (["John DOE, aka Jack.", "MRI shows OM."], True),
        (["s/p lt aka 2019", "stump infected"], False),
        (["LT AKA 2019."], False),  # too few to tell a habit
        (["a", "I", "The stump."], False),
        ([], False),
    ],
)
def test_a_small_aka_where_abbreviations_are_capitals(sentences: list[str], everyday: bool) -> None:
    assert means_everyday_word(sentences) is everyday


@pytest.mark.parametrize(
    ("told", "level"),
    [
        ("his left leg was lost, aka in march of last year", "transfemoral"),
        ("his left leg was lost (aka) last year", "transfemoral"),
        ("the left stump, aka the residual limb, has opened", None),
        ("the left limb, aka open amputation, has opened", None),
    ],
)
def test_an_aka_before_what_is_no_name_is_an_amputation(told: str, level: str | None) -> None:
    prior = check(f"history: {told}.\nthe bone was cut.", code="27596").facts.prior_level
    assert (prior and prior.value) == level
