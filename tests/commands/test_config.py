"""The settings file, what `notecheck config` says of it, and `notecheck doctor`."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
NOTE = ROOT / "tests" / "examples" / "revision.txt"


def run(folder: Path, *words: str, **variables: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-m", "notecheck", *words],
        cwd=folder,
        capture_output=True,
        text=True,
        check=False,
        timeout=120,
        env={**os.environ, "PYTHONPATH": str(ROOT), **variables},
    )


def held(folder: Path, **variables: str) -> dict[str, tuple[object, str]]:
    done = run(folder, "config", "--changed", "--format", "json", **variables)
    assert done.returncode == 0, done.stderr
    return {
        f"{s['command']}.{s['option']}": (s["value"], s["whence"]) for s in json.loads(done.stdout)
    }


def test_the_nearest_file_holds_for_the_commands_that_have_the_option(tmp_path: Path) -> None:
    inner = tmp_path / "charts" / "today"
    inner.mkdir(parents=True)
    (tmp_path / "pyproject.toml").write_text("[tool.other]\n")  # not ours: looked past
    file = tmp_path / "charts" / "notecheck.toml"
    file.write_text('code = "27594"\n[scan]\nformat = "json"\nexit-zero = true\n')
    done = run(inner, "scan", str(NOTE))
    assert done.returncode == 0  # a hold, and yet 0
    assert json.loads(done.stdout)["code"] == "27594"
    told = json.loads(run(inner, "scan", "--code", "27596", str(NOTE)).stdout)
    assert told["code"] == "27596"  # the command line goes before
    assert held(inner)["scan.format"] == ("json", str(file))
    assert held(inner)["audit.code"] == ("27594", str(file))


def test_a_project_file_serves_too_and_the_environment_goes_before(tmp_path: Path) -> None:
    file = tmp_path / "pyproject.toml"
    file.write_text('[tool.notecheck.hook]\nlog = "log.sqlite"\n')
    assert held(tmp_path)["hook.log"] == (str(tmp_path / "log.sqlite"), str(file))
    assert held(tmp_path, NOTECHECK_LOG="x")["hook.log"] == ("x", "NOTECHECK_LOG")
    assert held(tmp_path, NOTECHECK_CONFIG="") == {}


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ('cod = "27596"\n[audt]\nx = 1\n', ["option `cod`", "command `audt`"]),
        ('[scan]\ndates = "mdy"\n', ["`scan` has no option `dates`"]),
        ('service = "unix:/x"\n', ["NOTECHECK_SERVICE"]),
        ("code = \n", ["this is no TOML"]),
    ],
)
def test_a_wrong_file_stops_every_command_but_the_doctor(
    tmp_path: Path, text: str, told: list[str]
) -> None:
    (tmp_path / "notecheck.toml").write_text(text)
    done = run(tmp_path, "scan", str(NOTE))
    assert (done.returncode, done.stdout) == (2, "")
    assert done.stderr.endswith("[NC105]\n") and done.stderr.count("\n") == 1
    assert all(words in done.stderr for words in told)
    assert "settings file" in run(tmp_path, "explain", "NC105").stdout
    looked = run(tmp_path, "doctor")
    assert looked.returncode == 1
    assert "WRONG" in next(x for x in looked.stdout.splitlines() if x.startswith("settings"))


def test_the_doctor_finds_nothing_wrong_here(tmp_path: Path) -> None:
    done = run(tmp_path, "doctor")
    assert (done.returncode, done.stderr) == (0, "")
    lines = {line.split()[0]: line for line in done.stdout.splitlines()}
    assert {"Python", "spacy", "[audit]", "settings", "rules", "reading"} <= lines.keys()
    assert len(lines["rules"].rpartition(" ")[2]) == 64  # a SHA-256
    assert "supports 27596" in lines["reading"]


def test_the_doctor_names_broken_rules(tmp_path: Path) -> None:
    site = tmp_path / "site" / "terms"
    site.mkdir(parents=True)
    (site / "broken.toml").write_text("[[term]]\nid = 3\n")
    done = run(tmp_path, "doctor", "--rules", str(tmp_path / "site"))
    assert done.returncode == 1
    rules = next(line for line in done.stdout.splitlines() if line.startswith("rules"))
    assert "WRONG" in rules and "broken.toml" in rules


@pytest.mark.parametrize("shell", ["bash", "zsh", "fish", "powershell"])
def test_shells_are_given_completions(tmp_path: Path, shell: str) -> None:
    typed = "notecheck sc"
    asked = {"COMP_WORDS": typed, "COMP_CWORD": "1", "_TYPER_COMPLETE_ARGS": typed}
    asked |= {"_TYPER_COMPLETE_WORD_TO_COMPLETE": "sc", "_TYPER_COMPLETE_FISH_ACTION": "get-args"}
    done = run(tmp_path, _NOTECHECK_COMPLETE=f"complete_{shell}", **asked)
    assert "scan" in done.stdout and "hook" not in done.stdout
