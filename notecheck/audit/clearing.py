"""What clears by itself when a release needs a least confidence, and how much of it may be wrong.

An audit knows no truth: the share that is wrong is the one that the reports' own calibrated
confidence expects. Risk and coverage: Geifman and El-Yaniv, Selective Classification for Deep
Neural Networks (2017), section 2.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

STEPS = 1_000  # of confidence that are counted apart
_SHOWN = (0.99, 0.97, 0.95, 0.93, 0.9, 0.85, 0.8, 0.7, 0.5, 0.0)


@dataclass(frozen=True)
class Cleared:
    """The releases of at least this confidence (0 to 1).

    `coverage` is their share of all releases, `risk` the share of them expected to be wrong.
    """

    confidence: float
    count: int
    coverage: float
    risk: float


def step_of(confidence: float) -> int:
    """The step that a confidence is counted in."""
    return min(int(confidence * STEPS), STEPS - 1)


def clearing(counted: Mapping[int, int]) -> list[Cleared]:
    """The curve of releases counted by the step of their confidence, the surest first."""
    whole = sum(counted.values())
    found, count, wrong = [], 0, 0.0
    for step in sorted(counted, reverse=True):
        count += counted[step]
        wrong += counted[step] * (1 - (step + 0.5) / STEPS)
        found.append(Cleared(step / STEPS, count, count / whole, wrong / count))
    return found


def shown(curve: list[Cleared]) -> list[Cleared]:
    """The points at round confidences; one that clears no more than the one before is left out."""
    points: list[Cleared] = []
    for least in _SHOWN:
        above = [point for point in curve if point.confidence >= least]
        if above and (not points or above[-1].count > points[-1].count):
            last = above[-1]
            points.append(Cleared(least, last.count, last.coverage, last.risk))
    return points
