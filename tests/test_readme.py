"""README's example shows the real output, and its Python example gives what it says."""

from __future__ import annotations

import json
import os
import re
import shlex
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
from typer.main import get_command

from notecheck.commands.app import app

ROOT = Path(__file__).resolve().parents[1]
# The front door and the pages beside the rooms that it leads to.
_PAGES = ("", *(f"notecheck/{room}/" for room in ("claims", "audit", "rules", "evaluate", "read")))
README = "\n".join((ROOT / f"{page}README.md").read_text(encoding="utf-8") for page in _PAGES)


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
        **options,
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


def _lines(page: Path) -> list[str]:
    """The lines of a page's shell blocks that no mark gives to a test of their own."""
    text = page.read_text(encoding="utf-8")
    blocks = re.findall(r"(<!-- [^>]* -->\n)?```bash\n(.*?)```", text, re.S)
    whole = (block.replace("\\\n", " ") for mark, block in blocks if not mark)
    return [line for block in whole for line in block.splitlines()]


def _is_here(line: str) -> bool:
    """Whether all files that a command of ours names are in this folder."""
    words = [word.strip('"') for word in line.partition(" #")[0].split()]
    files = [word for word in words if re.search(r"[^-/]/|\.\w+$", word)]
    here = all(not file.startswith("/") and any(ROOT.glob(file)) for file in files)
    return words[0] == "notecheck" and "our-rules" not in words and here  # a site makes its own


def _pasted() -> list[str]:
    """The lines of the front page, and of the others what has all that it needs here."""
    others = (line for page in _PAGES[1:] for line in _lines(ROOT / f"{page}README.md"))
    return [*_lines(ROOT / "README.md"), *filter(_is_here, others)]


@pytest.mark.parametrize("line", _pasted())
def test_a_line_of_a_block_runs_as_it_is_pasted(line: str, tmp_path: Path) -> None:
    for folder in ("tests", "corpus"):
        (tmp_path / folder).symlink_to(ROOT / folder)
    (tmp_path / "notecheck").write_text(f'#!/bin/sh\nexec "{sys.executable}" -m notecheck "$@"\n')
    (tmp_path / "notecheck").chmod(0o755)
    done = subprocess.run(
        ["bash", "-c", line],
        cwd=tmp_path,
        env={**os.environ, "PATH": f"{tmp_path}:{os.environ['PATH']}", "PYTHONPATH": str(ROOT)},
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode in (0, 1), done.stderr  # 2: what it names is not there, or not so
    assert done.stdout or "no findings" in done.stderr or (tmp_path / "report.html").exists()


def _commands() -> list[tuple[str, str]]:
    """Every command of ours on every page, whichever room it is in."""
    pages = [ROOT / "README.md", ROOT / ".deploy" / "README.md"]
    pages += sorted((ROOT / "notecheck").rglob("README.md"))
    found = []
    for page in pages:
        blocks = re.findall(r"```bash\n(.*?)```", page.read_text(encoding="utf-8"), re.S)
        for line in "\n".join(blocks).replace("\\\n", " ").splitlines():
            parts = re.split(r"\s(?:#|\|\|?|&&|[<>]+)\s", f" {line} ")
            found += [(page.parent.name, part.strip()) for part in parts]
    return [(page, part) for page, part in found if part.startswith("notecheck ")]


def test_every_command_on_every_page_has_its_options() -> None:
    commands = _commands()
    assert len({page for page, _ in commands}) > 8
    for page, told in commands:
        at: Any = get_command(app)
        words = shlex.split(told)[1:]
        while words and hasattr(at, "commands"):
            assert words[0] in at.commands, (page, told)
            at = at.commands[words.pop(0)]
        known = {name for option in at.params for name in option.opts}
        used = {word.partition("=")[0] for word in words if re.match(r"--?[a-z]", word)}
        assert used <= known, (page, told)


def test_python_example() -> None:
    code = next(b for b in re.findall(r"```python\n(.*?)```", README, re.S))
    scope: dict[str, object] = {}
    exec(code, scope)
    report = scope["report"]
    assert report.decision == "hold"
    assert report.supported_code.value == "27596"


def test_pipeline_examples_give_what_they_say() -> None:
    """Each line of such an example that a comment follows gives what the comment says."""
    blocks = re.findall(r"```python\n(.*?)```", README, re.S)
    pairs = 0
    for code in (block for block in blocks if "add_pipe" in block or "load()" in block):
        scope: dict[str, object] = {}
        lines = [line for line in code.splitlines() if line]
        for line, after in zip(lines, [*lines[1:], ""], strict=True):
            if after.startswith("# "):
                assert f"# {eval(line, scope)!r}" == after
                pairs += 1
            else:
                exec(line, scope)
    assert pairs >= 3


def test_command_lines_name_real_commands() -> None:
    names = (
        "scan|audit|agreement|hook|schema|evaluate|rules|explain|checklist|query|policy"
        "|serve|log|replay|keys"
    )
    shown = set(re.findall(rf"notecheck ({names})\b", README))
    offered = run("--help").stdout
    assert shown and all(re.search(rf"^\s+{command}\b", offered, re.M) for command in shown)


def test_the_code_that_is_shown_can_be_added(tmp_path: Path) -> None:
    shown = re.search(r'```toml\n(code = "(\d+)".*?)```', README, re.S)
    assert shown
    (tmp_path / "codes").mkdir()
    (tmp_path / "codes" / f"{shown[2]}.toml").write_text(shown[1], encoding="utf-8")
    result = run("scan", "-", "--code", shown[2], "--rules", str(tmp_path), input="Left thigh pus.")
    assert (result.returncode, result.stderr) == (1, "")
    assert f": {shown[2]}, score" in result.stdout


def test_the_walk_through_of_a_claim_gives_what_it_says() -> None:
    scan = re.search(r"notecheck (scan --claims .*?) > reports", README, re.S)
    hook = re.search(r"notecheck (hook --claim \S+ \S+) > report", README)
    assert scan and hook
    done = run(*hook[1].split())
    report = json.loads(done.stdout)
    met = {item["id"] for item in report["requirements"] if item["status"] == "met"}
    assert (done.returncode, report["score"]) == (0, 88.5)
    assert {"laterality-claim", "inpatient"} <= met
    done = run(*scan[1].replace("\\\n", "").split())
    assert (done.returncode, len(done.stdout.splitlines())) == (2, 1)
    assert done.stderr in README


def test_the_example_files_of_other_formats_are_read() -> None:
    files = re.search(r"notecheck scan (tests/examples/visit\S+ \S+)\n", README)
    assert files
    done = run("scan", "--exit-zero", "--format", "jsonl", *files[1].split())
    found = [json.loads(line) for line in done.stdout.splitlines()]
    assert (done.returncode, done.stderr) == (0, "")
    assert [report["encounter_id"] for report in found] == ["V100", "V200"]
