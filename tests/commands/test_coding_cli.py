"""The commands for codes, policy and queries, as a user types them."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
NOTE = "tests/examples/revision.txt"
CLAIM = "tests/examples/claim.json"
ADDENDUM = "tests/examples/addendum.json"


def run(*words: str, given: str | None = None) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-m", "notecheck", *words],
        cwd=ROOT, capture_output=True, text=True, check=False, input=given,
    )  # fmt: skip


def test_scan_checks_another_code_or_the_supported_one() -> None:
    other = json.loads(run("scan", NOTE, "--code", "27594", "--format", "json").stdout)
    assert (other["code"], other["decision"], other["code_supported"]) == ("27594", "hold", False)
    auto = json.loads(run("scan", NOTE, "--code", "auto", "--format", "json").stdout)
    assert auto["code"] == auto["supported_code"]["value"] == "27596"


def test_scan_refuses_an_unknown_code_before_it_reads() -> None:
    done = run("scan", "no-such-file.txt", "--code", "12345")
    assert (done.returncode, done.stdout) == (2, "")
    assert done.stderr.startswith('notecheck: "12345" is not a code that notecheck knows')


def test_scan_suggests_only_when_asked() -> None:
    plain = json.loads(run("scan", NOTE, "--format", "json").stdout)
    asked = json.loads(run("scan", NOTE, "--suggest", "--format", "json").stdout)
    assert plain["suggestions"] == []
    assert [item["requirement"] for item in asked["suggestions"]] == ["new-level", "reconstruction"]
    assert asked | {"suggestions": []} == plain


def test_an_addendum_in_the_encounter_is_read_back() -> None:
    report = json.loads(run("scan", ADDENDUM, "--format", "json").stdout)
    assert report["supported_code"]["value"] == "27596"
    assert report["operation_date"] == "2026-03-02"
    level = next(item for item in report["requirements"] if item["id"] == "new-level")
    assert level["status"] == "met"
    assert {item["doc_id"] for item in level["evidence"]} == {"answer"}


def test_query_in_each_format_and_lint_of_what_it_prints(tmp_path: Path) -> None:
    for output, name in (("text", "q.txt"), ("json", "q.json")):
        done = run("query", NOTE, "--format", output)
        assert (done.returncode, done.stderr) == (0, "")
        (tmp_path / name).write_text(done.stdout, encoding="utf-8")
        assert run("query", "--lint", str(tmp_path / name)).returncode == 0
    bundle = json.loads(run("query", NOTE, "--format", "fhir").stdout)
    assert bundle["resourceType"] == "Bundle"


def test_query_reads_standard_input() -> None:
    text = (ROOT / NOTE).read_text(encoding="utf-8")
    assert "The bone in this operation" in run("query", "-", given=text).stdout


def test_lint_tells_faults_by_line_and_exits_1() -> None:
    query = 'Subject: The bone\n"skin closed"\nPlease document that the femur was cut?\n'
    done = run("query", "--lint", "-", given=query)
    assert (done.returncode, done.stderr) == (1, "")
    assert done.stdout.startswith("-:3: leading: leads to an answer")


@pytest.mark.parametrize(
    ("words", "told"),
    [
        ((), "give an encounter to ask about, or --lint FILE, and not both"),
        ((NOTE, "--lint", "q.txt"), "and not both"),
        (("no-such.json",), "no-such.json: the file cannot be read"),
        (("corpus/development/situations.jsonl",), "situations.jsonl: holds several encounters"),
        ((NOTE, "--code", "12345"), "is not a code"),
        (("--lint", "no-such.txt"), "no-such.txt: cannot be read"),
    ],
)
def test_query_wrong_usage_is_one_sentence_and_status_2(words: tuple[str, ...], told: str) -> None:
    done = run("query", *words)
    assert (done.returncode, done.stdout) == (2, "")
    assert told in done.stderr and done.stderr.count("\n") == 1


def test_a_wrong_site_file_stops_every_command_with_its_name(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "codes").mkdir()
    (tmp_path / "codes" / "27301.toml").write_text('code = "27301"\n', encoding="utf-8")
    monkeypatch.setenv("NOTECHECK_RULES", str(tmp_path))
    for words in (("explain", "27301"), ("scan", NOTE, "--code", "27301")):
        done = run(*words)
        assert done.returncode == 2
        assert "27301.toml: `name` is missing" in done.stderr
