"""The claim's findings, the payer's rule and the suggestions in text and on a page."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from notecheck import check
from notecheck.models import Encounter, Report
from notecheck.query.suggest import with_suggestions
from notecheck.report.columns import columns
from notecheck.report.html import render_html
from notecheck.report.text import render_text

EXAMPLE = Path(__file__).resolve().parents[1] / "examples" / "claim.json"


def case(**claim: Any) -> tuple[Encounter, Report]:
    value = json.loads(EXAMPLE.read_text(encoding="utf-8"))
    value["claim"] |= claim
    encounter = Encounter.model_validate(value)
    return encounter, check(encounter)


def test_text_tells_each_finding_with_both_sides_why_and_how_to_mend() -> None:
    encounter, report = case()
    text = render_text(encounter, report)
    assert [f.id for f in report.findings] == [
        "code-upcoded", "side-differs", "global-modifier-missing", "debridement-bundled",
    ]  # fmt: skip
    section = text.partition("Claim against the documents\n")[2].partition("Payer's rule")[0]
    for finding in report.findings:
        assert f"!! ERROR          {finding.id}" in section
    assert "claim C1, line 1: code 27596-RT" in section
    assert 'op:1  "left above-knee amputation"' in section
    assert section.count("Why: ") == section.count("Resolution: ") == len(report.findings)


def test_text_tells_the_row_its_source_and_how_sure_it_is() -> None:
    text = " ".join(render_text(*case()).split())
    assert "medicare, 2026-03-02: asc allowed (row medicare-27596-2026)" in text
    assert "How sure: reported, not confirmed at its source." in text
    assert "Source: summaries of final rule" in text
    unknown = " ".join(render_text(*case(payer="acme")).split())
    assert "unknown, 2026-03-02: unknown (no row)" in unknown


def test_without_a_claim_neither_section_is_there() -> None:
    encounter, _ = case()
    alone = encounter.model_copy(update={"claim": None})
    text = render_text(alone, check(alone))
    assert "Claim against" not in text and "Payer's rule" not in text
    assert "Claim against" not in render_html([(alone, check(alone))])


def test_a_claim_that_fits_says_so() -> None:
    encounter, report = case(lines=[])
    assert report.findings == ()
    assert "nothing to resolve" in render_text(encounter, report)
    assert "nothing to resolve" in render_html([(encounter, report)])


@pytest.mark.parametrize("width", [40, 80, 120])
def test_no_line_is_wider_than_asked(width: int) -> None:
    encounter, report = case()
    report = with_suggestions(encounter, report)
    text = render_text(encounter, report, width=width)
    assert all(columns(line) <= width for line in text.split("\n"))


def test_a_page_links_each_finding_to_its_words() -> None:
    encounter, report = case()
    page = render_html([(encounter, report)])
    for number, finding in enumerate(report.findings, start=1):
        assert f'<tr id="e1-b{number}"' in page and finding.id in page
    assert "not counted" in page and "B the claim" in page
    assert "medicare-27596-2026" in page


def test_what_a_claim_says_is_escaped() -> None:
    encounter, report = case(claim_id="<b>\x1b[31mC</b>")
    page, text = render_html([(encounter, report)]), render_text(encounter, report)
    assert "<b>" not in page and "&lt;b&gt;" in page
    assert "\x1b" not in text and "\x1b" not in page


def test_suggestions_ask_and_never_tell() -> None:
    encounter, report = case()
    asked = with_suggestions(encounter, report).suggestions
    assert asked and all(item.question.endswith("?") for item in asked)
    told = with_suggestions(encounter, report)
    assert "What an answer would settle" in render_text(encounter, told)
    assert "What an answer would settle" in render_html([(encounter, told)])
    assert "What an answer would settle" not in render_text(encounter, report)
