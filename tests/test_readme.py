"""README's example shows the real output, and its Python example gives what it says."""

from __future__ import annotations

import re
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[1]
README = (ROOT / "README.md").read_text(encoding="utf-8")


def block_after(mark: str) -> str:
    """The fenced block that follows the comment `mark`."""
    match = re.search(re.escape(f"<!-- {mark} -->") + r"\n```\w*\n(.*?)```", README, re.S)
    assert match, mark
    return match[1]


def run(*words: str, **options: object) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-m", "notecheck", *words],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=False,
        **options,  # type: ignore[call-overload]
    )


@pytest.mark.parametrize("command", re.findall(r"<!-- output: (.*?) -->", README))
def test_example_output_is_the_real_output(command: str) -> None:
    result = run(*command.split())
    assert result.stdout.strip() == block_after(f"output: {command}").strip()
    assert result.returncode == (1 if command.startswith("scan") else 0)


def test_main_command_scans_the_example() -> None:
    scan = next(line for line in block_after("command: main").splitlines() if " scan " in line)
    result = run(*scan.split('/bin/notecheck" ', 1)[1].split())
    assert (result.returncode, result.stderr) == (0, "")
    assert "27596" in result.stdout


def test_python_example() -> None:
    code = next(b for b in re.findall(r"```python\n(.*?)```", README, re.S))
    scope: dict[str, object] = {}
    exec(code, scope)
    report = scope["report"]
    assert report.decision == "hold"  # type: ignore[attr-defined]
    assert report.supported_code.value == "27596"  # type: ignore[attr-defined]


def test_command_lines_name_real_commands() -> None:
    commands = "scan|hook|schema|evaluate|rules|serve|log|replay|keys"
    shown = set(re.findall(rf"notecheck ({commands})\b", README))
    offered = run("--help").stdout
    assert shown and all(re.search(rf"^\s+{command}\b", offered, re.M) for command in shown)
