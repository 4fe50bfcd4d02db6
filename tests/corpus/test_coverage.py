"""Every code, level and status that a label can have occurs somewhere in the corpus."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any, get_args

import pytest

from notecheck.models import DocumentType, Level, SupportedCodeValue

FILES = sorted((Path(__file__).resolve().parents[2] / "corpus").glob("*/*.jsonl"))

# What a requirement of 27596 can be besides met.
STATUSES = {
    "prior-level": {"partial", "missing", "conflict"},
    "new-level": {"partial", "missing", "conflict"},
    "indication": {"partial", "missing"},
    "indication-preop": {"partial", "missing", "not_assessed"},
    "revision-necessity": {"partial", "missing"},
    "reconstruction": {"partial", "missing"},
    "laterality-note": {"partial", "missing", "conflict"},
    "laterality-claim": {"missing", "conflict", "not_assessed"},
    "debridement": {"partial", "missing", "not_applicable"},
    "inpatient": {"partial", "missing", "conflict", "not_assessed"},
    "global-period": {"missing", "not_applicable", "not_assessed"},
}


def rows() -> Iterator[dict[str, Any]]:
    for path in FILES:
        with path.open(encoding="utf-8") as lines:
            yield from map(json.loads, lines)


GOLD = [row["gold"] for row in rows()]


def test_every_supported_code_occurs() -> None:
    assert {gold["supported_code"] for gold in GOLD} == set(get_args(SupportedCodeValue))


def test_every_level_occurs_as_the_earlier_and_as_the_new_one() -> None:
    facts = [gold["facts"] for gold in GOLD]
    assert {fact["prior_level"] for fact in facts} == {None, *get_args(Level)}
    new = {(fact["new_level"] or {}).get("value") for fact in facts}
    assert new == {None, *get_args(Level)}


@pytest.mark.parametrize("requirement", STATUSES)
def test_every_status_occurs(requirement: str) -> None:
    seen = {gold["requirements"][requirement] for gold in GOLD}
    assert seen == {"met", *STATUSES[requirement]}


def test_every_type_of_document_occurs() -> None:
    types = {document["type"] for row in rows() for document in row["encounter"]["documents"]}
    assert types == set(get_args(DocumentType))
