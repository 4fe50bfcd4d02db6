"""The table of confidence that goes with a model: learned on authors that its reader left out."""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence

from notecheck.confidence.signs import Likely
from notecheck.confidence.table import Table, deciding_facts
from notecheck.confidence.told import Told, told_of
from notecheck.evaluate.gold import GOLD_CODE
from notecheck.facts.case import CaseFacts
from notecheck.facts.extract import Reading
from notecheck.models import Excluded
from notecheck.reader.choice import reading_by
from notecheck.reader.model import ReaderModel
from notecheck.requirements.assess import assess
from notecheck.requirements.question import asked_of
from notecheck.train.calibrate import Judged, learn_table
from notecheck.train.corpus import Labelled, data_hash
from notecheck.train.fuse import standing_by
from notecheck.train.train import Trained


def confidence_table(corpus: Sequence[Labelled], trained: Trained) -> Table:
    """Of each author's honest reports, else of today's rules, always with its left-out reader."""
    judged = [_judged(one, trained.left_out[one.author]) for one in corpus]
    return learn_table(judged, GOLD_CODE, data_hash(corpus), deciding_facts())


def table_text(table: Table) -> str:
    """The table as it is kept, in TOML."""
    return "\n".join(_lines(table)) + "\n"


def _judged(one: Labelled, reader: ReaderModel) -> Judged:
    labels = one.gold.labels
    told, likely = _by_honest_rules(one, reader) if one.honest else _by_rules_of_today(one, reader)
    return Judged(
        author=one.author,
        told=told,
        true={str(name): status for name, status in labels.requirements.items()},
        decision=labels.decision,
        honest=one.honest is not None,
        likely=likely,
    )


def _by_honest_rules(one: Labelled, reader: ReaderModel) -> tuple[Told, Likely]:
    assert one.honest is not None  # asked by the caller
    case, _ = _read(one, standing_by(reader))
    likely = {
        (fact, value): reader.fusion.probability(
            fact, value, told=(fact, value) in one.honest.told, score=score
        )
        for (fact, value), score in case.likely.items()
    }
    return one.honest.report, likely


def _by_rules_of_today(one: Labelled, reader: ReaderModel) -> tuple[Told, Likely]:
    case, excluded = _read(one, reader)
    encounter = one.gold.encounter
    judged = assess(case, encounter.claim, GOLD_CODE, encounter.other_claims)
    told = told_of(
        judged.decision, judged.requirements, excluded, encounter.documents,
        code_supported=judged.code_supported,
    )  # fmt: skip
    return told, case.likely


def _read(one: Labelled, reader: ReaderModel) -> tuple[CaseFacts, tuple[Excluded, ...]]:
    encounter = one.gold.encounter
    with reading_by(reader):
        reading = Reading(encounter.documents)
        return reading.of(asked_of(encounter.claim, GOLD_CODE, reading.facts_of))


def _lines(table: Table) -> Iterator[str]:
    found = table.model_dump()
    parts = {name: found.pop(name) for name in ("status", "verdict")}
    yield "# Made by `notecheck train` from the corpus' development part."
    yield from (f"{name} = {json.dumps(value)}" for name, value in found.items())
    for part, weights in parts.items():
        yield f"\n[{part}]"
        yield from (f"{json.dumps(name)} = {json.dumps(value)}" for name, value in weights.items())
