"""The learned rates of one code, and the confidence that they give a report."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from math import prod

from pydantic import BaseModel, ConfigDict

from notecheck.models import Confidence
from notecheck.rules.files import patterns_root
from notecheck.rules.toml_file import load_toml

CLEAR = ("met", "not_applicable", "not_assessed")  # statuses that keep no bill back
_PRIOR = 2.0  # encounters' worth of belief in the status' own average


class Rate(BaseModel):
    """Of `seen` reports of this status, how many were `right`, and how many truly `clear`."""

    model_config = ConfigDict(extra="forbid", frozen=True)
    requirement: str
    status: str
    seen: int
    right: int
    clear: int


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
    rate: tuple[Rate, ...]

    def confidence(self, statuses: Mapping[str, str]) -> Confidence:
        """Of a report's statuses by requirement. A requirement never seen is trusted by half."""
        assessed = {name: found for name, found in statuses.items() if found != "not_assessed"}
        right = {name: self._smoothed(name, status)[0] for name, status in assessed.items()}
        clear = prod(self._smoothed(name, status)[1] for name, status in assessed.items())
        return Confidence(
            requirements={name: round(value, 4) for name, value in right.items()},
            release=round(clear**self.power, 4),
        )

    def _smoothed(self, requirement: str, status: str) -> tuple[float, float]:
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
def _table(code: str) -> Table | None:
    path = patterns_root() / "confidence" / f"{code}.toml"
    return load_toml(path, Table) if path.is_file() else None


def confidence_of(code: str, statuses: Mapping[str, str]) -> Confidence | None:
    """How sure a report on `code` is; None for a code that no corpus was labelled for."""
    table = _table(code)
    return table.confidence(statuses) if table else None
