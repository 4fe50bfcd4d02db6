"""`run.json`: what was run, with what, how long it took and what came out."""

from __future__ import annotations

from pathlib import Path
from typing import Literal

from pydantic import BaseModel, ConfigDict, Field, ValidationError

from notecheck.audit.identity import Identity

Strata = Literal["decision", "verdict", "payer", "surgeon", "month", "payment", "finding"]


class SampleSettings(BaseModel):
    """How the worksheet was drawn.

    `frame` is "billed" (what bills the code checked), "all", or an SQL condition over the columns
    of the reports; None is "billed" where anything is billed, else "all".
    """

    model_config = ConfigDict(frozen=True)

    size: int
    seed: int
    stratify: Strata | None
    frame: str | None = None


class Counts(BaseModel):
    """Encounters by outcome; `encounters` is the sum of the others."""

    model_config = ConfigDict(frozen=True, populate_by_name=True)

    encounters: int
    passed: int = Field(alias="pass")
    review: int
    hold: int
    not_concerned: int = 0
    failed: int


class Timings(BaseModel):
    """Seconds of this run's own work; a resumed run tells only what it did itself."""

    model_config = ConfigDict(frozen=True)

    started: str
    finished: str
    checking_seconds: float
    tables_seconds: float
    encounters_checked: int


class RunRecord(BaseModel):
    """The content of `run.json`."""

    model_config = ConfigDict(frozen=True, serialize_by_alias=True)

    schema_: Literal["notecheck.run/1"] = Field("notecheck.run/1", alias="schema")
    identity: Identity
    paths: tuple[str, ...]
    files: int
    workers: int | None
    resumed: bool
    sample: SampleSettings | None
    counts: Counts
    timings: Timings


def read_run(path: Path) -> RunRecord | None:
    """The record of an audit that is finished, or None where there is none to be read."""
    try:
        return RunRecord.model_validate_json(path.read_text(encoding="utf-8"))
    except (FileNotFoundError, ValidationError):
        return None
