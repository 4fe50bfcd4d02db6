"""What an audited sample says of the overpayment of its whole frame: the difference estimator.

Simple sample: N * mean(d) with standard error N * s * sqrt((1 - n/N) / n) and Student's t of n - 1
degrees of freedom, s having the divisor n - 1 and d = paid - correct. Stratified: the sum over
strata, variances added, and the normal distribution's z.

The estimator is that of the variable appraisals of RAT-STATS (HHS Office of Inspector General), and
so are the factors: its program for stratified appraisals, read in a public copy on 2026-11-30,
prints "t-Value Used" for each stratum, n - 1 degrees of freedom, and "Z-Value Used" for the whole
(1.644853626951 at 90 %), with the correction (N - n) / N; the rewrite of the unrestricted appraisal
(github.com/cbtek/RStats2017, `RStatsUVA.cpp`) prints the t-value. W. G. Cochran, Sampling
Techniques, chapters 2 and 5, has the derivation.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from math import ceil, sqrt
from statistics import NormalDist, fmean, variance

from notecheck.audit.paid_items import Item
from notecheck.errors import InputError

CONFIDENCE = 0.90
_MOST_ROUNDS = 50


@dataclass(frozen=True, slots=True)
class Estimate:
    """Dollars of the frame; `lower` and `upper` bound the two-sided 90 % interval.

    `factor` is what the standard error is multiplied by on either side.
    """

    frame: int
    items: int
    strata: int
    sample_overpaid: float
    point: float
    error: float
    factor: float
    lower: float
    upper: float


def extrapolate(items: Sequence[Item], sizes: Mapping[str, int]) -> Estimate:
    """The overpayment of a frame whose strata have `sizes`, from its sampled `items`.

    Raises InputError for a stratum with fewer than two items, more than it has, or none drawn.
    """
    drawn: dict[str, list[float]] = defaultdict(list)
    for item in items:
        drawn[item.stratum].append(item.overpaid)
    for stratum in sorted(sizes.keys() | drawn.keys()):
        _usable(stratum, len(drawn[stratum]), sizes.get(stratum, 0))
    point = sum(sizes[stratum] * fmean(found) for stratum, found in drawn.items())
    error = sqrt(sum(_variance(found, sizes[stratum]) for stratum, found in drawn.items()))
    factor = _factor(len(items), len(drawn))
    return Estimate(
        frame=sum(sizes.values()),
        items=len(items),
        strata=len(drawn),
        sample_overpaid=sum(item.overpaid for item in items),
        point=point,
        error=error,
        factor=factor,
        lower=point - factor * error,
        upper=point + factor * error,
    )


def sample_size(items: Sequence[Item], sizes: Mapping[str, int], precision: float) -> int:
    """How many items make the interval's half as wide as `precision` (0 to 1) of the estimate.

    `items` are a probe sample; its means and deviations are taken for the frame's, and further
    items are dealt to the strata by their size. With V the variance wanted and s and W the strata's
    deviations and shares of the frame, n = sum(W s^2) / (V / N^2 + sum(W s^2) / N): Cochran,
    Sampling Techniques, 5.9. V follows from the factor of the size found, so it is found again
    until it stays. Raises InputError as `extrapolate`, and where the probe shows no overpayment.
    """
    probe = extrapolate(items, sizes)
    if probe.point <= 0:
        raise InputError("the probe sample shows no overpayment, so no precision of one can be had")
    drawn: dict[str, list[float]] = defaultdict(list)
    for item in items:
        drawn[item.stratum].append(item.overpaid)
    frame = sum(sizes.values())
    spread = sum(sizes[name] / frame * variance(found) for name, found in drawn.items())
    least, size = 2 * len(drawn), len(items)
    for _ in range(_MOST_ROUNDS):
        wanted = (precision * probe.point / _factor(size, len(drawn)) / frame) ** 2
        again = min(frame, max(least, ceil(spread / (wanted + spread / frame))))
        if again == size:
            break
        size = again
    return size


def _factor(items: int, strata: int) -> float:
    """Student's t for a simple sample, the normal distribution's z for a stratified one."""
    bound = (1 + CONFIDENCE) / 2
    if strata > 1:
        return NormalDist().inv_cdf(bound)
    from scipy.stats import t as student

    return float(student.ppf(bound, items - 1))


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
