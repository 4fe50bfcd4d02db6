"""What an audited sample says of the overpayment of its whole frame: the difference estimator.

Simple sample: N * mean(d) with standard error N * s * sqrt((1 - n/N) / n) and n - 1 degrees of
freedom, s having the divisor n - 1 and d = paid - correct. Stratified: the sum over strata,
variances added, and n less the number of strata for degrees of freedom.

The estimator is that of the variable appraisals of RAT-STATS (HHS Office of Inspector General);
W. G. Cochran, Sampling Techniques, chapters 2 and 5, has the derivation.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from math import sqrt
from statistics import fmean, variance

from notecheck.audit.paid_items import Item
from notecheck.errors import InputError

CONFIDENCE = 0.90


@dataclass(frozen=True, slots=True)
class Estimate:
    """Dollars of the frame; `lower` and `upper` bound the two-sided 90 % interval."""

    frame: int
    items: int
    strata: int
    sample_overpaid: float
    point: float
    error: float
    t: float
    lower: float
    upper: float


def extrapolate(items: Sequence[Item], sizes: Mapping[str, int]) -> Estimate:
    """The overpayment of a frame whose strata have `sizes`, from its sampled `items`.

    Raises InputError for a stratum with fewer than two items, more than it has, or none drawn.
    """
    from scipy.stats import t as student

    drawn: dict[str, list[float]] = defaultdict(list)
    for item in items:
        drawn[item.stratum].append(item.overpaid)
    for stratum in sorted(sizes.keys() | drawn.keys()):
        _usable(stratum, len(drawn[stratum]), sizes.get(stratum, 0))
    point = sum(sizes[stratum] * fmean(found) for stratum, found in drawn.items())
    error = sqrt(sum(_variance(found, sizes[stratum]) for stratum, found in drawn.items()))
    t = float(student.ppf((1 + CONFIDENCE) / 2, len(items) - len(drawn)))
    return Estimate(
        frame=sum(sizes.values()),
        items=len(items),
        strata=len(drawn),
        sample_overpaid=sum(item.overpaid for item in items),
        point=point,
        error=error,
        t=t,
        lower=point - t * error,
        upper=point + t * error,
    )


def _usable(stratum: str, drawn: int, size: int) -> None:
    if drawn > size:
        raise InputError(f'stratum "{stratum}": {drawn} items are sampled of {size} in the frame')
    if drawn < 2:
        raise InputError(
            f'stratum "{stratum}": {drawn} of {size} items sampled, and an error needs two; draw '
            "more, or join strata before the sample is drawn"
        )


def _variance(found: Sequence[float], size: int) -> float:
    drawn = len(found)
    return size**2 * (1 - drawn / size) * variance(found) / drawn
