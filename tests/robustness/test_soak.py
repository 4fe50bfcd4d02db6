"""Half a minute of the soak; `python -m robustness.soak` is the long form."""

from __future__ import annotations

from collections import Counter
from pathlib import Path

from .resident import Held, Sample
from .soak import Load, Soaked, soak


def test_a_service_is_the_same_after_mixed_load(tmp_path: Path) -> None:
    load = Load(clients=3, pause=0.0, notes=["OPERATION: Right total knee replacement."])
    soaked = soak(30, load, tmp_path, warm_up=8, growth=0.15)
    assert soaked.wrong == []
    for kind in ("good 200", "new words 200", "other operation 200", "override 201"):
        assert soaked.asked[kind], kind


def test_growth_is_seen_of_each_process_and_of_handles() -> None:
    flat = [_seen(n, 100, {1: 200}, 10) for n in range(40)]
    leaks = [_seen(n, 100 + n, {1: 200 + n, 2: 200}, 10 + n) for n in range(40)]
    for samples, faults in ((flat, 0), (leaks, 3)):
        soaked = Soaked(10, Counter(), samples, {}, [])
        soaked.judge(0.05)
        assert len(soaked.wrong) == faults


def test_a_worker_that_came_late_has_its_own_warm_up() -> None:
    grows = [_seen(n, 100, {2: 200 + max(0, 30 - n)}, 10) for n in range(20, 40)]
    samples = [_seen(n, 100, {1: 200}, 10) for n in range(20)] + grows
    assert set(Soaked(5, Counter(), samples, {}, []).trends()) == {
        "the service", "handles", "worker 1", "worker 2",
    }  # fmt: skip
    assert "worker 2" not in Soaked(15, Counter(), samples, {}, []).trends()


def _seen(seconds: float, service: int, workers: dict[int, int], handles: int) -> Sample:
    held = {pid: Held(resident, resident, 0, 1) for pid, resident in workers.items()}
    return Sample(seconds, Held(service, service, handles, 1), held, 0, 0)
