"""A few of the machine's faults; `python -m robustness.faults` strikes everywhere."""

from __future__ import annotations

from pathlib import Path

import pytest

from .faults import KEPT, STEPS, Fault, Kept, damaged_log, while_writing, with_memory


@pytest.mark.parametrize("fault", ["killed", "full"])
@pytest.mark.parametrize("name", KEPT)
def test_what_was_acknowledged_outlives(name: str, fault: Fault, tmp_path: Path) -> None:
    counts = set()
    for at in (0, 300, 1_000, 5_000, 20_000, 33_000, 50_000, 100_000, 500_000):
        count, wrong = while_writing(KEPT[name], fault, at, tmp_path / str(at))
        assert wrong is None, at
        counts.add(count)
    assert {0, STEPS} <= counts, "it struck nothing, or never let anything through"


def test_what_is_lost_is_seen(tmp_path: Path) -> None:
    forgetful = Kept(lambda folder, step: None, KEPT["the log"].lost)
    assert while_writing(forgetful, "full", 0, tmp_path / "f")[1] == f"0 entries of {3 * STEPS}"


@pytest.mark.parametrize("block", range(4))
def test_a_damaged_block_is_told(block: int, tmp_path: Path) -> None:
    assert damaged_log(block, tmp_path / "damaged") is None


@pytest.mark.parametrize("more", [0, 2_000_000, 20_000_000])
def test_a_check_without_memory_says_so(more: int) -> None:
    assert with_memory(more) is None
