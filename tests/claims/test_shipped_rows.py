"""Rows of data that are shipped with a source, and were verified too long ago."""

from __future__ import annotations

import datetime as dt

from notecheck.claims.shipped_rows import shipped_faults

SEEN, LATER = dt.date(2026, 12, 1), dt.date(2028, 1, 1)


def test_no_row_is_stale_when_it_was_just_verified() -> None:
    assert not list(shipped_faults(SEEN))


def test_every_kind_of_row_goes_stale() -> None:
    told = list(shipped_faults(LATER))
    for row in (
        "global.toml: stale: the usual period was verified",
        "global.toml: stale: the period of 28820 was verified",
        "rates/modifiers.toml: stale: the share of 50 was verified",
        "rates/27596.toml: stale: the rate professional was verified",
        "modifiers.toml: stale: the row of LT, RT was verified",
        "diagnoses.toml: stale: the table was verified",
        "procedures.toml: stale: the table was verified",
        "codes/28820.toml: stale: a row of the card was verified",
    ):
        assert any(fault.startswith(row) for fault in told), row
