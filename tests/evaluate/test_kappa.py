"""Kappa against figures known from elsewhere."""

from __future__ import annotations

from collections import Counter
from math import sqrt

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from notecheck.evaluate.kappa import agreement

PAIRS = st.lists(st.tuples(st.sampled_from("abc"), st.sampled_from("abc")), min_size=1)


def pairs(counts: dict[str, int]) -> list[tuple[str, str]]:
    return [(both[0], both[1]) for both, count in counts.items() for _ in range(count)]


def test_a_textbook_table() -> None:
    found = agreement(pairs({"yy": 20, "yn": 5, "ny": 10, "nn": 15}))
    assert (found.cases, found.agreed) == (50, 35)
    assert found.kappa == pytest.approx(0.4)


def test_the_interval_is_that_of_the_delta_method() -> None:
    counts = {"aa": 40, "ab": 6, "ac": 2, "ba": 3, "bb": 25, "bc": 4, "ca": 1, "cb": 5, "cc": 14}
    total = sum(counts.values())
    shares = {both: count / total for both, count in counts.items()}

    def kappa(shares: dict[str, float]) -> float:
        whole = sum(shares.values())
        rows, columns = Counter[str](), Counter[str]()
        for both, share in shares.items():
            rows[both[0]] += share / whole
            columns[both[1]] += share / whole
        seen = sum(share for both, share in shares.items() if both[0] == both[1]) / whole
        chance = sum(rows[name] * columns[name] for name in rows)
        return (seen - chance) / (1 - chance)

    step = 1e-6
    slopes = {
        both: (kappa(shares | {both: share + step}) - kappa(shares | {both: share - step}))
        / (2 * step)
        for both, share in shares.items()
    }
    mean = sum(shares[both] * slopes[both] for both in shares)
    variance = sum(shares[both] * (slopes[both] - mean) ** 2 for both in shares) / total
    found = agreement(pairs(counts))
    assert found.kappa == pytest.approx(kappa(shares))
    assert found.low == pytest.approx(kappa(shares) - 1.959964 * sqrt(variance), abs=1e-6)


def test_one_word_for_everything_has_no_kappa() -> None:
    assert agreement([("hold", "hold")] * 5).kappa is None


@settings(deadline=None)
@given(PAIRS)
def test_the_raters_may_change_places(answers: list[tuple[str, str]]) -> None:
    one, other = agreement(answers), agreement([(b, a) for a, b in answers])
    assert (one.agreed, one.kappa) == (other.agreed, pytest.approx(other.kappa))
    if one.kappa is not None:
        assert one.low is not None and one.high is not None
        assert -1 <= one.low <= one.kappa + 1e-12
        assert one.kappa - 1e-12 <= one.high <= 1
