"""Labelled encounters with their author, evidence labels, and the rules' honest report."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from hashlib import sha256
from pathlib import Path
from typing import Literal

from pydantic import BaseModel, ConfigDict, Field, ValidationError

from notecheck.confidence.told import Told
from notecheck.errors import InputError
from notecheck.evaluate.gold import GoldEncounter, gold_from_object
from notecheck.facts.second_reading import ANY
from notecheck.models import Report
from notecheck.read.json_lines import json_lines
from notecheck.read.lines import byte_lines
from notecheck.reader.value import Value
from notecheck.requirements.table import RequirementId

HONEST = "honest"  # the folder beside the corpus' parts that keeps the honest reports
NECESSITY: RequirementId = "revision-necessity"
# The facts of evidence labels, by ours.
_FACT_OF = {"indications": "indication", "revision_necessity": "necessity"}
Does = Literal[
    "asserted", "negated", "planned", "considered", "historical", "other_limb", "other_person",
    "quoted", "none",
]  # fmt: skip


class EvidenceLabel(BaseModel):
    """Words of a document, and what they do to a value: tell it, deny it, plan it, ..."""

    model_config = ConfigDict(extra="ignore", frozen=True)
    fact: str
    value: str | float | bool | None
    doc: str
    quote: str = Field(min_length=1)
    does: Does

    @property
    def about(self) -> Value:
        fact = _FACT_OF.get(self.fact, self.fact)
        return fact, ANY if fact == "necessity" else str(self.value)


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
    """One labelled encounter. `evidence` and `honest` are there where the corpus has them."""

    author: str
    gold: GoldEncounter
    evidence: tuple[EvidenceLabel, ...] = ()
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
    for where, value in _lines(path):
        try:
            gold = gold_from_object(value)
            labels = value.get("evidence") or () if isinstance(value, dict) else ()
            evidence = tuple(map(EvidenceLabel.model_validate, labels))
        except InputError as error:
            raise InputError(error.message, where=where) from None
        except ValidationError as error:
            first = error.errors(include_input=False, include_url=False)[0]
            raise InputError(f"`evidence`: {first['msg']}", where=where) from None
        report = honest.get(gold.encounter.encounter_id)
        found.append(Labelled(path.stem, gold, evidence, report))
    return found


def _honest(path: Path) -> dict[str, HonestReport]:
    if not path.is_file():
        return {}
    try:
        reports = [HonestReport.model_validate(value) for _, value in _lines(path)]
    except ValidationError:
        raise InputError("these are no honest reports", where=str(path)) from None
    return {report.encounter_id: report for report in reports}


def _lines(path: Path) -> list[tuple[str, object]]:
    found = []
    try:
        with path.open("rb") as stream:
            for line in json_lines(byte_lines(stream)):
                if isinstance(line.value, InputError):
                    raise InputError(line.value.message, where=f"{path}:{line.number}")
                found.append((f"{path}:{line.number}", line.value))
    except OSError as error:
        raise InputError(f"the file cannot be read: {error.strerror}", where=str(path)) from None
    return found


def data_hash(corpus: Sequence[Labelled]) -> str:
    """The hash of everything that is learned from, whatever the order of the files."""
    lines = sorted(
        json.dumps(
            [
                one.author,
                one.gold.encounter.model_dump(mode="json"),
                one.gold.labels.model_dump_json(),
                [label.model_dump() for label in one.evidence],
                one.honest.model_dump() if one.honest else None,
            ],
            sort_keys=True,
        )
        for one in corpus
    )
    return sha256("\n".join(lines).encode()).hexdigest()
