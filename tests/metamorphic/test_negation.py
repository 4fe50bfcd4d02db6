"""A statement makes its fact, and the same statement denied does not."""

from __future__ import annotations

import tomllib
from pathlib import Path
from typing import Any

import pytest

from metamorphic.outcome import Outcome, outcome
from notecheck import check

NOTE = """\
PREOPERATIVE DIAGNOSIS: Painful left above-knee amputation stump.
OPERATION: Revision of left above-knee amputation.
DESCRIPTION OF PROCEDURE: The left thigh stump was prepped and draped.{statement} The skin was
closed with staples.
"""
STATEMENTS = tomllib.loads((Path(__file__).parent / "statements.toml").read_text(encoding="utf-8"))


def of_note(statement: str = "") -> Outcome:
    return outcome(check(NOTE.format(statement=statement and f" {statement}")))


def _values(found: Outcome, fact: str) -> set[Any]:
    value = found[fact]
    return value if isinstance(value, set) else {value}


@pytest.mark.parametrize("told", STATEMENTS["statement"], ids=lambda told: told["said"])
def test_a_statement_denied_leaves_no_fact(told: dict[str, str]) -> None:
    silent, said = of_note(), of_note(told["said"])
    added = _values(said, told["fact"]) - _values(silent, told["fact"])
    assert added
    for denial in told["denied"]:
        denied = of_note(denial)
        assert not _values(denied, told["fact"]) & added, denial
