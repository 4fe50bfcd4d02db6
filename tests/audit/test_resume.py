"""A run that is killed, at whatever moment, and gone on with leaves what an unbroken one does."""

from __future__ import annotations

import os
import signal
import subprocess
import time
from collections.abc import Callable
from pathlib import Path

import pytest

from .cases import (
    ROOT,
    THIGH,
    claim,
    command,
    encounter,
    knees,
    notecheck,
    rows,
    tables,
    write_lines,
)  # fmt: skip

COUNT = 900


@pytest.fixture(scope="module")
def charts(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("charts")
    several = [*knees(COUNT), encounter("T1", THIGH, claim=claim("27596")), {"encounter_id": "bad"}]
    return write_lines(folder / "charts.jsonl", several)


@pytest.fixture(scope="module")
def unbroken(charts: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    out = tmp_path_factory.mktemp("unbroken") / "out"
    assert notecheck("audit", charts, "--out", out, "--workers", "1").returncode == 1
    return out


def killed_when(moment: Callable[[], bool], *words: str | Path) -> None:
    """Runs the command and kills it, as nothing can be caught, once `moment` has come."""
    run = subprocess.Popen(command(*words), cwd=ROOT, stderr=subprocess.PIPE)
    deadline = time.monotonic() + 120
    while not moment() and run.poll() is None and time.monotonic() < deadline:
        time.sleep(0.002)
    os.kill(run.pid, signal.SIGKILL)
    run.communicate()
    assert run.returncode == -signal.SIGKILL


def test_killed_again_and_again_and_resumed(charts: Path, unbroken: Path, tmp_path: Path) -> None:
    out = tmp_path / "out"
    work = out / ".audit"
    words = ("audit", charts, "--out", out, "--workers", "2", "--resume")

    def parts(count: int) -> Callable[[], bool]:
        return lambda: len(list(work.glob("parts/*.arrow"))) >= count

    for moment in (
        (work / "identity.json").exists,
        parts(1),
        parts(4),
        (work / "results").exists,
        (work / "results" / "errors.parquet").exists,
    ):
        killed_when(moment, *words)
        assert not (out / "run.json").exists()
    (torn,) = list(work.glob("parts/*.arrow"))[:1]
    torn.write_bytes(torn.read_bytes()[:100])
    # As when the kill comes while the results are moved out.
    (work / "results" / "reports.parquet").rename(out / "reports.parquet")
    done = notecheck(*words)
    assert done.returncode == 1, done.stderr
    assert tables(out) == tables(unbroken)
    assert len(rows(out, "reports")) == COUNT + 1
    assert not work.exists()


def test_a_resumed_run_must_be_the_same_run(charts: Path, tmp_path: Path) -> None:
    out = tmp_path / "out"
    words = ("audit", charts, "--out", out)
    killed_when((out / ".audit" / "identity.json").exists, *words)
    plain = notecheck(*words)
    assert plain.returncode == 2
    assert "an unfinished audit lies here: go on with it by --resume, or remove" in plain.stderr
    other = notecheck("audit", charts, ROOT / "README.md", "--out", out, "--resume")
    assert other.returncode == 2
    assert "cannot be resumed with other input" in other.stderr
    rules = tmp_path / "rules"
    rules.mkdir()
    (rules / "disable.toml").write_text("disable = []\n")
    ruled = notecheck(*words, "--resume", rules=rules)
    assert ruled.returncode == 2
    assert "cannot be resumed with other rules" in ruled.stderr


def test_two_audits_do_not_share_a_folder(charts: Path, tmp_path: Path) -> None:
    out = tmp_path / "out"
    first = subprocess.Popen(command("audit", charts, "--out", out), cwd=ROOT)
    while not (out / ".audit" / "identity.json").exists():
        time.sleep(0.01)
    second = notecheck("audit", charts, "--out", out, "--resume")
    first.kill()
    first.wait()
    assert second.returncode == 2
    assert "another audit is writing to this folder" in second.stderr
