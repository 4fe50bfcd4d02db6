"""A gold file -> labelled encounters; a bad line never stops the others from being read."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Self, TypeVar, get_args

from pydantic import BaseModel, ConfigDict, Field, ValidationError, model_validator

from notecheck.errors import GoldError, InputError
from notecheck.evaluate.evidence import EvidenceLabel
from notecheck.models import (
    Decision,
    Encounter,
    IndicationValue,
    Level,
    ReconstructionValue,
    Segment,
    SettingValue,
    Side,
    Status,
    SupportedCodeValue,
    Tissue,
)
from notecheck.read.json_lines import json_lines, placed_values
from notecheck.read.lines import byte_lines
from notecheck.read.shape import encounter_from_object
from notecheck.requirements.table import RequirementId
from notecheck.wrong_values import sentence

M = TypeVar("M", bound=BaseModel)
GOLD_CODE = "27596"  # that gold is labelled for (contract, section 5)


class _Labels(BaseModel):
    """A label that is left out is an error: it could mean "absent" or "not looked at"."""

    model_config = ConfigDict(extra="ignore", frozen=True)


class NewLevelLabel(_Labels):
    """`measurement_cm` is in centimetres."""

    value: Level | None
    segment: Segment | None
    measurement_cm: float | None = Field(strict=True)


class DebridementLabel(_Labels):
    """`area_cm2` is in square centimetres."""

    performed: bool = Field(strict=True)
    tissues: frozenset[Tissue]
    area_cm2: float | None = Field(strict=True)
    separate: bool = Field(strict=True)


class FactLabels(_Labels):
    """What the facts of the report should be: values only."""

    prior_level: Level | None
    new_level: NewLevelLabel | None
    bone_resected: bool | None = Field(strict=True)
    indications: frozenset[IndicationValue]
    reconstruction: frozenset[ReconstructionValue]
    laterality: Side | None
    debridement: DebridementLabel
    setting: SettingValue | None


class GoldLabels(_Labels):
    """What the report of one encounter should say."""

    supported_code: SupportedCodeValue
    facts: FactLabels
    requirements: dict[RequirementId, Status]
    decision: Decision

    @model_validator(mode="after")
    def _every_requirement(self) -> Self:
        missing = [name for name in get_args(RequirementId) if name not in self.requirements]
        if missing:
            raise ValueError(f"`requirements` lacks {', '.join(missing)}")
        return self


class _Labelled(_Labels):
    gold: GoldLabels
    evidence: tuple[EvidenceLabel, ...] = ()


@dataclass(frozen=True)
class GoldEncounter:
    """One encounter and what its report should say, and by which words where these are labelled."""

    encounter: Encounter
    labels: GoldLabels
    evidence: tuple[EvidenceLabel, ...] = ()


@dataclass(frozen=True)
class GoldResult:
    """One line of a gold file, or what is wrong with it; `where` is `gold.jsonl:3`."""

    where: str
    outcome: GoldEncounter | InputError


def read_gold(path: str) -> Iterator[GoldResult]:
    """The lines of the gold file at `path`, each `{"encounter": ..., "gold": ...}`.

    An encounter id is used once in a file: a later line with the same id is an error. Whatever is
    wrong with the input comes out as a result, never raised.
    """
    first_use: dict[str, str] = {}
    number = 0
    try:
        with open(path, "rb") as stream:
            for line in json_lines(byte_lines(stream)):
                number = line.number
                where = f"{path}:{number}"
                try:
                    if isinstance(line.value, InputError):
                        raise line.value
                    found = gold_from_object(line.value)
                    _require_new_id(found.encounter.encounter_id, where, first_use)
                except InputError as error:
                    yield GoldResult(where, error)
                else:
                    yield GoldResult(where, found)
        if not number:
            raise GoldError("this is empty: give one labelled encounter a line")
    except InputError as error:
        yield GoldResult(path, error)
    except OSError as error:
        yield GoldResult(path, InputError(f"the file cannot be read: {error.strerror}"))


def read_models(path: Path, model: type[M]) -> Iterator[M]:
    """The lines of a file, each as `model`. Raises InputError naming file and line."""
    for where, value in placed_values(path):
        try:
            yield model.model_validate(value)
        except ValidationError as error:
            raise GoldError(sentence(error), where=where) from None


def gold_from_object(value: object) -> GoldEncounter:
    """The labelled encounter that `value`, a dict as JSON gives it, describes.

    Raises InputError naming the field, what is wrong and what is allowed.
    """
    if not isinstance(value, dict) or "encounter" not in value or "gold" not in value:
        raise GoldError("a gold line must be a JSON object with `encounter` and `gold`")
    encounter = encounter_from_object(value["encounter"])
    try:
        found = _Labelled.model_validate(value)
    except ValidationError as error:
        raise GoldError(sentence(error)) from None
    return GoldEncounter(encounter, found.gold, found.evidence)


def _require_new_id(encounter_id: str, where: str, first_use: dict[str, str]) -> None:
    earlier = first_use.setdefault(encounter_id, where)
    if earlier != where:
        raise GoldError(
            f"the encounter id is the same as that of {earlier}: give each encounter its own"
        )
