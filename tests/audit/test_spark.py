"""The Spark engine gives the tables of our own, byte for byte, over every kind of input."""

from __future__ import annotations

import os
import shutil
from pathlib import Path

import pytest

from .cases import ROOT, environment, knees, notecheck, rows, tables, write_lines
from .test_audit import write_inputs

HAS_JAVA = shutil.which("java") is not None


@pytest.mark.skipif(not HAS_JAVA and not os.environ.get("CI"), reason="no java on this machine")
def test_spark_gives_the_same_tables(tmp_path: Path) -> None:
    assert HAS_JAVA, "CI has to install java"
    # Names that Spark would take for patterns.
    folder, out = tmp_path / "in put [1]", tmp_path / "out {a,b}[2]"
    write_inputs(folder)
    write_lines(folder / "more.jsonl", knees(200))
    local = notecheck("audit", folder, "--out", tmp_path / "local", "--workers", "2")
    spark = notecheck("audit", folder, "--out", out, "--engine", "spark", "--workers", "2")
    assert (local.returncode, spark.returncode) == (1, 1), spark.stderr
    assert rows(out, "errors") == rows(tmp_path / "local", "errors")
    assert tables(out) == tables(tmp_path / "local")


def test_no_java_is_told_in_one_sentence(tmp_path: Path) -> None:
    import subprocess
    import sys

    (tmp_path / "note.txt").write_text("Knee arthroscopy.")
    done = subprocess.run(
        [sys.executable, "-m", "notecheck", "audit", str(tmp_path / "note.txt"),
         "--out", str(tmp_path / "out"), "--engine", "spark"],
        env=environment() | {"PATH": "/nowhere", "JAVA_HOME": ""},
        cwd=ROOT, capture_output=True, text=True, check=False, timeout=120,
    )  # fmt: skip
    assert done.returncode == 2
    assert "notecheck: NC" not in done.stderr
    assert "Spark needs Java 17 or newer, and no `java` is found: install it" in done.stderr
