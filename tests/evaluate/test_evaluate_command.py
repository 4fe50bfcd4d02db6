"""`notecheck evaluate` as a user meets it, where its errors and its earlier figures come in."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

ROOT = Path(__file__).resolve().parents[2]
NOTE = "OPERATION: Revision of left above-knee amputation. The femur was cut with a saw."


def row(encounter_id: str, *, side: str = "left", **changes: Any) -> dict[str, Any]:
    """A labelled encounter; its note says left."""
    with (ROOT / "corpus" / "development" / "birch.jsonl").open(encoding="utf-8") as lines:
        labelled: dict[str, Any] = json.loads(next(lines))
    document = {"doc_id": "op", "type": "operative_note", "text": NOTE}
    labelled["encounter"] = {"encounter_id": encounter_id, "documents": [document]}
    labelled["gold"]["facts"]["laterality"] = side
    labelled["gold"].update(changes)
    return labelled


def written(path: Path, *rows: dict[str, Any]) -> Path:
    path.write_text("".join(json.dumps(one) + "\n" for one in rows), encoding="utf-8")
    return path


def evaluate(*arguments: str | Path) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-m", "notecheck", "evaluate", *map(str, arguments)],
        cwd=ROOT, capture_output=True, text=True, timeout=120, check=False,
    )  # fmt: skip


def test_errors_quote_the_note_and_leave_the_status_zero(tmp_path: Path) -> None:
    gold = written(tmp_path / "gold.jsonl", row("E1", side="right"))
    done = evaluate(gold, "--errors")
    assert (done.returncode, done.stderr) == (0, "")
    told = done.stdout[done.stdout.index("\nErrors: ") :]
    assert "laterality: want right, got left" in told
    assert 'left came from op: "' in told
    assert "right: no mention found" in told
    assert all(len(line) <= 80 for line in done.stdout.splitlines())


def test_errors_as_json(tmp_path: Path) -> None:
    gold = written(tmp_path / "gold.jsonl", row("E1", side="right"))
    found = json.loads(evaluate(gold, "--errors", "--format", "json").stdout)
    (error,) = [one for one in found["errors"] if one["name"] == "laterality"]
    assert (error["want"], error["got"], error["unmentioned"]) == ("right", "left", ["right"])
    for passage in error["passages"]:
        place = passage["evidence"]
        assert NOTE[place["start"] : place["end"]] == place["text"]
    assert "errors" not in json.loads(evaluate(gold, "--format", "json").stdout)


def test_against_an_earlier_evaluation(tmp_path: Path) -> None:
    before = written(tmp_path / "before.jsonl", row("E1"), row("E2"))
    earlier = tmp_path / "earlier.json"
    earlier.write_text(evaluate(before, "--format", "json").stdout, encoding="utf-8")
    now = written(tmp_path / "now.jsonl", row("E1"), row("E3"))
    done = evaluate(now, "--against", earlier)
    assert done.returncode == 0
    assert "Better: 0" in done.stdout and "Worse: 0" in done.stdout
    assert "Only in the earlier evaluation: E2" in done.stdout
    assert "Only in this evaluation: E3" in done.stdout


@pytest.mark.parametrize("content", ["", "[]", '{"schema": "notecheck.report/1"}', "{"])
def test_what_is_no_earlier_evaluation_is_refused(tmp_path: Path, content: str) -> None:
    earlier = tmp_path / "earlier.json"
    earlier.write_text(content, encoding="utf-8")
    done = evaluate(written(tmp_path / "gold.jsonl", row("E1")), "--against", earlier)
    assert (done.returncode, done.stdout) == (2, "")
    assert str(earlier) in done.stderr and done.stderr.count("\n") == 1


@pytest.mark.parametrize(
    ("changes", "told"),
    [
        ({"decision": "maybe"}, "`gold.decision`"),
        ({"supported_code": "99999"}, "`gold.supported_code`"),
        ({"requirements": {"indication": "met"}}, "`requirements` lacks prior-level"),
        ({"facts": {"laterality": "left"}}, "`gold.facts.prior_level`"),
    ],
)
def test_gold_that_breaks_the_contract_is_refused_by_line(
    tmp_path: Path, changes: dict[str, Any], told: str
) -> None:
    gold = written(tmp_path / "gold.jsonl", row("E1"), row("E2", **changes))
    done = evaluate(gold)
    assert (done.returncode, done.stdout) == (2, "")
    assert f"{gold}:2" in done.stderr and told in done.stderr
    assert "femur" not in done.stderr


def test_an_id_that_is_used_twice_is_refused(tmp_path: Path) -> None:
    done = evaluate(written(tmp_path / "gold.jsonl", row("E1"), row("E1")))
    assert done.returncode == 2 and "encounter id" in done.stderr


def test_each_witness_can_be_heard_by_itself(tmp_path: Path) -> None:
    lines = (ROOT / "corpus" / "development" / "alder.jsonl").read_text(encoding="utf-8")
    gold = tmp_path / "gold.jsonl"
    gold.write_text(lines.split("\n")[0] + "\n", encoding="utf-8")
    found = [
        json.loads(evaluate(gold, "--reader", who, "--format", "json").stdout)
        for who in ("off", "alone")
    ]
    rules, reader = (one["evidence"]["items"] for one in found)
    assert rules != reader > 0
    assert all(one["labelled_evidence"]["of"] > 3 for one in found)
