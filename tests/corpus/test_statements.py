"""The corpus' single statements: sound, and read no worse than they were.

Of the test part nothing but these counts is ever told.
"""

from __future__ import annotations

import tomllib
from pathlib import Path

import pytest

from notecheck.evaluate.gold import read_models
from notecheck.evaluate.plain_note import encounter_of
from notecheck.evaluate.statement import Statement
from notecheck.evaluate.statement_figures import judged

STATEMENTS = Path(__file__).resolve().parents[2] / "corpus" / "statements"
FILES = sorted(STATEMENTS.glob("*/*.jsonl"))
FLOORS = tomllib.loads(Path(__file__).with_name("statement_floors.toml").read_text())


@pytest.mark.parametrize("part", FLOORS)
def test_no_fewer_are_recognised_and_no_more_traps_believed(part: str) -> None:
    missed = believed = 0
    for path in sorted((STATEMENTS / part).glob("*.jsonl")):
        for one in judged(read_models(path, Statement)):
            missed += one.statement.holds and not one.right
            believed += not one.statement.holds and not one.right
    assert missed <= FLOORS[part]["missed"], (missed, believed)
    assert believed <= FLOORS[part]["believed"], (missed, believed)


def test_every_statement_has_its_own_id_and_stands_once_in_its_note() -> None:
    found = [one for path in FILES for one in read_models(path, Statement)]
    assert len({one.id for one in found}) == len(found)
    for one in found:
        texts = [document.text for document in encounter_of(one).documents]
        assert sum(text.count(one.text) for text in texts) == 1, one.id
        assert one.holds == (one.trap is None), one.id
