"""What a claim may pay: worked by hand from made-up tables, and unknown where anything lacks."""

from __future__ import annotations

import datetime as dt
from pathlib import Path
from typing import Any

import pytest

from notecheck.models import Claim
from notecheck.schedules.load import load_table
from notecheck.schedules.payment import billed_payment, payment
from notecheck.schedules.rates import rate_table
from schedules import files

DAY = dt.date(2026, 4, 7)


def claim(*modifiers: str, units: float | None = 1, **fields: Any) -> Claim:
    line = {
        "code": "27596",
        "modifiers": list(modifiers),
        "units": units,
        "service_date": "2026-04-07",
    }
    return Claim.model_validate({"form": "professional", "lines": [line]} | fields)


def load(tmp_path: Path, text: str, **settings: str) -> None:
    given = tmp_path / "given.csv"
    given.write_text(text, encoding="utf-8")
    load_table(given, tmp_path, begins=dt.date(2026, 1, 1), settings=settings, today=DAY)


@pytest.fixture
def site(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("NOTECHECK_RULES", str(tmp_path))
    return tmp_path


def paid(given: Claim) -> float | None:
    found = billed_payment(given, "27596", None)
    return found.amount if found else None


@pytest.mark.parametrize(
    ("modifiers", "units", "amount"),
    [
        (("LT",), 1, 660.00), (("LT",), None, 660.00), (("LT",), 2, 1320.00),
        (("50",), 1, 990.00), (("80", "LT"), 1, 105.60), (("AS", "LT"), 1, 89.76),
        (("62", "LT"), 1, 412.50), (("58", "LT"), 1, 660.00),
        (("78", "LT"), 1, None), (("54", "LT"), 1, None), (("22", "LT"), 1, None),
    ],
)  # fmt: skip
def test_shares_of_the_rate_shipped(
    modifiers: tuple[str, ...], units: float | None, amount: float | None
) -> None:
    assert paid(claim(*modifiers, units=units)) == amount


@pytest.mark.parametrize(
    ("day", "priced"),
    [("2025-12-31", False), ("2026-01-01", True), ("2026-12-31", True), ("2027-01-01", False)],
)
def test_nothing_is_priced_outside_the_years_that_are_held(day: str, priced: bool) -> None:
    for form, bill in (("professional", None), ("institutional", "0131"), ("institutional", "831")):
        given = claim(form=form, type_of_bill=bill)
        assert (payment(given, "27596", dt.date.fromisoformat(day)) is not None) is priced
    assert payment(claim(), "27596", None) is None


def test_a_loaded_fee_schedule_goes_first(site: Path) -> None:
    load(site, files.FEES)
    assert paid(claim("LT")) == 540.00  # (10 + 6 + 2) x 30
    assert paid(claim("78", "LT")) == 378.00  # its share during the operation: 0.70
    assert paid(claim("54", "LT")) == 432.00  # before and during: 0.10 + 0.70
    assert paid(claim("55", "LT")) == 108.00  # after: 0.20
    other = payment(claim(), "27594", DAY)
    assert other is not None and other.amount == 375.00  # (7 + 4 + 1.5) x 30


def test_the_locality_of_the_site(site: Path) -> None:
    load(site, files.FEES)
    load(site, files.LOCALITIES, locality="12345-01")
    assert paid(claim("LT")) == 576.00  # (10 x 1.1 + 6 x 1.2 + 2 x 0.5) x 30 = 19.2 x 30


def test_a_stay_is_paid_by_its_group_where_the_weights_are_held(site: Path) -> None:
    stay = claim(form="institutional", type_of_bill="0111", drg="474")
    assert paid(stay) is None
    load(site, files.WEIGHTS, base_rate="6000")
    assert paid(stay) == 21_000.00
    without_lines = billed_payment(stay.model_copy(update={"lines": ()}), "27596", DAY)
    assert without_lines is not None and without_lines.amount == 21_000.00
    assert paid(claim(form="institutional", type_of_bill="0111")) is None
    assert paid(claim(form="institutional", type_of_bill="0111", drg="475")) is None


def test_every_rate_shipped_tells_its_source_and_its_days() -> None:
    for rate in rate_table("27596").rate:
        assert rate.source and rate.verified_on and rate.effective_from <= rate.effective_to
    assert rate_table("27594").rate == ()
