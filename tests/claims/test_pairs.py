"""The shipped table of codes beside an amputation: whole, sourced, and found when it goes stale."""

from __future__ import annotations

import datetime as dt

import pytest
from typer.testing import CliRunner

from claims.charts import encounter, line, raised
from notecheck.claims.pairs import pair_faults, pairs
from notecheck.claims.shipped_rows import shipped_faults
from notecheck.commands.app import app

SEEN = dt.date(2026, 12, 1)


def test_the_shipped_rows_have_no_fault() -> None:
    assert list(pair_faults(pairs())) == []
    assert list(shipped_faults(SEEN)) == []


def test_no_indicator_is_held_that_was_not_read() -> None:
    assert {row.indicator for row in pairs().pair} == {"unknown"}


def test_rows_gone_stale_are_found_by_the_command(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("NOTECHECK_RULES", "")
    done = CliRunner().invoke(app, ["tables", "check", "--on", "2028-01-01"])
    assert done.exit_code == 1
    assert done.output.count("pairs.toml: stale") == len(pairs().pair)


def test_a_gap_and_an_overlap_are_found() -> None:
    held = pairs()
    first, *others = held.pair
    lacking = held.model_copy(update={"pair": tuple(others)})
    assert "pairs.toml: gap: no row for 11042, which a check asks about" in list(
        pair_faults(lacking)
    )
    doubled = held.model_copy(update={"pair": (first, *held.pair)})
    assert "pairs.toml: overlap: 11042 stands in two rows" in list(pair_faults(doubled))


@pytest.mark.parametrize(
    ("code", "finding"), [("13160", "closure-included"), ("15100", "pair-not-held")]
)
def test_a_row_decides_the_finding(code: str, finding: str) -> None:
    assert finding in raised(encounter(line("27596", "LT"), line(code, "59")))
