"""Confidence intervals by the percentile bootstrap over encounters.

Encounters, not labels, are drawn: the labels of one encounter err together. See Efron and
Tibshirani, An Introduction to the Bootstrap (1993), chapter 13.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Hashable, Mapping, Sequence
from math import ceil, floor
from operator import mul
from random import Random
from typing import NamedTuple, TypeVar

CONFIDENCE = 0.95
RESAMPLES = 500
_SEED = 27596  # fixed, so that the same encounters always give the same intervals

_Count = TypeVar("_Count", bound=Hashable)
_Figure = TypeVar("_Figure", bound=Hashable)


class Interval(NamedTuple):
    low: float
    high: float


def intervals(
    samples: Sequence[Mapping[_Count, int]],
    rates: Callable[[Mapping[_Count, int]], Mapping[_Figure, float]],
    *,
    resamples: int = RESAMPLES,
) -> dict[_Figure, Interval]:
    """The interval of each of the `rates`, at `CONFIDENCE`.

    `samples` holds the counts of each encounter, at least one; `rates` takes their sum. Every
    resample draws as many encounters as there are, with replacement.
    """
    columns = {
        name: [sample.get(name, 0) for sample in samples]
        for name in {name for sample in samples for name in sample}
    }
    draw = Random(_SEED)
    drawn: dict[_Figure, list[float]] = {}
    for _ in range(resamples):
        times = Counter(draw.choices(range(len(samples)), k=len(samples)))
        weights = [times[number] for number in range(len(samples))]
        sums = {name: sum(map(mul, column, weights)) for name, column in columns.items()}
        for figure, value in rates(sums).items():
            drawn.setdefault(figure, []).append(value)
    return {figure: _middle(values) for figure, values in drawn.items()}


def _middle(values: list[float]) -> Interval:
    """What is left when the same share of `values` is cut off below and above."""
    ordered = sorted(values)
    tail = (1 - CONFIDENCE) / 2 * (len(ordered) - 1)
    return Interval(ordered[floor(tail)], ordered[ceil(len(ordered) - 1 - tail)])
