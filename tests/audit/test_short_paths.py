"""The sockets of the workers have room whatever folder temporary files go to."""

from __future__ import annotations

import subprocess
import tempfile
from pathlib import Path

import pytest

from notecheck.audit import short_paths
from notecheck.audit.short_paths import short_temporary_folder
from notecheck.errors import AuditError

from .cases import ROOT, command, environment, knees, write_lines


@pytest.fixture
def long(tmp_path: Path) -> Path:
    folder = tmp_path / ("a" * 90) / ("b" * 90)
    folder.mkdir(parents=True)
    return folder


def test_an_audit_runs_under_a_long_temporary_folder(long: Path, tmp_path: Path) -> None:
    charts = write_lines(tmp_path / "charts.jsonl", knees(3))
    done = subprocess.run(
        command("audit", charts, "--out", tmp_path / "o"),
        cwd=ROOT, env=environment() | {"TMPDIR": str(long)}, capture_output=True, text=True,
        timeout=300, check=False,
    )  # fmt: skip
    assert done.returncode == 0, done.stderr
    assert list(long.iterdir()) == []


def test_only_while_it_is_needed(long: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(tempfile, "tempdir", str(long))
    with short_temporary_folder():
        assert len(tempfile.gettempdir()) < 20
    assert tempfile.gettempdir() == str(long)


def test_where_no_path_is_short_the_setting_is_named(
    long: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(tempfile, "tempdir", str(long))
    monkeypatch.setattr(short_paths, "_OTHERS", (str(long / "none"),))
    told = "set TMPDIR to a folder with a shorter path"
    with pytest.raises(AuditError, match=told), short_temporary_folder():
        pass
