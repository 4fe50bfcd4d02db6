"""`inpatient`: what the documents and the claim say, in every combination."""

from __future__ import annotations

import pytest

from notecheck.facts.case import CaseFacts, SettingSigns
from notecheck.models import Claim, SettingFact, SettingValue

from .builders import case, claim, result, texts, words


def told(value: SettingValue | None) -> CaseFacts:
    if value is None:
        return case({"setting": None}, setting=SettingSigns())
    return case(
        {"setting": SettingFact(value=value, evidence=words(value))},
        setting=SettingSigns(**{value: words(value)}),
    )


def bill(place: str | None, bill_type: str | None = None) -> Claim:
    return claim(("27596", ["LT"]), place_of_service=place, type_of_bill=bill_type)


SILENT = bill(None)
INPATIENT = bill("21")
OUTPATIENT = bill("22")

MATRIX: list[tuple[SettingValue | None, Claim | None, str]] = [
    ("inpatient", None, "met"),
    ("inpatient", INPATIENT, "met"),
    ("inpatient", SILENT, "partial"),
    ("inpatient", OUTPATIENT, "conflict"),
    (None, None, "not_assessed"),
    (None, INPATIENT, "partial"),
    (None, SILENT, "missing"),
    (None, OUTPATIENT, "conflict"),
    ("outpatient", None, "conflict"),
    ("outpatient", INPATIENT, "conflict"),
    ("outpatient", SILENT, "conflict"),
    ("outpatient", OUTPATIENT, "conflict"),
]


@pytest.mark.parametrize(("value", "billed", "status"), MATRIX)
def test_documents_against_claim(
    value: SettingValue | None, billed: Claim | None, status: str
) -> None:
    assert result("inpatient", told(value), billed).status == status


@pytest.mark.parametrize(
    ("place", "bill_type", "status"),
    [
        ("21", None, "met"),
        (None, "111", "met"),
        (None, "0111", "met"),
        (None, "0117", "met"),
        (None, "11x", "met"),
        ("21", "0111", "met"),
        ("11", None, "conflict"),
        ("19", None, "conflict"),
        ("22", None, "conflict"),
        ("23", None, "conflict"),
        ("24", None, "conflict"),
        (None, "131", "conflict"),
        (None, "0131", "conflict"),
        (None, "831", "conflict"),
        (None, "0851", "conflict"),
        ("21", "131", "conflict"),
        ("24", "111", "conflict"),
        # Part B services of an inpatient, a nursing facility: neither the one nor the other.
        (None, "0121", "partial"),
        ("31", None, "partial"),
        ("", "", "partial"),
    ],
)
def test_what_the_claim_says_when_the_documents_say_inpatient(
    place: str | None, bill_type: str | None, status: str
) -> None:
    assert result("inpatient", told("inpatient"), bill(place, bill_type)).status == status


def test_admission_date_alone_does_not_say_inpatient() -> None:
    admitted = claim(("27596", ["LT"]), place_of_service=None, admission_date="2026-03-01")
    assert result("inpatient", told("inpatient"), admitted).status == "partial"


def test_documents_that_say_both_are_a_conflict_with_both_words() -> None:
    both = case(setting=SettingSigns(inpatient=words("admit"), outpatient=words("observation")))
    found = result("inpatient", both, INPATIENT)
    assert found.status == "conflict"
    assert texts(found) == ["setting", "admit", "observation"]


@pytest.mark.parametrize(
    ("value", "billed", "who"),
    [
        ("outpatient", INPATIENT, "The documents say outpatient"),
        ("inpatient", OUTPATIENT, "The claim says outpatient"),
        ("outpatient", OUTPATIENT, "The documents and the claim both"),
    ],
)
def test_conflict_names_who_says_outpatient(value: SettingValue, billed: Claim, who: str) -> None:
    assert result("inpatient", told(value), billed).message.startswith(who)
