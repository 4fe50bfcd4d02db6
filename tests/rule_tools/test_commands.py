"""`notecheck rules` and `--rules` as one who writes rules meets them."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from notecheck.rules.site import SETTING
from rule_tools.folders import FROBBED, OWN_RULE, site_folder

CORPUS = Path(__file__).resolve().parents[2] / "corpus" / "development" / "birch.jsonl"


def run(
    *words: str | Path, given: str = "", setting: Path | None = None
) -> subprocess.CompletedProcess[str]:
    environment = {name: value for name, value in os.environ.items() if name != SETTING}
    if setting is not None:
        environment[SETTING] = str(setting)
    return subprocess.run(
        [sys.executable, "-m", "notecheck", *map(str, words)],
        input=given, capture_output=True, text=True, check=False, env=environment,
    )  # fmt: skip


def test_our_rules_and_a_right_site_have_no_findings(tmp_path: Path) -> None:
    done = run("rules", "lint", "--rules", site_folder(tmp_path))
    assert (done.returncode, done.stdout) == (0, "")
    assert done.stderr.endswith("notecheck: no findings\n")
    assert " frames, " in done.stderr


def test_lint_lists_findings_by_file_and_line(tmp_path: Path) -> None:
    site_folder(tmp_path, OWN_RULE + "typo = 1\n")
    done = run("rules", "lint", "--rules", tmp_path)
    assert done.returncode == 1
    assert done.stdout == f"{tmp_path}/frames/own.toml:10: own.frobbed: `typo` is an unknown key\n"
    assert done.stderr.endswith("notecheck: 1 finding\n")


def test_test_runs_the_examples(tmp_path: Path) -> None:
    site = site_folder(tmp_path)
    assert run("rules", "test", "own.frobbed", "--rules", site).returncode == 0
    (site / "frames/own.toml").write_text(OWN_RULE.replace('was frobbed"]', 'is frobbed"]'))
    done = run("rules", "test", "own.frobbed", setting=site)
    assert done.returncode == 1
    assert done.stdout.startswith(
        f'{site}/frames/own.toml:2: own.frobbed: "The femur was frobbed." gives none, not femur'
    )
    assert done.stderr == "notecheck: 1 failing example\n"


def test_coverage_takes_several_files(tmp_path: Path) -> None:
    rows = CORPUS.read_text(encoding="utf-8").splitlines()
    files = [tmp_path / "a.jsonl", tmp_path / "b.jsonl"]
    for file, row in zip(files, rows, strict=False):
        file.write_text(row + "\n", encoding="utf-8")
    done = run("rules", "coverage", *files)
    assert (done.returncode, done.stderr) == (0, "")
    assert done.stdout.startswith("2 encounters\n")


def test_why_follows_the_sites_rules(tmp_path: Path) -> None:
    done = run("rules", "why", "-", "--fact", "bone_cut", given=FROBBED)
    assert (done.returncode, "no mention" in done.stdout) == (0, True)
    site = site_folder(tmp_path)
    done = run("rules", "why", "-", "--fact", "bone_cut", "--rules", site, given=FROBBED)
    assert done.returncode == 0
    assert "bone_cut = femur, by own.frobbed" in done.stdout


def test_a_check_follows_the_sites_rules(tmp_path: Path) -> None:
    site = site_folder(tmp_path)
    for how in ({"setting": site}, {}):
        option = [] if how else ["--rules", site]
        done = run("scan", "-", "--format", "json", *option, given=FROBBED, **how)
        assert json.loads(done.stdout)["facts"]["bone_resected"]["value"] is True
    encounter = {"encounter_id": "E", "documents": [
        {"doc_id": "op", "type": "operative_note", "text": FROBBED}]}  # fmt: skip
    done = run("hook", "--rules", site, given=json.dumps(encounter))
    assert json.loads(done.stdout)["facts"]["bone_resected"]["value"] is True


@pytest.mark.parametrize(
    ("words", "fault"),
    [
        (["rules", "lint", "--rules", "/absent"], '"/absent": there is no such folder'),
        (["scan", "-", "--rules", "/absent"], '"/absent": there is no such folder'),
        (
            ["rules", "test", "no.such-rule"],
            "no.such-rule: there is no rule and no word list with this id",
        ),
        (["rules", "coverage", "/absent.jsonl"], "/absent.jsonl: the file cannot be read"),
        (["rules", "coverage"], "Missing argument"),
        (["rules", "why", "/absent.txt"], "/absent.txt: the file cannot be read"),
        (["rules", "why", "-", "--fact", "nonsense"], "nonsense: no rule finds this fact"),
        (["rules", "mend"], "No such command"),
    ],
)
def test_wrong_usage_is_one_sentence(words: list[str], fault: str) -> None:
    done = run(*words, given="A note.")
    assert done.returncode == 2
    assert done.stdout == ""
    assert fault in done.stderr
    assert "Traceback" not in done.stderr


def test_broken_site_rules_stop_a_check_with_file_and_line(tmp_path: Path) -> None:
    site = site_folder(tmp_path, OWN_RULE.replace("phrases", "phrase"))
    done = run("scan", "-", "--rules", site, given=FROBBED)
    assert done.returncode == 2
    assert f"{site}/frames/own.toml:5: own.frobbed: `phrase` is an unknown key" in done.stderr
