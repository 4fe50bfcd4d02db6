"""A wheel, installed in a fresh environment outside the checkout, checks a note."""

from __future__ import annotations

import json
import subprocess
import sys
import venv
import zipfile
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[1]


def run(*words: str | Path, cwd: Path) -> str:
    done = subprocess.run(words, cwd=cwd, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    return done.stdout


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("dist")
    run(sys.executable, "-m", "build", "--wheel", "--outdir", folder, cwd=ROOT)
    (built,) = folder.glob("*.whl")
    return built


def test_wheel_holds_the_patterns_and_templates(wheel: Path) -> None:
    names = set(zipfile.ZipFile(wheel).namelist())
    shipped = {f"notecheck/{p.relative_to(ROOT)}" for p in (ROOT / "patterns").rglob("*.toml")}
    templates = {
        str(p.relative_to(ROOT)) for p in (ROOT / "notecheck" / "report" / "templates").iterdir()
    }
    assert shipped and templates and shipped | templates <= names
    assert "notecheck/patterns/reader/27596.npz" in names
    assert not any(name.startswith(("tests/", "corpus/")) for name in names)


def test_installed_wheel_scans_a_note(
    wheel: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    venv.create(tmp_path / "env", with_pip=True)
    python = tmp_path / "env" / "bin" / "python"
    run(python, "-m", "pip", "install", "-q", wheel, cwd=tmp_path)
    note = tmp_path / "note.txt"
    note.write_text((ROOT / "tests" / "examples" / "revision.txt").read_text())
    command = tmp_path / "env" / "bin" / "notecheck"
    cache = tmp_path / "cache"
    monkeypatch.setenv("NOTECHECK_CACHE", str(cache))
    monkeypatch.delenv("PYTHONPATH", raising=False)  # of a checkout
    printed = run(command, "scan", note, "--format", "json", "--exit-zero", cwd=tmp_path)
    assert json.loads(printed)["supported_code"]["value"] == "27596"
    assert not cache.exists()  # what is worked out of our own rules came with the wheel
