"""Which row holds for a payer, a form and a day, and what the report says of it."""

from __future__ import annotations

import datetime as dt
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from notecheck import check
from notecheck.models import PolicyNote
from notecheck.policy.book import policy_book
from notecheck.rules.site import use_site_rules

NOTE = """\
PREOPERATIVE DIAGNOSIS: Osteomyelitis of left above-knee amputation stump.
OPERATION: Re-amputation of the left thigh.
DESCRIPTION: The femur was divided with a saw at mid-shaft, since infected bone could not be left.
The fascia was closed. Placed in observation.
"""


def note(
    payer: str | None = "medicare", day: str | None = "2026-03-02", **fields: Any
) -> PolicyNote:
    claim = {"payer": payer, "form": "institutional", "type_of_bill": "131"} | fields
    claim["lines"] = [{"code": "27596", "modifiers": ["LT"], "service_date": day}]
    documents = [{"doc_id": "op", "text": NOTE}]
    (told,) = check({"encounter_id": "P", "documents": documents, "claim": claim}).policy
    return told


@pytest.mark.parametrize(
    ("day", "rule", "confidence"),
    [
        ("2004-12-31", "unknown", "unknown"),
        ("2020-12-31", "inpatient_required", "reported"),
        ("2021-01-01", "either", "inferred"),
        ("2021-12-31", "either", "inferred"),
        ("2022-01-01", "inpatient_required", "inferred"),
        ("2025-12-31", "inpatient_required", "inferred"),
        ("2026-01-01", "asc_allowed", "reported"),
        ("2031-07-01", "asc_allowed", "reported"),
    ],
)
def test_the_day_chooses_the_row(day: str, rule: str, confidence: str) -> None:
    told = note(day=day)
    assert (told.rule, told.confidence) == (rule, confidence)


def test_the_removal_of_2026_is_reported_and_not_confirmed() -> None:
    told = note()
    assert told.row == "medicare-27596-2026"
    assert told.source and told.verified_on
    assert "outpatient setting is payable" in told.message
    assert "reported, not confirmed" in told.message
    assert not any(
        placed.row.confidence == "confirmed"
        for placed in policy_book().rows
        if "27596" in placed.row.codes
    )


def test_an_outpatient_bill_in_an_inpatient_only_year() -> None:
    assert "would be refused" in note(day="2024-05-01").message
    assert "setting fits" in note(day="2024-05-01", type_of_bill="0111").message


@pytest.mark.parametrize("payer", [None, "", "acme health", "medicare supplement", "Medicare Gold"])
def test_an_unknown_payer_is_never_guessed(payer: str | None) -> None:
    told = note(payer)
    assert (told.payer, told.rule, told.row) == ("unknown", "unknown", None)
    assert "Ask the payer" in told.message


@pytest.mark.parametrize("payer", ["MEDICARE", " Medicare  Part B ", "cms"])
def test_a_payer_by_any_of_its_names(payer: str) -> None:
    assert note(payer).payer == "medicare"


@pytest.mark.parametrize("payer", ["commercial", "medicaid", "medicare advantage"])
def test_a_known_payer_without_a_row_is_unknown(payer: str) -> None:
    told = note(payer)
    assert told.payer != "unknown" and told.rule == "unknown" and told.confidence == "unknown"


def test_without_a_day_nothing_is_chosen() -> None:
    told = note(day=None)
    assert (told.rule, told.date) == ("unknown", None)
    assert "date of service is not documented" in told.message


def test_the_surgeon_is_told_whom_the_rule_binds() -> None:
    told = note(form="professional", place_of_service="22", type_of_bill=None)
    assert "governs the facility's payment" in told.message
    assert "governs the facility's payment" not in note().message


def test_a_policy_note_changes_no_status() -> None:
    documents = [{"doc_id": "op", "text": NOTE, "date": "2026-03-02"}]
    claim = {"form": "professional", "place_of_service": "22", "lines": [{"code": "27596"}]}
    reports = [
        check({"encounter_id": "P", "documents": documents, "claim": claim | {"payer": payer}})
        for payer in ("medicare", "acme")
    ]
    assert reports[0].policy != reports[1].policy
    assert reports[0].requirements == reports[1].requirements
    assert reports[0].decision == reports[1].decision


@given(st.dates(dt.date(1995, 1, 1), dt.date(2060, 1, 1)))
def test_at_most_one_of_our_rows_holds_on_any_day(day: dt.date) -> None:
    held = [
        placed.row.id
        for placed in policy_book().rows
        if placed.row.holds(day) and "27596" in placed.row.codes
    ]
    assert len(held) <= 1
    row = policy_book().row("27596", "medicare", "professional", day)
    assert (row.id if row else None) == (held[0] if held else None)


SITE = """\
[[row]]
id = "acme-27596"
topic = "setting"
codes = ["27596"]
payer = "acme"
rule = "inpatient_required"
effective_from = 2026-01-01
source = "Acme manual, chapter 4"
verified_on = 2026-02-01
confidence = "confirmed"

[[row]]
id = "medicare-27596-2026"
topic = "setting"
codes = ["27596"]
payer = "medicare"
rule = "either"
effective_from = 2026-01-01
source = "our compliance office"
verified_on = 2026-02-01
confidence = "confirmed"

[[row]]
id = "our-medicare-facility"
topic = "setting"
codes = ["27596"]
payer = "medicare"
form = "institutional"
rule = "inpatient_required"
effective_from = 2026-06-01
source = "our compliance office"
verified_on = 2026-02-01
confidence = "confirmed"

[[payer]]
id = "acme"
names = ["acme health"]
"""


@pytest.fixture
def site(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    (tmp_path / "policy").mkdir()
    (tmp_path / "policy" / "ours.toml").write_text(SITE, encoding="utf-8")
    monkeypatch.setenv("NOTECHECK_RULES", "")
    use_site_rules(str(tmp_path))
    return tmp_path


@pytest.mark.usefixtures("site")
def test_a_sites_rows_and_payers_come_first() -> None:
    assert note("Acme Health").row == "acme-27596"
    assert note().rule == "either"  # the site's row of the same id stands in for ours
    assert note(day="2026-07-01").row == "our-medicare-facility"
    assert note(day="2026-07-01", form="professional", type_of_bill=None).rule == "either"
    assert note(day="2024-05-01").row == "medicare-27596-2022"
