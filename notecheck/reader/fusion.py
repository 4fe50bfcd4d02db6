"""Two witnesses, rules and reader, to one probability: learned on authors that neither had seen."""

from __future__ import annotations

from collections.abc import Mapping
from math import exp, log

from pydantic import BaseModel, ConfigDict

FLOOR = 1e-3  # of a reader's score: it is never surer of anything


def logit(score: float) -> float:
    """The log of the odds, of a score kept from 0 and 1."""
    kept = min(max(score, FLOOR), 1 - FLOOR)
    return log(kept / (1 - kept))


class Weights(BaseModel):
    """A logistic regression on (the rules tell it, the logit of the reader's score, both)."""

    model_config = ConfigDict(extra="forbid", frozen=True)
    bias: float
    rules: float
    reader: float
    both: float


class Thresholds(BaseModel):
    """From which probability a value is told: one that the rules told too, and one they did not."""

    model_config = ConfigDict(extra="forbid", frozen=True)
    keep: float
    add: float


class Fusion(BaseModel):
    """The weights by fact, what each value adds to its fact's bias, and the thresholds by fact.

    `of_corrected` are the thresholds, by "fact value", of values that a site corrected repeatedly.
    """

    model_config = ConfigDict(extra="forbid", frozen=True)
    weights: Mapping[str, Weights] = {}
    of_value: Mapping[str, float] = {}  # by "fact value"
    thresholds: Mapping[str, Thresholds] = {}
    of_corrected: Mapping[str, Thresholds] = {}

    def least(self, fact: str, value: str, *, told: bool) -> float:
        """From which probability the value is told, when the rules `told` it or did not."""
        asked = self.of_corrected.get(f"{fact} {value}", self.thresholds[fact])
        return asked.keep if told else asked.add

    def probability(self, fact: str, value: str, *, told: bool, score: float) -> float:
        """How likely the value is, when the rules `told` it and the reader gave it this score."""
        w = self.weights[fact]
        x = logit(score)
        found = w.bias + self.of_value.get(f"{fact} {value}", 0.0) + w.reader * x
        if told:
            found += w.rules + w.both * x
        return 1 / (1 + exp(-found))
