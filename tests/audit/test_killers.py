"""An encounter that takes for ever, or the worker with it, costs its own row and nothing else."""

from __future__ import annotations

import os
import signal
import subprocess
import time
from pathlib import Path

import pytest
from slow_rule import SLOW_LIST, WORDS, slow_rules

from .cases import ROOT, command, encounter, environment, knees, notecheck, rows, write_lines

SLOW = f"The stump was amputated {WORDS}."


@pytest.fixture
def rules(tmp_path: Path) -> Path:
    return slow_rules(tmp_path)


@pytest.fixture
def charts(tmp_path: Path) -> Path:
    several = list(knees(150))
    several.insert(40, encounter("SLOW", SLOW))
    return write_lines(tmp_path / "charts.jsonl", several)


def failures(out: Path) -> list[tuple[str, str, str]]:
    assert len(rows(out, "reports")) == 150
    return [(r["encounter_id"], r["error_code"], r["reason"]) for r in rows(out, "errors")]


def test_a_slow_encounter_is_given_up(rules: Path, charts: Path, tmp_path: Path) -> None:
    done = notecheck("audit", charts, "--out", tmp_path / "o", "--time-limit", "1", rules=rules)
    assert done.returncode == 1, done.stderr
    assert failures(tmp_path / "o") == [("SLOW", "NC330", "time_limit")]


def test_faulty_rules_are_told_before_any_work(rules: Path, charts: Path, tmp_path: Path) -> None:
    (rules / "terms" / "slow.toml").write_text(SLOW_LIST.replace("slowly (", "slowly {nothing} ("))
    done = notecheck("audit", charts, "--out", tmp_path / "o", "--rules", rules)
    assert done.returncode == 2
    assert "slow.toml" in done.stderr and done.stderr.count("\n") == 1
    assert not (tmp_path / "o" / ".audit").exists()


def busy_worker(run: subprocess.Popen[bytes]) -> int:
    """The process of `run` that works and works: the one with the slow encounter."""
    deadline = time.monotonic() + 120
    while time.monotonic() < deadline:
        before = {pid: ticks(pid) for pid in descendants(run.pid)}
        time.sleep(2)
        for pid in descendants(run.pid):
            # Workers are children of the fork server, which has no work once it is loaded.
            if pid in before and ticks(pid) - before[pid] > 10 and parent(pid) != run.pid:
                return pid
    raise AssertionError("no worker is busy")


def descendants(pid: int) -> list[int]:
    everyone = [int(name) for name in os.listdir("/proc") if name.isdigit()]
    children = [one for one in everyone if parent(one) == pid]
    return children + [inner for one in children for inner in descendants(one)]


def status(pid: int) -> list[str]:
    try:
        return Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
    except FileNotFoundError:
        return ["", "0", *["0"] * 20]


def parent(pid: int) -> int:
    return int(status(pid)[1])


def ticks(pid: int) -> int:
    return int(status(pid)[11])


finds_workers = pytest.mark.skipif(
    not Path("/proc/self/stat").exists(), reason="finds workers by /proc"
)


def audited(
    charts: Path, out: Path, rules: Path, limit: str, blows: list[signal.Signals]
) -> subprocess.Popen[bytes]:
    """An audit by one worker, each blow dealt to whichever worker is at the slow encounter."""
    words = command("audit", charts, "--out", out, "--workers", "1", "--time-limit", limit)
    run = subprocess.Popen(words, cwd=ROOT, env=environment(rules), stderr=subprocess.PIPE)
    for blow in blows:
        os.kill(busy_worker(run), blow)
    return run


@finds_workers
@pytest.mark.parametrize(
    ("blows", "limit", "expected"),
    [
        ([signal.SIGKILL] * 2, "300", ("SLOW", "NC331", "worker_died")),
        # A stopped process hears no alarm, like one that is deep in foreign code.
        ([signal.SIGSTOP], "8", ("SLOW", "NC330", "time_limit")),
    ],
)
def test_a_worker_that_dies_or_hangs_is_replaced(
    blows: list[signal.Signals], limit: str, expected: tuple[str, str, str],
    rules: Path, charts: Path, tmp_path: Path,
) -> None:  # fmt: skip
    run = audited(charts, tmp_path / "o", rules, limit, blows)
    _, said = run.communicate(timeout=120)
    assert run.returncode == 1, said
    assert failures(tmp_path / "o") == [expected]


@finds_workers
def test_an_encounter_at_which_one_worker_was_killed_is_checked_by_the_next(
    rules: Path, charts: Path, tmp_path: Path
) -> None:
    run = audited(charts, tmp_path / "o", rules, "12", [signal.SIGKILL])
    _, said = run.communicate(timeout=120)
    assert run.returncode == 1, said
    # It was done once more, and then ended by its own slowness and not for the killed worker.
    assert failures(tmp_path / "o") == [("SLOW", "NC330", "time_limit")]
