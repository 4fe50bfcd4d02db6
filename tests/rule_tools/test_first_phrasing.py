"""The walk of `patterns/README.md` for whoever adds a first word: each step shows what it says."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
PAGE = (ROOT / "patterns" / "README.md").read_text(encoding="utf-8")


def block(mark: str) -> str:
    (found,) = re.findall(rf"<!-- {mark} -->\n```\w+\n(.*?)```", PAGE, re.DOTALL)
    return str(found)


def test_each_step_shows_what_the_page_says(tmp_path: Path) -> None:
    (tmp_path / "note.txt").write_text(block("note"))
    (tmp_path / "our-rules" / "terms").mkdir(parents=True)
    (tmp_path / "our-rules" / "terms" / "ours.toml").write_text(block("term"))

    def run(words: str) -> subprocess.CompletedProcess[str]:
        assert f"`notecheck {words}`" in PAGE
        return subprocess.run(
            [sys.executable, "-m", "notecheck", *words.split()],
            cwd=tmp_path, env={**os.environ, "PYTHONPATH": str(ROOT)},
            capture_output=True, text=True, check=False,
        )  # fmt: skip

    assert "no mention" in run("rules why note.txt --fact bone_cut").stdout
    told = run("rules why note.txt --fact bone_cut --rules our-rules").stdout
    assert "(act divide_bone: sheared off" in told and "counted" in told
    assert run("rules test divide_bone --rules our-rules").returncode == 0
    assert run("rules lint --rules our-rules").returncode == 0
