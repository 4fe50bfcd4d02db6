"""How far two raters agree beyond chance.

Cohen, A coefficient of agreement for nominal scales (1960); the interval is by the standard error
of Fleiss, Cohen and Everitt, Large sample standard errors of kappa and weighted kappa (1969).
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from math import sqrt

_Z = 1.959964  # of a 95 % interval


@dataclass(frozen=True, slots=True)
class Agreement:
    """Two raters over the same cases.

    `kappa` is None where both always gave the same one answer: chance alone explains that too.
    `low` and `high` bound its 95 % interval.
    """

    cases: int
    agreed: int
    kappa: float | None
    low: float | None
    high: float | None

    @property
    def kappa_text(self) -> str:
        if self.kappa is None:
            return "not defined"
        return f"{self.kappa:.3f} ({self.low:.3f} to {self.high:.3f})"


def agreement(pairs: Sequence[tuple[str, str]]) -> Agreement:
    """The agreement of pairs of answers, at least one."""
    cases = len(pairs)
    agreed = sum(one == other for one, other in pairs)
    first = Counter(one for one, _ in pairs)
    second = Counter(other for _, other in pairs)
    observed = agreed / cases
    expected = sum(first[word] * second[word] for word in first) / cases**2
    if expected == 1:
        return Agreement(cases, agreed, None, None, None)
    kappa = (observed - expected) / (1 - expected)
    error = sqrt(_variance(pairs, first, second, observed, expected))
    return Agreement(
        cases, agreed, kappa, max(-1.0, kappa - _Z * error), min(1.0, kappa + _Z * error)
    )


def _variance(
    pairs: Sequence[tuple[str, str]],
    first: Counter[str],
    second: Counter[str],
    observed: float,
    expected: float,
) -> float:
    """The large-sample variance of kappa; equation 13 of Fleiss, Cohen and Everitt."""
    cases = len(pairs)
    chance, seen = 1 - expected, 1 - observed
    agreeing = disagreeing = 0.0
    for (one, other), count in Counter(pairs).items():
        share = count / cases
        if one == other:
            agreeing += share * (chance - (first[one] + second[one]) / cases * seen) ** 2
        else:
            disagreeing += share * ((first[other] + second[one]) / cases) ** 2
    rest = (observed * expected - 2 * expected + observed) ** 2
    found = (agreeing + seen**2 * disagreeing - rest) / (cases * chance**4)
    return max(0.0, found)  # rounding may leave a hair below
