"""Half a minute of the soak; `python -m robustness.soak` is the long form."""

from __future__ import annotations

from collections import Counter
from pathlib import Path

from .resident import Sample
from .soak import Soaked, soak


def test_a_service_is_the_same_after_mixed_load(tmp_path: Path) -> None:
    soaked = soak(30, 3, 0.0, tmp_path, growth=0.15)
    assert soaked.wrong == []
    assert soaked.asked["good 200"] > 10
    assert soaked.asked["new words 200"] > 10


def test_growth_is_seen_of_each_process_and_of_handles() -> None:
    flat = [Sample(n, 100, {1: 200}, 10) for n in range(40)]
    leaks = [Sample(n, 100 + n, {1: 200 + n, 2: 200}, 10 + n) for n in range(40)]
    for samples, faults in ((flat, 0), (leaks, 3)):
        soaked = Soaked(Counter(), samples, {}, [])
        soaked.judge(0.05)
        assert len(soaked.wrong) == faults
