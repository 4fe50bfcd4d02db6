"""The hook that logs, `log` and `replay`, as a user meets them."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from .encounters import SECRET, encounter

ROOT = Path(__file__).resolve().parents[2]


def notecheck(
    *arguments: str, stdin: str = "", **environment: str
) -> subprocess.CompletedProcess[str]:
    done = subprocess.run(
        [sys.executable, "-m", "notecheck", *arguments],
        input=stdin,
        capture_output=True,
        text=True,
        cwd=ROOT,
        env={**os.environ, **environment},
        timeout=120,
        check=False,
    )
    assert "Traceback" not in done.stderr and SECRET not in done.stderr
    return done


def entries(log: str) -> list[dict[str, Any]]:
    return [
        json.loads(line)
        for line in notecheck("log", "show", "--json", "--log", log).stdout.splitlines()
    ]


@pytest.fixture(scope="module")
def logged(tmp_path_factory: pytest.TempPathFactory) -> str:
    """A log of two decisions, the second with its encounter."""
    log = str(tmp_path_factory.mktemp("log") / "log.sqlite")
    given = [encounter("E1", "left").model_dump_json(), encounter("E2", "right").model_dump_json()]
    assert notecheck("hook", stdin=given[0], NOTECHECK_LOG=log).returncode == 1
    assert notecheck("hook", "--keep-text", "--log", log, stdin=given[1]).returncode == 1
    return log


def test_the_hook_appends_its_decision(logged: str) -> None:
    first, second = entries(logged)
    assert (first["encounter_id"], second["encounter_id"]) == ("E1", "E2")
    assert first["way"] == "hook" and first["decision"] == "hold"
    assert second["previous"] == first["hash"]


def test_a_hook_that_cannot_log_does_not_release(tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    done = notecheck(
        "hook", "--log", str(tmp_path / "file" / "log"), stdin=encounter().model_dump_json()
    )
    assert (done.returncode, done.stdout) == (2, "")
    assert "the log cannot be begun" in done.stderr


def test_show_is_for_people(logged: str) -> None:
    shown = notecheck("log", "show", "--log", logged).stdout
    assert "hold (" in shown and "encounter E1, claim C1" in shown and "way of hook" in shown
    assert all(len(line) <= 80 for line in shown.splitlines() if "missing" not in line)
    one = notecheck("log", "show", entries(logged)[1]["id"], "--log", logged).stdout
    assert "E2" in one and "E1" not in one
    assert notecheck("log", "show", "nothing", "--log", logged).returncode == 2


def test_verify_prints_a_head_that_it_takes_back(logged: str) -> None:
    done = notecheck("log", "verify", "--log", logged)
    assert (done.returncode, done.stderr) == (0, "")
    head = done.stdout.split()[-1]
    assert done.stdout == f"2 entries, unbroken; head {head}\n"
    assert notecheck("log", "verify", "--log", logged, "--head", head).returncode == 0
    other = notecheck("log", "verify", "--log", logged, "--head", f"9:{head[2:]}")
    assert other.returncode == 1 and "cut off" in other.stderr
    assert notecheck("log", "verify", "--log", logged, "--head", "x").returncode == 2
    assert notecheck("log", "verify", "--log", f"{logged}.none").returncode == 2


def test_replay_proves_the_answers(logged: str, tmp_path: Path) -> None:
    alone = notecheck("replay", "--log", logged)
    assert alone.returncode == 0
    assert alone.stdout.split("\n")[0] == "      1  decided again, with the same report"
    file = tmp_path / "e1.json"
    file.write_text(encounter("E1", "left").model_dump_json(indent=1))
    both = notecheck("replay", "--log", logged, str(file))
    assert both.returncode == 0
    assert both.stdout.split("\n")[0] == "      2  decided again, with the same report"


def test_replay_under_other_rules_is_no_proof(logged: str, tmp_path: Path) -> None:
    rules = tmp_path / "rules"
    rules.mkdir()
    (rules / "disable.toml").write_text('disable = ["cut.saw-named"]\n')
    done = notecheck("replay", "--log", logged, NOTECHECK_RULES=str(rules))
    assert done.returncode == 2, done.stderr
    assert "entry 2, decided by other rules then: hold then, hold now\n" in done.stdout
    assert "      1  decided by other rules then\n" in done.stdout


def test_an_override_from_the_command(logged: str, tmp_path: Path) -> None:
    copy = tmp_path / "log.sqlite"
    copy.write_bytes(Path(logged).read_bytes())
    ref = entries(logged)[0]["id"]
    words = ["--to", "pass", "--person", "A. Coder", "--reason", "addendum", "--log", str(copy)]
    done = notecheck("log", "override", ref, *words)
    assert done.returncode == 0 and "overridden to pass by A. Coder" in done.stdout
    assert entries(str(copy))[-1]["reason"] == "addendum"
    assert notecheck("log", "override", "none", *words).returncode == 2
