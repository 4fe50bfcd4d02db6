"""Findings by the public tables that a site has loaded, and by codes' own global days."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

import pytest
from schedules import files

from claims.charts import billed, encounter, line, raised
from notecheck.schedules.global_days import global_days
from notecheck.schedules.load import load_table

VAC = " A wound vac was placed over the open wound."
RAISED = {
    "pair-never": encounter(line("27596", "LT"), line("20680")),
    "pair-without-modifier": encounter(line("27596", "LT"), line("97605"), done=VAC),
    "units-above-the-limit": encounter(line("27596", "LT"), line("11046", units=11)),
    "modifier-not-payable": encounter(line("27596", "50")),
}
SILENT = {
    "pair-never": encounter(line("27596", "LT"), line("20680", "RT")),
    "pair-without-modifier": encounter(line("27596", "LT"), line("97605", "59"), done=VAC),
    "units-above-the-limit": encounter(line("27596", "LT"), line("11046", units=10)),
    "modifier-not-payable": encounter(line("27596", "62", "LT")),
}
CASES = {identity: (RAISED[identity], SILENT[identity]) for identity in RAISED}


@pytest.fixture
def tables(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("FEES", "PAIRS", "UNITS"):
        given = tmp_path / f"{name}.csv"
        given.write_text(getattr(files, name), encoding="utf-8")
        load_table(given, tmp_path, begins=dt.date(2026, 1, 1), today=dt.date(2026, 1, 2))
    monkeypatch.setenv("NOTECHECK_RULES", str(tmp_path))


@pytest.mark.usefixtures("tables")
@pytest.mark.parametrize("identity", CASES)
def test_a_finding_is_raised_where_it_should_be_and_nowhere_else(identity: str) -> None:
    raising, silent = CASES[identity]
    assert identity in raised(raising)
    assert identity not in raised(silent)


@pytest.mark.parametrize("identity", CASES)
def test_without_the_tables_nothing_is_said(identity: str) -> None:
    assert identity not in raised(CASES[identity][0])


@pytest.mark.usefixtures("tables")
def test_a_table_that_is_held_answers_what_was_not() -> None:
    assert "pair-not-held" not in raised(encounter(line("27596", "LT"), line("15100")))


def test_a_toe_starts_no_period_since_2021() -> None:
    assert global_days("28820", dt.date(2021, 1, 1)) == 0
    assert global_days("28820", dt.date(2020, 12, 31)) is None
    toe = billed(line("28820", "LT", day="2026-03-20"))
    assert "global-modifier-missing" not in raised(encounter(others=(toe,)))
    leg = billed(line("27590", "LT", day="2026-03-20"))
    assert "global-modifier-missing" in raised(encounter(others=(leg,)))
