"""Two witnesses, rules and reader, to one probability: learned on authors that neither had seen."""

from __future__ import annotations

from collections.abc import Mapping
from math import exp, log

from pydantic import BaseModel, ConfigDict

FLOOR = 1e-3  # of a reader's score: it is never surer of anything
SURE = 0.97  # the score from which a site's reader is believed about what was corrected there


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


class Corrected(BaseModel):
    """That a site's reviewers repeatedly added a value that was missed, or denied a told one.

    Its reader knows their words, which the fusion's weights do not: it is then believed by itself.
    """

    model_config = ConfigDict(extra="forbid", frozen=True)
    adds: bool
    doubts: bool


class Fusion(BaseModel):
    """The weights by fact, what each value adds to its fact's bias, and the thresholds by fact.

    `of_corrected` has the values, by "fact value", that a site corrected repeatedly.
    """

    model_config = ConfigDict(extra="forbid", frozen=True)
    weights: Mapping[str, Weights] = {}
    of_value: Mapping[str, float] = {}  # by "fact value"
    thresholds: Mapping[str, Thresholds] = {}
    of_corrected: Mapping[str, Corrected] = {}

    def accepts(
        self, fact: str, value: str, *, told: bool, score: float, described: bool = False
    ) -> bool:
        """Whether the value is told: the rules `told` it or not, the reader gave it `score`.

        One that a whole clause `described` stands, unless a site corrected it.
        """
        corrected = self.of_corrected.get(f"{fact} {value}")
        if corrected and not told and corrected.adds and score >= SURE:
            return True
        if corrected and told and corrected.doubts and score <= 1 - SURE:
            return False
        if described:
            return True
        asked = self.thresholds[fact]
        likely = self.probability(fact, value, told=told, score=score)
        return likely >= (asked.keep if told else asked.add)

    def probability(self, fact: str, value: str, *, told: bool, score: float) -> float:
        """How likely the value is, when the rules `told` it and the reader gave it this score."""
        w = self.weights[fact]
        x = logit(score)
        found = w.bias + self.of_value.get(f"{fact} {value}", 0.0) + w.reader * x
        if told:
            found += w.rules + w.both * x
        return 1 / (1 + exp(-found))
