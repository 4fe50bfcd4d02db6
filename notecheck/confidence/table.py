"""The learned weights of one code, and the confidence that they give a report."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from functools import cache
from math import exp

from pydantic import BaseModel, ConfigDict

from notecheck.confidence.signs import Deciding, Likely, Sign, signs_of_status, signs_of_verdict
from notecheck.confidence.told import Told
from notecheck.models import Confidence
from notecheck.rules.files import patterns_root
from notecheck.rules.toml_file import load_toml

_FOLDER = "confidence"
BIAS = "(bias)"
_SUREST = 0.999  # nothing that was learned from so few encounters is surer
Weights = Mapping[str, float]


class Table(BaseModel):
    """What `notecheck train` writes: two logistic regressions, of a status and of the verdict.

    `data` is the hash of the corpus; the errors are mean differences of said and seen confidence,
    and `honest` the encounters, on authors that the weights and the reader left out.
    """

    model_config = ConfigDict(extra="forbid", frozen=True)
    code: str
    data: str
    encounters: int
    authors: int
    honest: int
    status_error: float
    release_error: float
    status: Weights
    verdict: Weights

    def confidence(self, told: Told, likely: Likely, deciding: Deciding) -> Confidence:
        """That each status of a report is right, and its verdict; `likely` by both witnesses.

        A finding of the claim is taken as right: it makes a verdict graver and no less sure.
        """
        right = {
            name: chance(self.status, signs_of_status(name, told, likely, deciding))
            for name in told.statuses
        }
        verdict = chance(self.verdict, signs_of_verdict(told, right))
        return Confidence(
            requirements={name: round(p, 4) for name, p in right.items()},
            release=round(verdict, 4),
        )


def chance(weights: Weights, signs: Iterable[Sign]) -> float:
    """The logistic regression of these weights; a sign without a weight says nothing."""
    total = weights.get(BIAS, 0.0) + sum(weights.get(name, 0.0) * value for name, value in signs)
    return min(1 / (1 + exp(-total)), _SUREST)


@cache
def deciding_facts() -> Deciding:
    """Which facts stand behind each requirement."""
    return load_toml(patterns_root() / _FOLDER / "deciding.toml", Deciding)


@cache
def table_of(code: str) -> Table | None:
    """The table of a code; None for one that no corpus was labelled for."""
    path = patterns_root() / _FOLDER / f"{code}.toml"
    return load_toml(path, Table) if path.is_file() else None


def confidence_of(code: str, told: Told, likely: Likely) -> Confidence | None:
    """How sure a report on `code` is; None for a code that no corpus was labelled for."""
    table = table_of(code)
    return table.confidence(told, likely, deciding_facts()) if table else None
