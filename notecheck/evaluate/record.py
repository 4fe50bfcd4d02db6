"""An evaluation <-> JSON. What is written holds enough to be compared with a later evaluation."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path as FilePath
from typing import Any, Literal

from pydantic import BaseModel, ConfigDict, Field, ValidationError

from notecheck.errors import GoldError, InputError
from notecheck.evaluate.bootstrap import CONFIDENCE, RESAMPLES, Interval
from notecheck.evaluate.compare import Change, Comparison
from notecheck.evaluate.elements import Value, plain
from notecheck.evaluate.errors import EncounterError
from notecheck.evaluate.evaluation import Evaluation
from notecheck.evaluate.figures import Path
from notecheck.evaluate.judgements import Judgement, Kind
from notecheck.read.json_text import parse_json
from notecheck.read.text import decode

_SCHEMA: Literal["notecheck.evaluation/1"] = "notecheck.evaluation/1"


class _JudgementRecord(BaseModel):
    model_config = ConfigDict(extra="forbid", strict=True)

    kind: Kind
    name: str
    want: str | float | bool | list[str] | None
    got: str | float | bool | list[str] | None


class _EvaluationRecord(BaseModel):
    """The part of an earlier evaluation that is compared; its figures are not read again."""

    model_config = ConfigDict(extra="ignore")

    schema_: Literal["notecheck.evaluation/1"] = Field(alias="schema")
    outcomes: dict[str, list[_JudgementRecord]]


def evaluation_record(
    evaluation: Evaluation, *, with_errors: bool, comparison: Comparison | None
) -> dict[str, Any]:
    """The evaluation as JSON values.

    Figures stand under their paths, their intervals under the same paths in `intervals`;
    `errors` and `comparison` are there when asked for.
    """
    record: dict[str, Any] = {"schema": _SCHEMA}
    for path, figure in (*evaluation.tallies.items(), *evaluation.rates.items()):
        _place(record, path, figure)
    for name, found in evaluation.confusions.items():
        record["requirements"][name]["confusions"] = dict(found)
    record["intervals"] = _intervals(evaluation.intervals)
    record["outcomes"] = {
        outcome.encounter_id: [_judgement(item) for item in outcome.judgements]
        for outcome in evaluation.outcomes
    }
    if with_errors:
        record["errors"] = [_error(error) for error in evaluation.errors]
    if comparison:
        record["comparison"] = {
            "better": [_change(change) for change in comparison.better],
            "worse": [_change(change) for change in comparison.worse],
            "relabelled": list(comparison.relabelled),
            "only_earlier": list(comparison.only_earlier),
            "only_now": list(comparison.only_now),
        }
    return record


def read_earlier(path: str) -> dict[str, tuple[Judgement, ...]]:
    """The judgements, by encounter id, of an evaluation that was saved as JSON.

    Raises InputError when the file cannot be read or is something else.
    """
    try:
        value = parse_json(decode(FilePath(path).read_bytes()))
        record = _EvaluationRecord.model_validate(value)
    except OSError as error:
        raise GoldError(f"the file cannot be read: {error.strerror}", where=path) from None
    except InputError as error:
        raise error.at(path) from None
    except ValidationError:
        raise GoldError(
            "this is no earlier evaluation: give what `notecheck evaluate --format json` printed",
            where=path,
        ) from None
    return {
        encounter_id: tuple(
            Judgement(item.kind, item.name, _value(item.want), _value(item.got))
            for item in judgements
        )
        for encounter_id, judgements in record.outcomes.items()
    }


def _place(record: dict[str, Any], path: Path, figure: object) -> None:
    for step in path[:-1]:
        record = record.setdefault(step, {})
    record[path[-1]] = figure


def _intervals(intervals: Mapping[Path, Interval]) -> dict[str, Any]:
    found: dict[str, Any] = {"confidence": CONFIDENCE, "resamples": RESAMPLES}
    for path, interval in intervals.items():
        _place(found, path, list(interval))
    return found


def _judgement(judgement: Judgement) -> dict[str, Any]:
    return {
        "kind": judgement.kind,
        "name": judgement.name,
        "want": plain(judgement.want),
        "got": plain(judgement.got),
    }


def _error(error: EncounterError) -> dict[str, Any]:
    return {
        "encounter_id": error.encounter_id,
        "kind": error.kind,
        "name": error.name,
        "want": plain(error.want),
        "got": plain(error.got),
        "passages": [
            {
                "value": passage.value,
                "role": passage.role,
                "reason": passage.reason,
                "evidence": passage.evidence.model_dump(),
            }
            for passage in error.passages
        ],
        "unmentioned": list(error.unmentioned),
    }


def _change(change: Change) -> dict[str, Any]:
    return {
        "encounter_id": change.encounter_id,
        "kind": change.kind,
        "name": change.name,
        "want": plain(change.want),
        "before": plain(change.before),
        "now": plain(change.now),
    }


def _value(plain: str | float | bool | list[str] | None) -> Value:
    return frozenset(plain) if isinstance(plain, list) else plain
