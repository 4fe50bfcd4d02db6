"""`debridement`: applies when billed, or with no claim when performed."""

from __future__ import annotations

import pytest

from notecheck.facts.case import CaseFacts
from notecheck.models import Claim, DebridementFact

from .builders import case, claim, result, texts, words


def debrided(**told: object) -> CaseFacts:
    fact = {"performed": True, "evidence": words("debrided"), **told}
    return case({"debridement": DebridementFact.model_validate(fact)})


NOT_DONE = case({"debridement": DebridementFact()})
ALL = debrided(tissues=("muscle",), area_cm2=24.0, separate=True)
AREA = debrided(area_cm2=24.0)
TISSUE = debrided(tissues=("muscle",))
SITE = debrided(separate=True)
TWO = debrided(tissues=("muscle",), separate=True)
NONE = debrided()

UNBILLED = claim(("27596", ["LT"]))
BILLED = claim(("27596", ["LT"]), ("11043", ["59"]))

CASES: list[tuple[str, CaseFacts, Claim | None, str]] = [
    ("billed, all told", ALL, BILLED, "met"),
    ("billed, tissue", TISSUE, BILLED, "partial"),
    ("billed, area", AREA, BILLED, "partial"),
    ("billed, site", SITE, BILLED, "partial"),
    ("billed, two", TWO, BILLED, "partial"),
    ("billed, done, none told", NONE, BILLED, "missing"),
    ("billed, not done", NOT_DONE, BILLED, "missing"),
    ("done, the claim bills none", ALL, UNBILLED, "not_applicable"),
    ("not done, the claim bills none", NOT_DONE, UNBILLED, "not_applicable"),
    ("no claim, all told", ALL, None, "met"),
    ("no claim, two told", TWO, None, "partial"),
    ("no claim, none told", NONE, None, "partial"),
    ("no claim, not done", NOT_DONE, None, "not_applicable"),
]


@pytest.mark.parametrize(
    ("told", "bill", "status"), [pytest.param(t, b, s, id=name) for name, t, b, s in CASES]
)
def test_status(told: CaseFacts, bill: Claim | None, status: str) -> None:
    assert result("debridement", told, bill).status == status


@pytest.mark.parametrize(
    "code", ["11042", "11043", "11044", "11045", "11046", "11047", "97597", "97598"]
)
def test_each_debridement_code_makes_it_apply(code: str) -> None:
    assert result("debridement", NOT_DONE, claim((code, []))).status == "missing"


@pytest.mark.parametrize("code", ["11041", "11048", "97596", "97602", "15100"])
def test_neighbouring_codes_do_not(code: str) -> None:
    assert result("debridement", NOT_DONE, claim((code, []))).status == "not_applicable"


def test_message_lists_what_is_lacking() -> None:
    found = result("debridement", TISSUE, BILLED)
    assert "area, separate site or necessity" in found.message
    assert texts(found) == ["debrided"]
