"""A rule's name, and the order of rules and their files, decide nothing."""

import json
import random
from dataclasses import replace
from pathlib import Path

import pytest

from notecheck.facts.extract import extract_chart
from notecheck.models import Document
from notecheck.pipeline.analyse import Pipeline
from notecheck.rules.load import RuleSet, rule_set
from notecheck.timeline.chart import Chart

_CORPUS = sorted((Path(__file__).parents[2] / "corpus/development").glob("*.jsonl"))
_EACH = 3  # encounters of every author


def _documents() -> list[list[Document]]:
    charts = []
    for file in _CORPUS:
        for line in file.read_text().splitlines()[:_EACH]:
            documents = json.loads(line)["encounter"]["documents"]
            charts.append([Document.model_validate(document) for document in documents])
    return charts


def _facts(rules: RuleSet) -> list[object]:
    """What is found in every chart, without the names of the rules that found it."""
    read = Pipeline(rules).analyse
    found = []
    for documents in _documents():
        case, excluded = extract_chart(Chart([read(document) for document in documents]))
        told = [case.facts, case.supported_code, *excluded]
        found.append([_unnamed(model.model_dump()) for model in told])
        found.append([case.prior.operations and [o.earliest for o in case.prior.operations]])
    return found


def _unnamed(value: object) -> object:
    if isinstance(value, dict):
        return {key: _unnamed(item) for key, item in value.items() if key != "rule"}
    if isinstance(value, (list, tuple)):
        return [_unnamed(item) for item in value]
    return value


def _renamed(rules: RuleSet) -> RuleSet:
    numbers = random.Random(7).sample(range(10_000), 5_000)
    names = iter(f"r{number}" for number in numbers)
    return replace(
        rules,
        frames=tuple(f.model_copy(update={"id": next(names)}) for f in rules.frames),
        contexts=tuple(c.model_copy(update={"id": next(names)}) for c in rules.contexts),
    )


def _shuffled(rules: RuleSet) -> RuleSet:
    shuffled = {}
    for name in ("frames", "contexts", "words"):
        records = list(getattr(rules, name))
        random.Random(11).shuffle(records)
        shuffled[name] = tuple(records)
    return replace(rules, **shuffled)


@pytest.fixture(scope="module")
def as_it_is() -> list[object]:
    return _facts(rule_set())


@pytest.mark.parametrize("change", [_renamed, _shuffled])
def test_a_change_of_names_or_order_changes_no_fact(as_it_is, change):
    assert len(as_it_is) > 2 * len(_CORPUS)
    changed = _facts(change(rule_set()))
    differing = [n for n, (a, b) in enumerate(zip(as_it_is, changed, strict=True)) if a != b]
    assert not differing
