"""Half a minute of the soak; `python -m robustness.soak` is the long form."""

from __future__ import annotations

from pathlib import Path

from .soak import Sample, Soaked, soak


def test_a_service_is_the_same_after_mixed_load(tmp_path: Path) -> None:
    soaked = soak(30, 3, 0.0, tmp_path)
    assert soaked.wrong == []
    assert soaked.asked["good 200"] > 10


def test_growth_is_seen() -> None:
    samples = [Sample(100 + n, 10) for n in range(40)]
    before, after = Soaked({}, samples, []).quarters
    assert (before.memory, after.memory) == (114, 134)
