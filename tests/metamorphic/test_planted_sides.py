"""A side turned round in one place of a chart that names one side is a conflict.

What goes unseen is held down by a share for each place, of a fixed fifth of the corpus.
"""

from __future__ import annotations

import tomllib
from collections import Counter
from functools import cache
from pathlib import Path

import pytest

from metamorphic.encounters import sample
from metamorphic.findings import CODE, report_on
from metamorphic.planted_sides import planted
from notecheck import Report, check

FLOORS = tomllib.loads((Path(__file__).parent / "planted_sides.toml").read_text(encoding="utf-8"))
FEWEST_PLANTED = 8
BY_CHANCE = 2  # more than its share of the unseen may fall into a fifth of the corpus


def status(report: Report) -> str:
    return next(item.status for item in report.requirements if item.id == "laterality-note")


@cache
def counts() -> tuple[Counter[str], Counter[str]]:
    """How many were planted in each place of re-amputations, and how many of them unseen."""
    every, unseen = Counter[str](), Counter[str]()
    for encounter in sample(set())[0]:
        report = report_on(encounter)
        if status(report) != "met" or report.supported_code.value != CODE:
            continue
        for place, variant in planted(encounter):
            every[place] += 1
            unseen[place] += status(check(variant, code=CODE)) != "conflict"
    return every, unseen


@pytest.mark.parametrize("place", FLOORS)
def test_few_planted_sides_go_unseen(place: str) -> None:
    every, unseen = counts()
    assert every[place] >= FEWEST_PLANTED
    assert unseen[place] <= FLOORS[place] * every[place] + BY_CHANCE


def test_only_the_place_is_turned_round() -> None:
    note = "PREOPERATIVE DIAGNOSIS: Infected left AKA stump.\nPROCEDURE: Left AKA revision.\n"
    documents = [{"doc_id": "op", "type": "operative_note", "text": note}]
    ((place, variant),) = planted({"encounter_id": "E", "documents": documents})
    assert place == "diagnosis"
    assert variant["documents"][0]["text"] == note.replace("left AKA stump", "right AKA stump")


@pytest.mark.parametrize(
    "more", ["Right BKA in 2019.", "The other leg is well.", "Nothing was left."]
)
def test_nothing_is_planted_where_both_limbs_may_be_told(more: str) -> None:
    text = f"PREOPERATIVE DIAGNOSIS: Left AKA stump.\nPROCEDURE: Revision. {more}"
    documents = [{"doc_id": "op", "type": "operative_note", "text": text}]
    assert list(planted({"encounter_id": "E", "documents": documents})) == []
