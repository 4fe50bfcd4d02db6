"""Accuracy does not fall: what is wrong on the corpus, counted, against `floors.toml`.

Of the test part nothing but these counts is ever told.
"""

from __future__ import annotations

import tomllib
from pathlib import Path

import pytest

from notecheck import check
from notecheck.evaluate.evaluation import Evaluator
from notecheck.evaluate.gold import GOLD_CODE, GoldEncounter, read_gold

CORPUS = Path(__file__).resolve().parents[2] / "corpus"
FLOORS = tomllib.loads(Path(__file__).with_name("floors.toml").read_text())
EVERY = {"test": 1, "development": 3}


def wrong(golds: list[GoldEncounter]) -> dict[str, int]:
    """How many statuses, decisions and `met`s are wrong."""
    evaluator = Evaluator()
    for gold in golds:
        evaluator.add(gold, check(gold.encounter, GOLD_CODE))
    found = evaluator.evaluation()
    judged = [one for outcome in found.outcomes for one in outcome.judgements if not one.right]
    return {
        "statuses": sum(one.kind == "requirement" for one in judged),
        "decisions": sum(one.kind == "decision" for one in judged),
        "wrong_met": found.tallies["false_met", "count"],
    }


@pytest.mark.parametrize("part", FLOORS)
def test_no_more_is_wrong_than_was(part: str) -> None:
    files = sorted((CORPUS / part).glob("*.jsonl"))
    read = [result.outcome for path in files for result in read_gold(str(path))]
    golds = [outcome for outcome in read if isinstance(outcome, GoldEncounter)]
    assert len(golds) == len(read)
    found = wrong(golds[:: EVERY[part]])
    worse = {name: count for name, count in found.items() if count > FLOORS[part][name]}
    assert not worse, f"{part}: {found}"
