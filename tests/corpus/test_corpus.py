"""The corpus is valid, its two parts are apart, and it covers what it is meant to cover."""

from __future__ import annotations

from collections import Counter
from functools import cache
from pathlib import Path
from typing import get_args

import pytest

from notecheck import models
from notecheck.errors import InputError
from notecheck.evaluate.gold import GoldEncounter, read_gold
from notecheck.requirements.table import RequirementId

CORPUS = Path(__file__).resolve().parents[2] / "corpus"
FILES = sorted(CORPUS.glob("*/*.jsonl"))


@cache
def encounters(path: Path) -> list[GoldEncounter]:
    found = []
    for result in read_gold(str(path)):
        assert not isinstance(result.outcome, InputError), f"{result.where}: {result.outcome}"
        found.append(result.outcome)
    return found


def everything() -> list[GoldEncounter]:
    return [gold for path in FILES for gold in encounters(path)]


@pytest.mark.parametrize("path", FILES, ids=lambda p: f"{p.parent.name}/{p.stem}")
def test_a_file_is_valid_and_names_its_author(path: Path) -> None:
    for gold in encounters(path):
        assert gold.encounter.encounter_id.startswith(f"{path.stem}-")


def test_ids_are_used_once_and_parts_are_of_a_size() -> None:
    ids = Counter(gold.encounter.encounter_id for gold in everything())
    assert max(ids.values()) == 1
    assert len(ids) >= 150
    test = sum(len(encounters(path)) for path in FILES if path.parent.name == "test")
    assert test >= 30


@pytest.mark.parametrize("gold", everything(), ids=lambda g: g.encounter.encounter_id)
def test_labels_agree_with_one_another(gold: GoldEncounter) -> None:
    labels, facts = gold.labels, gold.labels.facts
    statuses = set(labels.requirements.values())
    if labels.supported_code != "27596" or statuses & {"missing", "conflict"}:
        assert labels.decision == "hold"
    else:
        assert labels.decision == ("review" if "partial" in statuses else "pass")
    closures = facts.reconstruction
    assert "layered_closure" not in closures or len(closures) == 1
    expected = "met" if closures - {"layered_closure"} else "partial" if closures else "missing"
    assert labels.requirements["reconstruction"] == expected
    level = facts.new_level
    assert not (level and level.value and facts.bone_resected is False)
    assert not (level and level.segment) or level.value == "transfemoral"
    if labels.supported_code == "27596":
        assert facts.prior_level == "transfemoral"
    if gold.encounter.claim is None:
        assert labels.requirements["laterality-claim"] == "not_assessed"


def test_every_listed_value_occurs() -> None:
    told: dict[str, set[object]] = {
        "indication": set(), "reconstruction": set(), "tissue": set(), "segment": set(),
        "side": set(), "setting": set(), "level": set(), "decision": set(),
    }  # fmt: skip
    for gold in everything():
        facts = gold.labels.facts
        told["indication"] |= facts.indications
        told["reconstruction"] |= facts.reconstruction
        told["tissue"] |= facts.debridement.tissues
        told["side"].add(facts.laterality)
        told["setting"].add(facts.setting)
        told["level"].add(facts.prior_level)
        told["decision"].add(gold.labels.decision)
        if facts.new_level:
            told["segment"].add(facts.new_level.segment)
    listed = {
        "indication": models.IndicationValue, "reconstruction": models.ReconstructionValue,
        "tissue": models.Tissue, "segment": models.Segment, "side": models.Side,
        "setting": models.SettingValue, "decision": models.Decision,
    }  # fmt: skip
    # The labels are for code 27596 asked for by name, whose report is never "not_concerned".
    never = {name: {"not_concerned"} if name == "decision" else set() for name in listed}
    assert {name: set(get_args(words)) - told[name] for name, words in listed.items()} == never
    common = {
        "toe",
        "ray",
        "transmetatarsal",
        "transtibial",
        "knee_disarticulation",
        "transfemoral",
    }
    assert common <= told["level"]


@pytest.mark.parametrize("requirement", get_args(RequirementId))
def test_every_requirement_is_met_by_some_and_not_by_others(requirement: str) -> None:
    seen = {gold.labels.requirements[requirement] for gold in everything()}
    assert "met" in seen and seen & {"missing", "partial", "conflict"}
