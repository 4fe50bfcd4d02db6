"""Labelled encounters with their author, evidence labels, and the rules' honest report."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from hashlib import sha256
from pathlib import Path

from pydantic import BaseModel, ConfigDict, ValidationError

from notecheck.confidence.told import Told
from notecheck.errors import InputError
from notecheck.evaluate.evidence import NECESSITY as LABELLED_NECESSITY
from notecheck.evaluate.evidence import EvidenceLabel
from notecheck.evaluate.gold import GoldEncounter, gold_from_object
from notecheck.facts.second_reading import ANY
from notecheck.models import Report
from notecheck.read.json_lines import placed_values
from notecheck.reader.value import Value
from notecheck.requirements.table import RequirementId

HONEST = "honest"  # the folder beside the corpus' parts that keeps the honest reports
NECESSITY: RequirementId = "revision-necessity"
# The facts of evidence labels, by ours.
_FACT_OF = {"indications": "indication", LABELLED_NECESSITY: "necessity"}


def about(label: EvidenceLabel) -> Value:
    """The reader's value that a label speaks of."""
    fact = _FACT_OF.get(label.fact, label.fact)
    return fact, ANY if fact == "necessity" else str(label.value)


class HonestReport(BaseModel):
    """What the rules of a commit told of an encounter before anyone had read its author.

    `told` are the values that a reader could tell; `report` is the report in short.
    """

    model_config = ConfigDict(extra="forbid", frozen=True)
    encounter_id: str
    commit: str
    told: tuple[Value, ...]
    report: Told


@dataclass(frozen=True)
class Labelled:
    """One labelled encounter; `honest` is there where the corpus has it."""

    author: str
    gold: GoldEncounter
    honest: HonestReport | None = None

    @property
    def encounter_id(self) -> str:
        return self.gold.encounter.encounter_id

    @cached_property
    def true(self) -> frozenset[Value]:
        """The values, of those that a reader could tell, that the gold has."""
        facts = self.gold.labels.facts
        found: set[Value] = {("reconstruction", value) for value in facts.reconstruction}
        found |= {("indication", value) for value in facts.indications}
        if self.gold.labels.requirements[NECESSITY] == "met":
            found.add(("necessity", ANY))
        return frozenset(found)


def marks(site: Sequence[Labelled]) -> tuple[Counter[Value], Counter[Value]]:
    """How many passages a site's reviewers marked as telling each value, and as not telling it."""
    told: Counter[Value] = Counter()
    denied: Counter[Value] = Counter()
    for one in site:
        for label in one.gold.evidence:
            (told if label.does == "asserted" else denied)[about(label)] += 1
    return told, denied


def told_by(report: Report) -> tuple[Value, ...]:
    """The values, of those that a reader could tell, that a report has."""
    facts = report.facts
    found: list[Value] = [("reconstruction", fact.value) for fact in facts.reconstruction]
    found += [("indication", fact.value) for fact in facts.indications]
    if any(r.id == NECESSITY and r.status == "met" for r in report.requirements):
        found.append(("necessity", ANY))
    return tuple(found)


def read_corpus(paths: Sequence[str]) -> list[Labelled]:
    """The encounters of the files, each of one author whose name the file has.

    Honest reports are looked for in the folder `honest` beside the file's own folder. Raises
    InputError naming file and line for what cannot be read.
    """
    found: list[Labelled] = []
    for path in sorted(map(Path, paths)):
        honest = _honest(path.parent.parent / HONEST / f"{path.stem}.ndjson")
        found += _of_author(path, honest)
    if not found:
        raise InputError("give files of labelled encounters, one for each author")
    return found


def _of_author(path: Path, honest: dict[str, HonestReport]) -> list[Labelled]:
    found = []
    for where, value in placed_values(path):
        try:
            gold = gold_from_object(value)
        except InputError as error:
            raise InputError(error.message, where=where) from None
        found.append(Labelled(path.stem, gold, honest.get(gold.encounter.encounter_id)))
    return found


def _honest(path: Path) -> dict[str, HonestReport]:
    if not path.is_file():
        return {}
    try:
        reports = [HonestReport.model_validate(value) for _, value in placed_values(path)]
    except ValidationError:
        raise InputError("these are no honest reports", where=str(path)) from None
    return {report.encounter_id: report for report in reports}


def data_hash(corpus: Sequence[Labelled]) -> str:
    """The hash of everything that is learned from, whatever the order of the files."""
    lines = sorted(
        json.dumps(
            [
                one.author,
                one.gold.encounter.model_dump(mode="json"),
                one.gold.labels.model_dump_json(),
                [label.model_dump() for label in one.gold.evidence],
                one.honest.model_dump() if one.honest else None,
            ],
            sort_keys=True,
        )
        for one in corpus
    )
    return sha256("\n".join(lines).encode()).hexdigest()
