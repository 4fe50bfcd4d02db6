"""The learned rates of one code, and the confidence that they give a report."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from math import exp

from pydantic import BaseModel, ConfigDict

from notecheck.models import Confidence
from notecheck.reader.fusion import logit
from notecheck.reader.value import Value
from notecheck.rules.files import patterns_root
from notecheck.rules.toml_file import load_toml

CLEAR = ("met", "not_applicable", "not_assessed")  # statuses that keep no bill back
Likely = Mapping[Value, float]
_PRIOR = 2.0  # encounters' worth of belief in the status' own average


class Rate(BaseModel):
    """Of `seen` reports of this status, how many were `right`, and how many truly `clear`."""

    model_config = ConfigDict(extra="forbid", frozen=True)
    requirement: str
    status: str
    seen: int
    right: int
    clear: int


class Weighed(BaseModel):
    """How the confidence in a requirement follows from its rate and the second reader's doubt.

    `facts` are the facts that decide it, by requirement; `not_values` are values that meet none.
    The three numbers are a logistic regression on the log odds of both.
    """

    model_config = ConfigDict(extra="forbid", frozen=True)
    facts: Mapping[str, str]
    not_values: tuple[str, ...] = ()
    bias: float
    of_rate: float
    of_likely: float

    def likely(self, requirement: str, status: str, likely: Likely) -> float | None:
        """How likely the status is by both witnesses; None where they do not speak of it."""
        fact = self.facts.get(requirement)
        told = [p for (f, value), p in likely.items() if f == fact and value not in self.not_values]
        if not told:
            return None
        return max(told) if status == "met" else 1 - max(told)

    def confidence(self, rate: float, likely: float) -> float:
        """That a status of this rate of being right, and this likely, is right."""
        return 1 / (1 + exp(-self.log_odds(rate, likely)))

    def log_odds(self, rate: float, likely: float) -> float:
        return self.bias + self.of_rate * logit(rate) + self.of_likely * logit(likely)


class Table(BaseModel):
    """What `notecheck train` writes. `power` is the exponent that calibrates the product of rates;
    `data` the hash of the corpus; the errors are mean differences with its authors left out."""

    model_config = ConfigDict(extra="forbid", frozen=True)
    code: str
    data: str
    encounters: int
    authors: int
    power: float
    status_error: float
    release_error: float
    weighed: Weighed
    rate: tuple[Rate, ...]

    def confidence(self, statuses: Mapping[str, str], likely: Likely) -> Confidence:
        """Of a report's statuses by requirement, and of what both witnesses make of each value.

        A requirement never seen is trusted by half.
        """
        assessed = {name: found for name, found in statuses.items() if found != "not_assessed"}
        right, clear = {}, 1.0
        for name, status in assessed.items():
            right[name], open_to_it = self.smoothed(name, status)
            weighed = self.weighed.likely(name, status, likely)
            if weighed is not None:
                right[name] = self.weighed.confidence(right[name], weighed)
                open_to_it = right[name] if status in CLEAR else open_to_it
            clear *= open_to_it
        return Confidence(
            requirements={name: round(value, 4) for name, value in right.items()},
            release=round(clear**self.power, 4),
        )

    def smoothed(self, requirement: str, status: str) -> tuple[float, float]:
        """How often the status was right, and how often the truth kept no bill back."""
        same = [rate for rate in self.rate if rate.status == status]
        seen = sum(rate.seen for rate in same)
        average = [
            (sum(counts) + 1) / (seen + 2)
            for counts in ([rate.right for rate in same], [rate.clear for rate in same])
        ]
        own = next((rate for rate in same if rate.requirement == requirement), None)
        if own is None:
            return average[0], average[1]
        right, clear = (
            (count + _PRIOR * mean) / (own.seen + _PRIOR)
            for count, mean in zip((own.right, own.clear), average, strict=True)
        )
        return right, clear


@cache
def table_of(code: str) -> Table | None:
    """The table of a code; None for one that no corpus was labelled for."""
    path = patterns_root() / "confidence" / f"{code}.toml"
    return load_toml(path, Table) if path.is_file() else None


def confidence_of(code: str, statuses: Mapping[str, str], likely: Likely) -> Confidence | None:
    """How sure a report on `code` is; None for a code that no corpus was labelled for."""
    table = table_of(code)
    return table.confidence(statuses, likely) if table else None
